/**
 * One call that is asked for again by itself: while it goes on, and then for the values that come late
 * (src/exotel/README.md, "Limits" and "Late values"). It never sends two polls at once, none while it cannot be seen, and after a
 * sleep of any length one.
 */
import type { Call, Instant } from '../call/call';
import { isSameStanding, lacksLateValues, lateRefreshAt, type Live, SETTLES_WITHIN_MS } from '../call/live';
import { isOngoing } from '../call/status';
import type { Clocks } from './clocks';
import { ApiError, type ApiErrorKind } from './errors';
import type { Pace, Permit } from './pacing';

/** What a watch must know of an answer. */
export interface WatchedAnswer {
  readonly call: Call;
  /** How far this machine's clock is ahead of the server's. */
  readonly clockAheadMs?: number;
}

export interface WatchOptions<A extends WatchedAnswer> extends Clocks {
  /** The account that the pace is kept for. */
  readonly account: string;
  readonly pace: Pick<Pace, 'admit' | 'heldMs'>;
  /** Asks for the call once. Rejects with `ApiError`, or with whatever keeps it from being sent. */
  readonly ask: (signal: AbortSignal, permit: Permit) => Promise<A>;
  /** Runs something once, later; gives what calls that off. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  /** Hears of each change of {@link Watch.live}, and of each answer of a poll. */
  readonly onChange: (answer?: A) => void;
  /** Why a poll failed, in a sentence. */
  readonly sentenceOf: (error: unknown) => string;
  /** To begin with; unless told otherwise, both. */
  readonly isVisible?: boolean;
  readonly isEnabled?: boolean;
}

export const SHORTEST_WAIT_MS = 2000;
export const LONGEST_WAIT_MS = 30_000;
const SLOWING = 1.5;

/** From the last time that a person asked for the call. */
export const LONGEST_WATCH_MS = 4 * 3_600_000;

/** What may be over the next time. */
const PASSING: ReadonlySet<ApiErrorKind> = new Set<ApiErrorKind>(['network', 'timeout', 'server', 'rateLimited']);

/** What the next poll is for. */
type Goal = { readonly kind: 'end' } | { readonly kind: 'lateValues'; readonly endedAt: Instant };

/** A moment by both clocks: whichever comes to it first counts, for one may be put back, and the other may stand still in sleep. */
interface Moment {
  readonly at: Instant;
  readonly elapsedAt: number;
}

type State =
  | { readonly kind: 'off' }
  | { readonly kind: 'stopped'; readonly sentence: string }
  | ({
      readonly kind: 'due';
      readonly goal: Goal;
      /** Why the last poll gave nothing, or the next one is held back. */
      readonly trouble?: string;
    } & Moment);

/** What is under way. */
type Step = { readonly kind: 'timer'; readonly cancel: () => void } | { readonly kind: 'poll'; readonly controller: AbortController };

export class Watch<A extends WatchedAnswer> {
  #last: A | undefined;
  #state: State = { kind: 'off' };
  #step: Step | undefined;
  #waitMs = SHORTEST_WAIT_MS;
  #end: Moment;
  #isInterrupted = false;
  #isVisible: boolean;
  #isEnabled: boolean;
  #isDisposed = false;

  constructor(private readonly options: WatchOptions<A>) {
    const { isVisible = true, isEnabled = true } = options;
    this.#end = this.#moment(LONGEST_WATCH_MS);
    this.#isVisible = isVisible;
    this.#isEnabled = isEnabled;
  }

