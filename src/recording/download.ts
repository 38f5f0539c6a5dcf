/**
 * A recording on its way into a file, which is played and measured meanwhile: from where it is wanted, over broken connections and
 * links that expired. See src/exotel/README.md, "Recordings".
 */
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bell } from './bell';
import { Connection } from './connection';
import { codeOf } from './disk';
import type { TransferHead } from './fetch';
import type { AudioFormat } from './format';
import type { GrowingFile } from './growing';
import { cutOff, failure, notKept, type RecordingFailure, stalled, tooLarge } from './problems';
import { ByteRanges } from './ranges';

/** One request for the file from a byte on; see `transferRecording`. */
export interface TransferPlan {
  readonly from: number;
  readonly etag?: string;
  readonly size?: number;
  readonly signal: AbortSignal;
  readonly onHead: (head: TransferHead, format: AudioFormat | undefined) => void;
  readonly write: (piece: Uint8Array, at: number) => Promise<void>;
}

export interface DownloadOptions {
  /** A file that does not exist yet. */
  readonly path: string;
  /** Sends one request. */
  readonly transfer: (plan: TransferPlan) => Promise<{ readonly kind: 'done' } | RecordingFailure>;
  /** Looks for another link to the same recording, once at most. Undefined: from now on there is one; else the failure that stands. */
  readonly freshen: (failure: RecordingFailure, signal: AbortSignal) => Promise<RecordingFailure | undefined>;
  /** Makes room for a file of so many bytes in all; gives a limit that it is above, in bytes, or undefined: it may go on. */
  readonly claim: (bytes: number) => Promise<number | undefined>;
  /** Hears of each change of {@link Download.state}. */
  readonly onChange: () => void;
  readonly stallMs?: number;
  /** Before a connection that was in vain is tried again; longer each time. */
  readonly pauseMs?: number;
  /** A clock in milliseconds, for the pace of what comes; this machine's unless given. */
  readonly now?: () => number;
}

/** How far it came. Sizes in bytes; `total`: of the whole file, where that is known. */
export type DownloadState =
  | { readonly kind: 'coming'; readonly received: number; readonly total?: number; readonly isStalled: boolean }
  | { readonly kind: 'whole'; readonly received: number }
  /** Nothing more comes, unless it is begun again. */
  | { readonly kind: 'failed'; readonly received: number; readonly total?: number; readonly failure: RecordingFailure };

/** So long nothing may come before that is said, and before another connection is tried. */
const STALL_MS = 3000;
/** So many connections in a row may bring nothing. */
const MOST_IN_VAIN = 4;
const PAUSE_MS = 400;
/** Two who wait for places far apart take turns of so long: each turn costs a request. */
const TURN_MS = 300;
const CLAIM_BYTES = 8 * 1024 * 1024;

export class Download implements GrowingFile {
  readonly path: string;
  #state: DownloadState = { kind: 'coming', received: 0, isStalled: false };
  #format: AudioFormat | undefined;
  readonly #ranges = new ByteRanges();
  readonly #grown = new Bell();
  readonly #stopped = new AbortController();
  #head: TransferHead | undefined;
  /** The places that somebody waits for. */
  readonly #waiting = new Set<{ at: number }>();
  /** One of them, which the connection will not bring soon. */
  #wanted: number | undefined;
  #connection: Connection | undefined;
  #claimed = 0;
  #generation = 0;
  #hasStartedOver = false;
  #isFreshened = false;
  #running: Promise<void> | undefined;
  #diskError: unknown;

  constructor(private readonly options: DownloadOptions) {
    this.path = options.path;
  }

  get state(): DownloadState {
    return this.#state;
  }

  /** By the first bytes; undefined until they came. */
  get format(): AudioFormat | undefined {
    return this.#format;
  }

  /** What the file system threw, where that ended it. */
  get diskError(): unknown {
    return this.#diskError;
  }

  /** Counts up when what came before turned out to be of another file. */
  get generation(): number {
    return this.#generation;
  }

  get size(): number | undefined {
    return this.isSettled ? this.#settledSize : this.#head?.total;
  }

