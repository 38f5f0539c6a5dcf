import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLIPPED } from '../../../src/call/levels';
import { peakPyramid } from '../../../src/call/peaks';

describe('the waveform’s columns', () => {
  it('hold the largest peak of what each covers', () => {
    const pyramid = peakPyramid({ peaks: [Uint8Array.from([1, 5, 2, 9, 3, 4, 8, 7])] });
    assert.deepEqual([...pyramid.columns(0, 0, 0.16, 4)], [5, 9, 4, 8]);
    assert.deepEqual([...pyramid.columns(0, 0.04, 0.08, 1)], [9]);
  });

  it('share a bin where there are more columns than bins', () => {
    const pyramid = peakPyramid({ peaks: [Uint8Array.from([1, 5])] });
    assert.deepEqual([...pyramid.columns(0, 0, 0.04, 6)], [1, 1, 1, 5, 5, 5]);
  });

  it('are empty beside the recording, and where nothing has come yet', () => {
    const pyramid = peakPyramid({ peaks: [Uint8Array.from([7, 7])] });
    assert.deepEqual([...pyramid.columns(0, -0.04, 0.08, 6)], [0, 0, 7, 7, 0, 0]);
    assert.deepEqual([...pyramid.columns(1, 0, 1, 2)], [0, 0]);
    assert.deepEqual([...peakPyramid({ peaks: [new Uint8Array()] }).columns(0, 0, 1, 2)], [0, 0]);
  });

  it('show one clipped bin of an hour at any zoom, in its own channel only', () => {
    const left = new Uint8Array(180_000);
    left[123_456] = CLIPPED;
    const pyramid = peakPyramid({ peaks: [left, new Uint8Array(180_000)] });
    assert.deepEqual(pyramid.columns(0, 0, 3600, 900).indexOf(CLIPPED), Math.floor(123_456 / 200));
    assert.equal(Math.max(...pyramid.columns(1, 0, 3600, 900)), 0);
  });

  it('hold what came later too, where a recording grows bin by bin', () => {
    const whole = Uint8Array.from({ length: 100 }, (_, index) => index + 1);
    const pyramid = peakPyramid({ peaks: [whole.slice(0, 0)] });
    for (let bins = 1; bins <= 100; bins++) {
      pyramid.extend({ peaks: [whole.slice(0, bins)] });
      assert.deepEqual([...pyramid.columns(0, 0, 2, 1)], [bins]);
    }
  });

  it('are the largest of all bins they touch, wherever they lie and however the recording came', () => {
    const bytes = fc.array(fc.nat({ max: CLIPPED }), { maxLength: 300 });
    fc.assert(
      fc.property(bytes, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }), fc.integer({ min: -20, max: 320 }), fc.integer({ min: 1, max: 340 }), fc.integer({ min: 1, max: 50 }), (all, cuts, first, bins, count) => {
        const whole = Uint8Array.from(all);
        const steps = cuts.map((cut) => Math.round(cut * whole.length)).toSorted((one, other) => one - other);
        const pyramid = peakPyramid({ peaks: [whole.slice(0, steps[0])] });
        for (const step of [...steps, whole.length]) pyramid.extend({ peaks: [whole.slice(0, step)] });
        assert.equal(pyramid.bins, whole.length);
        const expected = Array.from({ length: count }, (_, index) => bruteForce(all, first + Math.floor((index * bins) / count), first + Math.ceil(((index + 1) * bins) / count)));
        assert.deepEqual([...pyramid.columns(0, first / 50, (first + bins) / 50, count)], expected);
      }),
    );
  });
});

function bruteForce(bytes: readonly number[], from: number, to: number): number {
  return Math.max(0, ...bytes.slice(Math.max(0, from), Math.max(0, to)));
}
