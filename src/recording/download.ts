/**
 * A recording on its way into a file, which is played and measured meanwhile: from where it is wanted, over broken connections and
 * links that expired. See src/exotel/README.md, "Recordings".
 */
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TransferHead } from './fetch';
import type { AudioFormat } from './format';
import type { GrowingFile } from './growing';
import { type RecordingFailure, tooLarge } from './problems';
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
  /** Sends one request. Throws nothing but what `write` throws. */
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
/** What comes by itself within so long is waited for: another connection would take about as long. */
const SOON_MS = 250;
/** In bytes, whatever the line: what is nearer than the one to where the download is comes by itself, what is farther than the other does not. */
const NEAR_BYTES = 32 * 1024;
const FAR_BYTES = 512 * 1024;
/** Two who wait for places far apart take turns of so long: each turn costs a request. */
const TURN_MS = 300;
const CLAIM_BYTES = 8 * 1024 * 1024;

export class Download implements GrowingFile {
  readonly path: string;
  #state: DownloadState = { kind: 'coming', received: 0, isStalled: false };
  #format: AudioFormat | undefined;
  readonly #ranges = new ByteRanges();
  readonly #listeners = new Set<() => void>();
  readonly #stopped = new AbortController();
  #head: TransferHead | undefined;
  /** The places that somebody waits for. */
  readonly #waiting = new Set<{ at: number }>();
  /** One of them, which the connection will not bring soon. */
  #wanted: number | undefined;
  #connection: Connection | undefined;
  #claimed = 0;
  #isFreshened = false;
  #running: Promise<void> | undefined;

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

  get size(): number | undefined {
    return this.isSettled ? this.#settledSize : this.#head?.total;
  }

  get isSettled(): boolean {
    return this.#state.kind !== 'coming';
  }

  reach(at: number): number {
    return this.#ranges.reach(at);
  }

  /** Begins, or goes on where it failed. Rejects with what the file system says. */
  start(): Promise<void> {
    if (this.#running !== undefined && !this.isSettled) return this.#running;
    if (this.#state.kind === 'failed' && this.#state.failure.cause === 'otherPart') this.#startOver();
    this.#isFreshened = false;
    this.#set({ kind: 'coming', received: this.#ranges.size, ...this.#total(), isStalled: false });
    this.#running = (this.#running ?? Promise.resolve()).then(() => this.#run());
    return this.#running;
  }

  /** Ends it; resolves once nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#connection?.controller.abort();
    await this.#running?.catch(() => undefined);
    this.#listeners.clear();
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
    return place.at;
  }

  onGrowth(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The file is another by now. */
  #startOver(): void {
    this.#ranges.clear();
    this.#head = undefined;
    this.#format = undefined;
  }

  get #settledSize(): number {
    return this.#state.kind === 'whole' ? this.#state.received : this.reach(0);
  }

  /** Nothing will ever be there. */
  #isPast(at: number): boolean {
    const { size } = this;
    return this.isSettled || (size !== undefined && at >= size);
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
    const isOnItsWay = (place: number): boolean => place >= connection.at && place - connection.at < soonBytes(connection, now);
    if (isOnItsWay(at)) return;
    const isForOthers = now - connection.since < TURN_MS && [...this.#waiting].some((other) => isOnItsWay(other.at));
    if (isForOthers) return;
    this.#wanted = at;
    connection.controller.abort();
  }

