/**
 * Getting a recording: with the account's keys only where the origin rule allows, by hand over redirects, and with words for what
 * fails. See src/exotel/README.md, "Recordings".
 */
import type { Instant } from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import type { RequestNote } from '../call/request';
import { plainText } from '../call/text';
import type { Credentials } from '../exotel/account';
import { isPreSigned, linkExpiry } from '../exotel/links';
import { credentialRule } from '../exotel/origin';
import { basicAuthorization, scrubber } from '../exotel/secrets';
import { abortable, type Fetch, looksLike, noAnswer, piecesOf, readText } from '../exotel/transport';
import { whyNotFetched } from './address';
import { type AudioFormat, formatOf, HEAD_BYTES } from './format';
import { badAnswer, cancelled, failure, isRecent, processing, type RecordingFailure } from './problems';
import { Watchdog } from './watchdog';

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
  /** Hears of each request, redirects one by one, when its answer began or failed to come. Holds no secret. */
  readonly onRequest?: (note: RequestNote) => void;
  /** How long nothing may come, in milliseconds. */
  readonly stallMs?: number;
}

export type RecordingResult = { readonly kind: 'audio'; readonly bytes: Uint8Array; readonly format: AudioFormat } | RecordingFailure;

/** `format` is absent for a file that is neither known audio nor text. */
export type DownloadResult = { readonly kind: 'done'; readonly bytes: number; readonly format?: AudioFormat } | RecordingFailure;

/** The whole recording in memory, up to `maxBytes`. Throws nothing. */
export async function fetchRecording(request: RecordingRequest & { readonly maxBytes: number }): Promise<RecordingResult> {
  const pieces: Uint8Array[] = [];
  const result = await new Transfer(request, { maxBytes: request.maxBytes, onlyAudio: true }).run(async (piece) => {
    pieces.push(piece);
  });
  if (result.kind === 'problem') return result;
  if (result.format === undefined) return failure('notAudio', { sentence: NOT_KNOWN, canDownload: true });
  return { kind: 'audio', bytes: joined(pieces, result.bytes), format: result.format };
}

/**
 * The recording piece by piece, of any size, waiting for each `write`. Nothing is written before the first bytes show that it is no
 * error page. What `write` throws comes through; nothing else is thrown.
 */
export function streamRecording(request: RecordingRequest & { readonly write: (chunk: Uint8Array) => Promise<void> }): Promise<DownloadResult> {
  return new Transfer(request, { maxBytes: Number.POSITIVE_INFINITY, onlyAudio: false }).run(request.write);
}

const STALL_MS = 30_000;
const MAX_REDIRECTS = 3;
const MAX_ERROR_BYTES = 65_536;
const NOT_KNOWN = 'What came is no audio of a kind that is known here. It can be downloaded as it is.';

interface Limits {
  readonly maxBytes: number;
  /** False: a file of an unknown kind is good as well, but never a page of text. */
  readonly onlyAudio: boolean;
}

/** An answer that is to hold the recording. */
interface Opened {
  readonly kind: 'opened';
  readonly response: Response;
  readonly host: string;
}

/** One recording on its way. */
class Transfer {
  private readonly scrub: (text: string) => string;
  private readonly watchdog: Watchdog;
  private readonly signal: AbortSignal;

  constructor(
    private readonly request: RecordingRequest,
    private readonly limits: Limits,
  ) {
    this.scrub = scrubber(request.credentials);
    this.watchdog = new Watchdog(request.stallMs ?? STALL_MS);
    this.signal = request.signal === undefined ? this.watchdog.signal : AbortSignal.any([request.signal, this.watchdog.signal]);
  }

  async run(write: (piece: Uint8Array) => Promise<void>): Promise<DownloadResult> {
    if (!/^https?:/i.test(this.request.url) || !URL.canParse(this.request.url)) {
      return failure('failed', { sentence: 'What the record names as the address of the recording is no web address.' });
    }
    const opened = await this.open(new URL(this.request.url), 0);
    return opened.kind === 'opened' ? this.receive(opened, write) : opened;
  }

