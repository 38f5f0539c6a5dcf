/**
 * Getting a recording: with the account's keys only where the origin rule allows, by hand over redirects, and with words for what
 * fails. See src/exotel/README.md, "Recordings".
 */
import type { Instant } from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import type { RequestNote } from '../call/request';
import { plainText } from '../call/text';
import type { Credentials } from '../exotel/account';
import { isPreSigned, linkExpiry, urlOf } from '../exotel/links';
import { credentialRule } from '../exotel/origin';
import { basicAuthorization, scrubber } from '../exotel/secrets';
import { type Fetch, headOf, looksLike, noAnswer, piecesOf, readText } from '../exotel/transport';
import { whyNotFetched } from './address';
import { type AudioFormat, formatOf, HEAD_BYTES } from './format';
import { badAnswer, cancelled, cutOff, failure, isRecent, processing, type RecordingFailure, stalled } from './problems';
import { type Coming, comingOf, isPacked, sizeOutOfRange, strongTag } from './range';
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

export interface TransferRequest extends RecordingRequest {
  /** The byte to begin at; 0 unless given. */
  readonly from?: number;
  /** With `from`: the strong entity tag of what is there already. Another file is then sent whole, and never joined to it. */
  readonly etag?: string;
  /** With `from`: bytes of the whole file, where that is known already. */
  readonly size?: number;
}

/** What the answer's head says. */
export interface TransferHead {
  /** Where the bytes begin: as asked for, or 0 from a server that has no ranges, or whose file is another by now. */
  readonly from: number;
  /** Bytes of the whole file, where the answer says. */
  readonly total?: number;
  /** The strong entity tag. */
  readonly etag?: string;
  /** Whether a request that begins elsewhere will be heard, as far as this answer tells. */
  readonly acceptsRanges: boolean;
}

export interface TransferSink {
  /** Hears the head once, before anything is written: at `from` 0 when the first bytes showed what it is, else without a format. */
  readonly onHead: (head: TransferHead, format: AudioFormat | undefined) => void;
  /** The next piece and where in the file it belongs, in bytes. The next one waits for it. */
  readonly write: (piece: Uint8Array, at: number) => Promise<void>;
}

/** `bytes`: how many came. */
export type TransferResult = { readonly kind: 'done'; readonly bytes: number } | RecordingFailure;

/** `format` is absent for a file that is neither known audio nor text. */
export type DownloadResult = { readonly kind: 'done'; readonly bytes: number; readonly format?: AudioFormat } | RecordingFailure;

/**
 * A recording, or the rest of one, piece by piece. What begins at 0 is judged by its first bytes: nothing is written of what is no audio
 * that is known. `done`: all that there is from there on came. What was written before a `cutOff` or `stalled` is good. What `write` or
 * `onHead` throws comes through; nothing else is thrown.
 */
export async function transferRecording({ onHead, write, ...request }: TransferRequest & TransferSink): Promise<TransferResult> {
  const result = await new Transfer(request, { onlyAudio: true }).run({ onHead, write });
  return result.kind === 'done' ? { kind: 'done', bytes: result.bytes } : result;
}

/**
 * The recording piece by piece, of any size, waiting for each `write`. Nothing is written before the first bytes show that it is no
 * error page. What `write` throws comes through; nothing else is thrown.
 */
export function streamRecording({ write, ...request }: RecordingRequest & { readonly write: (chunk: Uint8Array) => Promise<void> }): Promise<DownloadResult> {
  return new Transfer(request, { onlyAudio: false }).run({ onHead: () => undefined, write });
}

const STALL_MS = 30_000;
const MAX_REDIRECTS = 3;
const MAX_ERROR_BYTES = 65_536;

interface Taste {
  /** False: a file of an unknown kind is good as well, but never a page of text. */
  readonly onlyAudio: boolean;
}

/** An answer that is to hold the recording. */
interface Opened {
  readonly kind: 'opened';
  readonly response: Response;
  readonly host: string;
}

