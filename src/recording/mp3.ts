/** MP3 files, as bytes: where each frame is and at which sample it is heard. MPEG-1, 2 and 2.5, layer III. */
import type { SoundFacts } from './sound';

/** What the four bytes before a frame say. */
export interface FrameHeader {
  readonly isMpeg1: boolean;
  /** Frames (in the sense of `sound.ts`) a second. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Samples of each channel in one MP3 frame: 1152 or 576. */
  readonly samples: number;
  /** Bits a second. */
  readonly bitRate: number;
  /** Bytes of the frame, header and all. */
  readonly bytes: number;
}

export const FRAME_HEADER_BYTES = 4;

const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** The header of a frame that begins at this byte; undefined where none does. Frames of a free bit rate are not known here. */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3];
  if (bytes[at] !== 0xff || (second & 0xe0) !== 0xe0 || fourth === undefined) return undefined;
  const version = (second >> 3) & 3;
  const LAYER_III = 1;
  if (version === 1 || ((second >> 1) & 3) !== LAYER_III) return undefined;
  const isMpeg1 = version === 3;
  const bitRate = ((isMpeg1 ? BIT_RATES_1 : BIT_RATES_2)[third >> 4] ?? 0) * 1000;
  const sampleRate = (SAMPLE_RATES[(third >> 2) & 3] ?? 0) / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  if (bitRate === 0 || sampleRate === 0) return undefined;
  const samples = isMpeg1 ? 1152 : 576;
  const bytesOfFrame = Math.floor((samples * bitRate) / 8 / sampleRate) + ((third >> 1) & 1);
  return { isMpeg1, sampleRate, channels: fourth >> 6 === 3 ? 1 : 2, samples, bitRate, bytes: bytesOfFrame };
}

/** Whether two frames can follow each other in one stream. */
export function isAlike(one: FrameHeader, other: FrameHeader): boolean {
  return one.isMpeg1 === other.isMpeg1 && one.sampleRate === other.sampleRate;
}

/** What a frame of facts in place of sound says (Xing, Info or VBRI). */
export interface InfoTag {
  /** Frames that follow; undefined where it does not say. */
  readonly frames: number | undefined;
  /** Samples that are not heard, at the start and at the end. */
  readonly skipStart: number;
  readonly skipEnd: number;
  /** True where it says that frames differ in length. */
  readonly isVariable: boolean;
}

/** Samples by which every decoder is late: what a LAME tag says of delay and padding does not count them. */
const DECODER_DELAY = 529;

/** The facts in a first frame; undefined where it is a frame of sound. */
export function readInfoTag(frame: Uint8Array, header: FrameHeader): InfoTag | undefined {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const sideBytes = header.isMpeg1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17;
  const at = FRAME_HEADER_BYTES + sideBytes;
  const name = view.toString('latin1', at, at + 4);
  if ((name === 'Xing' || name === 'Info') && view.length >= at + 8) return readXing(view, at, name === 'Xing');
  const VBRI_AT = 36;
  if (view.toString('latin1', VBRI_AT, VBRI_AT + 4) !== 'VBRI' || view.length < VBRI_AT + 18) return undefined;
  return { frames: said(view.readUInt32BE(VBRI_AT + 14)), skipStart: 0, skipEnd: 0, isVariable: true };
}

function readXing(view: Buffer, at: number, isVariable: boolean): InfoTag {
  const flags = view.readUInt32BE(at + 4);
  const framesAt = at + 8;
  const frames = (flags & 1) !== 0 && view.length >= framesAt + 4 ? said(view.readUInt32BE(framesAt)) : undefined;
  const lameAt = framesAt + ((flags & 1) !== 0 ? 4 : 0) + ((flags & 2) !== 0 ? 4 : 0) + ((flags & 4) !== 0 ? 100 : 0) + ((flags & 8) !== 0 ? 4 : 0);
  const isLame = /^(?:LAME|Lavf|Lavc)$/.test(view.toString('latin1', lameAt, lameAt + 4));
  const DELAYS_AT = 21;
  if (!isLame || view.length < lameAt + DELAYS_AT + 3) return { frames, skipStart: 0, skipEnd: 0, isVariable };
  const delays = view.readUIntBE(lameAt + DELAYS_AT, 3);
  return { frames, skipStart: (delays >> 12) + DECODER_DELAY, skipEnd: Math.max(0, (delays & 0xfff) - DECODER_DELAY), isVariable };
}

/** A count of zero was never filled in. */
function said(count: number): number | undefined {
  return count === 0 ? undefined : count;
}

/** Samples up to so many frames before the end may be padding: less than 4096. */
const FRAMES_OF_PADDING = 8;

/**
 * Where each frame of an MP3 is, fed piece by piece from the first byte on. Frame `k` is heard from the sample
 * `k × samplesPerFrame − skipStart` on, which is where other players have it. Rubbish between frames is passed over and takes no time.
 */
export class FrameIndex {
  private offsets = new Uint32Array(1024);
  private kept: Uint8Array = new Uint8Array(0);
  /** Where in the file `kept` begins, and where the next frame is looked for. */
  private keptAt = 0;
  private next = 0;
  private isInStep = false;
  private last: FrameHeader | undefined;
  private bitRate: number | undefined = undefined;
  private frameBytes = 0;
  private isAtEnd = false;

  /** Frames found so far. */
  count = 0;
  /** The first frame of sound; undefined until there is one. */
  first: FrameHeader | undefined;
  tag: InfoTag | undefined;
  /** Bytes fed so far. */
  fed = 0;

  /** True once {@link end} was called. */
  get isFinal(): boolean {
    return this.isAtEnd;
  }

