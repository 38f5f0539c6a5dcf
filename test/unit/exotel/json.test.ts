import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { leavesOf, own, parseJson } from '../../../src/exotel/json';

describe('JSON from a server', () => {
  it('keeps numbers that JavaScript would change', () => {
    assert.deepEqual(parseJson('{"a":9007199254740993,"b":1.0,"c":[1e3,-0,12],"d":"1.0 \\" 1.0","1.0":1.5}'), {
      value: { a: '9007199254740993', b: '1.0', c: ['1e3', '-0', 12], d: '1.0 " 1.0', '1.0': 1.5 },
    });
  });

  it('is undefined when it is none, and `null` can be told from that', () => {
    for (const text of ['', ' ', '{', '{"a":1,}', '<html>', '{"a":1} 2', '01']) assert.equal(parseJson(text), undefined);
    assert.deepEqual(parseJson('null'), { value: null });
  });

  it('is otherwise what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\de[+-]|-0/.test(text));
        assert.deepEqual(parseJson(text), { value: JSON.parse(text) });
      }),
    );
  });

  it('may be large', () => {
    const text = JSON.stringify({ long: 'a1"\\'.repeat(1_000_000), list: Array.from({ length: 100_000 }, () => 7) });
    assert.equal(typeof own(parseJson(text)?.value, 'long'), 'string');
  });

  it('keeps as it came what has sixteen digits or more, and reads what has fewer as a number', () => {
    assert.deepEqual(parseJson('[999999999999999,-999999999999999,9007199254740992,12345678901234567890,-0,-0.0,0.1,1.50,1E2]'), {
      value: [999999999999999, -999999999999999, 9007199254740992, '12345678901234567890', '-0', '-0.0', 0.1, '1.50', '1E2'],
    });
  });

  it('is none where it is nested without end', () => {
    for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) {
      assert.notEqual(parseJson(`${open.repeat(5000)}1${close.repeat(5000)}`), undefined);
      for (const levels of [100_000, 800_000]) assert.equal(parseJson(`${open.repeat(levels)}1${close.repeat(levels)}`), undefined);
    }
    assert.deepEqual(parseJson(JSON.stringify('['.repeat(100_000))), { value: '['.repeat(100_000) });
  });

  it('has so many leaves as are asked for, and the others are counted', () => {
    const { leaves, leftOut } = leavesOf({ a: Array.from({ length: 100_000 }, (_, index) => index), b: { c: 'last' } }, 3);
    assert.deepEqual(leaves.map(({ path }) => path), ['a.0', 'a.1', 'a.2']);
    assert.equal(leftOut, 99_998);
  });

  it('gives its leaves in order, empty lists and objects among them', () => {
    assert.deepEqual(
      leavesOf({ a: [{ b: 1 }, []], c: {}, d: null }, 9).leaves.map(({ path, value }) => [path, value]),
      [['a.0.b', 1], ['a.1', []], ['c', {}], ['d', null]],
    );
  });
});
