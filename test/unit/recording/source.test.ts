import assert from 'node:assert/strict';
import { inSlices } from '../../../src/recording/source';

/** Takes longer than any slice. */
function slowly(): true {
  for (const end = performance.now() + 10; performance.now() < end; );
  return true;
}

describe('work in slices', () => {
  it('ends where there is none, and is not taken up again', () => {
    let left = 5;
    while (inSlices(() => (left -= 1) > 0));
    assert.equal(left, -1);
    assert.equal(inSlices(() => false), false);
  });

  it('goes on later where a single step took longer than the slice: a recording on a busy machine is measured to its end', () => {
    let steps = 0;
    assert.equal(inSlices(() => ((steps += 1), slowly())), true);
    assert.equal(steps, 1);
  });
});
