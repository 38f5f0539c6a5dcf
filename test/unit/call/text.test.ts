import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lengthOfValue, plainText, readableValue } from '../../../src/call/text';

describe('a value of a record', () => {
  it('is itself up to a length, and then its start with a note of how long it is', () => {
    for (const length of [0, 300, 20_000]) assert.equal(readableValue('x'.repeat(length)), 'x'.repeat(length));
    assert.equal(readableValue('x'.repeat(1_000_000)), `${'x'.repeat(20_000)}… (cut here: 1,000,000 characters in all are in Raw JSON)`);
  });

  it('is as long as it was, though it was cut', () => {
    for (const length of [0, 300, 20_000, 20_001, 1_000_000]) assert.equal(lengthOfValue(readableValue('x'.repeat(length))), length);
    assert.equal(lengthOfValue('y'.repeat(30_000)), 30_000);
  });
});

describe('a text from elsewhere', () => {
  it('stays on one line and in its place', () => {
    assert.equal(plainText(' a\r\n\tb\u202Ec\u200B\u0000d ', 20), 'a b c d');
    assert.equal(plainText('\u2066\u2069', 20), '');
  });

  it('keeps the joiners that Indian scripts are spelt with', () => assert.equal(plainText('क्\u200Dष', 20), 'क्\u200Dष'));

  it('is cut with an ellipsis, never through a character', () => {
    assert.equal(plainText('abcdef', 6), 'abcdef');
    assert.equal(plainText('abcdefg', 6), 'abcde…');
    assert.equal(plainText('abcd😀ef', 6), 'abcd…');
  });

  it('is cut where white space goes on for longer than anybody looks', () => {
    assert.equal(plainText(`a${' '.repeat(1e6)}b`, 20), 'a…');
    assert.equal(plainText(`a${' '.repeat(100)}b`, 20), 'a b');
  });

  it('is cut in a moment, however often it is asked of a megabyte', () => {
    const text = 'ab '.repeat(1e6);
    for (let count = 0; count < 1000; count += 1) assert.equal(plainText(text, 6), 'ab ab…');
  });

  it('is bounded and plain whatever it was, and stays the same the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (text, max) => {
        const plain = plainText(text, max);
        assert.ok(plain.length <= max);
        assert.doesNotMatch(plain, /[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\uFEFF]/u);
        assert.equal(plainText(plain, max), plain);
      }),
    );
  });
});