  /** Asks, and follows redirects, each of them under the same rules as the first address. */
  private async open(address: URL, redirects: number): Promise<Opened | RecordingFailure> {
    const url = new URL(address);
    url.username = '';
    url.password = '';
    url.hash = '';
    const { credentials, allowedHosts } = this.request;
    const reason = whyNotFetched(url, credentials.endpoint);
    if (reason !== undefined) return failure('refused', { sentence: this.scrub(`The recording was not fetched: ${reason}.`) });
    const preSigned = isPreSigned(url);
    const rule = preSigned ? 'no' : credentialRule(url, credentials.endpoint, 'recording', allowedHosts);
    if (rule === 'ask') return askHost(url.hostname);
    const response = await this.send(url, rule === 'yes');
    if ('problem' in response) return response;
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return this.follow(response, url, redirects);
    if (response.ok) return { kind: 'opened', response, host: url.host };
    const { text } = await this.watchdog.watch(readText(response, this.signal, MAX_ERROR_BYTES));
    if (this.request.signal?.aborted === true) return cancelled();
    const { endedAt, now } = this.request;
    return badAnswer({
      host: url.host,
      status: response.status,
      text,
      linkEndsAt: linkExpiry(url),
      sentKeys: rule === 'yes',
      isPreSigned: preSigned,
      endedAt,
      now: now(),
    });
  }

  private async send(url: URL, withKeys: boolean): Promise<Response | RecordingFailure> {
    const { credentials, fetch, now, onRequest, signal } = this.request;
    const sentAt = now();
    const headers = withKeys ? { Authorization: basicAuthorization(credentials) } : undefined;
    const init = { redirect: 'manual', cache: 'no-store', credentials: 'omit', signal: this.signal, ...(headers === undefined ? {} : { headers }) } as const;
    const note = (status?: number): RequestNote => ({
      resource: 'recording',
      method: 'GET',
      host: this.scrub(url.host),
      path: this.scrub(url.pathname),
      milliseconds: Math.max(0, now() - sentAt),
      ...(status === undefined ? {} : { status }),
    });
    if (signal?.aborted === true) return cancelled();
    try {
      const response = await this.watchdog.watch(abortable(fetch(url.href, init), this.signal));
      onRequest?.(note(response.status));
      return response;
    } catch (error) {
      onRequest?.(note());
      return this.broken(error, url.host);
    }
  }

  private async follow(response: Response, from: URL, redirects: number): Promise<Opened | RecordingFailure> {
    response.body?.cancel().catch(() => undefined);
    const location = response.headers.get('location');
    if (location === null || !URL.canParse(location, from.href)) {
      return failure('failed', { sentence: `${from.host} redirected the recording, but did not say where to.`, canRetry: true });
    }
    if (redirects === MAX_REDIRECTS) return failure('failed', { sentence: `${from.host} redirected the recording once too often.`, canRetry: true });
    const to = new URL(location, from);
    if (from.protocol === 'https:' && to.protocol !== 'https:') {
      return failure('refused', { sentence: `${from.host} redirected the recording to an address that is not https. It was not followed.` });
    }
    return this.open(to, redirects + 1);
  }

  private async receive({ response, host }: Opened, write: (piece: Uint8Array) => Promise<void>): Promise<DownloadResult> {
    const total = lengthOf(response);
    if (total !== undefined && total > this.limits.maxBytes) {
      response.body?.cancel().catch(() => undefined);
      return tooLarge(this.limits.maxBytes, total);
    }
    const pieces = piecesOf(response, this.signal);
    try {
      return await this.pump(pieces, { host, total, write });
    } finally {
      await pieces.return();
    }
  }

