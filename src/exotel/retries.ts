/** Asking again by itself, where the next answer may be a good one (src/exotel/README.md, "Asking again"). */
import type { AskedResource } from '../call/request';
import { cancelled, type ClientOptions, type Retries, type Try } from './ask';
import { Stopwatch } from './clocks';
import { ApiError } from './errors';

/** After the first try. */
export const MOST_RETRIES = 2;

/** Before the first retry, on average, and by how much the next waits longer. */
const PAUSE_MS = 300;
const GROWTH = 3;

/** Whoever asks to be left alone for longer is left alone: a person decides. */
const LONGEST_PAUSE_MS = 2000;

/**
 * Asks until there is an answer that will not pass, three times at most, and gives what the last try came to. All tries have the time
 * of one request, anew where the machine slept. `once` throws nothing.
 */
export async function patiently<T>(
  options: ClientOptions,
  resource: AskedResource,
  once: (attempt: Try) => Promise<T | ApiError>,
  cancel?: AbortSignal,
): Promise<T | ApiError> {
  let deadline = AbortSignal.timeout(options.timeoutMs);
  let before: ApiError | undefined;
  for (let number = 1; ; number += 1) {
    const stopwatch = new Stopwatch(options);
    const outcome = await once({ number, deadline });
    if (!(outcome instanceof ApiError)) return outcome;
    const isOutOfTime = outcome.kind === 'timeout' && deadline.aborted;
    const hasSlept = isOutOfTime && stopwatch.driftMs > 0;
    if (isOutOfTime && !hasSlept) return timesTold(before ?? outcome, number);
    if (hasSlept) deadline = AbortSignal.timeout(options.timeoutMs);
    else if (!mayPass(outcome)) return outcome;
    const pauseMs = pauseAfter(number, outcome, options.retries);
    if (pauseMs === undefined) return timesTold(outcome, number);
    await options.retries?.sleep(pauseMs, cancel === undefined ? deadline : AbortSignal.any([cancel, deadline]));
    if (cancel?.aborted === true) return cancelled(resource);
    if (deadline.aborted) return timesTold(outcome, number);
    before = outcome;
  }
}

const STATUSES_THAT_PASS: ReadonlySet<number> = new Set([502, 503, 504]);

/** Nobody answered this time, or the answer broke off. What refuses a connection, or has no such name, does so the next time. */
const CODES_THAT_PASS =
  /^(?:E(?:CONNRESET|PIPE|CONNABORTED|TIMEDOUT|AI_AGAIN)|UND_ERR_(?:SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT)|ERR_(?:CONNECTION_(?:RESET|CLOSED|ABORTED|TIMED_OUT)|TIMED_OUT|EMPTY_RESPONSE|NETWORK_CHANGED))$/;

/** A code without a status is the machine's own word for why no answer came. */
function mayPass({ details: { status, code = '' } }: ApiError): boolean {
  return status === undefined ? CODES_THAT_PASS.test(code) : STATUSES_THAT_PASS.has(status);
}

/** In milliseconds; undefined: it is not asked again. */
function pauseAfter(number: number, { details: { retryAfterSeconds = 0 } }: ApiError, retries: Retries | undefined): number | undefined {
  if (retries === undefined || number > MOST_RETRIES) return undefined;
  const usual = PAUSE_MS * GROWTH ** (number - 1) * (0.5 + retries.random());
  const pauseMs = Math.max(usual, retryAfterSeconds * 1000, retries.waitMs?.() ?? 0);
  return pauseMs > LONGEST_PAUSE_MS ? undefined : pauseMs;
}

function timesTold(error: ApiError, times: number): ApiError {
  if (times === 1) return error;
  const { kind, message, details } = error;
  return new ApiError(kind, `${message.replace(/\.$/, '')}, tried ${times === 2 ? 'twice' : 'three times'}.`, details);
}
