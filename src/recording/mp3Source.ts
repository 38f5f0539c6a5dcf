/** An MP3 in the worker: its index, its levels, and any piece of its sound. */
import { FileWindow } from './fileWindow';
import { LevelMeter, type MeasuredBins } from './meter';
import { type FrameHeader, FrameIndex, isAlike, readFrameHeader } from './mp3';
import { BATCH_FRAMES, indexedTrack, Mp3Stream, primingFrames, steadyTrack, type Track } from './mp3Stream';
import type { MpegDecoder } from './mpegDecoder';
import type { SoundFacts } from './sound';
import type { Extent, PieceReply, PieceRequest } from './soundMessages';
import { inSlices, type Source, Unreadable } from './source';

/** Bytes read at once for the index. */
const INDEX_BYTES = 65_536;
const FULL_SCALE = 32_767 / 32_768;
/** A piece of sound has about so many frames. */
const PIECE_FRAMES = 32_768;

/** `measuring` and `reading` are two decoders: both streams go on where they stopped. */
export interface Decoders {
  readonly measuring: MpegDecoder;
  readonly reading: MpegDecoder;
}

export class Mp3Source implements Source {
  private readonly file: FileWindow;
  private readonly index = new FrameIndex();
  private measuring: Measuring | undefined;
  private reading: Reading | undefined;
  isMeasured = false;

  /** Throws what the file system throws. */
  constructor(
    path: string,
    private extent: Extent,
    private readonly decoders: Decoders,
  ) {
    this.file = new FileWindow(path);
  }

  grow(extent: Extent): void {
    this.extent = extent;
  }

  work(): boolean {
    return inSlices(() => this.step());
  }

  facts(): SoundFacts | undefined {
    return this.index.facts(this.extent.size);
  }

  takeLevels(): MeasuredBins | undefined {
    return this.measuring?.take();
  }

  /** What was asked before the file grew is answered by what is there now. */
  piece(asked: PieceRequest): PieceReply | undefined {
    const wanted: PieceRequest = { ...asked, extent: this.extent };
    const { first } = this.index;
    const isBehind = this.isIndexBehind;
    if (first === undefined) return isBehind ? undefined : this.endOr(wanted, { kind: 'needs', at: this.extent.prefix, island: undefined });
    this.reading ??= new Reading(new Mp3Stream(this.file, this.decoders.reading, first), this.index, first);
    const indexed = this.reading.indexed(wanted, this.heardFrames(first));
    if (indexed !== undefined) return indexed;
    if (this.index.isFinal) return { kind: 'end' };
    if (isBehind) return undefined;
    return this.endOr(wanted, this.reading.ahead(wanted) ?? { kind: 'needs', at: this.extent.prefix, island: undefined });
  }

  close(): void {
    this.file.close();
    if (!this.isMeasured) this.decoders.measuring.free();
    this.decoders.reading.free();
  }

  private endOr(wanted: PieceRequest, reply: PieceReply): PieceReply {
    return wanted.isInVain && reply.kind === 'needs' ? { kind: 'end' } : reply;
  }

  private get isIndexBehind(): boolean {
    return !this.index.isFinal && (this.index.fed < this.extent.prefix || this.extent.isSettled);
  }

  /** Frames of the sound that can be heard whole and are certain to be part of it. */
  private heardFrames({ samples }: FrameHeader): number {
    if (this.index.isFinal) return this.facts()?.frames ?? 0;
    return Math.max(0, this.index.certain * samples - this.index.skipStart);
  }

  /** The first levels before all else, then the index, which every seek needs, then the rest. */
  private step(): boolean {
    if (this.measuring?.hasBegun !== true && this.measure()) return true;
    return this.isIndexBehind ? this.readIndex() : this.measure();
  }

  private readIndex(): boolean {
    const { index, extent } = this;
    if (index.fed < extent.prefix) {
      const piece = this.file.bytes(index.fed, INDEX_BYTES, extent.prefix);
      if (piece.length > 0) {
        index.feed(piece);
        return true;
      }
    }
    if (!extent.isSettled) return false;
    index.end();
    if (index.first === undefined) throw new Unreadable('No MP3 sound was found in the recording.');
    return true;
  }

