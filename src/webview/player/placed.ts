/** Where a recording lies on a time axis, and which of its stretches a person steps between. Positions and lengths in seconds, instants in milliseconds. Pure. */
import type { Instant, Seconds } from '../../call/call';
import type { Timeline } from '../../call/timeline';
import { positionOf, type Range } from '../axis';
import type { Marked } from './marks';

/** A recording on an axis: where its position 0 lies, and how long it is. */
export interface Placed {
  readonly start: Instant;
  readonly length: Seconds;
}

/** The instant of a position. */
export function instantOf(position: Seconds, { start }: Placed): Instant {
  return start + position * 1000;
}

/** The position of an instant; before the recording negative, after it beyond its length. */
export function positionAt(at: Instant, { start }: Placed): Seconds {
  return (at - start) / 1000;
}

/** The stretch of time that the recording takes. */
export function rangeOf(placed: Placed): Range {
  return { from: placed.start, to: instantOf(placed.length, placed) };
}

/** The shortest range that holds both. */
export function union(one: Range, other: Range | undefined): Range {
  return other === undefined ? one : { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

/** The part of the recording that a stretch of time covers; undefined where they do not overlap. */
export function overlap(range: Range, placed: Placed): Marked | undefined {
  const from = Math.max(0, positionAt(range.from, placed));
  const to = Math.min(placed.length, positionAt(range.to, placed));
  return to > from ? { from, to } : undefined;
}

/** Where a position is drawn, in pixels from the left of a drawing `width` pixels wide; it may lie outside of it. */
export function pixelOf(position: Seconds, placed: Placed, view: Range, width: number): number {
  return positionOf(instantOf(position, placed), view, width);
}

/** The ends of the timeline's stretches that fall into the recording, with its own start and end; in order, each once. */
export function boundariesOf({ lanes }: Pick<Timeline, 'lanes'>, placed: Placed): readonly Seconds[] {
  const ends = lanes.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [positionAt(from, placed), positionAt(to, placed)]));
  const inside = ends.filter((at) => at > SAME_WITHIN && at < placed.length - SAME_WITHIN).toSorted((one, other) => one - other);
  return [0, ...inside.filter((at, index) => at - (inside[index - 1] ?? 0) > SAME_WITHIN), placed.length];
}

/** Ends this close to each other are one place to go to. */
const SAME_WITHIN: Seconds = 0.05;
/** Going back within this time after a place leads to the one before it. */
const BACK_WITHIN: Seconds = 0.7;

/** The place before or after a position; at the ends, the end itself. */
export function steppedTo(boundaries: readonly Seconds[], position: Seconds, step: 1 | -1): Seconds {
  if (step > 0) return boundaries.find((at) => at > position + SAME_WITHIN) ?? boundaries.at(-1) ?? 0;
  return boundaries.findLast((at) => at < position - BACK_WITHIN) ?? boundaries[0] ?? 0;
}

/** By how many seconds a drag of so many pixels moves the recording, to a hundredth, from where it was. */
export function shiftAfter(shift: Seconds, pixels: number, view: Range, width: number): Seconds {
  const moved = width > 0 ? ((pixels / width) * (view.to - view.from)) / 1000 : 0;
  return rounded(shift + moved);
}

/** By how many seconds a key moves the recording from where it was; undefined: the key is not the handle's. */
export function shiftByKey(shift: Seconds, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Seconds | undefined {
  const step = shiftKey ? 1 : 0.1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return rounded(shift - step);
    case 'ArrowRight':
    case 'ArrowUp':
      return rounded(shift + step);
    case 'Home':
      return 0;
    default:
      return undefined;
  }
}

function rounded(seconds: Seconds): Seconds {
  return Math.round(seconds * 100) / 100;
}

/** `+1.2 s`, `−0.35 s`. */
export function shiftText(shift: Seconds): string {
  return `${shift < 0 ? '−' : '+'}${Math.abs(shift)} s`;
}
