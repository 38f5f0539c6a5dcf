import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shiftInside } from '../../../src/webview/inside';

describe('What opens over the page', () => {
  it('stays where it is when it is in the window', () => assert.equal(shiftInside(100, 200, 420), 0));

  it('keeps a margin at either edge', () => {
    assert.equal(shiftInside(300, 200, 420), -88);
    assert.equal(shiftInside(-20, 200, 420), 28);
  });

  it('never leaves the window, and shows its start where it is too wide', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 4000 }), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 200, max: 2000 }), (left, width, window) => {
        const at = left + shiftInside(left, width, window);
        assert.ok(at >= 8);
        assert.ok(at + width <= window - 8 || at === 8);
      }),
    );
  });
});