  get isSettled(): boolean {
    return this.#state.kind !== 'coming';
  }

  reach(at: number): number {
    return this.#ranges.reach(at);
  }

  /** Begins, or goes on where it failed. Rejects with what `transfer` throws. */
  start(): Promise<void> {
    if (this.#running !== undefined && !this.isSettled) return this.#running;
    if (this.#state.kind === 'failed' && this.#state.failure.cause === 'otherPart') this.#clear();
    this.#isFreshened = false;
    this.#hasStartedOver = false;
    this.#set({ kind: 'coming', received: this.#ranges.size, ...this.#total(), isStalled: false });
    this.#running = (this.#running ?? Promise.resolve()).then(() => this.#run());
    return this.#running;
  }

  /** Ends it; resolves once nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#connection?.leave('jumps');
    this.#grown.ring();
    this.#grown.mute();
    await this.#running?.catch(() => undefined);
  }

  async wait(at: number, signal: AbortSignal): Promise<number> {
    const place = { at };
    this.#waiting.add(place);
    while (!signal.aborted && this.reach(at) === at && !this.#isPast(at)) {
      this.#want(at);
      await this.#growth(signal);
    }
    place.at = this.reach(at);
    if (signal.aborted) this.#waiting.delete(place);
    // Whoever reads on waits again in a moment, from where this ends.
    else setImmediate(() => this.#waiting.delete(place));
    signal.throwIfAborted();
    this.#stopped.signal.throwIfAborted();
    return place.at;
  }

  onGrowth(listener: () => void): () => void {
    return this.#grown.on(listener);
  }

  get #settledSize(): number {
    return this.#state.kind === 'whole' ? this.#state.received : this.reach(0);
  }

  /** Nothing will ever be there. */
  #isPast(at: number): boolean {
    const { size } = this;
    return this.isSettled || this.#stopped.signal.aborted || (size !== undefined && at >= size);
  }

  #growth(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const stop = this.onGrowth(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  /**
   * The latest wish counts, but a connection that somebody else waits for is left to bring something. A server that cannot begin in the
   * middle is waited for.
   */
  #want(at: number): void {
    const connection = this.#connection;
    if (connection === undefined || this.#head?.acceptsRanges !== true) return;
    const now = this.#now();
    if (connection.bringsSoon(at, now)) return;
    const isForOthers = now - connection.since < TURN_MS && [...this.#waiting].some((other) => connection.bringsSoon(other.at, now));
    if (isForOthers) return;
    this.#wanted = at;
    connection.leave('jumps');
  }

  async #run(): Promise<void> {
    const file = await this.#open();
    if (file === undefined) return;
    try {
      const failure = await this.#fill(file);
      if (this.#stopped.signal.aborted) return;
      const received = this.#ranges.size;
      this.#set(failure === undefined ? { kind: 'whole', received } : { kind: 'failed', received, ...this.#total(), failure });
    } finally {
      await file.close();
    }
  }

  /** Undefined where the file system refuses. A file that was removed meanwhile is begun anew. */
  async #open(): Promise<FileHandle | undefined> {
    this.#diskError = undefined;
    try {
      if (this.#ranges.isEmpty) return await open(this.path, 'w+', 0o600);
      return await open(this.path, 'r+');
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && !this.#ranges.isEmpty) {
        this.#clear();
        return this.#open();
      }
      this.#set({ kind: 'failed', received: this.#ranges.size, ...this.#total(), failure: this.#refusedBy(error) });
      return undefined;
    }
  }

  #refusedBy(error: unknown): RecordingFailure {
    this.#diskError = error;
    return notKept(error);
  }

  /** Connection after connection, until all of it is there or one fails for good. */
  async #fill(file: FileHandle): Promise<RecordingFailure | undefined> {
    let inVain = 0;
    for (;;) {
      const from = this.#nextPlace();
      if (from === undefined) return undefined;
      const before = this.#ranges.size;
      const end = await this.#connect(file, from);
      if (this.#stopped.signal.aborted || end === 'done') return undefined;
      if (end === 'jumps') continue;
      const hasMore = this.#ranges.size > before;
      if (hasMore) this.#isFreshened = false;
      inVain = hasMore ? 0 : inVain + 1;
      const failure = end === 'meets' ? await this.#afterMeeting(inVain) : await this.#mended(end, inVain);
      if (failure !== undefined) return failure;
    }
  }

