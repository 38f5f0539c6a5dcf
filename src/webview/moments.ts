/** The parts of a timeline's drawing: what is written at them, and how the keyboard goes from one to another. Pure. */
import type { Instant } from '../call/call';
import type { Span } from '../call/spans';
import { plainText } from '../call/text';
import { formatClock, type TimeFormat } from '../call/time';
import type { Lane, LaneMark, Mark, Timeline } from '../call/timeline';
import { describeMark, describeSpan, KNOWN_HOW, titled, type Described } from '../call/timelineRows';
import type { Range } from './axis';

/** A part in words; a lane as such has no time. */
export type Words = Omit<Described, 'from' | 'zone'> & Partial<Pick<Described, 'from' | 'zone'>>;

/** What can be pointed at: a lane as such, a stretch or a moment on it, a moment of the call. */
export type Part =
  | { readonly kind: 'lane'; readonly lane: Lane; readonly words: Words }
  | { readonly kind: 'span'; readonly span: Span; readonly words: Described }
  | { readonly kind: 'laneMark'; readonly mark: LaneMark; readonly words: Described }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly words: Described };

/** One row of the drawing, its parts from left to right. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly parts: readonly Part[];
}

/** The rows of a timeline, top to bottom: its lanes, then its marks. */
export function rowsOf(timeline: Timeline, format: TimeFormat): readonly Row[] {
  const lanes = timeline.lanes.map((lane) => ({ id: lane.id, label: labelOf(lane), parts: [...headOf(lane), ...partsOf(lane, timeline, format)] }));
  const marks = timeline.marks.map((mark): Part => ({ kind: 'mark', mark, words: describeMark(mark, 'marks', timeline, format) }));
  return [...lanes, { id: 'marks', label: 'Moments', parts: marks }].filter(({ parts }) => parts.length > 0);
}

/** A lane that has a status stands for itself. */
function headOf(lane: Lane): readonly Part[] {
  if (lane.status === undefined) return [];
  const explanation = `${titled(lane.side === undefined ? 'leg' : `${lane.side} leg`)}: ${lane.status.label}.`;
  return [{ kind: 'lane', lane, words: { key: `${lane.id}/lane`, title: labelOf(lane), provenance: 'reported', explanation, sources: lane.status.sources } }];
}

function partsOf(lane: Lane, timeline: Timeline, format: TimeFormat): readonly Part[] {
  const marks = lane.marks.map((mark): Part => ({ kind: 'laneMark', mark, words: describeMark(mark, lane.id, timeline, format) }));
  const spans = lane.spans.map((span): Part => ({ kind: 'span', span, words: describeSpan(span, lane.id, timeline, format) }));
  return [...marks, ...spans].toSorted((one, other) => startOfPart(one) - startOfPart(other));
}

const MAX_LABEL = 120;

function labelOf({ label }: Lane): string {
  return plainText(label, MAX_LABEL);
}

/** What stands under a lane's label: `agent · no answer`. */
export function stateOf({ side, status }: Lane): string {
  return [side, status?.label].filter((text) => text !== undefined).join(' · ');
}

/** Everything about a part in one go, for its accessible name: first what the drawing writes. */
export function spoken(part: Part, format: TimeFormat): string {
  const fields = part.words.sources.map(({ field }) => field).join(', ');
  return [...sayingsOf(part, format), fields].filter((text) => text !== undefined && text !== '').join('; ');
}

function sayingsOf(part: Part, format: TimeFormat): readonly (string | undefined)[] {
  if (part.kind === 'lane') return [`${part.words.title} ${stateOf(part.lane)}`];
  const { from, to = '', zone, length, offset, provenance } = part.words;
  if (part.kind === 'span') return [`${part.span.label}: from ${from} to ${to} ${zone}`, length, offset, KNOWN_HOW[provenance]];
  const { name, time } = flagText(part.mark, format);
  return [`${name} ${time}: at ${from} ${zone}`, offset, KNOWN_HOW[provenance]];
}

/** A mark's label in the drawing, with the time of day beside it. */
export function flagText(mark: Pick<Mark, 'label' | 'at'>, format: TimeFormat): { readonly name: string; readonly time: string } {
  return { name: titled(mark.label), time: formatClock(mark.at, format) };
}

/** What stands in a bar: as much of the label as fits, by whole phrases, else nothing. */
export function barText(label: string, width: number, measure: (text: string) => number): string {
  const phrases = label.split(', ');
  const starts = phrases.map((_, index) => phrases.slice(0, phrases.length - index).join(', '));
  return starts.find((text) => measure(text) <= width) ?? '';
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

/** Left of every time there is, where labels stand. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

function startOfPart(part: Part): Instant {
  if (part.kind === 'lane') return BEFORE_ALL;
  return part.kind === 'span' ? part.span.from : part.mark.at;
}

/** The stretch of time that a part takes; a lane as such takes none. */
export function timeOf(part: Part): Range | undefined {
  if (part.kind === 'lane') return undefined;
  return part.kind === 'span' ? part.span : { from: part.mark.at, to: part.mark.at };
}
