/** Decoding an MP3 from any frame on, as a stream that goes on where it stopped. */
import type { FileWindow } from './fileWindow';
import { FRAME_HEADER_BYTES, type FrameHeader, type FrameIndex, isAlike, readFrameHeader } from './mp3';
import type { MpegDecoder } from './mpegDecoder';

/** Frames handed to the decoder at once. */
export const BATCH_FRAMES = 8;
/** Sound of up to so many bytes before it may be needed for a frame (the bit reservoir), of which headers are no part. */
const RESERVOIR_BYTES = 511;
const HEADER_AND_SIDE_BYTES = 38;
const FEWEST_PRIMING_FRAMES = 12;
const MOST_PRIMING_FRAMES = 72;

/** Frames to decode, and throw away, before one is right, where frames have this many bytes on average. */
export function primingFrames(averageBytes: number): number {
  const needed = Math.ceil(RESERVOIR_BYTES / Math.max(1, averageBytes - HEADER_AND_SIDE_BYTES)) + 2;
  return Math.max(FEWEST_PRIMING_FRAMES, Math.min(MOST_PRIMING_FRAMES, needed));
}

/** Where frames are, from frame `frame` at the byte `at` on: none at or after the byte `limit`; `accepts` tells whether the next, at a byte, is one. */
export interface Track {
  readonly limit: number;
  accepts(frame: number, at: number, header: FrameHeader): boolean;
}

/** A track along the index. */
export function indexedTrack(index: FrameIndex, limit: number): Track {
  return { limit, accepts: (frame, at) => index.offsetOf(frame) === at };
}

/** A track by what frames look like, where the index does not reach: all of one bit rate. */
export function steadyTrack(first: FrameHeader, limit: number): Track {
  return { limit, accepts: (_frame, _at, header) => isAlike(header, first) && header.bitRate === first.bitRate };
}

const NOWHERE = -1;
const SILENT_FRAMES = 3;

/** A decoder on its way through a file. */
export class Mp3Stream {
  /** The frame that comes next, and its byte. */
  frame = NOWHERE;
  at = NOWHERE;

  constructor(
    private readonly file: FileWindow,
    private readonly decoder: MpegDecoder,
    private readonly first: FrameHeader,
  ) {}

  /** Goes to a frame at a byte. */
  jump(frame: number, at: number): void {
    this.frame = frame;
    this.at = at;
  }

  /** Bytes of the file, none at or after `limit`; valid until the next call of anything here. */
  peek(at: number, length: number, limit: number): Uint8Array {
    return this.file.bytes(at, length, limit);
  }

  /** Goes to the first frame, which begins at a byte. Silence goes through the decoder first: of what it decoded before, nothing is to be heard. */
  rewind(at: number): void {
    if (this.frame !== NOWHERE) this.decoder.decode(this.silence(at), SILENT_FRAMES * this.first.samples);
    this.jump(0, at);
  }

  /** Frames of nothing: the header of the one at a byte, without a checksum, and zeros. */
  private silence(at: number): Uint8Array {
    const header = this.file.bytes(at, FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES);
    const frames = new Uint8Array(SILENT_FRAMES * this.first.bytes);
    for (let frame = 0; frame < SILENT_FRAMES; frame += 1) {
      frames.set(header, frame * this.first.bytes);
      frames[frame * this.first.bytes + 1] = (header[1] ?? 0) | 1;
    }
    return frames;
  }

  /**
   * Decodes up to `most` (at most {@link BATCH_FRAMES}) frames that follow each other on the track; undefined where the track breaks off.
   */
  next(track: Track, most: number): Batch | undefined {
    const bytes = this.file.bytes(this.at, BATCH_BYTES, track.limit);
    let frames = 0;
    let length = 0;
    while (frames < Math.min(most, BATCH_FRAMES)) {
      const header = readFrameHeader(bytes, length);
      if (header === undefined || length + header.bytes > bytes.length || !track.accepts(this.frame + frames, this.at + length, header)) break;
      frames += 1;
      length += header.bytes;
    }
    if (frames === 0) return undefined;
    const samples = frames * this.first.samples;
    const channels = this.decoder.decode(bytes.subarray(0, length), samples);
    this.jump(this.frame + frames, this.at + length);
    return { frames, samples, channels };
  }
}

/** MP3 frames that were decoded: how many, and their samples by channel. */
export interface Batch {
  readonly frames: number;
  readonly samples: number;
  readonly channels: readonly Float32Array[];
}

/** No frame of layer III has more than 1441 bytes. */
const BATCH_BYTES = BATCH_FRAMES * 1441;
