import assert from 'node:assert/strict';
import { loopedTo, loopStart, markedIn, NO_MARKS, withLoop, withMark, withStretch } from '../../../../src/webview/player/marks';

const MARKED = { a: 2, b: 5, loops: true };

describe('marking a stretch', () => {
  it('takes A and B one after the other', () => {
    const a = withMark(NO_MARKS, 'a', 2);
    assert.equal(markedIn(a), undefined);
    assert.deepEqual(markedIn(withMark(a, 'b', 5)), { from: 2, to: 5 });
  });

  it('drops the mark that would lie on the wrong side of the new one, and with it the loop', () => {
    assert.deepEqual(withMark(MARKED, 'a', 6), { a: 6, loops: false });
    assert.deepEqual(withMark(MARKED, 'b', 1), { b: 1, loops: false });
    assert.deepEqual(withMark(MARKED, 'b', 2.05), { b: 2.05, loops: false });
  });

  it('by dragging works either way round; a twitch changes nothing', () => {
    assert.deepEqual(withStretch(NO_MARKS, 9, 7), { a: 7, b: 9, loops: false });
    assert.deepEqual(withStretch(MARKED, 7, 9), { a: 7, b: 9, loops: true });
    assert.equal(withStretch(MARKED, 7, 7.01), MARKED);
  });
});

describe('looping', () => {
  it('needs both marks', () => {
    assert.equal(withLoop({ a: 1, loops: false }, true).loops, false);
    assert.equal(withLoop({ a: 1, b: 2, loops: false }, true).loops, true);
  });

  it('goes back to A when playing runs over B, and not where a person sought beyond it', () => {
    assert.equal(loopedTo(MARKED, 4.98, 5.03), 2);
    assert.equal(loopedTo(MARKED, 4.9, 4.95), undefined);
    assert.equal(loopedTo(MARKED, 7, 7.05), undefined);
    assert.equal(loopedTo({ ...MARKED, loops: false }, 4.98, 5.03), undefined);
  });

  it('begins at A when play is pressed outside of the stretch', () => {
    assert.equal(loopStart(MARKED, 5), 2);
    assert.equal(loopStart(MARKED, 0), 2);
    assert.equal(loopStart(MARKED, 3), undefined);
    assert.equal(loopStart({ ...MARKED, loops: false }, 9), undefined);
  });
});