  private measure(): boolean {
    const { first } = this.index;
    if (first === undefined || this.isMeasured) return false;
    this.measuring ??= new Measuring(new Mp3Stream(this.file, this.decoders.measuring, first), this.index, first);
    if (this.measuring.step(this.extent.prefix, this.heardFrames(first))) return true;
    if (!this.index.isFinal) return false;
    this.measuring.end();
    this.isMeasured = true;
    this.decoders.measuring.free();
    return true;
  }
}

/** The levels, frame after frame. */
class Measuring {
  private readonly meter: LevelMeter;
  private frame = 0;

  constructor(
    private readonly stream: Mp3Stream,
    private readonly index: FrameIndex,
    private readonly first: FrameHeader,
  ) {
    this.meter = new LevelMeter(first.sampleRate, first.channels, FULL_SCALE);
  }

  get hasBegun(): boolean {
    return this.frame >= BATCH_FRAMES;
  }

  /** Measures a batch of frames; false where none is there. `heard`: how many frames of the sound there are by now. */
  step(limit: number, heard: number): boolean {
    const at = this.index.offsetOf(this.frame);
    if (at === undefined || this.frame >= this.index.certain) return false;
    this.stream.jump(this.frame, at);
    const batch = this.stream.next(indexedTrack(this.index, limit), this.index.certain - this.frame);
    if (batch === undefined) throw new Unreadable('The recording’s file changed while it was being read.');
    const start = this.frame * this.first.samples - this.index.skipStart;
    this.meter.add(batch.channels, Math.max(0, -start), Math.min(batch.samples, heard - start));
    this.frame += batch.frames;
    return true;
  }

  end(): void {
    this.meter.end();
  }

  take(): MeasuredBins | undefined {
    return this.meter.waiting === 0 ? undefined : this.meter.take();
  }
}

/** Sound from anywhere. */
class Reading {
  constructor(
    private readonly stream: Mp3Stream,
    private readonly index: FrameIndex,
    private readonly first: FrameHeader,
  ) {}

  /** A piece where the index reaches; undefined where it does not. `heard`: the end of what it can give, in frames of the sound. */
  indexed({ from, to, extent }: PieceRequest, heard: number): PieceReply | undefined {
    if (from >= heard) return undefined;
    const wanted = this.mp3FrameOf(from);
    const primed = this.stream.frame === wanted ? wanted : this.primingStart(wanted);
    const samples = this.decode({ from, to: Math.min(to, heard), start: primed }, indexedTrack(this.index, extent.prefix));
    return samples === undefined ? { kind: 'end' } : { kind: 'samples', samples };
  }

  /**
   * A piece beyond the index, where its place can be reckoned because all frames have one bit rate; undefined where it cannot. The
   * frames must look it: one of another bit rate says that the reckoning is wrong.
   */
  ahead({ from, to, extent, island }: PieceRequest): PieceReply | undefined {
    const firstAt = this.index.offsetOf(0);
    if (!this.index.isSteady || extent.size === undefined || firstAt === undefined) return undefined;
    const average = (this.first.samples * this.first.bitRate) / 8 / this.first.sampleRate;
    const wanted = this.mp3FrameOf(from);
    const SLACK_FRAMES = 2;
    const start = Math.floor(firstAt + Math.max(0, wanted - primingFrames(average) - SLACK_FRAMES) * average);
    const enough = Math.min(extent.size, Math.ceil(firstAt + (wanted + BATCH_FRAMES) * average));
    if (start <= extent.prefix || start >= extent.size) return undefined;
    if (island === undefined || island.at > start || island.end <= start) return { kind: 'needs', at: start, island: start };
    const goesOn = this.stream.frame === wanted && this.stream.at >= island.at;
    const found = goesOn ? { frame: wanted, at: this.stream.at } : this.sync(start, { firstAt, average, limit: island.end });
    const isEnd = island.end >= extent.size;
    if (found !== undefined && found.frame <= wanted && (island.end >= enough || isEnd)) {
      const samples = this.decode({ from, to, start: found.frame, at: found.at }, steadyTrack(this.first, island.end));
      if (samples !== undefined) return { kind: 'samples', samples };
      if (isEnd) return { kind: 'end' };
    }
    return island.end >= enough ? undefined : { kind: 'needs', at: island.end, island: island.at };
  }