  get live(): Live {
    const state = this.#state;
    if (state.kind === 'off' || !this.#isEnabled) return { phase: 'off' };
    if (state.kind === 'stopped') return { phase: 'stopped', sentence: state.sentence };
    const { at: nextAt, trouble: sentence } = state;
    if (sentence !== undefined) return { phase: 'waiting', nextAt, sentence };
    return { phase: state.goal.kind === 'end' ? 'watching' : 'settling', nextAt };
  }

  /** True while the call is asked for, now or later, without anybody doing anything. */
  get isOn(): boolean {
    return this.#isVisible && this.#isEnabled && !this.#isDisposed && this.#state.kind === 'due';
  }

  /** A person asks for the call: until {@link take}, {@link fail} or {@link resume}, nothing else does. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#halt();
  }

  /** The answer to a person's lookup: decides anew whether there is something to watch, and for how long. */
  take(answer: A): void {
    this.#end = this.#moment(LONGEST_WATCH_MS);
    this.#isInterrupted = false;
    this.#goOn(answer, SHORTEST_WAIT_MS);
    this.options.onChange();
  }

  /** A person's lookup failed: a call that was to be watched goes on being watched, unless it is no use. */
  fail(error: unknown): void {
    this.#isInterrupted = false;
    const goal = this.#goal ?? (this.#last && this.#goalAfter(this.#last));
    if (goal === undefined) return;
    this.#end = this.#moment(LONGEST_WATCH_MS);
    this.#trip(goal, error);
    this.options.onChange();
  }

  /** A person's lookup was cancelled. */
  resume(): void {
    this.#isInterrupted = false;
    if (this.#state.kind !== 'due') return;
    this.#await(this.#state.goal);
    this.options.onChange();
  }

  /** The recording of a call that is over turned out to be late, though its record names it. */
  expectRecording(): void {
    const goal = this.#state.kind === 'off' && this.#last !== undefined ? this.#goalAfter(this.#last, true) : undefined;
    if (goal === undefined) return;
    this.#await(goal);
    this.options.onChange();
  }

  /** Gives the call up, with what the panel then says. */
  stop(sentence: string): void {
    this.#halt();
    if (this.#state.kind === 'due') this.#state = { kind: 'stopped', sentence };
    this.options.onChange();
  }

  /** Hidden, it sends nothing; shown again, it polls at once where that was due meanwhile. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#runOrHalt();
  }

  setEnabled(isEnabled: boolean): void {
    if (isEnabled === this.#isEnabled) return;
    this.#isEnabled = isEnabled;
    this.#runOrHalt();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#halt();
  }

  get #goal(): Goal | undefined {
    return this.#state.kind === 'due' ? this.#state.goal : undefined;
  }

  get #mayPoll(): boolean {
    return this.#isVisible && this.#isEnabled && !this.#isInterrupted && !this.#isDisposed;
  }

  #runOrHalt(): void {
    if (this.#mayPoll) this.#arm();
    else this.#halt();
    this.options.onChange();
  }

  #halt(): void {
    if (this.#step?.kind === 'poll') this.#step.controller.abort();
    if (this.#step?.kind !== 'timer') return;
    this.#step.cancel();
    this.#step = undefined;
  }

  /** Waits for when the next poll is due. A poll that was given up is waited for as well. */
  #arm(): void {
    if (this.#state.kind !== 'due' || this.#step !== undefined || !this.#mayPoll) return;
    const waitMs = this.#msUntil(this.#state);
    if (waitMs > 0) this.#fireIn(waitMs);
    else this.#fire();
  }

  #msUntil({ at, elapsedAt }: Moment): number {
    return Math.min(at - this.options.now(), elapsedAt - this.options.elapsed());
  }

  /** A long wait is looked at anew now and then: a timer knows nothing of a sleep. */
  #fireIn(delayMs: number): void {
    const cancel = this.options.setTimer(() => {
      this.#step = undefined;
      this.#correct();
      this.#arm();
    }, Math.min(delayMs, LONGEST_WAIT_MS));
    this.#step = { kind: 'timer', cancel };
  }

  /** Where the clock was put back, what is said of the next poll is no longer right. */
  #correct(): void {
    if (this.#state.kind !== 'due') return;
    const at = this.options.now() + this.#msUntil(this.#state);
    if (this.#state.at - at < SHORTEST_WAIT_MS) return;
    this.#state = { ...this.#state, at };
    this.options.onChange();
  }

  #moment(inMs = 0): Moment {
    const { now, elapsed } = this.options;
    return { at: now() + inMs, elapsedAt: elapsed() + inMs };
  }

  #fire(): void {
    if (this.#state.kind !== 'due') return;
    if (this.#msUntil(this.#end) <= 0) return this.stop('Live updates stopped after four hours. Refresh goes on.');
    const { goal } = this.#state;
    const admission = this.options.pace.admit(this.options.account);
    if (admission.kind === 'now') {
      void this.#poll(goal, admission.permit);
    } else if (admission.isHeld) {
      this.#await(goal, { waitMs: admission.waitMs, trouble: this.#state.trouble ?? LIMITED });
      this.options.onChange();
    } else {
      this.#fireIn(admission.waitMs);
    }
  }

  async #poll(goal: Goal, permit: Permit): Promise<void> {
    const controller = new AbortController();
    this.#step = { kind: 'poll', controller };
    const outcome = await this.#outcomeOf(controller.signal, permit);
    permit.done();
    this.#step = undefined;
    if (controller.signal.aborted) return this.#arm();
    if ('error' in outcome) this.#trip(goal, outcome.error);
    else this.#goOn(outcome.answer, this.#waitAfter(outcome.answer));
    this.options.onChange('error' in outcome ? undefined : outcome.answer);
  }

  async #outcomeOf(signal: AbortSignal, permit: Permit): Promise<{ readonly answer: A } | { readonly error: unknown }> {
    try {
      return { answer: await this.options.ask(signal, permit) };
    } catch (error) {
      return { error };
    }
  }

