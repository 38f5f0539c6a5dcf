/** The thread that measures recordings and decodes pieces of them: the entry of a bundle of its own. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MpegDecoder } from './mpegDecoder';
import { type Decoders, Mp3Source } from './mp3Source';
import type { SoundFacts } from './sound';
import type { FromWorker, PieceRequest, ToWorker } from './soundMessages';
import { type Source, Unreadable } from './source';
import { WavSource } from './wavSource';

type Opening = Extract<ToWorker, { kind: 'open' }>;

/** Levels are told this often at most, but for the first and the last. In milliseconds. */
const TELL_EVERY_MS = 100;

/** All recordings that are open. Works on each in turn, a slice at a time, and hears what is asked in between. */
class Desk {
  /** Made while the first recording is still on its way. */
  private spare: Promise<Decoders> | undefined;
  private readonly recordings = new Map<number, Recording>();
  private isScheduled = false;

  constructor(
    private readonly port: MessagePort,
    private readonly decoderFile: string,
  ) {
    this.spare = this.decoders();
    // Who takes them hears of it.
    this.spare.catch(() => undefined);
  }

  hear(message: ToWorker): void {
    if (message.kind === 'open') return this.open(message);
    const recording = this.recordings.get(message.id);
    if (recording === undefined) return;
    if (message.kind === 'close') {
      recording.close();
      this.recordings.delete(message.id);
      return;
    }
    recording.hear(message);
    this.schedule();
  }

  private open(opening: Opening): void {
    const recording = new Recording(opening, (message, transfer) => this.port.postMessage(message, transfer));
    this.recordings.set(opening.id, recording);
    void this.begin(opening, recording);
  }

  private async begin(opening: Opening, recording: Recording): Promise<void> {
    try {
      recording.begin(opening.codec === 'wav' ? new WavSource(opening.path, recording.extent) : await this.mp3(opening, recording));
    } catch (error) {
      recording.breakOff(sentenceOf(error));
    }
    this.schedule();
  }

  private async mp3({ path }: Opening, recording: Recording): Promise<Source> {
    const decoders = this.spare ?? this.decoders();
    this.spare = undefined;
    return new Mp3Source(path, recording.extent, await decoders);
  }

  private async decoders(): Promise<Decoders> {
    const [measuring, reading] = await Promise.all([MpegDecoder.from(this.decoderFile), MpegDecoder.from(this.decoderFile)]);
    return { measuring, reading };
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.turn());
  }

  /** One slice of each recording. */
  private turn(): void {
    this.isScheduled = false;
    let didWork = false;
    for (const recording of this.recordings.values()) didWork = recording.work() || didWork;
    if (didWork) this.schedule();
  }
}

/** One recording: its source, what waits to be answered, and what was told of it. */
class Recording {
  private source: Source | undefined;
  private readonly waiting = new Map<number, PieceRequest>();
  private toldFacts: SoundFacts | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;
  private isOver = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly opening: Opening,
    private readonly say: (message: FromWorker, transfer: ArrayBuffer[]) => void,
  ) {
    this.extent = opening.extent;
  }

  extent: Opening['extent'];

  begin(source: Source): void {
    if (this.isClosed) return source.close();
    source.grow(this.extent);
    this.source = source;
  }

  hear(message: Exclude<ToWorker, { kind: 'open' | 'close' }>): void {
    switch (message.kind) {
      case 'grow':
        this.grow(message.extent);
        return;
      case 'piece':
        this.grow(message.wanted.extent);
        this.waiting.set(message.request, message.wanted);
        this.attempt(() => this.answer());
        return;
      case 'cancel':
        this.waiting.delete(message.request);
    }
  }

  /** A slice of work; false where there is none. */
  work(): boolean {
    return this.attempt(() => {
      const didWork = this.source !== undefined && !this.isOver && this.source.work();
      this.answer();
      this.tell();
      return didWork;
    });
  }

  /** Says that nothing more will come of it, and why. */
  breakOff(sentence: string): void {
    if (this.isClosed) return;
    this.isOver = true;
    this.say({ kind: 'broken', id: this.opening.id, sentence }, []);
    this.close();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.waiting.clear();
    this.source?.close();
    this.source = undefined;
  }

  private grow(extent: Opening['extent']): void {
    this.extent = extent;
    this.source?.grow(extent);
  }

  private attempt(act: () => boolean | void): boolean {
    try {
      return act() === true;
    } catch (error) {
      this.breakOff(sentenceOf(error));
      return false;
    }
  }

  private answer(): void {
    if (this.source === undefined) return;
    for (const [request, wanted] of this.waiting) {
      const reply = this.source.piece(wanted);
      if (reply === undefined) continue;
      this.waiting.delete(request);
      this.tellFacts(this.source.facts());
      this.say({ kind: 'piece', id: this.opening.id, request, reply }, reply.kind === 'samples' ? [reply.samples] : []);
    }
  }

  /** Tells what is new, unless something was told just now: then a little later. */
  private tell(): void {
    if (this.source === undefined || this.isOver) return;
    this.tellFacts(this.source.facts());
    const { isMeasured } = this.source;
    const left = this.toldAt + TELL_EVERY_MS - performance.now();
    if (left > 0 && !isMeasured) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.attempt(() => this.tell());
      }, left);
      return;
    }
    const bins = this.source.takeLevels();
    if (bins === undefined && !isMeasured) return;
    this.toldAt = performance.now();
    this.isOver = isMeasured;
    const { peaks, rms } = bins ?? { peaks: [], rms: [] };
    this.say({ kind: 'levels', id: this.opening.id, peaks, rms, isWhole: isMeasured }, [...peaks, ...rms].map(({ buffer }) => buffer));
  }

  private tellFacts(facts: SoundFacts | undefined): void {
    const told = this.toldFacts;
    if (facts === undefined || (told !== undefined && told.frames === facts.frames && told.isFinal === facts.isFinal)) return;
    const isDue = told === undefined || facts.isFinal || performance.now() - this.toldAt >= TELL_EVERY_MS;
    if (!isDue) return;
    this.toldFacts = facts;
    this.say({ kind: 'facts', id: this.opening.id, facts }, []);
  }
}

/** What broke, for a person: the reasons of the file system hold paths of the machine and are not for people. */
function sentenceOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  return 'The recording could not be decoded: its file or the decoder failed.';
}

if (parentPort !== null) {
  const { decoderFile }: { readonly decoderFile: string } = workerData;
  const desk = new Desk(parentPort, decoderFile);
  parentPort.on('message', (message: ToWorker) => desk.hear(message));
}
