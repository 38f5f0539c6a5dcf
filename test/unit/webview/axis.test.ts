import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { zoneOffsets } from '../../../src/call/time';
import { placeTicks, positionOf, type PlacedTick } from '../../../src/webview/axis';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const kolkata = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };
const at = (text: string): number => Date.parse(text);
const sevenPixels = (text: string): number => text.length * 7;

function ticksOver(from: number, length: number, width = 800, format = kolkata): readonly PlacedTick[] {
  return placeTicks({ from, to: from + length }, width, format, sevenPixels);
}

function labelsOver(from: string, length: number, width?: number, format?: typeof kolkata): readonly string[] {
  return ticksOver(at(from), length, width, format).map(({ label }) => label);
}

describe('the time axis', () => {
  it('counts what a zone is ahead of UTC, half hours and daylight saving time too', () => {
    assert.equal(zoneOffsets('Asia/Kolkata')(at('2024-06-15T10:30:00.250Z')), 5.5 * HOUR);
    assert.equal(zoneOffsets('America/New_York')(at('2024-06-15T10:30:00Z')), -4 * HOUR);
    assert.equal(zoneOffsets('America/New_York')(at('2024-01-15T10:30:00Z')), -5 * HOUR);
    assert.equal(zoneOffsets('UTC')(at('2024-06-15T10:30:00Z')), 0);
  });

  it('has its ticks at round times of the chosen zone, not of UTC', () => {
    const ticks = ticksOver(at('2024-06-15T10:05:00Z'), 2 * HOUR, 160);
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['16:00', '17:00'],
    );
    assert.equal(ticks[0]?.at, at('2024-06-15T10:30:00Z'));
  });

  it('suits calls of two seconds and of three hours, and anything between and beyond', () => {
    const from = '2024-06-15T10:30:00Z';
    assert.deepEqual(labelsOver(from, 2 * SECOND).slice(0, 3), ['16:00:00', '.2', '.4']);
    assert.deepEqual(labelsOver(from, 40 * SECOND).slice(0, 3), ['16:00:00', '16:00:05', '16:00:10']);
    assert.deepEqual(labelsOver(from, 5 * MINUTE).slice(1, 4), ['16:00:30', '16:01:00', '16:01:30']);
    assert.deepEqual(labelsOver(from, 3 * HOUR).slice(0, 3), ['16:00', '16:30', '17:00']);
    assert.deepEqual(labelsOver(from, 5 * DAY).slice(0, 2), ['16 Jun', '12:00']);
    assert.deepEqual(labelsOver(from, 200 * DAY).slice(0, 2), ['Jul 2024', 'Aug 2024']);
  });

  it('says once which second it is where the ticks are closer than seconds', () => {
    assert.deepEqual(labelsOver('2024-06-15T10:30:42.910Z', 200).slice(0, 2), ['16:00:42.92', '.94']);
    assert.ok(labelsOver('2024-06-15T10:30:42.910Z', 200).includes('16:00:43'));
  });

  it('shows the date where a day begins', () => {
    assert.ok(labelsOver('2024-06-15T18:20:00Z', 40 * MINUTE).includes('16 Jun'));
  });

  it('goes by a clock of twelve hours where the locale does', () => {
    assert.ok(labelsOver('2024-06-15T10:30:00Z', 3 * HOUR, 800, { timeZone: 'Asia/Kolkata', locale: 'en-US' }).includes('5:00 PM'));
  });

  it('marks where a call without length stands', () => {
    assert.deepEqual(placeTicks({ from: 0, to: 0 }, 800, { timeZone: 'UTC', locale: 'en-GB' }, sevenPixels), [{ at: 0, label: '1 Jan', x: 0, anchor: 'start', from: 0, to: 35 }]);
    assert.equal(positionOf(5, { from: 5, to: 5 }, 800), 0);
  });

  const instants = fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 });
  /** From the closest zoom to calls that nobody ended. */
  const lengths = fc.oneof(fc.integer({ min: 100, max: 5 * SECOND }), fc.integer({ min: SECOND, max: 4 * HOUR }), fc.integer({ min: HOUR, max: 40 * DAY }));

  it('leaves a label at either end out rather than half of the ticks', () => {
    const labels = labelsOver('2024-06-15T10:30:00Z', 5 * MINUTE);
    assert.equal(labels.length, 11);
    assert.deepEqual([labels[0], labels[1], labels.at(-1)], ['', '16:00:30', '']);
  });

  it('never lets the labels of two ticks touch, nor leave the drawing', () => {
    fc.assert(
      fc.property(instants, lengths, fc.integer({ min: 120, max: 1200 }), (from, length, width) => {
        const labelled = ticksOver(from, length, width).filter(({ label }) => label !== '');
        const boxes = labelled.map(({ x, anchor, label }) => {
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
      { numRuns: 300 },
    );
  });

  it('always has a handful of ticks, in order and within what is drawn', () => {
    fc.assert(
      fc.property(instants, lengths, fc.integer({ min: 700, max: 1200 }), fc.constantFrom('Asia/Kolkata', 'UTC', 'America/St_Johns'), (from, length, width, timeZone) => {
        const ticks = ticksOver(from, length, width, { timeZone, locale: 'en-GB' });
        // Labels with milliseconds are long.
        assert.ok(ticks.length >= (length < 1000 ? 2 : 3) && ticks.length <= 12, `${ticks.length} ticks`);
        ticks.forEach((tick, index) => {
          assert.ok(tick.at >= from && tick.at <= from + length);
          assert.ok(index === 0 || tick.at > (ticks[index - 1]?.at ?? Infinity));
        });
      }),
      { numRuns: 300 },
    );
  });
});
