import assert from 'node:assert/strict';
import { amountText, comingOf, dashesOf, shareOf } from '../../../../src/webview/player/coming';
import { columnsIn, PITCH } from '../../../../src/webview/player/columns';
import { rulerTicks } from '../../../../src/webview/player/ruler';
import { sidesOf } from '../../../../src/webview/player/sides';
import type { ReadyRecording } from '../../../../src/shared/protocol';

const PLACED = { start: 10_000, length: 40 };
const READY: ReadyRecording = { phase: 'ready', id: 'r', revision: 1, format: 'MP3', bytes: 1, channels: 2, transfer: { kind: 'whole' }, isDecoded: true };

describe('the columns of a waveform', () => {
  it('cover just what shows of the recording', () => {
    const { count, x, from, to } = columnsIn(PLACED, { from: 0, to: 60_000 }, 600);
    assert.deepEqual([count, Math.round(x), from, to.toFixed(1)], [134, 100, 0, '40.2']);
    assert.equal(columnsIn(PLACED, { from: 50_100, to: 60_000 }, 600).count, 0);
    assert.equal(columnsIn(PLACED, { from: 0, to: 60_000 }, 0).count, 0);
  });

  it('stand for the same parts of it however the view moves', () => {
    const step = (PITCH * 10) / 600;
    for (const from of [20_000, 20_013, 20_049]) {
      const columns = columnsIn(PLACED, { from, to: from + 10_000 }, 600);
      assert.ok(Math.abs(columns.from / step - Math.round(columns.from / step)) < 1e-9);
      assert.ok(columns.x <= 0 && columns.x > -PITCH);
    }
  });
});

describe('the ruler of a waveform', () => {
  const measure = (text: string): number => text.length * 7;

  it('writes round positions where there is room', () => {
    const ticks = rulerTicks(PLACED, { from: 10_000, to: 50_000 }, 600, measure);
    assert.deepEqual(ticks.map(({ label }) => label), ['0:00', '0:05', '0:10', '0:15', '0:20', '0:25', '0:30', '0:35', '0:40']);
    assert.equal(ticks[2]?.x, 150);
  });

  it('writes fractions where it is zoomed, and nothing beside the recording', () => {
    const labels = rulerTicks(PLACED, { from: 11_000, to: 12_000 }, 600, measure).map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 3), ['0:01.0', '0:01.2', '0:01.4']);
    assert.deepEqual(rulerTicks(PLACED, { from: 0, to: 10_000 }, 600, measure), []);
  });
});

describe('the lanes of a waveform', () => {
  const labels = (recording: ReadyRecording, isSwapped = false): readonly string[] => sidesOf(recording, isSwapped).map(({ label }) => label);

  it('name the agent on the left, and the customer where the account swaps them', () => {
    assert.deepEqual(labels(READY), ['Agent', 'Customer']);
    assert.deepEqual(labels(READY, true), ['Customer', 'Agent']);
  });

  it('are one for a single channel, and for what cannot be decoded', () => {
    assert.deepEqual(labels({ ...READY, channels: 1 }), ['Both']);
    assert.deepEqual(labels({ ...READY, isDecoded: false }), ['Recording']);
    assert.deepEqual(sidesOf({ phase: 'idle' }, false), []);
  });
});

describe('what is on its way', () => {
  it('is a ring as full as it came, and words', () => {
    assert.equal(dashesOf(0.25, 10), '15.71 62.83');
    assert.equal(dashesOf(2, 10), '62.83 62.83');
    assert.equal(shareOf({ received: 50, total: 200 }), 0.25);
    assert.equal(shareOf({ received: 50 }), undefined);
    assert.equal(amountText({ received: 12_300_000, total: 115_000_000 }, 'en'), '12.3 of 115 MB');
    assert.equal(amountText({ received: 84_000, total: 1_400_000 }, 'en'), '84 kB of 1.4 MB');
    assert.equal(amountText({ received: 84_000 }, 'en'), '84 kB');
  });

  it('is told of while it loads, and while what came of it plays', () => {
    assert.equal(comingOf({ phase: 'loading', received: 1, isStalled: false })?.received, 1);
    assert.equal(comingOf({ ...READY, transfer: { kind: 'coming', received: 2, isStalled: true } })?.received, 2);
    assert.equal(comingOf(READY), undefined);
  });
});