  private mp3FrameOf(from: number): number {
    return Math.floor((from + this.index.skipStart) / this.first.samples);
  }

  /** The frame to begin at so that `wanted` is right: far enough back by bytes, since quiet frames can be tiny. */
  private primingStart(wanted: number): number {
    const end = this.index.offsetOf(wanted) ?? 0;
    for (let frames = 0; frames < wanted; frames += 1) {
      const bytes = end - (this.index.offsetOf(wanted - frames) ?? 0);
      if (frames >= primingFrames(bytes / Math.max(1, frames))) return wanted - frames;
    }
    return 0;
  }

  /** The first frame at or after a byte beyond the index, with the number that its place gives it. */
  private sync(start: number, { firstAt, average, limit }: { readonly firstAt: number; readonly average: number; readonly limit: number }): { readonly frame: number; readonly at: number } | undefined {
    const MOST_TRIED = 8192;
    const bytes = this.stream.peek(start, MOST_TRIED, limit);
    for (let at = 0; at < bytes.length; at += 1) {
      const header = readFrameHeader(bytes, at);
      if (header === undefined || !this.isSteadyFrame(header)) continue;
      const behind = readFrameHeader(bytes, at + header.bytes);
      if (behind !== undefined && this.isSteadyFrame(behind)) return { frame: Math.round((start + at - firstAt) / average), at: start + at };
    }
    return undefined;
  }

  private isSteadyFrame(header: FrameHeader): boolean {
    return isAlike(header, this.first) && header.bitRate === this.first.bitRate;
  }

  /** The frames `from` to `to` of the sound, or a piece of them, decoded from the MP3 frame `start` on (at the byte `at`, else by the index). */
  private decode({ from, to, start, at }: { readonly from: number; readonly to: number; readonly start: number; readonly at?: number }, track: Track): ArrayBuffer | undefined {
    const { samples, channels } = this.first;
    const isIndexed = at === undefined;
    const end = Math.min(to, Math.ceil((from + this.index.skipStart + PIECE_FRAMES) / samples) * samples - this.index.skipStart);
    const piece = new Int16Array((end - from) * channels);
    let filled = 0;
    if (start === 0 && this.stream.frame !== 0) this.stream.rewind(at ?? this.index.offsetOf(0) ?? 0);
    else this.stream.jump(start, at ?? this.index.offsetOf(start) ?? 0);
    while (filled < end - from) {
      const position = this.stream.frame * samples - this.index.skipStart;
      const most = Math.ceil((end - position) / samples);
      const batch = this.stream.next(track, most);
      if (batch === undefined) break;
      const skip = Math.max(0, from + filled - position);
      const take = Math.max(0, Math.min(batch.samples - skip, end - from - filled));
      for (let channel = 0; channel < channels; channel += 1) {
        interleave((batch.channels[channel] ?? NOTHING).subarray(skip, skip + take), piece, filled * channels + channel, channels);
      }
      filled += take;
      if (isIndexed) this.stream.jump(this.stream.frame, this.index.offsetOf(this.stream.frame) ?? 0);
    }
    if (filled === 0) return undefined;
    return filled === end - from ? piece.buffer : piece.buffer.slice(0, filled * channels * Int16Array.BYTES_PER_ELEMENT);
  }
}

const NOTHING = new Float32Array(0);

/** Writes the samples of one channel in 16 bits, from a place on in each step. */
function interleave(from: Float32Array, piece: Int16Array, start: number, step: number): void {
  for (let at = 0, to = start; at < from.length; at += 1, to += step) {
    const sample = Math.round((from[at] ?? 0) * 32_768);
    piece[to] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
  }
}