  private async pump(pieces: AsyncGenerator<Uint8Array, void>, { host, total, write }: Sink): Promise<DownloadResult> {
    let received = 0;
    let head: Uint8Array | undefined = new Uint8Array();
    let format: AudioFormat | undefined;
    for (;;) {
      const next = await this.watchdog.watch(pieces.next()).catch((error: unknown) => this.broken(error, host, received > 0));
      if ('problem' in next) return next;
      const piece = next.done === true ? new Uint8Array() : next.value;
      received += piece.byteLength;
      if (received > this.limits.maxBytes) return tooLarge(this.limits.maxBytes);
      if (head === undefined) {
        await write(piece);
      } else {
        head = Buffer.concat([head, piece]);
        if (head.byteLength >= HEAD_BYTES || next.done === true) {
          format = formatOf(head);
          const problem = format === undefined ? this.whyNoAudio(head, host) : undefined;
          if (problem !== undefined) return problem;
          await write(head);
          head = undefined;
        }
      }
      if (next.done === true) break;
      this.request.onProgress?.(received, total);
    }
    if (total !== undefined && received < total) return brokeOff(host);
    return { kind: 'done', bytes: received, ...(format === undefined ? {} : { format }) };
  }

  /** For a file whose first bytes are those of no known audio; undefined: it may be passed on all the same. */
  private whyNoAudio(head: Uint8Array, host: string): RecordingFailure | undefined {
    const { endedAt, now } = this.request;
    if (head.byteLength === 0) {
      return isRecent(endedAt, now()) ? processing() : failure('notAudio', { sentence: `${host} sent an empty file.`, canRetry: true });
    }
    const text = readableText(head);
    if (text === undefined) return this.limits.onlyAudio ? failure('notAudio', { sentence: NOT_KNOWN, canDownload: true }) : undefined;
    const sample = plainText(withoutUrlSecrets(this.scrub(text)).slice(0, 400), 60);
    return failure('notAudio', { sentence: `${host} sent ${looksLike(text)} where audio was expected. It starts with “${sample}”.`, canRetry: true });
  }

  private broken(error: unknown, host: string, hadBegun = false): RecordingFailure {
    if (this.request.signal?.aborted === true) return cancelled();
    if (this.watchdog.signal.aborted) return failure('failed', { sentence: `${host} stopped sending the recording.`, canRetry: true, canDownload: true });
    if (hadBegun) return brokeOff(host);
    return failure('offline', { sentence: this.scrub(noAnswer(error, host).sentence), canRetry: true, canDownload: true });
  }
}

interface Sink {
  readonly host: string;
  readonly total: number | undefined;
  readonly write: (piece: Uint8Array) => Promise<void>;
}

function askHost(host: string): RecordingFailure {
  const question = 'It belongs to Exotel, but is not known to serve recordings: may this account’s key and token be sent there?';
  return failure('askHost', { sentence: `The recording is at ${host}. ${question}`, host });
}

function brokeOff(host: string): RecordingFailure {
  return failure('failed', { sentence: `The connection to ${host} broke off before the recording was complete.`, canRetry: true, canDownload: true });
}

function tooLarge(maxBytes: number, total?: number): RecordingFailure {
  const size = total === undefined ? '' : ` of ${megabytes(total)}`;
  const sentence = `The recording${size} is larger than the ${megabytes(maxBytes)} that can be played here. It can be downloaded.`;
  return failure('tooLarge', { sentence, canDownload: true });
}

/** Rounded up, so that what is larger than a limit never reads the same as the limit. */
function megabytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 100_000) / 10)} MB`;
}

/** In a buffer of its own, which can be handed to a page whole. */
function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/** How many bytes will come; not known of a compressed answer, whose length is that before unpacking. */
function lengthOf({ headers }: Response): number | undefined {
  const encoding = headers.get('content-encoding') ?? 'identity';
  const length = headers.get('content-length') ?? '';
  return encoding === 'identity' && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** The bytes as text, if they are text: UTF-8 (perhaps cut off at the end) without control characters. */
function readableText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES), { stream: true });
  return /[^\P{Cc}\s]|\uFFFD/u.test(text) ? undefined : text;
}
