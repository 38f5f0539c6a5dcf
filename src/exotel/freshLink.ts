/** A link to a recording that works now, where the one that is known does not (any more). See src/exotel/README.md, "Recordings". */
import type { Call, Instant } from '../call/call';
import { detailsAddress, signingAddress, voiceLogAddress, type VoiceLogForm } from './addresses';
import { ask, type ClientOptions, type Question } from './ask';
import { ApiError } from './errors';
import { isPreSigned, linkExpiry, urlOf } from './links';
import { type CallRead, readCall } from './wire';
import { readVoiceLog, type VoiceLogStatus } from './wireVoiceLog';

export interface FreshLink {
  readonly kind: 'link';
  /** Whole: a secret where it is signed. */
  readonly url: string;
}

/** The record asked for again, v3's voice log, or v1 asked for a signed link. */
type Way = 'details' | 'voiceLog' | 'signing';

/** No way gave a link that could work. */
export interface NoFreshLink {
  readonly kind: 'none';
  /** What voice-logs says of the recording, where it was asked and says so. */
  readonly status?: Exclude<VoiceLogStatus, 'available'>;
  /** Why the ways failed that did, in the order they were tried. */
  readonly errors: readonly ApiError[];
}

/** What is known of the recording. */
export interface KnownRecording {
  /** Whole: what is fresh differs from it. */
  readonly url: string;
  /** Of the file, where its first bytes told. */
  readonly channels?: 1 | 2;
}

/** What the search needs of a call. */
export type RecordedCall = Pick<Call, 'resource' | 'recording'>;

/**
 * Asks for a link that works now, one request for each way, until one gives it. The record again where it named a signed link, then
 * voice-logs, then v1; v1 first for a call that v1 told of. Throws nothing but an `ApiError` when cancelled.
 */
export async function freshRecording(options: ClientOptions, call: RecordedCall, sid: string, known: KnownRecording, signal?: AbortSignal): Promise<FreshLink | NoFreshLink> {
  const errors: ApiError[] = [];
  let status: NoFreshLink['status'];
  for (const way of waysFor(call)) {
    const outcome = await tried(WAYS[way]({ options, call, sid, known, signal }));
    if (outcome instanceof ApiError) {
      if (outcome.kind === 'cancelled') throw outcome;
      errors.push(outcome);
      if (outcome.kind === 'rateLimited') break;
      continue;
    }
    const link = freshIn(outcome, known, options.now());
    if (link !== undefined) return link;
    if (outcome.status !== 'available') status = outcome.status ?? status;
  }
  return { kind: 'none', ...(status === undefined ? {} : { status }), errors };
}

/** What any way says of the recording. */
interface Told {
  readonly url?: string | undefined;
  readonly status?: VoiceLogStatus | undefined;
  readonly expiresAt?: Instant | undefined;
  /** How far this machine's clock is ahead of the server's, in milliseconds. */
  readonly clockAheadMs?: number | undefined;
}

interface Search {
  readonly options: ClientOptions;
  readonly call: RecordedCall;
  readonly sid: string;
  readonly known: KnownRecording;
  readonly signal: AbortSignal | undefined;
}

function waysFor({ resource, recording }: RecordedCall): readonly Way[] {
  if (resource === 'v1') return ['signing', 'voiceLog'];
  return recording?.signed === true ? ['details', 'voiceLog', 'signing'] : ['voiceLog', 'signing'];
}

const WAYS: Readonly<Record<Way, (search: Search) => Promise<Told>>> = {
  details: async ({ options, call: { resource }, sid, signal }) => {
    const question = detailsQuestion(resource, detailsAddress(options.credentials, sid, resource));
    const { value, clockAheadMs } = await ask(options, question, signal);
    return { url: value.recordingUrl, clockAheadMs };
  },
  voiceLog: async ({ options, sid, known, signal }) => {
    const url = voiceLogAddress(options.credentials, sid, formOf(known));
    const { value, clockAheadMs } = await ask(options, { resource: 'voiceLogs', url, read: readVoiceLog }, signal);
    return { ...value, clockAheadMs };
  },
  signing: async ({ options, sid, signal }) => {
    const { value, clockAheadMs } = await ask(options, detailsQuestion('v1', signingAddress(options.credentials, sid)), signal);
    const { recordingUrl: url } = value;
    const address = urlOf(url ?? '');
    return url !== undefined && address !== undefined && isPreSigned(address) ? { url, clockAheadMs } : {};
  },
};

function detailsQuestion(resource: Call['resource'], url: URL): Question<CallRead> {
  return {
    resource,
    url,
    read: (json, scrub) => {
      const reading = readCall(json, resource, scrub);
      return 'call' in reading ? { value: reading } : reading;
    },
  };
}

/**
 * The file that is known, so that what came of it already can be gone on with. Where its channels are not known, its name tells: Exotel
 * makes an MP3 of one channel, and a WAV where there are two.
 */
function formOf({ url, channels }: KnownRecording): VoiceLogForm {
  const isWav = /\.wav$/i.test(urlOf(url)?.pathname ?? '');
  const isDual = channels === undefined ? isWav : channels === 2;
  return { format: isWav ? 'wav' : 'mp3', channel: isDual ? 'dual' : 'single' };
}

async function tried(way: Promise<Told>): Promise<Told | ApiError> {
  try {
    return await way;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function freshIn({ url, status = 'available', expiresAt, clockAheadMs = 0 }: Told, known: KnownRecording, now: Instant): FreshLink | undefined {
  const address = urlOf(url ?? '');
  if (url === undefined || address === undefined || url === known.url || status !== 'available') return undefined;
  const end = linkExpiry(address) ?? expiresAt;
  return end !== undefined && end <= now - clockAheadMs ? undefined : { kind: 'link', url };
}
