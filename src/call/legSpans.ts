/** The stretches of a leg: ringing, waiting, in conversation, as far as its record and its neighbours let them be told apart. */
import { type Citation, citations, type Instant, type Leg } from './call';
import { fieldName } from './fields';
import { isLegPending, isListed, legOutcome, type LegOutcomeId, wasNotReached, wasReached } from './legs';
import { type Bound, citedOf, endOfLeg, latestEnd, legFieldName, otherEnd, type Scene, type Stay } from './legTimes';
import type { Span, SpanKind } from './spans';
import { formatDuration, ROUNDING_MS } from './time';

/** What keeps a leg from being drawn, or from being divided. */
export type LegRemark =
  | 'noCreation'
  /** v1's legs have no times of their own. */
  | 'noTimes'
  | 'noEnd'
  | 'backwards'
  | 'talkDoesNotFit';

/** A leg's spans in order of time, with at most one remark. */
export interface LegCourse {
  readonly spans: readonly Span[];
  readonly remark?: LegRemark;
}

/** The course of a leg. Everything in it is inferred, but for what v1's time on the call places. */
export function legCourse(leg: Leg, scene: Scene): LegCourse {
  const { createdTime: created, updatedTime: updated } = leg;
  const outcome = legOutcome(scene.call, leg).id;
  if (outcome === 'notAttempted') return { spans: [] };
  if (created === undefined) return placedByLength(leg, scene);
  if (updated !== undefined && created - updated >= ROUNDING_MS) return { spans: [], remark: 'backwards' };
  const from: Bound = { at: created, why: legFieldName(leg, 'createdTime'), sources: citedOf(scene.call, leg, 'createdTime') };
  const to = endOfLeg(leg, scene);
  if (to === undefined || to.at <= created) return updated === undefined ? { spans: [], remark: 'noEnd' } : { spans: [] };
  if (wasNotReached(leg)) return course([unanswered(outcome, from, to)]);
  if (scene.goesOn && isLegPending(leg)) return course(goingOn(leg, outcome, from, to, scene));
  return wasReached(leg) ? answered({ leg, from: created, to }, from, scene) : course([whole(outcome, from, to)]);
}

/** A span before it is written out. */
interface Stage {
  readonly kind: SpanKind;
  readonly name: string;
  readonly from: Bound;
  readonly to: Bound;
  /** The beginning of the explanation, and its end. */
  readonly meaning: string;
  readonly caveat: string;
  /** It goes on: its length is that of the moment only, and is not written into its bar. */
  readonly isOpen?: true;
}

const UNSAID = 'no field says when the leg was answered';

/** Stages without length are left out. */
function course(stages: readonly Stage[], remark?: LegRemark): LegCourse {
  const counts = new Map<SpanKind, number>();
  const spans = stages.flatMap((stage) => {
    if (stage.to.at <= stage.from.at) return [];
    const count = (counts.get(stage.kind) ?? 0) + 1;
    counts.set(stage.kind, count);
    return [spanOf(stage, count === 1 ? stage.kind : `${stage.kind}-${count}`)];
  });
  return remark === undefined ? { spans } : { spans, remark };
}

function spanOf({ kind, name, from, to, meaning, caveat, isOpen }: Stage, id: string): Span {
  return {
    id,
    kind,
    from: from.at,
    to: to.at,
    label: isOpen === true ? name : labelled(name, from.at, to.at),
    provenance: 'inferred',
    sources: unique([...from.sources, ...to.sources]),
    explanation: `${meaning}: from ${from.why} to ${to.why}; ${caveat}.`,
  };
}

function labelled(name: string, from: Instant, to: Instant): string {
  return `${name}, ${formatDuration((to - from) / 1000)}`;
}

function unique(sources: readonly Citation[]): readonly Citation[] {
  return sources.filter(({ field }, index) => sources.findIndex((other) => other.field === field) === index);
}

