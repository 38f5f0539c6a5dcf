/** Turns recordings into sound and levels, in a thread of its own: what asks it never waits for a decoder. */
import { Worker } from 'node:worker_threads';
import { Bell } from './bell';
import type { AudioFormat } from './format';
import type { GrowingFile } from './growing';
import { LevelStore, type StoredLevels } from './levelStore';
import { SAMPLE_BYTES, type Sound, type SoundFacts } from './sound';
import type { Extent, FromWorker, PieceReply, PieceRequest, ToWorker } from './soundMessages';
import { isReadableWav } from './wav';
import { WavSound } from './wavSound';

export interface Analyst {
  /** Undefined where this kind of file cannot be decoded here (Ogg, FLAC, MP4, AAC, AMR, WAV of GSM or ADPCM). */
  open(file: GrowingFile, format: AudioFormat): AnalysedRecording | undefined;
  /** Starts the thread, so that it is there by the time a recording is. */
  warm(): void;
  /** Ends the thread, and with it all recordings that are open. */
  dispose(): void;
}

export interface AnalysedRecording {
  readonly sound: Sound;
  /**
   * The levels from bin `from` on, as {@link Levels}: waits until there are some, or it is clear that none come: then there are no bins
   * and `isWhole` is true. Rejects when the signal is aborted.
   */
  levels(from: number, signal: AbortSignal): Promise<StoredLevels>;
  /** A sentence when decoding broke as a whole. */
  readonly problem: string | undefined;
  /** Hears when {@link problem} came up. */
  onProblem(listener: () => void): void;
  close(): void;
}

/** The paths of the two files on this machine: the bundle of `soundWorker.ts`, and `mpg123-decoder.min.js`. */
export interface AnalystOptions {
  readonly workerFile: string;
  readonly decoderFile: string;
}

/** An analyst whose thread starts with the first recording, or before it where it is told to. */
export function createAnalyst(options: AnalystOptions): Analyst {
  return new ThreadAnalyst(options);
}

/** The heap of the thread, in MB: it holds an index and a few kilobytes of samples, beside the decoder's own memory. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };

const THREAD_FAILED = 'The recording could not be decoded: the decoder ended unexpectedly.';

class ThreadAnalyst implements Analyst {
  private worker: Worker | undefined;
  private readonly recordings = new Map<number, ThreadRecording>();
  private lastId = 0;
  private isDisposed = false;

  constructor(private readonly options: AnalystOptions) {}

  open(file: GrowingFile, format: AudioFormat): AnalysedRecording | undefined {
    const codec = format.name === 'MP3' ? 'mp3' : isReadableWav(format.name) ? 'wav' : undefined;
    if (codec === undefined || this.isDisposed) return undefined;
    const id = ++this.lastId;
    const worker = this.start();
    const link: Link = { id, say: (message) => worker.postMessage(message, []), forget: () => this.recordings.delete(id) };
    const recording = new ThreadRecording(file, codec, link);
    this.recordings.set(id, recording);
    return recording;
  }

  warm(): void {
    if (!this.isDisposed) this.start();
  }

  dispose(): void {
    this.isDisposed = true;
    for (const recording of this.recordings.values()) recording.close();
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
  }

  /** The thread. What its decoder writes to the console is kept from that of the editor. */
  private start(): Worker {
    if (this.worker !== undefined) return this.worker;
    const { workerFile, decoderFile } = this.options;
    const worker = new Worker(workerFile, { workerData: { decoderFile }, resourceLimits: THREAD_LIMITS, stdout: true, stderr: true });
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (message: FromWorker) => this.recordings.get(message.id)?.hear(message));
    worker.on('error', () => this.lose(worker));
    worker.on('exit', () => this.lose(worker));
    this.worker = worker;
    return worker;
  }

  /** The thread ended by itself: so did all it was working on. The next recording starts another. */
  private lose(worker: Worker): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const recording of this.recordings.values()) recording.breakOff(THREAD_FAILED);
  }
}

/** How a recording speaks with its counterpart in the thread. */
interface Link {
  readonly id: number;
  readonly say: (message: ToWorker) => void;
  readonly forget: () => void;
}

class ThreadRecording implements AnalysedRecording {
  readonly sound: Sound;
  problem: string | undefined;
  private readonly store = new LevelStore();
  private readonly bell = new Bell();
  private readonly broken = new Bell();
  private readonly stopHearing: () => void;
  private readonly decoded: ThreadSound | undefined;
  private readonly closeSound: () => void;
  private isClosed = false;

