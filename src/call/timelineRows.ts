/** A timeline in words: each part described, and all of them as the rows of a table, in order of time. */
import type { Citation, End, Instant, Provenance, Side } from './call';
import { sentenceCase } from './said';
import type { Span } from './spans';
import { formatDuration, formatInstant, formatOffset, zoneName, type TimeFormat } from './time';
import type { Lane, LaneMark, Mark, Timeline } from './timeline';

/** A span or a moment with everything there is to say about it, in words. */
export interface Described {
  /** The lane's id and the part's: `call/conversation`, `from.0/ringing`; `marks/created` for a moment of the call. */
  readonly key: string;
  readonly title: string;
  readonly provenance: Provenance;
  readonly from: string;
  /** Absent for a moment. */
  readonly to?: string;
  readonly zone: string;
  readonly length?: string;
  /** From the timeline's origin: `+1.0 s`. */
  readonly offset?: string;
  readonly explanation: string;
  readonly sources: readonly Citation[];
}

/** How a thing shown is known, in words. */
export const KNOWN_HOW: Readonly<Record<Provenance, string>> = {
  reported: 'Reported',
  derived: 'Derived from what is reported',
  inferred: 'Inferred, not reported',
};

/** A span of the lane with this id, in words. */
export function describeSpan(span: Span, laneId: string, { origin }: Timeline, format: TimeFormat): Described {
  return {
    key: `${laneId}/${span.id}`,
    title: titled(span.label),
    provenance: span.provenance,
    from: formatInstant(span.from, format),
    to: formatInstant(span.to, format),
    zone: zoneName(span.from, format),
    length: formatDuration((span.to - span.from) / 1000),
    ...offsetOf(span.from, origin),
    explanation: span.explanation,
    sources: span.sources,
  };
}

/** A moment in words. `laneId`: the lane it is drawn on; `marks` for a moment of the whole call. */
export function describeMark(mark: Mark | LaneMark, laneId: string, { origin }: Timeline, format: TimeFormat): Described {
  return {
    key: `${laneId}/${mark.id}`,
    title: titled(mark.label),
    provenance: mark.provenance,
    from: formatInstant(mark.at, format),
    zone: zoneName(mark.at, format),
    ...offsetOf(mark.at, origin),
    explanation: mark.explanation,
    sources: mark.sources,
  };
}

/** What a part is, without its length: `Conversation`, `Rang, no answer`. */
export function titled(label: string): string {
  return sentenceCase(label.replace(/, \d.*$/, ''));
}

function offsetOf(at: Instant, origin: Instant | undefined): { offset?: string } {
  return origin === undefined ? {} : { offset: formatOffset(at - origin) };
}

/** One line of the table. */
export interface TimelineRow {
  /** As {@link Described.key}; the lane's id alone for a lane that has no time at all. */
  readonly key: string;
  /** The lane's label: `Call`, or whom a leg was to reach. */
  readonly lane: string;
  readonly side?: Side | End;
  /** How the lane's leg ended, or stands: `no answer`. */
  readonly status?: string;
  /** `Conversation`, `Created`; for a lane without a time its status. */
  readonly what: string;
  readonly from?: string;
  /** Absent for a moment. */
  readonly to?: string;
  readonly length?: string;
  /** From the timeline's origin: `+1.0 s`. */
  readonly offset?: string;
  readonly zone?: string;
  /** {@link KNOWN_HOW} has the words. Absent for a lane of which nothing is reported. */
  readonly provenance?: Provenance;
  readonly explanation?: string;
  readonly sources: readonly Citation[];
}

/** A call with more parts than this is listed up to here: nobody reads further, and a report has to stay a page. */
export const MAX_TIMELINE_ROWS = 300;

/**
 * The timeline as the rows of a table, in order of time: a moment before what begins with it, and of parts that begin together the
 * call's before its legs'. Lanes without a time come last. `leftOut`: how many rows `max` left no room for.
 */
export function timelineRows(timeline: Timeline, format: TimeFormat, max: number = MAX_TIMELINE_ROWS): { readonly rows: readonly TimelineRow[]; readonly leftOut: number } {
  const call = timeline.lanes.find(({ id }) => id === 'call');
  const moments = timeline.marks.map((mark): Timed => ({ at: mark.at, isSpan: false, row: () => rowOf(call, describeMark(mark, 'marks', timeline, format)) }));
  const timed = [...moments, ...timeline.lanes.flatMap((lane) => partsOf(lane, timeline, format))].toSorted(byTime);
  const untimed = timeline.lanes.filter((lane) => lane.spans.length === 0 && lane.marks.length === 0 && lane.id !== 'call');
  const rows = [...timed.slice(0, max).map(({ row }) => row()), ...untimed.map(untimedRow)].slice(0, max);
  return { rows, leftOut: timed.length + untimed.length - rows.length };
}

interface Timed {
  readonly at: Instant;
  readonly isSpan: boolean;
  readonly row: () => TimelineRow;
}

function byTime(one: Timed, other: Timed): number {
  return one.at - other.at || Number(one.isSpan) - Number(other.isSpan);
}

function partsOf(lane: Lane, timeline: Timeline, format: TimeFormat): readonly Timed[] {
  const marks = lane.marks.map((mark): Timed => ({ at: mark.at, isSpan: false, row: () => rowOf(lane, describeMark(mark, lane.id, timeline, format)) }));
  const spans = lane.spans.map((span): Timed => ({ at: span.from, isSpan: true, row: () => rowOf(lane, describeSpan(span, lane.id, timeline, format)) }));
  return [...marks, ...spans];
}

function rowOf(lane: Lane | undefined, { title, ...words }: Described): TimelineRow {
  return { ...words, ...laneWords(lane), what: title };
}

function untimedRow(lane: Lane): TimelineRow {
  const { status } = lane;
  const sources = status?.sources ?? [];
  return { key: lane.id, ...laneWords(lane), what: titled(status?.label ?? 'no time'), ...(sources.length === 0 ? {} : { provenance: 'reported' }), sources };
}

function laneWords(lane: Lane | undefined): Pick<TimelineRow, 'lane' | 'side' | 'status'> {
  return {
    lane: lane?.label ?? 'Call',
    ...(lane?.side === undefined ? {} : { side: lane.side }),
    ...(lane?.status === undefined ? {} : { status: lane.status.label }),
  };
}