  /** Quick again as soon as something happened in the call. */
  #waitAfter({ call }: A): number {
    return this.#last !== undefined && isSameStanding(this.#last.call, call) ? this.#slower() : SHORTEST_WAIT_MS;
  }

  #slower(): number {
    return Math.min(LONGEST_WAIT_MS, this.#waitMs * SLOWING);
  }

  #goOn(answer: A, waitMs: number): void {
    const goal = this.#goalAfter(answer);
    this.#last = answer;
    this.#waitMs = waitMs;
    if (goal === undefined) this.#state = { kind: 'off' };
    else this.#await(goal);
  }

  /** What failed in passing is tried again; for late values only as long as they may be late. */
  #trip(goal: Goal, error: unknown): void {
    const sentence = this.options.sentenceOf(error);
    const isOver = goal.kind === 'lateValues' && this.options.now() >= goal.endedAt + SETTLES_WITHIN_MS;
    if (!(error instanceof ApiError) || !PASSING.has(error.kind) || isOver) {
      this.#state = { kind: 'stopped', sentence: `Live updates stopped. ${sentence} Refresh tries again.` };
      return;
    }
    this.#waitMs = this.#slower();
    const askedMs = (error.details.retryAfterSeconds ?? 0) * 1000;
    this.#await(goal, { waitMs: Math.max(askedMs, this.#waitMs), trouble: sentence });
  }

  /** Sets when the next poll is due: as usual unless told otherwise, and not before the account's answers allow. */
  #await(goal: Goal, { waitMs = this.#usualWait(goal), trouble }: { readonly waitMs?: number; readonly trouble?: string } = {}): void {
    const heldMs = this.options.pace.heldMs(this.options.account);
    const inMs = Math.max(waitMs, heldMs);
    const sentence = trouble ?? (heldMs > waitMs ? LIMITED : undefined);
    this.#state = { kind: 'due', goal, ...this.#moment(inMs), ...(sentence === undefined ? {} : { trouble: sentence }) };
    this.#halt();
    this.#arm();
  }

  /** Late values are never far off: where the end seems to lie ahead, the clock was put back. */
  #usualWait(goal: Goal): number {
    if (goal.kind === 'end') return this.#waitMs;
    const now = this.options.now();
    const waitMs = (lateRefreshAt(goal.endedAt, now) ?? now) - now;
    return Math.min(SETTLES_WITHIN_MS, waitMs);
  }

  #goalAfter({ call, clockAheadMs = 0 }: A, lacks = lacksLateValues(call)): Goal | undefined {
    if (isOngoing(call)) return { kind: 'end' };
    const endedAt = lacks ? this.#endOf(call, clockAheadMs) : undefined;
    if (endedAt === undefined || lateRefreshAt(endedAt, this.options.now()) === undefined) return undefined;
    return { kind: 'lateValues', endedAt };
  }

  /** By this machine's clock. A call that was seen to go on, and names no end that makes sense, ended just now. */
  #endOf({ endTime }: Call, clockAheadMs: number): Instant | undefined {
    const before = this.#goal;
    if (before?.kind === 'lateValues') return before.endedAt;
    const now = this.options.now();
    const end = endTime === undefined ? undefined : endTime + clockAheadMs;
    if (end !== undefined && end <= now) return end;
    return before === undefined ? undefined : now;
  }
}

const LIMITED = 'The requests that Exotel allows this account in a minute are nearly used up: the rest is kept for your own lookups.';
