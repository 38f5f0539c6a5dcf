/** Where the parts of the timeline's drawing go, in pixels from its left edge. Pure. */
import { positionOf, type Range } from './axis';

/** Where a span is drawn. A bar that is cut goes on beyond that edge of the drawing. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
}

/**
 * The bars of one lane's spans, which come in order of time, in a drawing `width` pixels wide; undefined for a span out of view.
 * No bar is narrower than `least`, and none hides one before or after it: a short one moves its neighbours by as much as it needs.
 */
export function placeBars(spans: readonly Range[], view: Range, width: number, least: number): readonly (Bar | undefined)[] {
  const shown = spans.flatMap((span, index) => {
    if (span.from >= view.to || span.to <= view.from) return [];
    const start = positionOf(Math.max(span.from, view.from), view, width);
    const end = positionOf(Math.min(span.to, view.to), view, width);
    return [{ index, span, start, end, apart: spans.slice(0, index).every(({ to }) => to <= span.from) }];
  });
  shown.forEach((bar, index) => {
    if (bar.apart) bar.start = Math.max(bar.start, shown[index - 1]?.end ?? 0);
    bar.end = Math.max(bar.end, bar.start + least);
  });
  shown.toReversed().forEach((bar, index, reversed) => {
    const next = reversed[index - 1];
    bar.end = Math.min(bar.end, next?.apart === true ? next.start : width);
    bar.start = Math.max(0, Math.min(bar.start, bar.end - least));
  });
  const bars = new Map(shown.map(({ index, span, start, end }): [number, Bar] => [index, { x: start, width: end - start, cutStart: span.from < view.from, cutEnd: span.to > view.to }]));
  return spans.map((_, index) => bars.get(index));
}

/** Places in ascending order moved such that two of them are `least` pixels apart, as far as the drawing has room for that. */
export function spreadOut(places: readonly number[], least: number, width: number): readonly number[] {
  const apart = [...places];
  apart.forEach((place, index) => {
    apart[index] = Math.max(place, (apart[index - 1] ?? -Infinity) + least);
  });
  for (let index = apart.length - 1; index >= 0; index -= 1) {
    const limit = (apart[index + 1] ?? width + least) - least;
    apart[index] = Math.max(0, Math.min(apart[index] ?? 0, limit));
  }
  return apart;
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