  async #run(): Promise<void> {
    const file = await open(this.path, this.#ranges.isEmpty ? 'w+' : 'r+', 0o600);
    try {
      const failure = await this.#fill(file);
      if (this.#stopped.signal.aborted) return;
      const received = this.#ranges.size;
      this.#set(failure === undefined ? { kind: 'whole', received } : { kind: 'failed', received, ...this.#total(), failure });
    } finally {
      await file.close();
    }
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
      if (end === 'left') continue;
      if (end.cause === 'nothingThere' && this.#endsAt(end.size)) return undefined;
      if (this.#mayFreshen(end)) {
        const standing = await this.options.freshen(end, this.#stopped.signal);
        if (standing === undefined) continue;
        return standing;
      }
      inVain = this.#ranges.size > before ? 0 : inVain + 1;
      const mayGoOn = this.#head?.acceptsRanges === true && BROKEN.includes(end.problem) && inVain < MOST_IN_VAIN;
      if (!mayGoOn) return end;
      this.#setStalled(true);
      await sleep((this.options.pauseMs ?? PAUSE_MS) * inVain, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }

  /** Where the next connection begins: where it is wanted, else at the first gap. Undefined: nothing is missing. */
  #nextPlace(): number | undefined {
    const end = this.#head?.total ?? Number.POSITIVE_INFINITY;
    const wanted = this.#wanted;
    this.#wanted = undefined;
    if (this.#head?.acceptsRanges !== true) return this.#ranges.gapFrom(0, end) === undefined ? undefined : 0;
    return (wanted === undefined ? undefined : this.#ranges.gapFrom(wanted, end)) ?? this.#ranges.gapFrom(0, end);
  }

  /** `left`: it was given up for another place, or ran into what is there already. `done`: the server has no more than what came. */
  async #connect(file: FileHandle, from: number): Promise<'left' | 'done' | RecordingFailure> {
    const connection: Connection = { controller: new AbortController(), from, at: from, since: this.#now() };
    const stall = this.#watchStalls(connection.controller);
    let isLeft = false;
    let limit: number | undefined;
    this.#connection = connection;
    const leave = (): void => {
      isLeft = true;
      connection.controller.abort();
    };
    connection.controller.signal.addEventListener('abort', () => (isLeft ||= this.#wanted !== undefined), { once: true });
    try {
      const result = await this.options.transfer({
        from,
        ...(this.#head?.total === undefined ? {} : { size: this.#head.total }),
        ...(this.#head?.etag === undefined ? {} : { etag: this.#head.etag }),
        signal: AbortSignal.any([connection.controller.signal, this.#stopped.signal]),
        onHead: (head, format) => this.#begin(head, format, connection),
        write: async (piece, at) => {
          stall.beat();
          limit = await this.#claim(at + piece.byteLength);
          if (limit !== undefined) return connection.controller.abort();
          await this.#write(file, piece, at);
          connection.at = at + piece.byteLength;
          if (this.#runsIntoKnown(connection.at)) leave();
        },
      });
      if (limit !== undefined) return tooLarge(limit, this.#head?.total);
      if (isLeft) return 'left';
      if (result.kind === 'done') return this.#isWholeFrom(from, connection.at) ? 'done' : 'left';
      return stall.hasFired() && this.#head?.acceptsRanges === true ? { ...result, problem: 'stalled' } : result;
    } finally {
      stall.end();
      this.#connection = undefined;
    }
  }

  /** What came to its end tells where the end is; there may be gaps before it. */
  #isWholeFrom(from: number, end: number): boolean {
    this.#head = { from, acceptsRanges: false, ...this.#head, total: end };
    return this.#ranges.gapFrom(0, end) === undefined;
  }

  /** The server has no bytes from there on: fine where all before is here. */
  #endsAt(size: number | undefined): boolean {
    return size !== undefined && size > 0 && this.#ranges.gapFrom(0, size) === undefined;
  }

  #begin(head: TransferHead, format: AudioFormat | undefined, connection: Connection): void {
    this.#head = { ...this.#head, ...head, ...(head.total === undefined && this.#head?.total !== undefined ? { total: this.#head.total } : {}) };
    if (head.from === 0) this.#format = format ?? this.#format;
    Object.assign(connection, { from: head.from, at: head.from, since: this.#now() });
    this.#setStalled(false);
  }

  /** Only where the server can be asked for what comes after. */
  #runsIntoKnown(at: number): boolean {
    return this.#head?.acceptsRanges === true && this.#ranges.reach(at) > at;
  }

  async #write(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
    await file.write(piece, 0, piece.byteLength, at);
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

  #mayFreshen({ problem }: RecordingFailure): boolean {
    if (this.#isFreshened || (problem !== 'expired' && problem !== 'refused')) return false;
    this.#isFreshened = true;
    return true;
  }

  /** Says after a while that nothing comes; a connection that could be made anew is then ended. */
  #watchStalls(controller: AbortController): { beat(): void; end(): void; hasFired(): boolean } {
    let fired = false;
    const timer = setTimeout(() => {
      this.#setStalled(true);
      if (this.#head?.acceptsRanges !== true) return;
      fired = true;
      controller.abort();
    }, this.options.stallMs ?? STALL_MS);
    return { beat: () => timer.refresh(), end: () => clearTimeout(timer), hasFired: () => fired };
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
    for (const listener of this.#listeners) listener();
  }
}

/** A request that is being answered. */
interface Connection {
  readonly controller: AbortController;
  /** Where the answer began, and where its next byte belongs. */
  from: number;
  at: number;
  /** When it began, in milliseconds. */
  since: number;
}

/** So many bytes are soon here, at the pace of what came so far; one that sent little yet tells nothing of its pace. */
function soonBytes({ from, at, since }: Connection, now: number): number {
  if (at - from < NEAR_BYTES) return FAR_BYTES;
  const pace = (at - from) / Math.max(1, now - since);
  return Math.max(NEAR_BYTES, Math.min(FAR_BYTES, pace * SOON_MS));
}

/** What another connection may mend. */
const BROKEN: readonly RecordingFailure['problem'][] = ['cutOff', 'stalled', 'offline'];
