/** One recording in its file: how far it came, what is heard of it, how loud it is. */
import { stat } from 'node:fs/promises';
import type { Seconds } from '../call/call';
import type { AnalysedRecording, Analyst } from './analyst';
import { Bell } from './bell';
import { Download, type DownloadOptions, type DownloadState } from './download';
import type { AudioFormat } from './format';
import { fileRendition, type Rendition, wavRendition } from './rendition';
import { lengthOf, type SoundFacts } from './sound';

export interface StoredOptions extends Omit<DownloadOptions, 'onChange'> {
  readonly analyst: Analyst;
}

/** What is served must not be shorter or longer than the sound by more than nobody hears. */
const LENGTH_TOLERANCE_SECONDS: Seconds = 0.05;

export class StoredRecording {
  readonly #download: Download;
  readonly #changed = new Bell();
  #analysed: AnalysedRecording | undefined;
  /** The format that was tried to be decoded. */
  #opened: AudioFormat | undefined;
  /** What is served now. */
  #served: SoundFacts | undefined;
  #revision = 0;
  #generation = 0;
  #isClosed = false;
  #problem: unknown;

  constructor(private readonly options: StoredOptions) {
    this.#download = new Download({ ...options, onChange: () => this.#onDownload() });
  }

  get path(): string {
    return this.#download.path;
  }

  get transfer(): DownloadState {
    return this.#download.state;
  }

  get format(): AudioFormat | undefined {
    return this.#download.format;
  }

  /** What asking for it threw, where that ended it: nothing of it can be had. */
  get problem(): unknown {
    return this.#problem;
  }

  /** What the file system threw, where that ended the download. */
  get diskError(): unknown {
    return this.#download.diskError;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Counts up when what is served has to be opened anew. */
  get revision(): number {
    return this.#revision;
  }

  /** What is heard of it; undefined before enough came, and for formats that are not decoded here. */
  get facts(): SoundFacts | undefined {
    return this.#served;
  }

  get length(): Seconds | undefined {
    return this.#served === undefined ? undefined : lengthOf(this.#served);
  }

  get isDecoded(): boolean {
    return this.#analysed !== undefined && this.#analysed.problem === undefined;
  }

  /** True once a page can begin to play it. */
  get isPlayable(): boolean {
    return this.format !== undefined && (this.#served !== undefined || !this.isDecoded);
  }

  /** True where nothing of what came can be heard; what came just now may still have to be looked at. */
  get isUseless(): boolean {
    return this.format === undefined || (this.#served === undefined && this.#analysed?.problem !== undefined);
  }

  /** False where all of it had come, and somebody removed its file or cut it off. */
  async isIntact(): Promise<boolean> {
    const { transfer } = this;
    if (transfer.kind !== 'whole') return true;
    return stat(this.path).then(({ size }) => size === transfer.received, () => false);
  }

  /** Begins, or goes on where it failed. */
  start(): void {
    if (this.#isClosed) return;
    if (this.#download.state.kind === 'failed') this.#forget();
    this.#download.start().catch((error: unknown) => {
      this.#problem = error;
      this.#changed.ring();
    });
  }

  /** Hears of each change. Gives what ends that. */
  onChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** What a page plays now. */
  rendition(): Rendition | undefined {
    const { format } = this;
    if (format === undefined) return undefined;
    if (this.#analysed === undefined || !this.isDecoded) return fileRendition(this.#download, format.mime);
    return this.#served === undefined ? undefined : wavRendition(this.#analysed.sound, this.#served);
  }

  /** The levels from a bin on: see {@link AnalysedRecording.levels}. None where nothing is decoded. */
  async levels(from: number, signal: AbortSignal): Promise<Awaited<ReturnType<AnalysedRecording['levels']>>> {
    return (await this.#analysed?.levels(from, signal)) ?? { from, peaks: [], rms: [], isWhole: true };
  }

  /** Nobody shows it: what decoding takes is given back until somebody does. */
  rest(): void {
    this.#analysed?.close();
    this.#analysed = undefined;
    this.#opened = undefined;
    this.#served = undefined;
  }

  /** Somebody shows it (again). */
  wake(): void {
    this.#onDownload();
  }

  /** Where decoding broke, the page's own decoder may still know the file. */
  #playAsItCame(): void {
    if (this.#served !== undefined) this.#revision += 1;
    this.#served = undefined;
    this.#changed.ring();
  }

  /** Ends the download and the decoding. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#analysed?.close();
    this.#analysed = undefined;
    this.#changed.ring();
    this.#changed.mute();
    await this.#download.stop();
  }

  #onDownload(): void {
    const { format } = this;
    if (this.#generation !== this.#download.generation) {
      this.#generation = this.#download.generation;
      this.#forget();
    }
    if (format !== undefined && this.#opened !== format && !this.#isClosed) this.#open(format);
    this.#changed.ring();
  }

  #open(format: AudioFormat): void {
    this.#opened = format;
    this.#analysed = this.options.analyst.open(this.#download, format);
    this.#analysed?.sound.onFacts(() => this.#onFacts());
    this.#analysed?.onProblem(() => this.#playAsItCame());
    this.#onFacts();
  }

  /** An estimate is served until it is clear how long the sound is. */
  #onFacts(): void {
    const facts = this.#analysed?.sound.facts;
    const before = this.#served;
    if (facts === undefined) return;
    const differs = before === undefined || Math.abs(lengthOf(facts) - lengthOf(before)) > LENGTH_TOLERANCE_SECONDS;
    if (before === undefined || (facts.isFinal && differs) || this.#isOutgrown(facts, before)) {
      this.#served = facts;
      if (before !== undefined) this.#revision += 1;
    } else if (facts.isFinal && !before.isFinal) {
      this.#served = { ...before, isFinal: true };
    }
    this.#changed.ring();
  }

  /** Where nobody says how long the file is, what is served grows with it: each time to twice as much. */
  #isOutgrown(facts: SoundFacts, served: SoundFacts): boolean {
    return this.#download.size === undefined && facts.frames >= 2 * served.frames;
  }

  /** What was cut off and goes on, or turned out to be another file, is decoded from its beginning. */
  #forget(): void {
    this.rest();
    this.#problem = undefined;
    this.#revision += 1;
  }
}
