/** The time axis: which times get a tick, and what is written at them. Pure. */
import { type TimeInterval, utcDay, utcHour, utcMillisecond, utcMinute, utcMonth, utcSecond, utcYear } from 'd3-time';
import type { Instant } from '../call/call';
import { hourStyle, type TimeFormat, usableLocale, zoneOffsets } from '../call/time';

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
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A tick with its place in the drawing, and which part of its label stands there. An empty label: there is no room for it. */
export interface PlacedTick extends Tick {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** A round distance of ticks, and about how long it is. */
interface Step {
  readonly interval: TimeInterval;
  readonly length: number;
}

function steps(unit: { every(count: number): TimeInterval | null }, length: number, ...counts: readonly number[]): readonly Step[] {
  return counts.flatMap((count) => {
    const interval = unit.every(count);
    return interval === null ? [] : [{ interval, length: count * length }];
  });
}

/** Days counted on over the ends of months. */
function days(count: number): Step {
  return { interval: utcDay.filter((day) => utcDay.count(new Date(0), day) % count === 0), length: count * DAY };
}

/** From fine to coarse, so close to each other that one of them gives a handful of ticks. */
const STEPS: readonly Step[] = [
  ...steps(utcMillisecond, 1, 1, 2, 5, 10, 20, 50, 100, 200, 500),
  ...steps(utcSecond, SECOND, 1, 2, 5, 10, 15, 30),
  ...steps(utcMinute, MINUTE, 1, 2, 5, 10, 15, 30),
  ...steps(utcHour, HOUR, 1, 2, 3, 6, 12),
  ...[1, 2, 4, 7, 14].map(days),
  ...steps(utcMonth, 30 * DAY, 1, 3, 6),
  ...steps(utcYear, 365 * DAY, 1, 5, 10),
];

const MOST_TICKS = 12;
const LABEL_GAP = 16;

/**
 * As many ticks at round times of the zone's clocks as have room for their labels in a drawing `width` pixels wide, twelve at most.
 * `measure` gives a label's width.
 */
export function placeTicks(range: Range, width: number, format: TimeFormat, measure: (text: string) => number): readonly PlacedTick[] {
  const offset = offsetsOf(format.timeZone)(range.from);
  const candidates = STEPS.filter(({ length }) => (range.to - range.from) / length < MOST_TICKS);
  for (const step of candidates) {
    const ticks = ticksOf(range, step, offset, format).map((tick) => placeTick(tick, range, width, measure(tick.label)));
    const labelled = step.length < SECOND ? ticks : withoutCrowdedEnds(ticks);
    if (ticks.length > 0 && labelled.every((tick, index) => !isCrowded(tick, labelled[index - 1]))) return labelled;
  }
  return [{ at: range.from, label: labeller(SECOND, format)(range.from, 0), x: 0, anchor: 'start' }];
}

/** A tick with the room that its label takes. */
interface LabelledTick extends PlacedTick {
  readonly from: number;
  readonly to: number;
}

/** Labels at the ends keep within the drawing: where one comes too close to its neighbour for that, its tick stands alone. */
function withoutCrowdedEnds(ticks: readonly LabelledTick[]): readonly LabelledTick[] {
  const last = ticks.length - 1;
  if (last < 3) return ticks;
  return ticks.map((tick, index) => {
    const isAlone = index === 0 ? isCrowded(ticks[1], tick) : index === last && isCrowded(tick, ticks[last - 1]);
    return isAlone ? { ...tick, label: '' } : tick;
  });
}

function isCrowded(tick: LabelledTick | undefined, before: LabelledTick | undefined): boolean {
  return tick !== undefined && before !== undefined && before.label !== '' && tick.label !== '' && tick.from - before.to < LABEL_GAP;
}

function placeTick(tick: Tick, range: Range, width: number, label: number): LabelledTick {
  const x = positionOf(tick.at, range, width);
  if (x < label / 2) return { ...tick, x, anchor: 'start', from: x, to: x + label };
  if (x > width - label / 2) return { ...tick, x, anchor: 'end', from: x - label, to: x };
  return { ...tick, x, anchor: 'middle', from: x - label / 2, to: x + label / 2 };
}

function ticksOf({ from, to }: Range, { interval, length }: Step, offset: number, format: TimeFormat): readonly Tick[] {
  const label = labeller(length, format);
  return interval.range(new Date(Math.ceil(from + offset)), new Date(Math.floor(to + offset) + 1)).map((wall, index) => {
    const at = wall.getTime() - offset;
    return { at, label: label(at, index) };
  });
}

type Labeller = (at: Instant, index: number) => string;

/**
 * Labels for ticks about `step` milliseconds apart. A day's first moment is labelled with its date, so that midnight shows;
 * between whole seconds only the first tick says which second it is.
 */
function labeller(step: number, format: TimeFormat): Labeller {
  if (step >= 365 * DAY) return labels(format, { year: 'numeric' });
  if (step >= 28 * DAY) return labels(format, { month: 'short', year: 'numeric' });
  const date = labels(format, { day: 'numeric', month: 'short' });
  if (step >= DAY) return date;
  const clock = { hour: hourStyle(format.locale), minute: '2-digit' } as const;
  const time = step < MINUTE ? labels(format, { ...clock, second: '2-digit' }) : labels(format, clock);
  const offset = offsetsOf(format.timeZone);
  const whole = (at: Instant, index: number): string => ((at + offset(at)) % DAY === 0 ? date(at, index) : time(at, index));
  if (step >= SECOND) return whole;
  const digits = step < 10 ? 3 : step < 100 ? 2 : 1;
  const fraction = (at: Instant): string => `.${String(Math.floor(at) % SECOND).padStart(3, '0').slice(0, digits)}`;
  const exact = labels(format, { ...clock, second: '2-digit', fractionalSecondDigits: digits });
  return (at, index) => (at % SECOND === 0 ? whole(at, index) : index === 0 ? exact(at, index) : fraction(at));
}

function labels({ timeZone, locale }: TimeFormat, options: Intl.DateTimeFormatOptions): Labeller {
  const key = JSON.stringify([timeZone, locale, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(usableLocale(locale), { ...options, timeZone });
  formats.set(key, known);
  return (at) => known.format(at).replaceAll('\u202F', ' ');
}

/** Made once each: a drawing that is zoomed labels its ticks anew in every frame. */
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, (at: Instant) => number>();

function offsetsOf(timeZone: string): (at: Instant) => number {
  const known = offsets.get(timeZone) ?? zoneOffsets(timeZone);
  offsets.set(timeZone, known);
  return known;
}

/** Where an instant lies in a drawing `width` pixels wide. A range without length lies at the left. */
export function positionOf(at: Instant, { from, to }: Range, width: number): number {
  return to <= from ? 0 : ((at - from) / (to - from)) * width;
}
