/** What a leg's course can be inferred from: moments, each with what it rests on, in words and citations. */
import { type Call, type Citation, citations, citeLeg, type End, type Instant, type Leg, type LegField } from './call';
import { fieldName } from './fields';
import { isLegPending, legOutcome, placedLegs, wasNotReached, wasReached } from './legs';
import { talkStartOf } from './spans';
import { isOngoing } from './status';
import { ROUNDING_MS } from './time';

/** A moment at which a span may begin or end. */
export interface Bound {
  readonly at: Instant;
  /** What it rests on, fit to follow *from* and *to*: `date_created`. */
  readonly why: string;
  readonly sources: readonly Citation[];
}

/** A leg that was answered, from its creation to its likely end. */
export interface Stay {
  readonly leg: Leg;
  readonly from: Instant;
  readonly to: Bound;
}

/** What a leg's neighbours and the call tell of it. */
export interface Scene {
  readonly call: Call;
  /** When the record was asked for, by this machine's clock. */
  readonly asked: Bound;
  readonly goesOn: boolean;
  readonly callEnd?: Bound;
  /** Where the conversation is placed: `total_talk_time` before `end_time`, or before the likely end of the legs where there is no end time. */
  readonly talkStart?: Bound;
  /** When the first leg was created at the *to* end, which is dialled once the *from* end has answered or called. */
  readonly secondEnd?: Bound;
  /** The legs of each end that were answered, in the order they began, as far as their times tell. */
  readonly stays: Readonly<Record<End, readonly Stay[]>>;
  /** True for an end of which the record lists legs, none of which was answered. */
  readonly isUnreached: Readonly<Record<End, boolean>>;
  /** True for an end of which every leg that may have been answered is among the `stays`. */
  readonly isWhole: Readonly<Record<End, boolean>>;
}

/** The end that a leg's own end talks with. */
export function otherEnd({ end }: Leg): End {
  return end === 'from' ? 'to' : 'from';
}

/** The last part of the path a value came from, or would: `date_created`. */
export function legFieldName(leg: Leg, field: 'createdTime' | 'updatedTime' | 'onCallDuration'): string {
  return leg.sources[field]?.split('.').at(-1) ?? NAMES[field];
}

const NAMES = { createdTime: 'date_created', updatedTime: 'date_updated', onCallDuration: 'OnCallDuration' } as const;

/** Reads the scene that the legs of a call are in. */
export function sceneOf(call: Call, askedAt: Instant): Scene {
  const legs = placedLegs(call).map(({ leg }) => leg);
  const before = { call, goesOn: isOngoing(call) && call.endTime === undefined, asked: { at: askedAt, why: 'the moment the record was asked for (by this machine’s clock)', sources: [] } };
  const bounds = { ...before, ...callEndOf(call), ...talkStartIn(call), ...secondEndOf(call, legs) };
  const ends = { from: legs.filter(({ end }) => end === 'from'), to: legs.filter(({ end }) => end === 'to') };
  const perEnd = <T>(read: (end: End) => T): Readonly<Record<End, T>> => ({ from: read('from'), to: read('to') });
  const stays = perEnd((end) => staysOf(ends[end], bounds));
  return {
    ...talkStartByLegs(bounds, stays),
    ...bounds,
    stays,
    isUnreached: perEnd((end) => ends[end].some(wasNotReached) && ends[end].every((leg) => wasNotTaken(call, leg))),
    isWhole: perEnd((end) => areTold(ends[end], stays[end], call)),
  };
}

function areTold(legs: readonly Leg[], stays: readonly Stay[], call: Call): boolean {
  const told = new Set(stays.map(({ leg }) => leg));
  return legs.every((leg) => told.has(leg) || wasNotTaken(call, leg));
}

/** Not answered, or not even attempted; one of unknown status may have been answered. */
function wasNotTaken(call: Call, leg: Leg): boolean {
  return wasNotReached(leg) || legOutcome(call, leg).id === 'notAttempted';
}

function callEndOf(call: Call): Pick<Scene, 'callEnd'> {
  return call.endTime === undefined ? {} : { callEnd: { at: call.endTime, why: fieldName(call, 'endTime'), sources: citations(call, 'endTime') } };
}

function talkStartIn(call: Call): Pick<Scene, 'talkStart'> {
  const at = talkStartOf(call);
  if (at === undefined) return {};
  const why = `where the conversation is placed (${fieldName(call, 'endTime')} minus ${fieldName(call, 'totalTalkTime')})`;
  return { talkStart: { at, why, sources: citations(call, 'endTime', 'totalTalkTime') } };
}