const UNANSWERED: Readonly<Partial<Record<LegOutcomeId, { readonly name: string; readonly meaning: string; readonly caveat: string }>>> = {
  noAnswer: { name: 'rang, no answer', meaning: 'Likely dialling and ringing without an answer', caveat: 'no field says when it began to ring' },
  busy: { name: 'busy', meaning: 'Likely dialling, until the line was found busy', caveat: 'no field says whether it rang' },
  failed: { name: 'failed', meaning: 'Likely dialling, until it failed', caveat: 'no field says whether it rang, or why it failed' },
  cancelled: { name: 'cancelled', meaning: 'Likely dialling and ringing, until it was cancelled', caveat: 'no field says by whom, or whether it rang' },
};

function unanswered(outcome: LegOutcomeId, from: Bound, to: Bound): Stage {
  const words = UNANSWERED[outcome] ?? { name: 'not reached', meaning: 'Likely dialling', caveat: 'no field says whether it rang' };
  return { kind: 'ringing', ...words, from, to };
}

/** Nothing tells the parts of the leg apart. */
function whole(outcome: LegOutcomeId, from: Bound, to: Bound): Stage {
  const caveat = wasAnswered(outcome) ? `ringing, waiting and talk are not told apart, as ${UNSAID}` : 'the leg’s status does not say whether it was answered';
  return { kind: 'leg', name: 'leg', from, to, meaning: 'The leg as a whole', caveat };
}

function wasAnswered(outcome: LegOutcomeId): boolean {
  return outcome === 'completed' || outcome === 'inProgress';
}

/** A leg of a call that goes on, up to when the record was asked for. */
function goingOn(leg: Leg, outcome: LegOutcomeId, from: Bound, to: Bound, scene: Scene): readonly Stage[] {
  const open = { to, caveat: 'how long it went on after that is not known', isOpen: true } as const;
  if (outcome === 'queued') return [{ kind: 'leg', name: 'queued', from, meaning: 'Waiting to be dialled, by its status', ...open }];
  if (outcome === 'ringing') return [{ kind: 'ringing', name: 'ringing', from, meaning: 'Dialling and ringing, by its status', ...open }];
  const answer = isCaller(leg) || leg.side === undefined ? undefined : (secondEndAfter(leg, from, to, scene) ?? lastChangeWithin(leg, from, to, scene));
  const on = (since: Bound): Stage => ({ kind: 'ongoing', name: 'in progress', from: since, meaning: 'On the call, by its status', ...open });
  return answer === undefined ? [on(from)] : [ringing(from, answer), on(answer)];
}

/** A leg in progress last changed when it was answered, most likely. */
function lastChangeWithin(leg: Leg, from: Bound, to: Bound, { call }: Scene): Bound | undefined {
  const { updatedTime: at } = leg;
  if (at === undefined || at <= from.at || at >= to.at) return undefined;
  return { at, why: `${legFieldName(leg, 'updatedTime')} (the last change of its record and so likely when it was answered)`, sources: citedOf(call, leg, 'updatedTime') };
}

function ringing(from: Bound, to: Bound): Stage {
  return { kind: 'ringing', name: 'ringing', from, to, meaning: 'Likely dialling and ringing', caveat: UNSAID };
}

/** A leg that was answered, in a call that is over or of which no more is known. */
function answered(stay: Stay, from: Bound, scene: Scene): LegCourse {
  const { leg, to } = stay;
  const talk = conversationIn(stay, scene);
  if (talk.kind === 'placed') return course([...beforeTalk(leg, from, talk.from, scene), ...talking(stay, talk.from, scene)]);
  const answer = isCaller(leg) ? from : answerOf(leg, from, to, scene);
  const remark = talk.kind === 'doesNotFit' ? 'talkDoesNotFit' : undefined;
  if (answer === undefined) return course([whole('completed', from, to)], remark);
  if (talk.kind === 'none') return course([ringing(from, answer), waiting(leg, answer, to)]);
  return course(isCaller(leg) ? [whole('completed', from, to)] : [ringing(from, answer), afterAnswer(answer, to)], remark);
}

function afterAnswer(from: Bound, to: Bound): Stage {
  return { kind: 'leg', name: 'on the call', from, to, meaning: 'Likely answered', caveat: `waiting and talk are not told apart, and ${UNSAID}` };
}

