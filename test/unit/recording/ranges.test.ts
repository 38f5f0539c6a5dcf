import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ByteRanges } from '../../../src/recording/ranges';

const SIZE = 60;

/** The same, byte by byte. */
function reachOf(bytes: ReadonlySet<number>, at: number): number {
  let reach = at;
  while (bytes.has(reach)) reach += 1;
  return reach;
}

describe('which bytes of a recording are there', () => {
  const pieces = fc.array(fc.tuple(fc.nat(SIZE), fc.nat(SIZE)).map(([from, to]) => ({ from, to })));

  it('is known for every byte, however the pieces came: nothing is played that is not there', () => {
    fc.assert(
      fc.property(pieces, (added) => {
        const ranges = new ByteRanges();
        const bytes = new Set<number>();
        for (const { from, to } of added) {
          ranges.add({ from, to });
          for (let at = from; at < to; at += 1) bytes.add(at);
        }
        assert.equal(ranges.size, bytes.size);
        assert.equal(ranges.isEmpty, bytes.size === 0);
        for (let at = 0; at <= SIZE; at += 1) {
          const reach = reachOf(bytes, at);
          assert.equal(ranges.reach(at), reach);
          assert.equal(ranges.gapFrom(at, SIZE), reach < SIZE ? reach : undefined);
        }
      }),
    );
  });

  it('is nothing once it is cleared', () => {
    const ranges = new ByteRanges();
    ranges.add({ from: 3, to: 9 });
    ranges.clear();
    assert.equal(ranges.reach(3), 3);
  });
});
