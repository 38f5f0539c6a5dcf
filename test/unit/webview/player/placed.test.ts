import assert from 'node:assert/strict';
import type { Span } from '../../../../src/call/spans';
import type { Timeline } from '../../../../src/call/timeline';
import { boundariesOf, instantOf, overlap, pixelOf, positionAt, rangeOf, shiftAfter, shiftByKey, shiftText, steppedTo, union } from '../../../../src/webview/player/placed';

/** 41 seconds from 10 s on. */
const PLACED = { start: 10_000, length: 41 };
const VIEW = { from: 0, to: 60_000 };

describe('a recording on the timeline’s axis', () => {
  it('finds the instant of a position, and back', () => {
    assert.equal(instantOf(1.5, PLACED), 11_500);
    assert.equal(positionAt(11_500, PLACED), 1.5);
    assert.deepEqual(rangeOf(PLACED), { from: 10_000, to: 51_000 });
  });

  it('is drawn where its time is', () => {
    assert.equal(pixelOf(0, PLACED, VIEW, 600), 100);
    assert.equal(pixelOf(41, PLACED, VIEW, 600), 510);
    assert.equal(pixelOf(0, PLACED, { from: 20_000, to: 30_000 }, 600), -600);
  });

  it('widens the axis where it reaches beyond the timeline', () => {
    assert.deepEqual(union(rangeOf(PLACED), { from: 20_000, to: 30_000 }), { from: 10_000, to: 51_000 });
    assert.deepEqual(union(rangeOf(PLACED), undefined), rangeOf(PLACED));
  });

  it('plays of a span what the recording holds of it, and nothing of one it holds nothing of', () => {
    assert.deepEqual(overlap({ from: 5000, to: 15_000 }, PLACED), { from: 0, to: 5 });
    assert.deepEqual(overlap({ from: 50_000, to: 99_000 }, PLACED), { from: 40, to: 41 });
    assert.equal(overlap({ from: 51_000, to: 60_000 }, PLACED), undefined);
  });
});

describe('stepping from span to span', () => {
  const span = (from: number, to: number): Span => ({ id: `${from}`, kind: 'call', from, to, label: 'call', provenance: 'reported', sources: [], explanation: '' });
  const timeline: Pick<Timeline, 'lanes'> = { lanes: [{ id: 'call', label: 'Call', marks: [], spans: [span(0, 20_000), span(20_020, 40_000)] }] };

  it('stops at the ends of spans that fall into the recording, and at its own', () => {
    assert.deepEqual(boundariesOf(timeline, PLACED), [0, 10, 30, 41]);
    assert.deepEqual(boundariesOf({ lanes: [] }, PLACED), [0, 41]);
  });

  it('goes on to the next place, and back to the one before where it has just begun', () => {
    const places = [0, 10, 30, 41];
    assert.equal(steppedTo(places, 10, 1), 30);
    assert.equal(steppedTo(places, 15, -1), 10);
    assert.equal(steppedTo(places, 10.4, -1), 0);
    assert.equal(steppedTo(places, 41, 1), 41);
    assert.equal(steppedTo(places, 0, -1), 0);
  });
});

describe('moving the recording along the timeline', () => {
  it('follows the pointer', () => {
    assert.equal(shiftAfter(0.5, 12, VIEW, 600), 1.7);
    assert.equal(shiftAfter(0, -600, VIEW, 600), -60);
    assert.equal(shiftAfter(2, 50, VIEW, 0), 2);
  });

  it('goes by tenths with the arrow keys, by seconds with Shift, and back with Home', () => {
    assert.equal(shiftByKey(0.2, { key: 'ArrowRight', shiftKey: false }), 0.3);
    assert.equal(shiftByKey(0.2, { key: 'ArrowLeft', shiftKey: true }), -0.8);
    assert.equal(shiftByKey(7, { key: 'Home', shiftKey: false }), 0);
    assert.equal(shiftByKey(7, { key: 'k', shiftKey: false }), undefined);
  });

  it('says by how much', () => {
    assert.equal(shiftText(1.2), '+1.2 s');
    assert.equal(shiftText(-0.35), '−0.35 s');
  });
});