  /** What came ran into what is there already: the next gap is the next place. Where nothing was new in between, not at once. */
  async #afterMeeting(inVain: number): Promise<RecordingFailure | undefined> {
    if (inVain >= MOST_IN_VAIN) return cutOff('The server');
    if (inVain > 0) await this.#pause(inVain);
    return undefined;
  }

  /** Does what helps against a failure. Gives the failure that stands, where nothing does. */
  async #mended(failure: RecordingFailure, inVain: number): Promise<RecordingFailure | undefined> {
    if (inVain >= MOST_IN_VAIN) return failure;
    if (failure.cause === 'otherPart') return this.#startsOver() ? undefined : failure;
    if (failure.cause === 'nothingThere' && failure.size !== undefined && failure.size > 0) {
      this.#head = { from: 0, acceptsRanges: true, ...this.#head, total: failure.size };
      return undefined;
    }
    this.#setStalled(true);
    if (this.#mayFreshen(failure)) return this.options.freshen(failure, this.#stopped.signal);
    const isWorthIt = this.#head?.acceptsRanges === true ? BROKEN.includes(failure.problem) : this.#head === undefined && failure.problem === 'stalled';
    if (!isWorthIt) return failure;
    await this.#pause(inVain);
    return undefined;
  }

  async #pause(inVain: number): Promise<void> {
    await sleep((this.options.pauseMs ?? PAUSE_MS) * inVain, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }

  /** Where the next connection begins: where it is wanted, else at the first gap. Undefined: nothing is missing. */
  #nextPlace(): number | undefined {
    const end = this.#head?.total ?? Number.POSITIVE_INFINITY;
    const wanted = this.#wanted;
    this.#wanted = undefined;
    if (this.#head?.acceptsRanges !== true) return this.#ranges.gapFrom(0, end) === undefined ? undefined : 0;
    return (wanted === undefined ? undefined : this.#ranges.gapFrom(wanted, end)) ?? this.#ranges.gapFrom(0, end);
  }

  /**
   * `jumps`: it was given up for another place. `meets`: it ran into what is there already. `done`: all there is came. Else why it ended.
   */
  async #connect(file: FileHandle, from: number): Promise<'jumps' | 'meets' | 'done' | RecordingFailure> {
    const connection = new Connection({ from, now: this.#now(), stallMs: this.options.stallMs ?? STALL_MS, onStall: () => this.#onStall() });
    this.#connection = connection;
    try {
      const result = await this.options.transfer({
        from,
        ...(this.#head?.total === undefined ? {} : { size: this.#head.total }),
        ...(this.#head?.etag === undefined ? {} : { etag: this.#head.etag }),
        signal: AbortSignal.any([connection.signal, this.#stopped.signal]),
        onHead: (head, format) => this.#begin(head, format, connection),
        write: (piece, at) => this.#take(file, piece, at, connection),
      });
      const { why } = connection;
      if (why === 'stalled') return stalled('The server', this.#head !== undefined);
      if (why !== undefined) return why;
      if (result.kind === 'done') return this.#isWholeFrom(from, connection.at) ? 'done' : 'meets';
      return result;
    } finally {
      connection.close();
      this.#connection = undefined;
    }
  }

  async #take(file: FileHandle, piece: Uint8Array, at: number, connection: Connection): Promise<void> {
    connection.beat();
    if (connection.signal.aborted) return;
    const limit = await this.#claim(at + piece.byteLength);
    if (limit !== undefined) return connection.leave(tooLarge(limit, this.#head?.total));
    try {
      await this.#write(file, piece, at);
    } catch (error) {
      return connection.leave(this.#refusedBy(error));
    }
    connection.at = at + piece.byteLength;
    if (this.#runsIntoKnown(connection.at)) connection.leave('meets');
  }

  /** Another connection is tried where one could go on, or where there was no answer at all for a good while. */
  #onStall(): boolean {
    this.#setStalled(true);
    return this.#head?.acceptsRanges === true;
  }

  /** What came to its end tells where the end is; there may be gaps before it. */
  #isWholeFrom(from: number, end: number): boolean {
    this.#head = { from, acceptsRanges: false, ...this.#head, total: end };
    return this.#ranges.gapFrom(0, end) === undefined;
  }

  #begin(head: TransferHead, format: AudioFormat | undefined, connection: Connection): void {
    const isAnother = head.from === 0 && !this.#ranges.isEmpty && isOther(this.#head, head);
    if (isAnother && !this.#startsOver()) return connection.leave(otherFile());
    const ignoresRanges = !isAnother && connection.from > 0 && head.from === 0;
    const known = this.#head;
    this.#head = {
      ...known,
      ...head,
      ...(head.total === undefined && known?.total !== undefined ? { total: known.total } : {}),
      ...(ignoresRanges || known?.acceptsRanges === false ? { acceptsRanges: false } : {}),
    };
    if (head.from === 0) this.#format ??= format;
    connection.begin(head.from, this.#now());
    this.#setStalled(false);
  }

  /** The file is another by now. False where that happens again: then it is left to the person. */
  #startsOver(): boolean {
    if (this.#hasStartedOver) return false;
    this.#hasStartedOver = true;
    this.#clear();
    return true;
  }

  /** All that came is of no use. */
  #clear(): void {
    this.#generation += 1;
    this.#ranges.clear();
    this.#head = undefined;
    this.#format = undefined;
  }

  /** Only where the server can be asked for what comes after. */
  #runsIntoKnown(at: number): boolean {
    return this.#head?.acceptsRanges === true && this.#ranges.reach(at) > at;
  }

  async #write(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
    for (let written = 0; written < piece.byteLength; ) written += (await file.write(piece, written, piece.byteLength - written, at + written)).bytesWritten;
    this.#ranges.add({ from: at, to: at + piece.byteLength });
    this.#set({ kind: 'coming', received: this.#ranges.size, ...this.#total(), isStalled: false });
  }

  /** Gives the limit that was met. Room is asked for in large steps, or at once where the size is known. */
  async #claim(needed: number): Promise<number | undefined> {
    if (needed <= this.#claimed) return undefined;
    const bytes = Math.max(needed, this.#head?.total ?? needed + CLAIM_BYTES);
    const limit = await this.options.claim(bytes);
    if (limit === undefined) this.#claimed = bytes;
    return limit;
  }

  #mayFreshen({ problem, cause }: RecordingFailure): boolean {
    if (this.#isFreshened || (problem !== 'expired' && problem !== 'refused' && cause !== 'withoutKeys')) return false;
    this.#isFreshened = true;
    return true;
  }

  #setStalled(isStalled: boolean): void {
    if (this.#state.kind === 'coming' && this.#state.isStalled !== isStalled) this.#set({ ...this.#state, isStalled });
  }

  #now(): number {
    return this.options.now?.() ?? performance.now();
  }

  #total(): { readonly total?: number } {
    return this.#head?.total === undefined ? {} : { total: this.#head.total };
  }

  #set(state: DownloadState): void {
    this.#state = state;
    this.options.onChange();
    this.#grown.ring();
  }
}

/** What another connection may mend. */
const BROKEN: readonly RecordingFailure['problem'][] = ['cutOff', 'stalled', 'offline'];

/** Whether a head tells of another file than the one that is known. */
function isOther(known: TransferHead | undefined, { etag, total }: TransferHead): boolean {
  const differs = <T>(one: T | undefined, other: T | undefined): boolean => one !== undefined && other !== undefined && one !== other;
  return differs(known?.etag, etag) || differs(known?.total, total);
}

function otherFile(): RecordingFailure {
  return failure('failed', { cause: 'otherPart', sentence: 'The recording changed at its place while it was being fetched.', canRetry: true, canDownload: true });
}
