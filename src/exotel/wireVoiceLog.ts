/** The answer of voice-logs -> what it says of a recording (src/exotel/README.md, "Recordings"). */
import type { Instant } from '../call/call';
import { readDateTime } from '../call/time';
import { isObject, own } from './json';
import { first, isLeaf, present, textOf } from './reader';
import { failureWithStatus, readFailure, type ReportedFailure } from './wireFailure';

export const VOICE_LOG_STATUSES = ['available', 'processing', 'not_available', 'expired'] as const;

/** Where a recording stands, in voice-logs' own words. */
export type VoiceLogStatus = (typeof VOICE_LOG_STATUSES)[number];

export interface VoiceLog {
  /** Absent: it says nothing, or a word that is not known here. */
  readonly status?: VoiceLogStatus;
  /** A secret where it is signed. */
  readonly url?: string;
  readonly expiresAt?: Instant;
}

export type VoiceLogReading = { readonly value: VoiceLog } | { readonly failure: ReportedFailure } | { readonly problem: string };

/** Reads the parsed body of voice-logs' answer. */
export function readVoiceLog(body: unknown): VoiceLogReading {
  const failure = failureWithStatus(body);
  if (failure !== undefined) return { failure };
  const log = first(own(first(own(first(body), 'response')), 'voice_log'));
  if (isObject(log)) return { value: voiceLogFrom(log) };
  const reported = readFailure(body);
  return reported === undefined ? { problem: 'The answer has no voice log in it.' } : { failure: reported };
}

function voiceLogFrom(log: object): VoiceLog {
  const word = textOf(own(log, 'status'))?.toLowerCase();
  return present({
    status: VOICE_LOG_STATUSES.find((status) => status === word),
    url: textOf(own(log, 'recording_url'))?.trim(),
    expiresAt: instantOf(own(log, 'expires_at')),
  });
}

function instantOf(value: unknown): Instant | undefined {
  const reading = isLeaf(value) ? readDateTime(value) : undefined;
  return reading?.kind === 'instant' ? reading.at : undefined;
}
