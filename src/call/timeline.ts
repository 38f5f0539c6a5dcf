/** A call's times as a drawing: spans, marks, and in words what does not fit. */
import { type Call, citations, type Instant } from './call';
import { fieldName } from './fields';
import type { Lane, Mark, MarkId } from './lane';
import { legLanesOf, type Reach } from './legLanes';
import { courseOf, ongoingOf, setupOf, tailOf, tailRoom, talkStartOf, untilUpdateOf } from './spans';
import { isOngoing } from './status';

export type { Lane, LaneMark, LaneStatus, Mark, MarkId } from './lane';
export { MAX_LANES } from './legLanes';

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
 * The timeline of a call: its own lane, then one for each leg in the order they began, at most {@link MAX_LANES} in all. `askedAt`: when the
 * answer came, by this machine's clock; an active call is drawn up to there. Spans without length are left out; they overlap only where the
 * times themselves are out of order.
 */
export function timelineOf(call: Call, askedAt: Instant): Timeline {
  const marks = marksOf(call);
  const parts = [setupOf(call), courseOf(call), ongoingOf(call, askedAt), untilUpdateOf(call)];
  const own: Lane = { id: 'call', label: 'Call', spans: parts.flatMap((part) => part.spans), marks: [] };
  const ownTimes = [...marks.map(({ at }) => at), ...timesOf(own)];
  const legs = legLanesOf(call, askedAt, reachOf(call, ownTimes));
  const times = [...ownTimes, ...legs.lanes.flatMap(timesOf)];
  if (times.length === 0) return { lanes: legs.lanes, marks, notes: ['The record has no time that can be read: there is nothing to draw.', ...legs.notes] };
  const from = Math.min(...times);
  const to = Math.max(...times);
  const instant = to === from && times.length > 1 ? ['All times of the record are the same: the call has no length.'] : [];
  return {
    lanes: [own, ...legs.lanes],
    marks,
    origin: call.createdTime ?? from,
    range: { from, to: Math.max(to, from + LEAST_RANGE_MS) },
    notes: [...missingTimes(call), ...parts.flatMap((part) => part.notes), ...legs.notes, ...instant],
  };
}

/** An axis needs a length. */
const LEAST_RANGE_MS = 1000;

function timesOf({ spans, marks }: Lane): readonly Instant[] {
  return [...spans.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)];
}

/** How far from the call's own times a leg's may lie. Where nothing tells when the call ended, its legs may tell. */
function reachOf(call: Call, times: readonly Instant[]): Reach {
  if (times.length === 0) return { from: -Infinity, to: Infinity };
  const from = Math.min(...times);
  const to = Math.max(...times);
  const room = tailRoom((call.endTime ?? to) - from);
  const isOpen = call.endTime === undefined && call.updatedTime === undefined && !isOngoing(call);
  return { from: from - room, to: isOpen ? Infinity : (call.endTime ?? to) + room };
}

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