/** Of a call that is over and has no end time. */
function talkStartByLegs({ call, goesOn, callEnd }: Bounds, stays: Scene['stays']): Pick<Scene, 'talkStart'> {
  const { totalTalkTime: talk = 0 } = call;
  const [one, other] = [latestEnd(stays.from), latestEnd(stays.to)];
  if (goesOn || callEnd !== undefined || talk <= 0 || one === undefined || other === undefined) return {};
  const end = one.at <= other.at ? one : other;
  const why = `where the conversation is placed (${fieldName(call, 'totalTalkTime')} before the likely end of the legs)`;
  return { talkStart: { at: end.at - talk * 1000, why, sources: [...citations(call, 'totalTalkTime'), ...end.sources] } };
}

/** Where the last of the legs ended. */
export function latestEnd(stays: readonly Stay[]): Bound | undefined {
  return stays.reduce<Bound | undefined>((latest, { to }) => (latest === undefined || to.at > latest.at ? to : latest), undefined);
}

function secondEndOf(call: Call, legs: readonly Leg[]): Pick<Scene, 'secondEnd'> {
  const leg = legs.find(({ end, createdTime, status }) => end === 'to' && createdTime !== undefined && status !== undefined);
  if (leg?.createdTime === undefined) return {};
  const why = `${legFieldName(leg, 'createdTime')} of the first leg to the other side (which is dialled once this one has answered)`;
  return { secondEnd: { at: leg.createdTime, why, sources: citedOf(call, leg, 'createdTime') } };
}

function staysOf(legs: readonly Leg[], bounds: Bounds): readonly Stay[] {
  return legs.flatMap((leg): readonly Stay[] => {
    if (leg.createdTime === undefined || !wasReached(leg)) return [];
    const to = endOfLeg(leg, bounds);
    return to === undefined || to.at <= leg.createdTime ? [] : [{ leg, from: leg.createdTime, to }];
  });
}

type Bounds = Pick<Scene, 'call' | 'asked' | 'goesOn' | 'callEnd'>;

/**
 * Where a leg likely ended: no later than its call; a leg that goes on is followed to when the record was asked for. Absent: nothing tells.
 * The last change of a leg's record is likely its end once its status is final, and not before.
 */
export function endOfLeg(leg: Leg, { call, asked, goesOn, callEnd }: Bounds): Bound | undefined {
  const { createdTime: created = -Infinity, updatedTime: updated } = leg;
  const latest = callEnd !== undefined && callEnd.at > created ? callEnd : undefined;
  const own = updated === undefined || updated <= created ? undefined : lastChangeOf(call, leg, updated);
  if (isLegPending(leg)) return latest ?? (goesOn ? asked : own);
  if (own === undefined) return wasReached(leg) ? latest : undefined;
  return latest !== undefined && own.at > latest.at ? { ...latest, why: `${latest.why} (which no leg outlasts)` } : own;
}

function lastChangeOf(call: Call, leg: Leg, at: Instant): Bound {
  return { at, why: `${legFieldName(leg, 'updatedTime')} (the last change of its record and so likely its end)`, sources: citedOf(call, leg, 'updatedTime') };
}

/** The citation of a leg's value as a list, empty where its record did not have it. */
export function citedOf(call: Call, leg: Leg, ...fields: readonly LegField[]): readonly Citation[] {
  return fields.flatMap((field) => citeLeg(call, leg, field) ?? []);
}

/** When the leg was answered: its end minus its time on the call, which v1 tells. Absent: not told, or before the leg began. */
export function byTimeOnCall(leg: Leg, from: Bound, scene: Scene): Bound | undefined {
  const { onCallDuration: length } = leg;
  const end = endOfLeg(leg, scene);
  if (length === undefined || length <= 0 || end === undefined) return undefined;
  const at = end.at - length * 1000;
  if (from.at - at >= ROUNDING_MS) return undefined;
  return { at: Math.max(at, from.at), why: `${legFieldName(leg, 'onCallDuration')} before its likely end`, sources: [...citedOf(scene.call, leg, 'onCallDuration'), ...end.sources] };
}

/** Inbound calls come in on the *from* leg: nobody dials it. */
export function isCaller({ end, side }: Leg): boolean {
  return end === 'from' && side === 'customer';
}

/** The leg of an outbound call that is dialled first. */
export function isDialledFirst({ end, side }: Leg): boolean {
  return end === 'from' && side === 'agent';
}
