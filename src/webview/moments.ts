/** The parts of a timeline in words: for the card, the table and those who listen. Pure. */
import type { Instant } from '../call/call';
import type { Span } from '../call/spans';
import { formatClock, type TimeFormat } from '../call/time';
import type { Mark, Timeline } from '../call/timeline';
import { describeMark, describeSpan, KNOWN_HOW, titled, type Described } from '../call/timelineRows';

export { KNOWN_HOW, type Described };

/** One row of the drawing, its parts from left to right. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly parts: readonly Part[];
}

export type Part = { readonly kind: 'span'; readonly span: Span; readonly words: Described } | { readonly kind: 'mark'; readonly mark: Mark; readonly words: Described };

/** The rows of a timeline, top to bottom: its lanes, then its marks. */
export function rowsOf(timeline: Timeline, format: TimeFormat): readonly Row[] {
  const lanes = timeline.lanes.map((lane) => ({
    id: lane.id,
    label: lane.label,
    parts: lane.spans.map((span): Part => ({ kind: 'span', span, words: describeSpan(span, lane.id, timeline, format) })),
  }));
  const marks = timeline.marks.map((mark): Part => ({ kind: 'mark', mark, words: describeMark(mark, 'marks', timeline, format) }));
  return [...lanes, { id: 'marks', label: 'Moments', parts: marks }].filter(({ parts }) => parts.length > 0);
}

/** All parts in order of time, a moment before what begins with it. */
export function inOrder(rows: readonly Row[]): readonly Part[] {
  const parts = rows.flatMap((row) => row.parts);
  return parts.toSorted((a, b) => startOfPart(a) - startOfPart(b) || Number(a.kind === 'span') - Number(b.kind === 'span'));
}

/** Everything about a part in one go, for its accessible name. */
export function spoken({ title, from, to, zone, length, offset, provenance, sources }: Described): string {
  const when = to === undefined ? `at ${from} ${zone}` : `from ${from} to ${to} ${zone}, ${length ?? ''}`;
  const fields = sources.map(({ field }) => field).join(', ');
  return [`${title}: ${when}`, offset, KNOWN_HOW[provenance], fields].filter((text) => text !== undefined && text !== '').join('; ');
}

/** A mark's label in the drawing, with the time of day beside it. */
export function flagText(mark: Mark, format: TimeFormat): { readonly name: string; readonly time: string } {
  return { name: titled(mark.label), time: formatClock(mark.at, format) };
}

/** What stands in a bar: as much of the label as fits, by whole phrases, else nothing. */
export function barText(label: string, width: number, measure: (text: string) => number): string {
  const [name = label] = label.split(',');
  return [label, name].find((text) => measure(text) <= width) ?? '';
}

/** Where an arrow key leads: along a row, or to the nearest part of the row above or below. Undefined: nowhere. */
export function partAfter(key: string, rows: readonly Row[], current: string): string | undefined {
  const at = rows.findIndex(({ parts }) => parts.some(({ words }) => words.key === current));
  const row = rows[at];
  if (row === undefined) return undefined;
  const index = row.parts.findIndex(({ words }) => words.key === current);
  const keyOf = (part: Part | undefined): string | undefined => part?.words.key;
  switch (key) {
    case 'ArrowLeft':
      return keyOf(row.parts[index - 1]);
    case 'ArrowRight':
      return keyOf(row.parts[index + 1]);
    case 'Home':
      return keyOf(row.parts[0]);
    case 'End':
      return keyOf(row.parts.at(-1));
    case 'ArrowUp':
      return keyOf(nearest(rows[at - 1], row.parts[index]));
    case 'ArrowDown':
      return keyOf(nearest(rows[at + 1], row.parts[index]));
    default:
      return undefined;
  }
}

function nearest(row: Row | undefined, part: Part | undefined): Part | undefined {
  if (row === undefined || part === undefined) return undefined;
  const start = startOfPart(part);
  return row.parts.toSorted((a, b) => Math.abs(startOfPart(a) - start) - Math.abs(startOfPart(b) - start))[0];
}

function startOfPart(part: Part): Instant {
  return part.kind === 'span' ? part.span.from : part.mark.at;
}
