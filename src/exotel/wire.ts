/** An answer of the API -> a call. */
import type { Call } from '../call/call';

/** What an answer says went wrong. */
export interface ReportedFailure {
  /** Exotel's own code: `10744`, `RATE_LIMIT_EXCEEDED`. */
  readonly code?: string;
  readonly message?: string;
  /** The status that the body names; the HTTP one may be 200 all the same. */
  readonly httpStatus?: number;
}

export type CallReading =
  /** `recordingUrl` is whole: a secret when it is signed. The call carries it without its query. */
  | { readonly call: Call; readonly recordingUrl?: string }
  | { readonly failure: ReportedFailure }
  /** Neither a call nor a failure: why not, in words. */
  | { readonly problem: string };

export function readCall(_body: unknown, _scrub: (text: string) => string = (text) => text): CallReading {
  return { problem: 'The answer has no call in it.' };
}