/** Inbound calls come in on the *from* leg: nobody dials it. */
function isCaller({ end, side }: Leg): boolean {
  return end === 'from' && side === 'customer';
}

/** The leg of an outbound call that is dialled first. */
function isDialledFirst({ end, side }: Leg): boolean {
  return end === 'from' && side === 'agent';
}

function waiting(leg: Leg, from: Bound, to: Bound): Stage {
  const meaning = isCaller(leg) ? 'Likely in the flow, in a queue or hearing it ring' : 'Likely answered and waiting for the other side';
  return { kind: 'waiting', name: 'waiting', from, to, meaning, caveat: isCaller(leg) ? 'no field tells these apart' : UNSAID };
}

function beforeTalk(leg: Leg, from: Bound, to: Bound, scene: Scene): readonly Stage[] {
  if (isCaller(leg)) return [waiting(leg, from, to)];
  const answer = answerOf(leg, from, to, scene);
  if (answer !== undefined) return [ringing(from, answer), waiting(leg, answer, to)];
  if (!isDialledFirst(leg) || scene.secondEnd !== undefined) return [ringing(from, to)];
  return [{ kind: 'leg', name: 'before the conversation', from, to, meaning: 'Before the conversation', caveat: `ringing and waiting are not told apart, as ${UNSAID}` }];
}

/** When a leg was answered that had to wait for the other side: by its time on the call, else by when the other side was dialled. */
function answerOf(leg: Leg, from: Bound, to: Bound, scene: Scene): Bound | undefined {
  if (!isDialledFirst(leg)) return undefined;
  const byTime = byTimeOnCall(leg, from, scene);
  return byTime !== undefined && byTime.at <= to.at ? byTime : secondEndAfter(leg, from, to, scene);
}

function secondEndAfter(leg: Leg, from: Bound, to: Bound, { secondEnd }: Scene): Bound | undefined {
  return isDialledFirst(leg) && secondEnd !== undefined && secondEnd.at > from.at && secondEnd.at < to.at ? secondEnd : undefined;
}

/** The leg's end minus its time on the call, which v1 tells. */
function byTimeOnCall(leg: Leg, from: Bound, scene: Scene): Bound | undefined {
  const { onCallDuration: length } = leg;
  const end = endOfLeg(leg, scene);
  if (length === undefined || length <= 0 || end === undefined) return undefined;
  const at = end.at - length * 1000;
  if (from.at - at >= ROUNDING_MS) return undefined;
  return { at: Math.max(at, from.at), why: `${legFieldName(leg, 'onCallDuration')} before its likely end`, sources: [...citedOf(scene.call, leg, 'onCallDuration'), ...end.sources] };
}

/** Where a leg's conversation begins: it ends with the leg. */
type Talk =
  | { readonly kind: 'placed'; readonly from: Bound }
  /** Nobody was there to talk with. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  /** By the talk time it would begin outside the leg. */
  | { readonly kind: 'doesNotFit' };

function conversationIn(stay: Stay, scene: Scene): Talk {
  const { leg, to } = stay;
  if (leg.side === undefined) return { kind: 'unknown' };
  if (scene.isUnreached[otherEnd(leg)]) return { kind: 'none' };
  const exact = leg.end === 'to' ? byTimeOnCall(leg, { at: stay.from, why: '', sources: [] }, scene) : undefined;
  if (exact !== undefined) return { kind: 'placed', from: exact };
  if (scene.talkStart === undefined) return { kind: 'unknown' };
  const stays = scene.stays[leg.end];
  const earlier = latestEnd(stays.slice(0, stays.findIndex((other) => other.leg === leg)));
  const from = earlier === undefined || earlier.at <= scene.talkStart.at ? scene.talkStart : { ...earlier, why: 'where the leg before it likely ended' };
  if (from.at < to.at && stay.from - from.at < ROUNDING_MS && !isAlone(leg, from.at, to.at, scene)) return { kind: 'placed', from: { ...from, at: Math.max(from.at, stay.from) } };
  return { kind: stays.length === 1 ? 'doesNotFit' : 'unknown' };
}

