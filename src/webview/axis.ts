/** The timeline's geometry: which times get a tick, where labels go. Pure. */
import { utcTicks } from 'd3-time';
import type { Instant } from '../call/call';
import { wholeSecond, type TimeFormat } from '../call/time';

export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Tick {
  readonly at: Instant;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Tells what a zone's clocks are ahead of UTC at an instant, in milliseconds. To be kept for many instants: it is dear to make. */
export function zoneOffsets(timeZone: string): (at: Instant) => number {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const part = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const read = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
    const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
    return wall - wholeSecond(at);
  };
}

/** A tick with its place in the drawing, and which part of its label stands there. */
export interface PlacedTick extends Tick {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

const LEAST_APART = 64;
const LABEL_GAP = 16;

/** As many ticks as have room for their labels in a drawing `width` pixels wide; `measure` gives a label's width. */
export function placeTicks(range: Range, width: number, format: TimeFormat, measure: (text: string) => number): readonly PlacedTick[] {
  for (let count = Math.floor(width / LEAST_APART); count > 1; count -= 1) {
    const ticks = ticksOf(range, count, format).map((tick) => placeTick(tick, range, width, measure(tick.label)));
    if (ticks.length > 0 && ticks.every((tick, index) => index === 0 || tick.from - (ticks[index - 1]?.to ?? 0) >= LABEL_GAP)) return ticks;
  }
  return ticksOf({ from: range.from, to: range.from }, 1, format).map((tick) => ({ ...tick, x: 0, anchor: 'start' }));
}

function placeTick(tick: Tick, range: Range, width: number, label: number): PlacedTick & { readonly from: number; readonly to: number } {
  const x = positionOf(tick.at, range, width);
  if (x < label / 2) return { ...tick, x, anchor: 'start', from: x, to: x + label };
  if (x > width - label / 2) return { ...tick, x, anchor: 'end', from: x - label, to: x };
  return { ...tick, x, anchor: 'middle', from: x - label / 2, to: x + label / 2 };
}

/** About `count` round times of the zone's clocks within a range, labelled as finely as they are apart. */
export function ticksOf({ from, to }: Range, count: number, { timeZone, locale }: TimeFormat): readonly Tick[] {
  if (to <= from) return [{ at: from, label: labeller(SECOND, timeZone, locale)(from) }];
  const offset = zoneOffsets(timeZone)(from);
  const instants = utcTicks(new Date(from + offset), new Date(to + offset), Math.max(2, count)).map((tick) => tick.getTime() - offset);
  const [first, second] = instants;
  const step = first === undefined || second === undefined ? to - from : second - first;
  const label = labeller(step, timeZone, locale);
  return instants.map((at) => ({ at, label: label(at) }));
}

/** Labels for times `step` milliseconds apart. A day's first moment is labelled with its date, so that midnight shows. */
function labeller(step: number, timeZone: string, locale: string): (at: Instant) => string {
  const date = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    ...(step < MINUTE ? { second: '2-digit' } : {}),
    ...(step < SECOND ? { fractionalSecondDigits: step < SECOND / 100 ? 3 : step < SECOND / 10 ? 2 : 1 } : {}),
  });
  const offset = zoneOffsets(timeZone);
  return (at) => {
    const sinceMidnight = (((at + offset(at)) % DAY) + DAY) % DAY;
    return sinceMidnight === 0 ? date.format(at) : time.format(at);
  };
}

/** Where an instant lies in a drawing `width` pixels wide. A range without length lies at the left. */
export function positionOf(at: Instant, { from, to }: Range, width: number): number {
  return to <= from ? 0 : ((at - from) / (to - from)) * width;
}

/** A mark's label before it has a place: where its mark is, and how wide the label is, in pixels. */
export interface Flag {
  readonly x: number;
  readonly width: number;
}

/** A label's place: the row below the marks, and on which side of its mark it stands. */
export interface FlagPlace {
  readonly row: number;
  readonly side: 'left' | 'right';
}

interface Placed extends FlagPlace {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

const GAP = 8;

/**
 * Places labels below their marks such that no label lies over another nor, where that can be had, over the line from another
 * mark down to its label. Marks close together become a flight of stairs; a label that would leave the drawing at the right stands left of its mark.
 */
export function placeFlags(flags: readonly Flag[], width: number): readonly FlagPlace[] {
  const sided = flags.map(({ x, width: own }, index) => {
    const side: FlagPlace['side'] = x + own > width && x - own >= 0 ? 'left' : 'right';
    return { index, x, side, from: side === 'right' ? x : x - own, to: side === 'right' ? x + own : x };
  });
  const rightOnes = sided.filter(({ side }) => side === 'right').toSorted((a, b) => b.x - a.x || a.index - b.index);
  const leftOnes = sided.filter(({ side }) => side === 'left').toSorted((a, b) => a.x - b.x || a.index - b.index);

  const placed = new Map<number, Placed>();
  for (const { index, ...flag } of [...rightOnes, ...leftOnes]) {
    const others = [...placed.values()];
    const fresh = Math.max(-1, ...others.map(({ row }) => row)) + 1;
    let row = 0;
    while (row < fresh && others.some((other) => clash({ ...flag, row }, other))) row += 1;
    placed.set(index, { ...flag, row });
  }
  return flags.map((_, index) => {
    const { row, side } = placed.get(index) ?? { row: 0, side: 'right' };
    return { row, side };
  });
}

/** True when two labels overlap, or the line down to the lower one crosses the upper one. */
function clash(a: Placed, b: Placed): boolean {
  if (a.row === b.row) return a.from < b.to + GAP && b.from < a.to + GAP;
  const [upper, lower] = a.row < b.row ? [a, b] : [b, a];
  return lower.x > upper.from && lower.x < upper.to;
}
