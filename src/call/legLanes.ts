/** A lane for each leg, and in words what the lanes do not show. */
import { type Call, citeLeg, type Instant, type Leg } from './call';
import { fieldName } from './fields';
import type { Lane, LaneMark, LaneStatus } from './lane';
import { legLabel, legOutcome, placedLegs } from './legs';
import { legCourse, type LegRemark } from './legSpans';
import { citedOf, legFieldName, sceneOf, type Scene } from './legTimes';
import { formatDuration } from './time';

/** The call's lane and its legs'. More nobody reads, and no call has; the record lists them all. */
export const MAX_LANES = 50;

/** Between which instants a leg may be drawn: farther away, the call itself would be a speck. */
export interface Reach {
  readonly from: Instant;
  readonly to: Instant;
}

/** The lanes of a call's legs in the order they began, with one sentence for each thing that they do not show. */
export function legLanesOf(call: Call, askedAt: Instant, reach: Reach): { readonly lanes: readonly Lane[]; readonly notes: readonly string[] } {
  const placed = placedLegs(call);
  const shown = placed.slice(0, MAX_LANES - 1);
  const scene = sceneOf(call, askedAt);
  const name = numbering();
  const drawn = shown.map(({ leg, place }) => ({ leg, place, label: name(leg), ...within(reach, leg, scene) }));
  const lanes = drawn.map(({ leg, place, label, spans, marks }): Lane => ({ id: place, label, side: leg.side ?? leg.end, status: statusOf(call, leg), spans, marks }));
  const remarks = drawn.flatMap(({ remark }) => remark ?? []);
  const leftOut = placed.length > shown.length ? [`The record has ${placed.length + (call.legsLeftOut ?? 0)} legs: the ${shown.length} that began first${call.legsLeftOut === undefined ? '' : `, of the ${placed.length} that are read,`} have a lane.`] : [];
  return { lanes, notes: [...leftOut, ...remarkNotes(remarks, call), ...contradiction(scene)] };
}

/** Labels that tell legs to the same party apart: `Asha Rao`, `Asha Rao (2)`. */
function numbering(): (leg: Leg) => string {
  const counts = new Map<string, number>();
  return (leg) => {
    const label = legLabel(leg);
    const key = `${leg.side ?? leg.end} ${label}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? label : `${label} (${count})`;
  };
}

function statusOf(call: Call, leg: Leg): LaneStatus {
  const { label, severity, icon } = legOutcome(call, leg);
  return { label, severity, icon, sources: citedOf(call, leg, 'status') };
}

type Remark = LegRemark | 'farAway' | 'changedLater';

/** What of a leg lies within reach. Its spans are drawn together or not at all. */
function within(reach: Reach, leg: Leg, scene: Scene): Pick<Lane, 'spans' | 'marks'> & { readonly remark?: Remark } {
  const isNear = (at: Instant): boolean => reach.from <= at && at <= reach.to;
  const { spans, remark } = legCourse(leg, scene);
  const all = marksOf(leg, scene.call);
  const marks = all.filter(({ at }) => isNear(at));
  if (!spans.every(({ from, to }) => isNear(from) && isNear(to)) || (all.length > 0 && marks.length === 0)) return { spans: [], marks, remark: 'farAway' };
  if (remark !== undefined) return { spans, marks, remark };
  return marks.length < all.length ? { spans, marks, remark: 'changedLater' } : { spans, marks };
}

const MARKS = [
  { id: 'created', field: 'createdTime', label: 'leg created', meaning: 'when the leg’s record was created, which is likely when dialling began.' },
  { id: 'updated', field: 'updatedTime', label: 'leg last changed', meaning: 'when the leg’s record last changed, which is not necessarily its end.' },
] as const;

function marksOf(leg: Leg, call: Call): readonly LaneMark[] {
  const marks = MARKS.flatMap(({ id, field, label, meaning }): readonly LaneMark[] => {
    const at = leg[field];
    const citation = citeLeg(call, leg, field);
    return at === undefined ? [] : [{ id, at, label, provenance: 'reported', sources: citation === undefined ? [] : [citation], explanation: `${legFieldName(leg, field)}: ${meaning}` }];
  });
  return marks.toSorted((one, other) => one.at - other.at);
}

/** One sentence for each kind of remark; `are`: *One leg is*, *3 legs are*. */
const NOTES: Readonly<Record<Remark, (are: string, call: Call) => string>> = {
  noCreation: (are) => `${are} not drawn for want of a readable date_created.`,
  noTimes: (are) => `v1 gives no times for its legs: ${are.toLowerCase()} not drawn for want of a time on the call or of the call’s end.`,
  noEnd: (are) => `${are} not drawn for want of a readable date_updated.`,
  backwards: (are) => `${are} not drawn because date_updated is before date_created.`,
  talkDoesNotFit: (are, call) => `${are} drawn undivided because ${fieldName(call, 'totalTalkTime')} does not fit between date_created and date_updated.`,
  farAway: (are) => `${are} not drawn because of times far from the call’s.`,
  changedLater: (are) => `${are} drawn without date_updated, which lies long after the call.`,
};

function remarkNotes(remarks: readonly Remark[], call: Call): readonly string[] {
  return [...new Set(remarks)].map((remark) => {
    const count = remarks.filter((each) => each === remark).length;
    return NOTES[remark](count === 1 ? 'One leg is' : `${count} legs are`, call);
  });
}

/** Talk without anybody on one side. */
function contradiction({ call, isUnreached }: Scene): readonly string[] {
  const { totalTalkTime: talk = 0 } = call;
  const [end] = (['from', 'to'] as const).filter((each) => isUnreached[each]);
  if (talk <= 0 || end === undefined) return [];
  const side = call.legs?.find((leg) => leg.end === end)?.side ?? end;
  return [`${fieldName(call, 'totalTalkTime')} is ${formatDuration(talk)}, and yet no ${side} leg was answered by its status: no conversation is drawn on the legs.`];
}