/** True when nobody of the other side was on the call in that time, as far as the times of all its legs tell. */
function isAlone(leg: Leg, from: Instant, to: Instant, scene: Scene): boolean {
  const others = scene.stays[otherEnd(leg)];
  return others.length > 0 && scene.isWhole[otherEnd(leg)] && others.every((other) => other.to.at <= from || other.from >= to);
}

/** A pause shorter than this may as well be rounding. */
const SHORTEST_PAUSE_MS = 2 * ROUNDING_MS;

/** More legs on the other side than this are not looked at for pauses: their lane would be all gaps. */
const MOST_OTHERS = 50;

/** The conversation of a leg from its beginning to the leg's end, without the stretches in which nobody of the other side was on the call. */
function talking({ leg, to }: Stay, from: Bound, scene: Scene): readonly Stage[] {
  const others = scene.stays[otherEnd(leg)];
  const several = scene.stays[leg.end].length > 1;
  const talk = (start: Bound, end: Bound): Stage => ({ kind: 'conversation', name: 'conversation', from: start, to: end, meaning: 'Likely in conversation', caveat: several ? TRANSFERRED : UNBROKEN });
  if (several || others.length === 0 || others.length > MOST_OTHERS || !scene.isWhole[otherEnd(leg)]) return [talk(from, to)];
  const stages: Stage[] = [];
  let [since, covered] = [from, from];
  for (const [begin, end] of [...others.map((other) => boundsOf(other, scene)), [to, to] as const]) {
    if (begin.at - covered.at > SHORTEST_PAUSE_MS && begin.at <= to.at) {
      stages.push(talk(since, covered), { kind: 'waiting', name: 'waiting', from: covered, to: begin, meaning: 'Likely no leg of the other side on the call', caveat: 'no field says what was heard meanwhile' });
      since = begin;
    }
    covered = end.at > covered.at ? end : covered;
  }
  return [...stages, talk(since, to)];
}

const UNBROKEN = 'interrupted talk would lie elsewhere';
const TRANSFERRED = 'the talk time adds up over the legs of this side, so where one’s talk begins is less certain';

function boundsOf({ leg, from, to }: Stay, { call }: Scene): readonly [begin: Bound, end: Bound] {
  const begin = { at: from, why: `${legFieldName(leg, 'createdTime')} of the next leg of the other side`, sources: citedOf(call, leg, 'createdTime') };
  return [begin, { ...to, why: 'where the last leg of the other side before it likely ended' }];
}

/** A leg of which only the time on the call is told: placed at the end of the call. */
function placedByLength(leg: Leg, scene: Scene): LegCourse {
  const { call, callEnd } = scene;
  const { onCallDuration: length = 0 } = leg;
  const end = callEnd === undefined ? undefined : endOfLeg(leg, scene);
  if (end === undefined || length <= 0) return { spans: [], remark: isListed(leg) ? 'noCreation' : 'noTimes' };
  const from = Math.max(end.at - length * 1000, call.createdTime ?? call.startTime ?? -Infinity);
  if (from >= end.at) return { spans: [] };
  const isTalk = call.totalTalkTime !== undefined && Math.abs(call.totalTalkTime - length) <= ROUNDING_MS / 1000 && !scene.isUnreached[otherEnd(leg)];
  const talk = isTalk ? `; it is as long as ${fieldName(call, 'totalTalkTime')}` : '; waiting and talk are not told apart';
  const kind = isTalk ? 'conversation' : 'leg';
  return {
    spans: [
      {
        id: kind,
        kind,
        from,
        to: end.at,
        label: labelled(isTalk ? 'conversation' : 'on the call', from, end.at),
        provenance: 'derived',
        sources: unique([...citedOf(call, leg, 'onCallDuration'), ...end.sources, ...(isTalk ? citations(call, 'totalTalkTime') : [])]),
        explanation: `${legFieldName(leg, 'onCallDuration')}, placed so that it ends at ${end.why}, as the leg has no time of its own${talk}.`,
      },
    ],
  };
}
