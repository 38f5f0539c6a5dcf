/** Whether a sound that should be heard is: what hangs without saying so is noticed and opened anew. Times in milliseconds. Pure. */

/** What an audio element shows at a moment. */
export interface Glimpse {
  readonly at: number;
  /** True when the position ought to move: it plays, or it seeks. */
  readonly isDue: boolean;
  /** Changes with everything that counts as getting on: the position, the end of a seek. */
  readonly sign: string;
  /** Bytes that the host has; more of them are on their way to being heard. */
  readonly received: number;
  /** The host knows that nothing comes, and is doing something about it. */
  readonly isHostOnIt: boolean;
}

export interface Watch {
  /** When it last got on. */
  readonly since: number;
  readonly sign: string;
  readonly received: number;
  /** When the host last had more bytes, or the sound was last opened anew. */
  readonly helpedAt: number;
  /** How often it was opened anew since it last got on. */
  readonly attempts: number;
  /** It has stood still for so long that the person is told. */
  readonly isWaiting: boolean;
}

/** What is to be done: nothing, set the same address again, or open it by another one. */
export type Cure = 'none' | 'again' | 'anew';

export const NOTICED_AFTER_MS = 3000;
/** So much longer each attempt waits than the one before it. */
const PATIENCE_MS = 2000;
/** The longest wait between two attempts. */
const MOST_MS = 20_000;

export const NOT_WATCHED: Watch = { since: 0, sign: '', received: 0, helpedAt: 0, attempts: 0, isWaiting: false };

/** The watch after another glimpse, and what is to be done then. */
export function watched(watch: Watch, { at, isDue, sign, received, isHostOnIt }: Glimpse): { readonly watch: Watch; readonly cure: Cure } {
  if (!isDue || sign !== watch.sign || watch.since === 0) return { watch: { since: at, sign, received, helpedAt: at, attempts: 0, isWaiting: false }, cure: 'none' };
  const isHelped = received !== watch.received || isHostOnIt;
  const now: Watch = { ...watch, received, helpedAt: isHelped ? at : watch.helpedAt, isWaiting: at - watch.since >= NOTICED_AFTER_MS };
  if (at - now.helpedAt < patience(now.attempts)) return { watch: now, cure: 'none' };
  return { watch: { ...now, helpedAt: at, attempts: now.attempts + 1 }, cure: now.attempts === 0 ? 'again' : 'anew' };
}

/** How long nothing may help before the next attempt: longer from one to the next. */
function patience(attempts: number): number {
  return Math.min(MOST_MS, NOTICED_AFTER_MS + attempts * PATIENCE_MS);
}
