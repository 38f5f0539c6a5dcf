/** An answer that gave no call -> what kind of failure it is, and a sentence. See src/exotel/README.md, "Errors". */
import type { Instant } from '../call/call';
import type { Stopwatch } from './clocks';
import type { ApiErrorKind } from './errors';
import { urlOf } from './links';

/** Exotel's own codes say more than the HTTP status they come with. */
const KIND_OF_CODE: Readonly<Record<string, ApiErrorKind>> = {
  1010: 'auth',
  1017: 'accountNotFound',
  10744: 'notFound',
  10724: 'rateLimited',
  RATE_LIMIT_EXCEEDED: 'rateLimited',
  1100: 'server',
  10715: 'server',
  10743: 'server',
};

/** What kind of failure an HTTP status with, perhaps, a code of Exotel's is. `said`: v1's own words, which tell what it has no code for. */
export function kindOfReply(status: number, code: string | undefined, said = ''): ApiErrorKind {
  if (status === 404 && /\b(?:account|tenant)\b/i.test(said)) return 'accountNotFound';
  if (code !== undefined && Object.hasOwn(KIND_OF_CODE, code)) return KIND_OF_CODE[code] ?? 'badReply';
  if (status === 401) return 'auth';
  if (status === 402 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 407 || status === 511) return 'network';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'server' : 'badReply';
}

interface Refused {
  readonly host: string;
  readonly status: number;
  readonly code?: string | undefined;
  /** With 404: Exotel itself says so, and not any server in between. */
  readonly isExotelsWord: boolean;
}

/** What failed, in one sentence that names host, status and code. */
export function replySentence(kind: ApiErrorKind, { host, status, code, isExotelsWord }: Refused): string {
  const numbers = code === undefined ? `(${String(status)})` : `(${String(status)}, code ${code})`;
  return `${SENTENCE_OF_STATUS[status]?.(host) ?? SENTENCE_OF_KIND[kind](host, isExotelsWord)} ${numbers}.`;
}

type Sentence = (host: string, isExotelsWord: boolean) => string;

const isAway = (host: string): string => `${host} is not available at the moment`;

/** Where the status says more than the kind. */
const SENTENCE_OF_STATUS: Readonly<Record<number, (host: string) => string>> = {
  402: (host) => `The account’s plan does not cover this request, says ${host}`,
  407: (host) => `The proxy asks for a sign-in before it lets the request through to ${host}`,
  502: isAway,
  503: isAway,
  504: isAway,
  511: (host) => `The network asks for a sign-in before it lets the request through to ${host}`,
};

const saysNothing = (host: string): string => `${host} answered with an error that says nothing about the call`;

const SENTENCE_OF_KIND: Readonly<Record<ApiErrorKind, Sentence>> = {
  auth: (host) => `${host} did not accept the API key and token`,
  forbidden: (host) => `${host} refused the request`,
  notFound: (host, isExotelsWord) => (isExotelsWord ? `The account has no call with this SID at ${host}` : `${host} found nothing at the address of this call`),
  accountNotFound: (host) => `${host} knows no account with this account SID`,
  rateLimited: (host) => `${host} took too many requests from this account and asks for a pause`,
  server: (host) => `${host} had an error of its own`,
  timeout: (host) => `${host} gave up waiting for the request`,
  network: saysNothing,
  tls: saysNothing,
  cancelled: saysNothing,
  badReply: saysNothing,
};

/** A redirect is never followed with keys in hand. */
export function redirectSentence(host: string, status: number, location: string | null, base: string): string {
  const target = location === null ? undefined : urlOf(location, base)?.host;
  const where = target === undefined || target === '' ? 'elsewhere' : `to ${target}`;
  return `${host} redirected the request ${where}${status === 0 ? '' : ` (${String(status)})`}. It was not followed: keys go only to the account’s own address.`;
}

const LONGEST_WAIT_SECONDS = 86_400;

/**
/**
 * How long an answer asks to wait: `Retry-After` in seconds or as a date. Where there were too many requests, else until the limit
 * begins anew: `X-RateLimit-Reset` (seconds since 1970), which stands in other answers too. `now`: by the server's clock. A moment that
 * is over, and what is neither seconds nor a date, says nothing.
 */
export function retryAfterSeconds(kind: ApiErrorKind, headers: Headers, now: Instant): number | undefined {
  if (kind !== 'rateLimited' && kind !== 'server') return undefined;
  const after = headers.get('retry-after')?.trim() ?? '';
  const reset = kind === 'rateLimited' ? count(headers.get('x-ratelimit-reset')) : undefined;
  const untilReset = reset === undefined ? undefined : secondsUntil(reset * 1000, now);
  const seconds = /^\d+$/.test(after) ? Number(after) : (secondsUntil(httpDate(after), now) ?? untilReset);
  return seconds === undefined ? undefined : Math.min(LONGEST_WAIT_SECONDS, seconds);
}

/** What an answer says of the account's limit (src/exotel/README.md, "Limits"). */
export interface RateLimit {
  /** `X-RateLimit-Limit`. */
  readonly allowed?: number;
  /** `X-RateLimit-Remaining`. */
  readonly remaining?: number;
  /** `X-RateLimit-Reset`, by this machine's clock. */
  readonly resetAt?: Instant;
}

/** Undefined where the answer says nothing of the limit that can be read. `aheadMs`: as {@link clockAheadMs} has it. */
export function rateLimit(headers: Headers, aheadMs = 0): RateLimit | undefined {
  const allowed = count(headers.get('x-ratelimit-limit'));
  const remaining = count(headers.get('x-ratelimit-remaining'));
  const reset = count(headers.get('x-ratelimit-reset'));
  if (remaining === undefined && reset === undefined) return undefined;
  return {
    ...(allowed === undefined ? {} : { allowed }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(reset === undefined ? {} : { resetAt: reset * 1000 + aheadMs }),
  };
}

function count(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : undefined;
}

/** `Date` has whole seconds, and the answer was on its way for a while: less than this is no difference. */
const CLOCK_RESOLUTION_MS = 1000;

/**
 * How far this machine's clock is ahead of the server's, in milliseconds, by the answer's `Date` header and the middle of the time
 * that the answer took; 0 up to a second. Undefined without a valid `Date`, for an answer that was kept somewhere on the way, and
 * where this machine slept, or its clock was set, while the answer was under way.
 */
export function clockAheadMs(headers: Headers, answeredAt: Instant, { milliseconds, driftMs }: Pick<Stopwatch, 'milliseconds' | 'driftMs'>): number | undefined {
  const at = httpDate(headers.get('date') ?? '');
  const age = count(headers.get('age')) ?? 0;
  if (Number.isNaN(at) || age > 0 || driftMs !== 0) return undefined;
  const ahead = Math.round(answeredAt - milliseconds / 2) - at;
  return Math.abs(ahead) <= CLOCK_RESOLUTION_MS ? 0 : ahead;
}

/** `Sat, 15 Jun 2024 10:30:00 GMT`; NaN for anything else, of which `Date.parse` would make dates. */
function httpDate(text: string): Instant {
  return /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}

function secondsUntil(at: Instant, now: Instant): number | undefined {
  return at > now ? Math.ceil((at - now) / 1000) : undefined;
}