  constructor(
    file: GrowingFile,
    codec: 'mp3' | 'wav',
    private readonly link: Link,
  ) {
    link.say({ kind: 'open', id: link.id, path: file.path, codec, extent: extentOf(file) });
    this.stopHearing = file.onGrowth(() => link.say({ kind: 'grow', id: link.id, extent: extentOf(file) }));
    const sound = codec === 'mp3' ? new ThreadSound(file, link) : new WavSound(file);
    this.decoded = sound instanceof ThreadSound ? sound : undefined;
    this.sound = sound;
    this.closeSound = () => sound.close();
  }

  levels(from: number, signal: AbortSignal): Promise<StoredLevels> {
    return this.bell.until(() => (this.store.count > from || this.store.isWhole ? this.store.from(from) : undefined), signal);
  }

  hear(message: FromWorker): void {
    switch (message.kind) {
      case 'facts':
        this.decoded?.learn(message.facts);
        return;
      case 'levels':
        this.store.add(message);
        this.bell.ring();
        return;
      case 'piece':
        this.decoded?.answer(message.request, message.reply);
        return;
      case 'broken':
        this.breakOff(message.sentence);
    }
  }

  breakOff(sentence: string): void {
    this.problem ??= sentence;
    this.end();
    this.broken.ring();
  }

  onProblem(listener: () => void): void {
    this.broken.on(listener);
  }

  close(): void {
    if (this.isClosed) return;
    this.link.say({ kind: 'close', id: this.link.id });
    this.end();
  }

  private end(): void {
    this.isClosed = true;
    this.stopHearing();
    this.link.forget();
    this.store.end();
    this.closeSound();
    this.bell.ring();
  }
}

/** The sound that the thread decodes, piece by piece, as it is asked for. */
class ThreadSound implements Sound {
  facts: SoundFacts | undefined;
  isClosed = false;
  private readonly learnt = new Bell();
  private readonly answered = new Bell();
  /** What was asked and not answered yet is there without a reply. */
  private readonly replies = new Map<number, PieceReply>();
  private lastRequest = 0;

  constructor(
    private readonly file: GrowingFile,
    private readonly link: Link,
  ) {}

  onFacts(listener: () => void): () => void {
    return this.learnt.on(listener);
  }

  async *read(from: number, to: number, signal: AbortSignal): AsyncIterable<Buffer> {
    let island: number | undefined;
    let isInVain = false;
    for (let at = from; at < to; ) {
      const wanted = { from: at, to, extent: extentOf(this.file), island: island === undefined ? undefined : { at: island, end: this.file.reach(island) }, isInVain };
      const reply = await this.ask(wanted, signal);
      if (reply.kind === 'end') return;
      if (reply.kind === 'needs') {
        const reach = await this.file.wait(reply.at, signal);
        isInVain = reach <= reply.at;
        island = reply.island;
        continue;
      }
      isInVain = false;
      // The facts were told before the first samples.
      const samples = Buffer.from(reply.samples);
      at += samples.length / SAMPLE_BYTES / (this.facts?.channels ?? 1);
      yield samples;
      signal.throwIfAborted();
    }
  }

  learn(facts: SoundFacts): void {
    this.facts = facts;
    this.learnt.ring();
  }

  answer(request: number, reply: PieceReply): void {
    this.replies.set(request, reply);
    this.answered.ring();
    this.replies.delete(request);
  }

  close(): void {
    this.isClosed = true;
    this.answered.ring();
  }

  private async ask(wanted: PieceRequest, signal: AbortSignal): Promise<PieceReply> {
    signal.throwIfAborted();
    if (this.isClosed) return NO_MORE;
    const { id, say } = this.link;
    const request = ++this.lastRequest;
    say({ kind: 'piece', id, request, wanted });
    try {
      return await this.answered.until(() => this.replies.get(request) ?? (this.isClosed ? NO_MORE : undefined), signal);
    } catch (error) {
      if (!this.isClosed) say({ kind: 'cancel', id, request });
      throw error;
    }
  }
}

const NO_MORE: PieceReply = { kind: 'end' };

const extentOf = (file: GrowingFile): Extent => ({ prefix: file.reach(0), size: file.size, isSettled: file.isSettled });
