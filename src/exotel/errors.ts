/** What can go wrong between this machine and Exotel, told apart by `kind`. The texts are for people and carry no secret. */
import type { RequestNote, Resource } from '../call/request';

export type ApiErrorKind =
  /** 401: wrong keys, the other region's keys, or CCM not enabled. */
  | 'auth'
  /** 402 and 403: plan limit, suspended, no permission, or CCM not enabled. */
  | 'forbidden'
  /** 404 and 410: no such call (code 10744), or no reason given. */
  | 'notFound'
  /** 404 with code 1017: the account SID is not known there. */
  | 'accountNotFound'
  /** 429. */
  | 'rateLimited'
  /** 5xx. */
  | 'server'
  /** Name not resolved, refused, reset, proxy. */
  | 'network'
  | 'tls'
  | 'timeout'
  | 'cancelled'
  /** Not JSON, no call in it, too large, a redirect. */
  | 'badReply';

export interface ApiErrorDetails {
  /** Exotel's own code: `10744`, `RATE_LIMIT_EXCEEDED`. */
  readonly code?: string;
  /** Exotel's own words, cut to a line, the account's secrets taken out. */
  readonly said?: string;
  /** The status that tells what went wrong: HTTP's, or within a good answer the body's own. */
  readonly status?: number;
  /** How long the answer asked to wait, in seconds. */
  readonly retryAfterSeconds?: number;
  /** The request whose answer, or whose silence, this error is about. */
  readonly request?: RequestNote;
  /** Every request of the lookup, in the order they were sent. */
  readonly requests?: readonly RequestNote[];
  /** The bodies that came, for *Raw JSON*. */
  readonly bodies?: readonly AnswerBody[];
}

/** An answer's body as it came, the account's secrets taken out. */
export interface AnswerBody {
  readonly resource: Resource;
  /** HTTP's. */
  readonly status: number;
  readonly body: string;
}

/** A request that did not give a call. It has no `cause`: what libraries throw may quote headers. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ApiErrorKind,
    message: string,
    readonly details: ApiErrorDetails = {},
  ) {
    super(message);
  }
}
