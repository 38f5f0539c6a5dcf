/** The v2 API of one account. */
import type { Call, Instant } from '../call/call';
import type { RequestNote } from '../call/request';
import type { Credentials } from './account';
import { ApiError } from './errors';
import type { Fetch } from './transport';

export interface ClientOptions {
  readonly credentials: Credentials;
  readonly fetch: Fetch;
  readonly now: () => Instant;
  /** For a whole request, from sending to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Hears of each request once, when it ended, whatever became of it. Holds no secret. */
  readonly onRequest?: (note: RequestNote, error?: ApiError) => void;
}

/** A good answer. */
export interface CallAnswer {
  readonly call: Call;
  /** Whole, and a secret when it is signed: for the extension host only. */
  readonly recordingUrl?: string;
  /** The answer as it came, for *Raw JSON*. */
  readonly body: string;
  readonly request: RequestNote;
  /** When the answer had come. */
  readonly askedAt: Instant;
}

export type ProbeResult = { readonly kind: 'good' } | { readonly kind: 'failed'; readonly error: ApiError };

export interface Client {
  /** Asks for one call. Throws nothing but `ApiError`. */
  getCall(sid: string, signal?: AbortSignal): Promise<CallAnswer>;
  /** Asks for a call that cannot exist, to see whether the keys are taken. Throws nothing. */
  probe(signal?: AbortSignal): Promise<ProbeResult>;
}

export function createClient(_options: ClientOptions): Client {
  const notYet = new ApiError('badReply', 'Not built yet.');
  return { getCall: () => Promise.reject(notYet), probe: () => Promise.resolve({ kind: 'failed', error: notYet }) };
}
