/** What is said of the calls that are asked for by themselves. */
import type { Instant } from '../call/call';
import type { Live } from '../call/live';
import { shortSid } from '../call/sid';
import { formatClock, type TimeFormat, wholeSecond, zoneName } from '../call/time';

/** How it stands with a call that is watched, or would be if its panel could be seen. */
export interface LiveStanding {
  readonly key: { readonly sid: string };
  readonly live: Extract<Live, { readonly nextAt: Instant }>;
  /** False while its panel is hidden. */
  readonly isOn: boolean;
}

/** `Exotel: 2 calls live`; undefined while nothing is watched. */
export function statusText(calls: readonly LiveStanding[]): string | undefined {
  const watched = calls.filter(({ isOn }) => isOn);
  const live = watched.filter(({ live: { phase } }) => phase !== 'settling').length;
  if (live > 0) return `Exotel: ${counted(live)} live`;
  return watched.length === 0 ? undefined : `Exotel: ${counted(watched.length)} settling`;
}

function counted(count: number): string {
  return count === 1 ? '1 call' : `${String(count)} calls`;
}

/** A call and how it stands with it: `b8f15e62…c2bx: live`. */
export function liveLine(standing: LiveStanding, format: TimeFormat): string {
  return `${shortSid(standing.key.sid)}: ${liveSentence(standing, format)}`;
}

/** How it stands with a call: `live`. */
export function liveSentence({ live, isOn }: LiveStanding, format: TimeFormat): string {
  if (!isOn) return 'waits until its panel can be seen';
  if (live.phase === 'watching') return 'live';
  const next = `${formatClock(wholeSecond(live.nextAt), format)} ${zoneName(live.nextAt, format)}`;
  return live.phase === 'settling' ? `over, its late values are asked for at ${next}` : `waits until ${next}. ${live.sentence}`;
}
