/** Where the conversation lies within a leg, as far as the call's talk time and the legs beside it let it be placed. */
import type { Instant, Leg } from './call';
import type { Stage } from './legStages';
import { type Bound, byTimeOnCall, citedOf, latestEnd, legFieldName, otherEnd, type Scene, type Stay } from './legTimes';
import { ROUNDING_MS } from './time';

/** Where a leg's conversation begins: it ends with the leg. */
export type Talk =
  | { readonly kind: 'placed'; readonly from: Bound }
  /** Nobody was there to talk with. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  /** By the talk time it would begin outside the leg. */
  | { readonly kind: 'doesNotFit' };

/** Where the conversation of an answered leg begins. */
export function conversationIn(stay: Stay, scene: Scene): Talk {
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
export function talking({ leg, to }: Stay, from: Bound, scene: Scene): readonly Stage[] {
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
