import assert from 'node:assert/strict';
import { measuresOf } from '../../../../src/call/speech';
import { levelByte } from '../../../../src/call/levels';
import { courseAt, courseAtEnd } from '../../../../src/webview/player/course';
import { NO_MARKS } from '../../../../src/webview/player/marks';

const LOUD = levelByte(0.2);

/** Speech from 0 to 2 s and from 8 to 10 s. */
const MEASURES = measuresOf({ peaks: [new Uint8Array(500)], rms: [Uint8Array.from({ length: 500 }, (_, bin) => (bin < 100 || bin >= 400 ? LOUD : 0))], isWhole: true });
const PLAIN = { marks: NO_MARKS, skipsSilence: false, measures: MEASURES, until: undefined };

describe('the course of playing', () => {
  it('goes on, unless it was to end at the end of a span', () => {
    assert.equal(courseAt(PLAIN, 2.9, 3), undefined);
    assert.equal(courseAt({ ...PLAIN, until: 3 }, 2.9, 3), 'pause');
    assert.equal(courseAt({ ...PLAIN, until: 3 }, 2.8, 2.9), undefined);
  });

  it('skips silence, but not the beginnings and ends of words', () => {
    const skipping = { ...PLAIN, skipsSilence: true };
    assert.equal(courseAt(skipping, 2, 2.1), undefined);
    assert.equal(courseAt(skipping, 2.95, 3), 7.8);
    assert.equal(courseAt(skipping, 7.7, 7.75), undefined);
    assert.equal(courseAt({ ...skipping, measures: undefined }, 2.95, 3), undefined);
  });

  it('loops also where B lies in a silence that is skipped', () => {
    const marks = { a: 1, b: 5, loops: true };
    assert.equal(courseAt({ ...PLAIN, skipsSilence: true, marks }, 2.95, 3), 1);
  });

  it('loops at the end of the recording, where B lies at it', () => {
    assert.equal(courseAtEnd({ a: 8, b: 9.9, loops: true }, 10), 8);
    assert.equal(courseAtEnd({ a: 4, b: 5, loops: true }, 10), undefined);
    assert.equal(courseAtEnd({ a: 8, b: 9.9, loops: false }, 10), undefined);
  });
});
