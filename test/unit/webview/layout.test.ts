import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placeBars, placeFlags, spreadOut, type Flag } from '../../../src/webview/layout';

const LEAST = 4;

describe('the bars of a lane', () => {
  const view = { from: 0, to: 1000 };

  it('are as long as their spans', () => {
    const bars = placeBars([{ from: 0, to: 250 }, { from: 250, to: 1000 }], view, 800, LEAST);
    assert.deepEqual(bars, [
      { x: 0, width: 200, cutStart: false, cutEnd: false },
      { x: 200, width: 600, cutStart: false, cutEnd: false },
    ]);
  });

  it('of the first seconds of a long call are there, none hidden by the next', () => {
    const bars = placeBars([{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 1000 }], view, 800, LEAST);
    assert.deepEqual(
      bars.map((bar) => bar?.x),
      [0, 4, 8],
    );
  });

  it('of the last seconds too, within the drawing', () => {
    const bars = placeBars([{ from: 0, to: 998 }, { from: 998, to: 999 }, { from: 999, to: 1000 }], view, 800, LEAST);
    assert.deepEqual(
      bars.map((bar) => bar && bar.x + bar.width),
      [792, 796, 800],
    );
  });

  it('that begin before what is drawn or end after it are cut there, those elsewhere are left out', () => {
    const bars = placeBars([{ from: -500, to: 0 }, { from: 0, to: 500 }, { from: 500, to: 1500 }, { from: 1500, to: 1600 }], { from: 250, to: 1250 }, 100, LEAST);
    assert.deepEqual(bars, [undefined, { x: 0, width: 25, cutStart: true, cutEnd: false }, { x: 25, width: 75, cutStart: false, cutEnd: true }, undefined]);
  });

  it('always lie within the drawing, are wide enough to be seen, and begin in the order of their spans', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 4000 })), { minLength: 1, maxLength: 6 }).map((all) => {
      let from = 0;
      return all.map(([gap, length]) => {
        const span = { from: from + gap, to: from + gap + length };
        from = span.to;
        return span;
      });
    });
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 100, max: 40_000 }), fc.integer({ min: 120, max: 1000 }), (all, from, length, width) => {
        const bars = placeBars(all, { from, to: from + length }, width, LEAST).flatMap((bar) => bar ?? []);
        bars.forEach((bar, index) => {
          assert.ok(bar.x >= -0.001 && bar.x + bar.width <= width + 0.001);
          assert.ok(bar.width >= LEAST - 0.001);
          const before = bars[index - 1];
          if (before !== undefined) assert.ok(bar.x >= before.x + before.width - 0.001);
        });
      }),
    );
  });
});

describe('marks close together on a lane', () => {
  it('are moved apart, so that each can be pointed at', () => {
    assert.deepEqual(spreadOut([0, 1, 50], 10, 100), [0, 10, 50]);
    assert.deepEqual(spreadOut([50, 99, 100], 10, 100), [50, 90, 100]);
    assert.deepEqual(spreadOut([], 10, 100), []);
  });
});

describe('the labels of moments', () => {
  it('become a flight of stairs where moments are close together', () => {
    const places = placeFlags([{ x: 0, width: 110 }, { x: 3, width: 110 }, { x: 54, width: 110 }, { x: 816, width: 110 }, { x: 830, width: 110 }], 830);
    assert.deepEqual(places, [
      { row: 2, side: 'right' },
      { row: 1, side: 'right' },
      { row: 0, side: 'right' },
      { row: 0, side: 'left' },
      { row: 1, side: 'left' },
    ]);
  });

  it('are read from the top in their own order where marks coincide', () => {
    const places = placeFlags([{ x: 0, width: 110 }, { x: 0, width: 110 }, { x: 0, width: 110 }], 372);
    assert.deepEqual(
      places.map(({ row }) => row),
      [0, 1, 2],
    );
  });

  it('never lie over one another, nor outside the drawing', () => {
    const flags = fc.array(fc.record({ x: fc.integer({ min: 0, max: 372 }), width: fc.integer({ min: 40, max: 150 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(flags, (all: Flag[]) => {
        const boxes = placeFlags(all, 372).map(({ row, side }, index) => {
          const { x, width } = all[index] ?? { x: 0, width: 0 };
          return side === 'right' ? { row, from: x, to: x + width } : { row, from: x - width, to: x };
        });
        boxes.forEach((box, index) => {
          assert.ok(box.from >= 0 && box.to <= 372);
          for (const other of boxes.slice(index + 1)) assert.ok(box.row !== other.row || box.to <= other.from || other.to <= box.from);
        });
      }),
    );
  });
});
