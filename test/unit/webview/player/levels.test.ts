import assert from 'node:assert/strict';
import type { LevelsPiece } from '../../../../src/shared/protocol';
import { Growing } from '../../../../src/webview/player/growing';

function piece(from: number, bytes: readonly number[], isWhole = false): LevelsPiece {
  return { from, peaks: [Uint8Array.from(bytes)], rms: [Uint8Array.from(bytes)], isWhole };
}

describe('levels that come in pieces', () => {
  it('are put together, and drawn as far as they came', () => {
    const growing = new Growing();
    growing.with(piece(0, [1, 2, 3]));
    const { levels, peaks } = growing.with(piece(3, [9, 5], true));
    assert.deepEqual([...(levels.peaks[0] ?? [])], [1, 2, 3, 9, 5]);
    assert.equal(levels.isWhole, true);
    assert.equal(peaks.bins, 5);
    assert.deepEqual([...peaks.columns(0, 0, 0.1, 1)], [9]);
  });

  it('keep what came when a later piece brings nothing', () => {
    const growing = new Growing();
    growing.with(piece(0, [1, 2]));
    assert.equal(growing.with({ from: 2, peaks: [], rms: [], isWhole: true }).levels.peaks[0]?.length, 2);
    assert.equal(growing.bins, 2);
  });

  it('go on from where a piece begins that comes once more', () => {
    const growing = new Growing();
    growing.with(piece(0, [1, 2, 9]));
    const { levels, peaks } = growing.with(piece(1, [4]));
    assert.deepEqual([...(levels.peaks[0] ?? [])], [1, 4]);
    assert.deepEqual([...peaks.columns(0, 0, 0.04, 1)], [4]);
  });
});
