import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { elideMiddle, sizeText, startOf } from '../../../src/webview/text';

describe('long values', () => {
  it('keep both ends, which tell identifiers apart', () => {
    assert.equal(elideMiddle('c5797dcbaa0b4f1e9c6d35e8d2f2189g', 18), 'c5797dcba…d2f2189g');
    assert.equal(elideMiddle('short', 18), 'short');
  });

  it('are never longer than asked for, nor end in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 3, max: 40 }), (text, max) => {
        for (const cut of [elideMiddle(text, max), startOf(text, max)]) {
          assert.ok(cut.length <= max);
          assert.doesNotMatch(cut, /\p{Cs}/u);
        }
      }),
    );
  });
});

describe('sizes', () => {
  it('are in the unit that a person would use, in their own notation', () => {
    assert.equal(sizeText(640, 'en'), '640 bytes');
    assert.equal(sizeText(84_200, 'en'), '84 kB');
    assert.equal(sizeText(999_999, 'en'), '1 MB');
    assert.equal(sizeText(1_384_000, 'en'), '1.4 MB');
    assert.equal(sizeText(1_384_000, 'de'), '1,4 MB');
  });
});
