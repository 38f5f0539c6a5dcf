/** Whether a call is asked for again by itself, and what a call that is over may still be lacking. */
import type { Call, Instant } from './call';
import { isActive, isOngoing, outcomeOf } from './status';

/** Whether the call is asked for again by itself, and when. */
export type Live =
  /** Nothing more to come: the call is over and its values have settled, or it was never active. */
  | { readonly phase: 'off' }
  /** An active call is asked for again at `nextAt`. */
  | { readonly phase: 'watching'; readonly nextAt: Instant }
  /** The call is over; `nextAt` brings its late values: recording, durations. */
  | { readonly phase: 'settling'; readonly nextAt: Instant }
  /** Offline, or asked to pause: goes on at `nextAt`. The sentence says why. */
  | { readonly phase: 'waiting'; readonly nextAt: Instant; readonly sentence: string }
  /** Given up: the sentence says why, and that *Refresh* goes on. */
  | { readonly phase: 'stopped'; readonly sentence: string };

const MINUTE_MS = 60_000;

/** When late values are asked for, from the end of the call: recordings are there after five minutes as a rule, after fifteen at most. */
const LATE_REFRESHES_MS = [5 * MINUTE_MS, 15 * MINUTE_MS] as const;

/** How long after its end a call's late values come, at most. */
export const SETTLES_WITHIN_MS = 15 * MINUTE_MS;

/** When to ask once more for the late values of a call; undefined when their time is over (src/exotel/README.md, "Late values"). */
export function lateRefreshAt(endedAt: Instant, now: Instant): Instant | undefined {
  return LATE_REFRESHES_MS.map((after) => endedAt + after).find((at) => at > now);
}

/** True for a call that is over when its record is still being processed, or lacks a duration or a recording that may come. */
export function lacksLateValues(call: Call): boolean {
  if (isOngoing(call)) return false;
  if (isActive(call) || call.totalDuration === undefined) return true;
  if (outcomeOf(call).id !== 'completed' || call.totalTalkTime === 0) return false;
  return call.totalTalkTime === undefined || call.recording?.location === undefined || call.recording.available === false;
}

/** True when two answers say the same of how far the call has come: state, status, legs. */
export function isSameStanding(one: Call, other: Call): boolean {
  return standingOf(one) === standingOf(other);
}

function standingOf({ state, status, legs }: Call): string {
  return JSON.stringify([state, status, legs?.map(({ end, sid, status: legStatus }) => [end, sid, legStatus])]);
}
