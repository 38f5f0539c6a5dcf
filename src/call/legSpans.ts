/** The stretches of a leg: ringing, waiting, in conversation, as far as its record and its neighbours let them be told apart. */
import { citations, type Leg } from './call';
import { fieldName } from './fields';
import { isLegPending, isListed, legOutcome, type LegOutcomeId, wasNotReached, wasReached } from './legs';
import { afterAnswer, beforeTalkAsAWhole, labelled, ringing, spansOf, type Stage, unanswered, unique, waiting, whole } from './legStages';
import { conversationIn, talking } from './legTalk';
import { type Bound, byTimeOnCall, citedOf, endOfLeg, isCaller, isDialledFirst, legFieldName, otherEnd, type Scene, type Stay } from './legTimes';
import type { Span } from './spans';
import { ROUNDING_MS } from './time';

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

function course(stages: readonly Stage[], remark?: LegRemark): LegCourse {
  const spans = spansOf(stages);
  return remark === undefined ? { spans } : { spans, remark };
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

function beforeTalk(leg: Leg, from: Bound, to: Bound, scene: Scene): readonly Stage[] {
  if (isCaller(leg)) return [waiting(leg, from, to)];
  const answer = answerOf(leg, from, to, scene);
  if (answer !== undefined) return [ringing(from, answer), waiting(leg, answer, to)];
  if (!isDialledFirst(leg) || scene.secondEnd !== undefined) return [ringing(from, to)];
  return [beforeTalkAsAWhole(from, to)];
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
