/**
 * How fast calls may be asked for by themselves: bounds for all watching of a window together, and for each account with what its
 * person asks for counted in (src/exotel/README.md, "Limits"). A person's own requests are counted and never held back.
 */
import type { Instant } from '../call/call';
import { DETAILS_RESOURCES } from '../call/request';
import type { ClientOptions, RequestOutcome } from './ask';
import type { Clocks } from './clocks';
import { ApiError } from './errors';

/** Leave for one poll. It stands for the most requests that a poll can send; what it did not need is free again at its end. */
export interface Permit {
  /**
   * To be called before each request goes out. Throws `ApiError` where none may go any more: the poll has sent all that it may, or an
   * answer came meanwhile after which the account takes nothing.
   */
  sent(): void;
  /** To be called once the poll has ended, however it did. */
  done(): void;
}

export type Admission =
  | { readonly kind: 'now'; readonly permit: Permit }
  /** To be asked for again in `waitMs`. `isHeld`: the account's own limit is why. */
  | { readonly kind: 'later'; readonly waitMs: number; readonly isHeld: boolean };

const MINUTE_MS = 60_000;

/** Of all watching together. */
export const WATCH_REQUESTS_PER_MINUTE = 60;

/** Between the beginnings of two polls, whichever calls they are for. */
export const SPREAD_MS = 1000;

const ACCOUNT_REQUESTS_PER_MINUTE = 200;

/** The share of an account's limit that polls leave to its person, and the fewest requests that this may be. */
const SHARE_FOR_PERSON = 0.1;
const LEAST_FOR_PERSON = 5;

/** Every resource with details refuses, and the legs are asked for at the same time. */
export const MOST_REQUESTS_OF_A_POLL = DETAILS_RESOURCES.length + 1;

/** After a 429 that does not say how long to wait. */
const UNTOLD_PAUSE_MS = 30_000;

/** A day. A limit is one of a minute, and a timer that is set for years ends at once. */
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE_MS;

export class Pace {
  readonly #watching = new Window();
  readonly #accounts = new Map<string, AccountPace>();
  #nextPollAt = -Infinity;

  constructor(private readonly clocks: Clocks) {}

  /** A request goes out that a person asked for. */
  sent(account: string): void {
    this.#account(account).window.add(this.clocks.elapsed());
  }

  /** What came of a request of the account, whoever asked for it. */
  heard(account: string, outcome: RequestOutcome): void {
    const { askedMs, limitMs } = pausesAfter(outcome, this.clocks.now());
    const pace = this.#account(account);
    const at = this.clocks.elapsed();
    pace.heldUntil = Math.max(pace.heldUntil, at + Math.max(askedMs, limitMs));
    pace.shutUntil = Math.max(pace.shutUntil, at + (outcome.limit?.remaining === 0 ? Math.max(askedMs, limitMs) : askedMs));
  }