  /** The byte at which a frame begins; undefined for one that was not found yet. */
  offsetOf(frame: number): number | undefined {
    return frame < this.count ? this.offsets[frame] : undefined;
  }

  /** Whether all frames so far have one bit rate, and enough have been seen to go by it: then places can be reckoned. */
  get isSteady(): boolean {
    const ENOUGH_FRAMES = 16;
    return this.bitRate !== undefined && this.tag?.isVariable !== true && this.count >= ENOUGH_FRAMES;
  }

  /** Takes the next bytes of the file. */
  feed(piece: Uint8Array): void {
    this.fed += piece.length;
    this.take(piece);
    this.find(false);
    this.forget();
  }

  /** Says that nothing more comes. */
  end(): void {
    if (this.isAtEnd) return;
    this.isAtEnd = true;
    this.find(true);
    this.kept = new Uint8Array(0);
  }

  /** Frames whose sound is certain to be heard whole, so that none is counted that turns out to be padding. */
  get certain(): number {
    return this.isAtEnd ? this.count : Math.max(0, this.count - FRAMES_OF_PADDING);
  }

  /** What is known of the sound, of a file of this size in bytes (undefined: nobody said); undefined before the first frame. */
  facts(fileBytes: number | undefined): SoundFacts | undefined {
    if (this.first === undefined) return undefined;
    const { sampleRate, channels, samples } = this.first;
    const all = this.isAtEnd ? this.count : Math.max(this.count, this.tag?.frames ?? this.estimate(fileBytes));
    const skipEnd = this.tag?.frames === all ? this.tag.skipEnd : 0;
    return { sampleRate, channels, frames: Math.max(0, all * samples - this.skipStart - skipEnd), isFinal: this.isAtEnd };
  }

  /** Samples before the first that is heard. */
  get skipStart(): number {
    return this.tag?.skipStart ?? 0;
  }

  private estimate(fileBytes: number | undefined): number {
    if (fileBytes === undefined || this.count === 0) return this.count;
    return this.count + Math.max(0, Math.floor((fileBytes - this.next) / (this.frameBytes / this.count)));
  }

  private take(piece: Uint8Array): void {
    const isAfterGap = this.kept.length === 0;
    if (isAfterGap) this.keptAt = this.fed - piece.length;
    this.kept = isAfterGap ? piece : Buffer.concat([this.kept, piece]);
  }

  /** Keeps only what the next frame begins with; a copy, since the caller fills its piece anew. */
  private forget(): void {
    const from = this.next - this.keptAt;
    this.kept = from >= this.kept.length ? new Uint8Array(0) : new Uint8Array(this.kept.subarray(from));
    this.keptAt = this.next;
  }

  private find(isEnd: boolean): void {
    while (this.step(isEnd));
  }

  /** One frame, or one byte that is none; false when more bytes are needed. */
  private step(isEnd: boolean): boolean {
    const at = this.next - this.keptAt;
    const left = this.kept.length - at;
    if (left < ID3_HEAD_BYTES && !isEnd) return false;
    if (left < FRAME_HEADER_BYTES) return false;
    const tagBytes = id3Bytes(this.kept, at);
    if (tagBytes !== undefined) return this.pass(tagBytes);
    const header = readFrameHeader(this.kept, at);
    if (header === undefined) return this.pass(this.toNextSync(at));
    const isExpected = this.isInStep && this.last !== undefined && isAlike(header, this.last);
    const needed = header.bytes + (isExpected ? 0 : FRAME_HEADER_BYTES);
    if (left < needed && !isEnd) return false;
    if (left < header.bytes) return this.pass(this.toNextSync(at));
    if (!isExpected && !this.isFollowed(at + header.bytes, header)) return this.pass(this.toNextSync(at));
    this.found(at, header);
    return true;
  }

  /** Bytes up to the next that can begin a frame or a tag. */
  private toNextSync(at: number): number {
    this.isInStep = false;
    const sync = this.kept.indexOf(0xff, at + 1);
    return (sync < 0 ? this.kept.length : sync) - at;
  }

  private pass(bytes: number): true {
    this.next += bytes;
    return true;
  }

  /** Out of step a frame counts only with another behind it, or as the last of the file. */
  private isFollowed(at: number, header: FrameHeader): boolean {
    if (at + FRAME_HEADER_BYTES > this.kept.length) return true;
    const behind = readFrameHeader(this.kept, at);
    return behind !== undefined && isAlike(behind, header);
  }

  private found(at: number, header: FrameHeader): void {
    const offset = this.next;
    this.next += header.bytes;
    this.isInStep = true;
    this.last = header;
    if (this.first === undefined && this.tag === undefined) {
      this.tag = readInfoTag(this.kept.subarray(at, at + header.bytes), header);
      if (this.tag !== undefined) return;
    }
    if (this.first === undefined) {
      this.first = header;
      this.bitRate = header.bitRate;
    }
    if (header.bitRate !== this.bitRate) this.bitRate = undefined;
    this.frameBytes += header.bytes;
    this.add(offset);
  }

  private add(offset: number): void {
    if (this.count === this.offsets.length) {
      const longer = new Uint32Array(this.offsets.length * 2);
      longer.set(this.offsets);
      this.offsets = longer;
    }
    this.offsets[this.count] = offset;
    this.count += 1;
  }
}

const ID3_HEAD_BYTES = 10;

/** Bytes of an ID3v2 tag that begins here; undefined where none does. */
function id3Bytes(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] !== 0x49 || bytes[at + 1] !== 0x44 || bytes[at + 2] !== 0x33) return undefined;
  return [6, 7, 8, 9].reduce((sum, part) => sum * 128 + ((bytes[at + part] ?? 0) & 0x7f), 0) + ID3_HEAD_BYTES;
}
