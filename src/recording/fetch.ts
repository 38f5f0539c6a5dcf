/** Getting a recording: with the account's keys only where the origin rule allows, by hand over redirects, and with words for what fails. */
import type { Call, Instant } from '../call/call';
import type { RecordingProblem } from '../call/recording';
import type { Credentials } from '../exotel/account';
import type { Fetch } from '../exotel/transport';
import type { AudioFormat } from './format';

export interface RecordingRequest {
  /** As the answer named it, whole. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Hosts under exotel.com that the person allowed for this account. */
  readonly allowedHosts: readonly string[];
  readonly fetch: Fetch;
  readonly signal?: AbortSignal;
  /** When the call ended: a refusal soon after means "not yet". */
  readonly endedAt?: Instant;
  readonly now: () => Instant;
  /** Bytes so far, and all of them where the answer said. */
  readonly onProgress?: (received: number, total?: number) => void;
  /** How long nothing may come, in milliseconds. */
  readonly stallMs?: number;
}

/** Why there is no recording to hand out, for a person. A cancelled one is `failed`: the caller knows its own signal. */
export interface RecordingFailure {
  readonly kind: 'problem';
  readonly problem: RecordingProblem;
  /** One or two sentences, without a secret. */
  readonly sentence: string;
  readonly canRetry: boolean;
  readonly canDownload: boolean;
  /** With `askHost`: the host that would be given the keys. */
  readonly host?: string;
}

export type RecordingResult = { readonly kind: 'audio'; readonly bytes: Uint8Array; readonly format: AudioFormat } | RecordingFailure;

/** `format` is absent for a file that is neither known audio nor text. */
export type DownloadResult = { readonly kind: 'done'; readonly bytes: number; readonly format?: AudioFormat } | RecordingFailure;

/** Why there is nothing to fetch for this call, by its record alone; undefined when the record names a recording. */
export function nothingToFetch(_call: Call, _now: Instant): RecordingFailure | undefined {
  return undefined;
}

/** The whole recording in memory, up to `maxBytes`. Throws nothing. */
export function fetchRecording(_request: RecordingRequest & { readonly maxBytes: number }): Promise<RecordingResult> {
  return Promise.resolve({ kind: 'problem', problem: 'failed', sentence: 'Not built yet.', canRetry: true, canDownload: true });
}

/** The recording piece by piece, of any size, waiting for each `write`. What `write` throws comes through; nothing else is thrown. */
export function streamRecording(_request: RecordingRequest & { readonly write: (chunk: Uint8Array) => Promise<void> }): Promise<DownloadResult> {
  return Promise.resolve({ kind: 'problem', problem: 'failed', sentence: 'Not built yet.', canRetry: true, canDownload: true });
}
