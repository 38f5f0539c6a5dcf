/** A call's times as a drawing: spans, marks, and in words what does not fit. */
import { type Call, type Citation, type End, type Instant, type Provenance, type Side, citations } from './call';
import { fieldName } from './fields';
import { courseOf, ongoingOf, setupOf, type Span, tailOf, talkStartOf, untilUpdateOf } from './spans';
import { isOngoing, type Severity } from './status';

export type MarkId = 'created' | 'started' | 'talk' | 'ended' | 'updated';

/** A moment. The last update has none when it came so long after the end that the call would be drawn as a speck; a note says so. */
export interface Mark {
  readonly id: MarkId;
  readonly at: Instant;
  readonly label: string;
  readonly provenance: Provenance;
  readonly sources: readonly Citation[];
  readonly explanation: string;
}

/** A moment on one lane: when a leg's record was created, when it last changed. */
export interface LaneMark extends Omit<Mark, 'id'> {
  readonly id: string;
}

/** How a lane's leg ended, or stands. */
export interface LaneStatus {
  /** A word or two: `no answer`. */
  readonly label: string;
  readonly severity: Severity;
  /** A codicon's name. */
  readonly icon: string;
  readonly sources: readonly Citation[];
}

/** One row of the drawing: the call, or one leg. */
export interface Lane {
  /** `call`; for a leg its place: `from.0`. */
  readonly id: string;
  /** `Call`; for a leg the name or number it was to reach. */
  readonly label: string;
  /** A leg's side, or the end it stands at where the direction does not tell the side. */
  readonly side?: Side | End;
  readonly status?: LaneStatus;
  readonly spans: readonly Span[];
  /** Drawn on the lane itself, in order of time. */
  readonly marks: readonly LaneMark[];
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  /** In order of time. */
  readonly marks: readonly Mark[];
  /** Where offsets count from: `created_time`, else the earliest time. Absent: the record has no time at all. */
  readonly origin?: Instant;
  /** The first and last instant of anything drawn, at least a second apart. */
  readonly range?: { readonly from: Instant; readonly to: Instant };
  /** What could not be drawn, or does not fit: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The timeline of a call. `askedAt`: when the answer came, by this machine's clock; an active call is drawn up to there.
 * Spans without length are left out; they overlap only where the times themselves are out of order.
 */
export function timelineOf(call: Call, askedAt: Instant): Timeline {
  const marks = marksOf(call);
  const missing = missingTimes(call);
  const parts = [setupOf(call), courseOf(call), ongoingOf(call, askedAt), untilUpdateOf(call)];
  const spans = parts.flatMap((part) => part.spans);
  const times = [...marks.map((mark) => mark.at), ...spans.flatMap(({ from, to }) => [from, to])];
  if (times.length === 0) return { lanes: [], marks, notes: ['The record has no time that can be read: there is nothing to draw.'] };
  const from = Math.min(...times);
  const to = Math.max(...times);
  const instant = to === from && marks.length > 1 ? ['All times of the record are the same: the call has no length.'] : [];
  return {
    lanes: [{ id: 'call', label: 'Call', spans, marks: [] }],
    marks,
    origin: call.createdTime ?? from,
    range: { from, to: Math.max(to, from + LEAST_RANGE_MS) },
    notes: [...missing, ...parts.flatMap((part) => part.notes), ...instant],
  };
}

/** An axis needs a length. */
const LEAST_RANGE_MS = 1000;

function marksOf(call: Call): readonly Mark[] {
  const reported = REPORTED_MARKS.flatMap(({ id, field, meaning }): readonly Mark[] => {
    const at = call[field];
    const explanation = `${fieldName(call, field)}: ${meaning}`;
    return at === undefined || (id === 'updated' && tailOf(call).cut) ? [] : [{ id, at, label: id, provenance: 'reported', sources: citations(call, field), explanation }];
  });
  return [...reported, ...talkMark(call)].toSorted((one, other) => one.at - other.at || ORDER.indexOf(one.id) - ORDER.indexOf(other.id));
}

const ORDER: readonly MarkId[] = ['created', 'started', 'talk', 'ended', 'updated'];

interface ReportedMark {
  readonly id: MarkId;
  readonly field: 'createdTime' | 'startTime' | 'endTime' | 'updatedTime';
  readonly meaning: string;
}

const REPORTED_MARKS: readonly ReportedMark[] = [
  { id: 'created', field: 'createdTime', meaning: 'when Exotel received the request for the call.' },
  { id: 'started', field: 'startTime', meaning: 'when the call started, which is not when a leg was answered.' },
  { id: 'ended', field: 'endTime', meaning: 'when the call ended.' },
  { id: 'updated', field: 'updatedTime', meaning: 'when the record last changed; nothing is concluded from it.' },
];

function talkMark(call: Call): readonly Mark[] {
  const at = talkStartOf(call);
  if (at === undefined) return [];
  const explanation = `${fieldName(call, 'endTime')} minus ${fieldName(call, 'totalTalkTime')}: where the conversation began if it went on without a break until the end.`;
  return [{ id: 'talk', at, label: 'talk', provenance: 'derived', sources: citations(call, 'endTime', 'totalTalkTime'), explanation }];
}

/** The times whose absence changes the drawing; an active call has no end to miss. */
function missingTimes(call: Call): readonly string[] {
  const fields = ['createdTime', 'startTime', ...(isOngoing(call) ? [] : (['endTime'] as const))] as const;
  return fields
    .filter((field) => call[field] === undefined)
    .map((field) => `There is no readable ${fieldName(call, field)}: ${WITHOUT[field]}`);
}

const WITHOUT = {
  createdTime: 'offsets count from the earliest time there is.',
  startTime: 'the setup is not drawn apart.',
  endTime: 'where the call ended is not drawn.',
} as const;
