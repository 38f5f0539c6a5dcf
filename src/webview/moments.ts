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

/** A mark's label in the drawing, with the time of day beside it. */
export interface Flagged {
  readonly name: string;
  readonly time: string;
}

/** What can be pointed at: a lane as such, a stretch or a moment on it, a moment of the call. */
export type Part = {
  /** Everything about it in one go, for its accessible name: first what the drawing writes. */
  readonly spoken: string;
} & (
  | { readonly kind: 'lane'; readonly lane: Lane; readonly words: Words }
  | { readonly kind: 'span'; readonly span: Span; readonly words: Described }
  | { readonly kind: 'laneMark'; readonly mark: LaneMark; readonly words: Described }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly flag: Flagged; readonly words: Described }
);

/** One row of the drawing, its parts from left to right. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly parts: readonly Part[];
}

/** The rows of a timeline, top to bottom: its lanes, then its marks. */
export function rowsOf(timeline: Timeline, format: TimeFormat): readonly Row[] {
  const lanes = timeline.lanes.map((lane) => ({ id: lane.id, label: labelOf(lane), parts: [...headOf(lane), ...partsOf(lane, timeline, format)] }));
  const moments = timeline.marks.map((mark) => momentOf(mark, timeline, format));
  return [...lanes, { id: MOMENTS, label: 'Moments', parts: moments }].filter(({ parts }) => parts.length > 0);
}

const MOMENTS = 'marks';

/** True for the row of the call's moments, which is no lane. */
export function isMoments({ id }: Row): boolean {
  return id === MOMENTS;
}

/** With more lanes than the second, only so many are drawn at first. */
export const LANES_AT_FIRST = 12;
const LANES_AT_MOST = 14;

/** The rows that are drawn at first: all of them, unless they are many. */
export function firstLanes(rows: readonly Row[]): readonly Row[] {
  const lanes = rows.filter((row) => !isMoments(row));
  return lanes.length <= LANES_AT_MOST ? rows : [...lanes.slice(0, LANES_AT_FIRST), ...rows.filter(isMoments)];
}

/** The part that Tab leads to: the wanted one; where that is gone, the last one of its lane; else the first that has a time. */
export function stopIn(rows: readonly Row[], wanted: string | undefined): string | undefined {
  const parts = rows.flatMap((row) => row.parts);
  if (wanted !== undefined && parts.some(({ words }) => words.key === wanted)) return wanted;
  const beside = rows.find(({ id }) => wanted?.startsWith(`${id}/`) === true)?.parts.at(-1);
  const first = parts.find(({ kind }) => kind !== 'lane') ?? parts[0];
  return (beside ?? first)?.words.key;
}

/** A lane that has a status stands for itself. */
function headOf(lane: Lane): readonly Part[] {
  if (lane.status === undefined) return [];
  const explanation = `${titled(lane.side === undefined ? 'leg' : `${lane.side} leg`)}: ${lane.status.label}.`;
  const words: Words = { key: `${lane.id}/lane`, title: labelOf(lane), provenance: 'reported', explanation, sources: lane.status.sources };
  return [{ kind: 'lane', lane, words, spoken: sentence([`${words.title} ${stateOf(lane)}`, fieldsOf(words)]) }];
}

function partsOf(lane: Lane, timeline: Timeline, format: TimeFormat): readonly Part[] {
  const marks = lane.marks.map((mark): Part => {
    const words = describeMark(mark, lane.id, timeline, format);
    return { kind: 'laneMark', mark, words, spoken: spokenMark(flagOf(mark, format), words) };
  });
  const spans = lane.spans.map((span): Part => {
    const words = describeSpan(span, lane.id, timeline, format);
    return { kind: 'span', span, words, spoken: spokenSpan(span, words) };
  });
  return [...marks, ...spans].toSorted((one, other) => startOfPart(one) - startOfPart(other));
}

function momentOf(mark: Mark, timeline: Timeline, format: TimeFormat): Part {
  const words = describeMark(mark, MOMENTS, timeline, format);
  const flag = flagOf(mark, format);
  return { kind: 'mark', mark, flag, words, spoken: spokenMark(flag, words) };
}

function flagOf({ label, at }: Pick<Mark, 'label' | 'at'>, format: TimeFormat): Flagged {
  return { name: titled(label), time: formatClock(at, format) };
}

function spokenMark({ name, time }: Flagged, words: Described): string {
  return sentence([`${name} ${time}: at ${words.from} ${words.zone}`, words.offset, KNOWN_HOW[words.provenance], fieldsOf(words)]);
}

function spokenSpan({ label }: Span, words: Described): string {
  const { from, to = '', zone, length, offset } = words;
  return sentence([`${label}: from ${from} to ${to} ${zone}`, length, offset, KNOWN_HOW[words.provenance], fieldsOf(words)]);
}

function fieldsOf({ sources }: Words): string {
  return sources.map(({ field }) => field).join(', ');
}

function sentence(parts: readonly (string | undefined)[]): string {
  return parts.filter((text) => text !== undefined && text !== '').join('; ');
}

const MAX_LABEL = 120;

function labelOf({ label }: Lane): string {
  return plainText(label, MAX_LABEL);
}

/** What stands under a lane's label: `agent · no answer`. */
export function stateOf({ side, status }: Lane): string {
  return [side, status?.label].filter((text) => text !== undefined).join(' · ');
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
