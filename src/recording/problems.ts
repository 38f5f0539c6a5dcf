/** Why there is no recording to hand out, and what to say then. See src/exotel/README.md, "Recordings". */
import type { Call, Instant } from '../call/call';
import type { RecordingProblem } from '../call/recording';
import type { NoFreshLink } from '../exotel/freshLink';
import { isActive, outcomeOf } from '../call/status';
import { diskTrouble } from './disk';

/** What is behind a `failed` recording, where a caller does something about it. */
export type FailureCause =
  /** By the caller's own signal. */
  | 'cancelled'
  /** 416: the file has no byte where the request was to begin. */
  | 'nothingThere'
  /** Another part came than was asked for, or one of another file: what came before is of no use with it. */
  | 'otherPart'
  /** 429. */
  | 'tooManyRequests'
  /** 401 or 403 of a host that gets no keys: a signed link may help, however recent the call is. */
  | 'withoutKeys'
  /** What came could not be written to its file here. */
  | 'notKept';

/** A sentence is for a person and holds no secret. */
export interface RecordingFailure {
  readonly kind: 'problem';
  readonly problem: RecordingProblem;
  readonly cause?: FailureCause;
  /** With `nothingThere`: bytes of the whole file, where the answer said. */
  readonly size?: number;
  /** A few sentences at most, without a secret. */
  readonly sentence: string;
  readonly canRetry: boolean;
  readonly canDownload: boolean;
  /** With `askHost`: the host that would be given the keys. */
  readonly host?: string;
}

/** Recordings are there one to five minutes after the end of a call, fifteen at most. */
const READY_AFTER_MS = 15 * 60_000;

/** Whether a call ended so recently that its recording may still be on its way. */
export function isRecent(endedAt: Instant | undefined, now: Instant): boolean {
  return endedAt !== undefined && now - endedAt < READY_AFTER_MS;
}

/** How long to wait before the next try for a recording that is being processed, in milliseconds: ever longer. */
const RETRIES_MS: readonly number[] = [20_000, 40_000, 60_000, 120_000];

/** When a recording that is being processed is asked for again, by itself; undefined once it should have been there. */
export function retryAt(endedAt: Instant, now: Instant, attempts: number): Instant | undefined {
  const at = now + (RETRIES_MS[attempts] ?? 120_000);
  return at - endedAt <= READY_AFTER_MS + 120_000 ? at : undefined;
}

/** A refusal for which another link was looked for in vain; `status`: what voice-logs said of the recording. */
export function withoutFreshLink(refusal: RecordingFailure, status: NoFreshLink['status']): RecordingFailure {
  if (status === 'processing' || refusal.problem === 'processing') return processing();
  const tried = refusal.problem === 'expired' ? 'The signed link to the recording has expired, and Exotel gave no fresh one.' : `${refusal.sentence} Exotel was asked for a signed link, and gave none.`;
  const said = status === undefined ? '' : ` Its voice logs say that the recording is ${status === 'expired' ? 'expired' : 'not available'}.`;
  return { ...refusal, sentence: `${tried}${said}` };
}

type Reason = Omit<RecordingFailure, 'kind' | 'problem' | 'canRetry' | 'canDownload'> & Partial<Pick<RecordingFailure, 'canRetry' | 'canDownload'>>;

/** A failure; without being told otherwise, asking again is no use and there is nothing to download. */
export function failure(problem: RecordingProblem, reason: Reason): RecordingFailure {
  return { kind: 'problem', problem, canRetry: false, canDownload: false, ...reason };
}

/** The recording of a call that ended just now. */
export function processing(): RecordingFailure {
  return failure('processing', { sentence: 'The recording is not there yet. Exotel has it ready one to fifteen minutes after the end of a call.', canRetry: true });
}

/** Ended by the caller's own signal. */
export function cancelled(): RecordingFailure {
  return failure('failed', { cause: 'cancelled', sentence: 'Loading the recording was cancelled.', canRetry: true, canDownload: true });
}

/** The connection ended before all of it had come: what came is good as far as it goes. */
export function cutOff(host: string): RecordingFailure {
  return failure('cutOff', { sentence: `The connection to ${host} broke off before the recording was complete.`, canRetry: true, canDownload: true });
}

/** Nothing came for too long; `hadBegun`: some of it had come before. */
export function stalled(host: string, hadBegun: boolean): RecordingFailure {
  const sentence = hadBegun ? `${host} stopped sending the recording.` : `${host} took the request for the recording, but did not answer.`;
  return failure('stalled', { sentence, canRetry: true, canDownload: true });
}