/** What is known of an answer's bytes before the first of them. */
interface Expected {
  readonly host: string;
  readonly coming: Coming;
  readonly head: TransferHead;
}

/** One recording on its way. */
class Transfer {
  private readonly scrub: (text: string) => string;
  private readonly watchdog: Watchdog;
  private readonly signal: AbortSignal;
  private readonly from: number;

  constructor(
    private readonly request: TransferRequest,
    private readonly taste: Taste,
  ) {
    this.scrub = scrubber(request.credentials);
    this.watchdog = new Watchdog(request.stallMs ?? STALL_MS);
    this.signal = request.signal === undefined ? this.watchdog.signal : AbortSignal.any([request.signal, this.watchdog.signal]);
    this.from = request.from ?? 0;
  }

  async run(sink: TransferSink): Promise<DownloadResult> {
    const address = urlOf(this.request.url);
    if (address === undefined || !/^https?:/i.test(this.request.url)) {
      return failure('failed', { sentence: 'What the record names as the address of the recording is no web address.' });
    }
    const opened = await this.open(address, 0);
    return opened.kind === 'opened' ? this.receive(opened, sink) : opened;
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
    if (response.status === 416 && this.from > 0) return nothingThere(response, url.host);
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
    const headers = { ...this.wanted(), ...(withKeys ? { Authorization: basicAuthorization(credentials) } : {}) };
    const init = { redirect: 'manual', cache: 'no-store', credentials: 'omit', signal: this.signal, headers } as const;
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
      const response = await this.watchdog.watch(headOf(fetch(url.href, init), this.signal));
      onRequest?.(note(response.status));
      return response;
    } catch (error) {
      onRequest?.(note());
      return this.broken(error, url.host);
    }
  }

  /** Places in the file are those of its own bytes, so nobody is to pack them on the way. */
  private wanted(): Readonly<Record<string, string>> {
    const { etag } = this.request;
    const whole = { 'Accept-Encoding': 'identity' };
    if (this.from === 0) return whole;
    return { ...whole, Range: `bytes=${String(this.from)}-`, ...(etag === undefined ? {} : { 'If-Range': etag }) };
  }

  private async follow(response: Response, from: URL, redirects: number): Promise<Opened | RecordingFailure> {
    response.body?.cancel().catch(() => undefined);
    const location = response.headers.get('location');
    const to = location === null ? undefined : urlOf(location, from);
    if (to === undefined) {
      return failure('failed', { sentence: `${from.host} redirected the recording, but did not say where to.`, canRetry: true });
    }
    if (redirects === MAX_REDIRECTS) return failure('failed', { sentence: `${from.host} redirected the recording once too often.`, canRetry: true });
    if (from.protocol === 'https:' && to.protocol !== 'https:') {
      return failure('refused', { sentence: `${from.host} redirected the recording to an address that is not https. It was not followed.` });
    }
    return this.open(to, redirects + 1);
  }

  private async receive({ response, host }: Opened, sink: TransferSink): Promise<DownloadResult> {
    const coming = comingOf(response, this.from, this.request.size);
    if (coming === undefined) {
      response.body?.cancel().catch(() => undefined);
      return otherPart(host);
    }
    const pieces = piecesOf(response, this.signal);
    try {
      return await this.pump(pieces, { host, coming, head: this.headOf(response, coming) }, sink);
    } finally {
      await pieces.return();
    }
  }

  private headOf(response: Response, { from, total }: Coming): TransferHead {
    const { etag: known } = this.request;
    const etag = isPacked(response) ? undefined : strongTag(response);
    const ignoredRange = this.from > 0 && response.status !== 206 && known === undefined;
    const saysSo = response.status === 206 || /\bbytes\b/i.test(response.headers.get('accept-ranges') ?? '');
    return {
      from,
      ...(total === undefined ? {} : { total }),
      ...(etag === undefined ? {} : { etag }),
      acceptsRanges: saysSo && !ignoredRange && !isPacked(response),
    };
  }

  private async pump(pieces: AsyncGenerator<Uint8Array, void>, { host, coming, head }: Expected, { onHead, write }: TransferSink): Promise<DownloadResult> {
    let at = coming.from;
    let start: Uint8Array | undefined = at === 0 ? new Uint8Array() : undefined;
    let format: AudioFormat | undefined;
    if (start === undefined) onHead(head, undefined);
    for (;;) {
      const next = await this.watchdog.watch(pieces.next()).catch((error: unknown) => this.broken(error, host, true));
      if ('problem' in next) return next;
      const piece = next.done === true ? new Uint8Array() : next.value;
      const place = at;
      at += piece.byteLength;
      if (start === undefined) {
        if (piece.byteLength > 0) await write(piece, place);
      } else {
        start = Buffer.concat([start, piece]);
        if (start.byteLength >= HEAD_BYTES || next.done === true) {
          format = formatOf(start);
          const problem = format === undefined ? this.whyNoAudio(start, host) : undefined;
          if (problem !== undefined) return problem;
          onHead(head, format);
          await write(start, 0);
          start = undefined;
        }
      }
      if (next.done === true) break;
      this.request.onProgress?.(at, coming.total);
    }
    if (at < (coming.total ?? coming.end ?? 0)) return cutOff(host);
    return { kind: 'done', bytes: at - coming.from, ...(format === undefined ? {} : { format }) };
  }

  /** For a file whose first bytes are those of no known audio; undefined: it may be passed on all the same. */
  private whyNoAudio(head: Uint8Array, host: string): RecordingFailure | undefined {
    const { endedAt, now } = this.request;
    if (head.byteLength === 0) {
      return isRecent(endedAt, now()) ? processing() : failure('notAudio', { sentence: `${host} sent an empty file.`, canRetry: true });
    }
    const text = readableText(head);
    if (text === undefined) return this.taste.onlyAudio ? this.notKnown(head) : undefined;
    const sample = plainText(withoutUrlSecrets(this.scrub(text)).slice(0, 400), 60);
    return failure('notAudio', { sentence: `${host} sent ${looksLike(text)} where audio was expected. It starts with “${sample}”.`, canRetry: true });
  }

  private notKnown(head: Uint8Array): RecordingFailure {
    const bytes = Buffer.from(head);
    const held = bytes.toString('latin1');
    const sample = bytes.subarray(0, 16).toString('hex').replace(/..(?=.)/g, '$& ');
    const shown = this.scrub(held) === held ? ` It starts with the bytes ${sample}.` : '';
    return failure('notAudio', { sentence: `What came is no audio of a kind that is known here.${shown} It can be downloaded as it is.`, canDownload: true });
  }

  private broken(error: unknown, host: string, hadBegun = false): RecordingFailure {
    if (this.request.signal?.aborted === true) return cancelled();
    if (this.watchdog.signal.aborted) return stalled(host, hadBegun);
    if (hadBegun) return cutOff(host);
    return failure('offline', { sentence: this.scrub(noAnswer(error, host).sentence), canRetry: true, canDownload: true });
  }
}

function askHost(host: string): RecordingFailure {
  const question = 'It belongs to Exotel, but is not known to serve recordings: may this account’s key and token be sent there?';
  return failure('askHost', { sentence: `The recording is at ${host}. ${question}`, host });
}

function nothingThere(response: Response, host: string): RecordingFailure {
  response.body?.cancel().catch(() => undefined);
  const size = sizeOutOfRange(response);
  const sentence = `${host} has nothing of the recording from there on (416).`;
  return failure('failed', { cause: 'nothingThere', sentence, canRetry: true, canDownload: true, ...(size === undefined ? {} : { size }) });
}

function otherPart(host: string): RecordingFailure {
  const sentence = `${host} sent another part of the recording than the one that was asked for, or one of another file.`;
  return failure('failed', { cause: 'otherPart', sentence, canRetry: true, canDownload: true });
}

/** The bytes as text, if they are text: UTF-8 (perhaps cut off at the end) without control characters. */
function readableText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES), { stream: true });
  return /[^\P{Cc}\s]|\uFFFD/u.test(text) ? undefined : text;
}
