/** MP3s of the two voices, by repeating the frames of a short one: MPEG 2.5 Layer III, mono, 8 kHz, without a Xing header. */
import type { AudioFile } from './audio';
import voices from './voices.mp3';

const FRAME_BYTES = 144;
const FRAME_SECONDS = 576 / 8000;
const LARGE_FRAME_BYTES = 2 * FRAME_BYTES;

/** An MP3 of this many seconds, to a whole frame, at 16 kbit/s. */
export function createMp3(seconds: number): AudioFile {
  return mp3([{ loop: Buffer.from(voices), size: framesIn(seconds) * FRAME_BYTES }]);
}

/** The same sounds, but from the middle on at 32 kbit/s: whoever takes a place in the file for one in time is far off. */
export function createVbrMp3(seconds: number): AudioFile {
  const frames = framesIn(seconds);
  const small = Math.floor(frames / 2);
  return mp3([
    { loop: Buffer.from(voices), size: small * FRAME_BYTES },
    { loop: enlarged(Buffer.from(voices)), size: (frames - small) * LARGE_FRAME_BYTES },
  ]);
}

function framesIn(seconds: number): number {
  return Math.round(seconds / FRAME_SECONDS);
}

/** Every frame at twice its bit rate: the rest of it is padding, which decoders skip. */
function enlarged(frames: Buffer): Buffer {
  const BIT_RATE_32 = 0x40;
  const large = Buffer.alloc(frames.length * 2);
  for (let at = 0; at < frames.length; at += FRAME_BYTES) {
    frames.copy(large, at * 2, at, at + FRAME_BYTES);
    large[at * 2 + 2] = BIT_RATE_32 | ((frames[at + 2] ?? 0) & 0x0f);
  }
  return large;
}

/** Bytes of a file that repeat. */
interface Part {
  readonly loop: Buffer;
  /** Bytes. */
  readonly size: number;
}

function mp3(parts: readonly Part[]): AudioFile {
  return {
    mime: 'audio/mpeg',
    size: parts.reduce((sum, { size }) => sum + size, 0),
    *read(start, end) {
      let begin = 0;
      for (const { loop, size } of parts) {
        yield* repeated(loop, Math.max(0, start - begin), Math.min(size, end - begin));
        begin += size;
      }
    },
  };
}

function* repeated(loop: Buffer, start: number, end: number): Iterable<Buffer> {
  for (let at = start; at < end; ) {
    const from = at % loop.length;
    const next = loop.subarray(from, Math.min(loop.length, from + end - at));
    yield next;
    at += next.length;
  }
}
