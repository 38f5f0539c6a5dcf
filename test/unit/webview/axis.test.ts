import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placeFlags, placeTicks, positionOf, ticksOf, zoneOffsets, type Flag } from '../../../src/webview/axis';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const kolkata = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };
const at = (text: string): number => Date.parse(text);
const sevenPixels = (text: string): number => text.length * 7;

describe('the time axis', () => {
  it('counts what a zone is ahead of UTC, half hours and daylight saving time too', () => {
    assert.equal(zoneOffsets('Asia/Kolkata')(at('2024-06-15T10:30:00.250Z')), 5.5 * HOUR);
    assert.equal(zoneOffsets('America/New_York')(at('2024-06-15T10:30:00Z')), -4 * HOUR);
    assert.equal(zoneOffsets('America/New_York')(at('2024-01-15T10:30:00Z')), -5 * HOUR);
    assert.equal(zoneOffsets('UTC')(at('2024-06-15T10:30:00Z')), 0);
  });

  it('has its ticks at round times of the chosen zone, not of UTC', () => {
    const ticks = ticksOf({ from: at('2024-06-15T10:05:00Z'), to: at('2024-06-15T12:10:00Z') }, 2, kolkata);
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['16:00', '17:00'],
    );
    assert.equal(ticks[0]?.at, at('2024-06-15T10:30:00Z'));
  });

  it('labels ticks as finely as they are apart', () => {
    const labels = (milliseconds: number, count: number): string | undefined => ticksOf({ from: at('2024-06-15T10:30:00Z'), to: at('2024-06-15T10:30:00Z') + milliseconds }, count, kolkata)[1]?.label;
    assert.equal(labels(5 * MINUTE, 5), '16:01');
    assert.equal(labels(40_000, 4), '16:00:15');
    assert.equal(labels(2000, 4), '16:00:00.5');
    assert.equal(labels(100, 10), '16:00:00.01');
  });

  it('shows the date where a day begins', () => {
    const ticks = ticksOf({ from: at('2024-06-15T18:20:00Z'), to: at('2024-06-15T19:00:00Z') }, 4, kolkata);
    assert.ok(ticks.some(({ label }) => label === '16 Jun'));
  });

  it('marks the one instant of a call without length', () => {
    assert.deepEqual(ticksOf({ from: 0, to: 0 }, 8, { timeZone: 'UTC', locale: 'en-GB' }), [{ at: 0, label: '1 Jan' }]);
    assert.equal(positionOf(5, { from: 5, to: 5 }, 800), 0);
  });

  it('never lets the labels of two ticks touch, nor leave the drawing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 }), fc.integer({ min: 1, max: 40 * 24 * HOUR }), fc.integer({ min: 120, max: 1200 }), (from, length, width) => {
        const range = { from, to: from + length };
        const boxes = placeTicks(range, width, kolkata, sevenPixels).map(({ x, anchor, label }) => {
          const own = sevenPixels(label);
          const start = anchor === 'start' ? x : anchor === 'end' ? x - own : x - own / 2;
          return { start, end: start + own };
        });
        assert.ok(boxes.length > 0);
        boxes.forEach(({ start, end }, index) => {
          assert.ok(start >= -0.001 && end <= width + 0.001);
          const before = boxes[index - 1];
          if (before !== undefined) assert.ok(start > before.end);
        });
      }),
      { numRuns: 200 },
    );
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