/** What a file system refused: what was written before is good as far as it goes. */
export function notKept(error: unknown): RecordingFailure {
  const { why, remedy } = diskTrouble(error);
  return failure('failed', { cause: 'notKept', sentence: `The recording could not be kept on this machine: ${why}. ${remedy}`, canRetry: true, canDownload: true });
}

/** More than `maxBytes`; `total`: the size of all of it, in bytes, where that is known. */
export function tooLarge(maxBytes: number, total?: number): RecordingFailure {
  const size = total === undefined ? '' : ` of ${megabytes(total)}`;
  const sentence = `The recording${size} does not fit into the ${megabytes(maxBytes)} that recordings may still take here (exotel.recording.limitMegabytes). It can be downloaded.`;
  return failure('tooLarge', { sentence, canDownload: true });
}

/** Rounded up, so that what is larger than a limit never reads the same as the limit. */
function megabytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 100_000) / 10)} MB`;
}

/** Why there is nothing to fetch for this call, by its record alone; undefined when the record names a recording. */
export function nothingToFetch(call: Call, now: Instant): RecordingFailure | undefined {
  if (call.recording?.location !== undefined) return undefined;
  if (isActive(call)) {
    return failure('processing', { sentence: 'The call is still going on or being processed: a recording comes after its end.', canRetry: true });
  }
  if (call.recording?.available === true) {
    return failure('none', { sentence: 'The record says that there is a recording, but names no address for it.', canRetry: true });
  }
  const wasSilent = call.totalTalkTime === 0 && outcomeOf(call).id !== 'completed';
  if (isRecent(call.endTime, now) && !wasSilent) return processing();
  return failure('none', { sentence: 'The record names no recording for this call.' });
}

/** What a refusing or failing answer means for a recording. */
export interface BadAnswer {
  readonly host: string;
  readonly status: number;
  /** The start of its body. */
  readonly text: string;
  /** When the link ends, by itself. */
  readonly linkEndsAt?: Instant | undefined;
  readonly sentKeys: boolean;
  readonly isPreSigned: boolean;
  readonly endedAt?: Instant | undefined;
  readonly now: Instant;
}

/** Sorts a refusing or failing answer into a problem: expired, processing, refused, gone, or failed. */
export function badAnswer(answer: BadAnswer): RecordingFailure {
  const { host, status, endedAt, now } = answer;
  const recent = isRecent(endedAt, now);
  if (isOver(answer)) {
    return failure('expired', { sentence: 'The signed link to the recording has expired. Refresh the call: its record may name a new one.', canRetry: true });
  }
  if (status === 401 || status === 403) return recent ? { ...processing(), ...(answer.sentKeys ? {} : { cause: 'withoutKeys' }) } : refused(answer);
  if (status === 404 || status === 410) {
    if (recent) return processing();
    const sentence = `${host} no longer has the recording (${String(status)}). Exotel deletes recordings after the account’s retention period.`;
    return failure('gone', { sentence, canRetry: true });
  }
  if (status === 429) {
    const sentence = `${host} took too many requests and asks for a pause (429).`;
    return failure('failed', { cause: 'tooManyRequests', sentence, canRetry: true, canDownload: true });
  }
  return failure('failed', { sentence: `${host} answered with an error (${String(status)}) instead of the recording.`, canRetry: true, canDownload: true });
}

/** S3 tells of an expired link with 403, of an expired token with 400. */
function isOver({ status, text, linkEndsAt, isPreSigned, now }: BadAnswer): boolean {
  if (status !== 400 && status !== 401 && status !== 403) return false;
  return /request has expired|<code>expiredtoken/i.test(text) || (isPreSigned && linkEndsAt !== undefined && linkEndsAt <= now);
}

const ALLOWED_ADDRESSES = 'Where an account opens its recordings to an allow list of IP addresses only, the address that this machine has on the internet must be on that list.';

function refused({ host, status, sentKeys, isPreSigned }: BadAnswer): RecordingFailure {
  const why = sentKeys
    ? `The account’s key and token were sent and not accepted: they may be another account’s. ${ALLOWED_ADDRESSES}`
    : isPreSigned
      ? 'The signature in its link was not accepted.'
      : `No keys were sent, because that host is not one of the account: such a recording needs a signed link. ${ALLOWED_ADDRESSES}`;
  return failure('refused', { sentence: `${host} refused the recording (${String(status)}). ${why}`, canRetry: true });
}