  /** For how long the account's answers ask not to be asked, in milliseconds. */
  heldMs(account: string): number {
    return Math.max(0, this.#account(account).heldUntil - this.clocks.elapsed());
  }

  /** How long until something may be asked of the account that its person did not ask for, in milliseconds; 0 when it may. */
  waitMs(account: string): number {
    const { window } = this.#account(account);
    return Math.max(this.heldMs(account), window.waitFor(ACCOUNT_REQUESTS_PER_MINUTE * (1 - SHARE_FOR_PERSON), this.clocks.elapsed()));
  }

  /** Leave for a poll of the account now, or how long to wait before asking for it again. */
  admit(account: string): Admission {
    const at = this.clocks.elapsed();
    const pace = this.#account(account);
    const ofAccount = this.waitMs(account);
    const waitMs = Math.max(ofAccount, this.#watching.waitFor(WATCH_REQUESTS_PER_MINUTE, at), this.#nextPollAt - at);
    if (waitMs > 0) return { kind: 'later', waitMs: Math.ceil(waitMs), isHeld: ofAccount > 0 };
    this.#nextPollAt = at + SPREAD_MS;
    return { kind: 'now', permit: this.#permit(pace) };
  }

  #permit(account: AccountPace): Permit {
    const windows = [this.#watching, account.window];
    let left = MOST_REQUESTS_OF_A_POLL;
    for (const window of windows) window.reserved += left;
    const free = (count: number): void => {
      left -= count;
      for (const window of windows) window.reserved -= count;
    };
    return {
      sent: () => {
        const at = this.clocks.elapsed();
        const shutMs = account.shutUntil - at;
        if (shutMs > 0) throw new ApiError('rateLimited', SHUT, { retryAfterSeconds: shutMs / 1000 });
        if (left === 0) throw new ApiError('rateLimited', USED_UP, { retryAfterSeconds: 0 });
        free(1);
        for (const window of windows) window.add(at);
      },
      done: () => free(left),
    };
  }

  #account(account: string): AccountPace {
    const pace = this.#accounts.get(account) ?? { window: new Window(), heldUntil: -Infinity, shutUntil: -Infinity };
    this.#accounts.set(account, pace);
    return pace;
  }
}

const SHUT = 'Exotel takes no more requests of this account for now.';
const USED_UP = 'This live update needed more requests than one may send.';

interface AccountPace {
  readonly window: Window;
  /** No poll begins before. */
  heldUntil: number;
  /** No poll that has begun sends anything more before: the limit is used up, or an answer asked for a pause. */
  shutUntil: number;
}

/**
 * A client's options with its requests counted, and its answers heeded: those of a poll where there is its permit, else of a person. A
 * poll asks once: the next one comes by itself.
 */
export function paced({ retries, ...options }: ClientOptions, pace: Pace, account: string, permit?: Permit): ClientOptions {
  return {
    ...options,
    ...(retries === undefined || permit !== undefined ? {} : { retries: { ...retries, waitMs: () => pace.waitMs(account) } }),
    fetch: async (url, init) => {
      if (permit === undefined) pace.sent(account);
      else permit.sent();
      return options.fetch(url, init);
    },
    onRequest: (note, outcome) => {
      options.onRequest?.(note, outcome);
      pace.heard(account, outcome);
    },
  };
}

/** The requests of the last minute, and those that polls under way may still send. */
class Window {
  #sent: readonly number[] = [];
  reserved = 0;

  add(at: number): void {
    this.#sent = [...this.#recent(at), at];
  }

  /** How long until a poll fits in, in milliseconds; 0 when it does. */
  waitFor(limit: number, at: number): number {
    const recent = this.#recent(at);
    const tooMany = recent.length + this.reserved + MOST_REQUESTS_OF_A_POLL - limit;
    if (tooMany <= 0) return 0;
    const last = recent[tooMany - 1];
    return last === undefined ? SPREAD_MS : last + MINUTE_MS - at;
  }

  #recent(at: number): readonly number[] {
    return this.#sent.filter((sentAt) => at - sentAt < MINUTE_MS);
  }
}

/** `askedMs`: the pause that an answer asks for. `limitMs`: until the limit begins anew where little of it is left. */
function pausesAfter({ error, limit }: RequestOutcome, now: Instant): { readonly askedMs: number; readonly limitMs: number } {
  const { retryAfterSeconds } = error?.details ?? {};
  const untoldMs = error?.kind === 'rateLimited' ? UNTOLD_PAUSE_MS : 0;
  return {
    askedMs: retryAfterSeconds === undefined ? untoldMs : Math.min(LONGEST_PAUSE_MS, retryAfterSeconds * 1000),
    limitMs: limit === undefined ? 0 : pauseOf(limit, now),
  };
}

/** Until the limit begins anew where it is nearly used up. A moment that is over by this machine's clock says nothing. */
function pauseOf({ allowed = ACCOUNT_REQUESTS_PER_MINUTE, remaining, resetAt }: NonNullable<RequestOutcome['limit']>, now: Instant): number {
  const forPerson = Math.max(LEAST_FOR_PERSON, allowed * SHARE_FOR_PERSON);
  if (remaining === undefined || remaining >= forPerson) return 0;
  return resetAt === undefined || resetAt <= now ? MINUTE_MS : Math.min(LONGEST_PAUSE_MS, resetAt - now);
}
