/** A recording as bytes that an audio element can play and seek in: a file of a length that is known beforehand. */
import { type FileHandle, open } from 'node:fs/promises';
import type { GrowingFile } from './growing';
import { SAMPLE_BYTES, type Sound, type SoundFacts } from './sound';
import { WAV_HEADER_BYTES, wavHeader } from './wav';

export interface Rendition {
  readonly mime: string;
  /** Bytes. Undefined: not known before all of it was read. */
  readonly size: number | undefined;
  /**
   * The bytes from `start` up to, not including, `end`, in pieces; waits for those that are still to come. Ends early where they never
   * come. Rejects when the signal is aborted, and where what had come is not there any more.
   */
  read(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * Whatever is heard, as 16-bit WAV: each byte has its exact place in time. Where the sound ends before the length that was promised,
 * silence follows; one that was closed in the middle is never passed off as silent, but rejects.
 */
export function wavRendition(sound: Sound, { sampleRate, channels, frames }: SoundFacts): Rendition {
  const frameBytes = channels * SAMPLE_BYTES;
  const header = wavHeader({ sampleRate, channels, frames });
  const size = WAV_HEADER_BYTES + frames * frameBytes;
  return {
    mime: 'audio/wav',
    size,
    async *read(start, end, signal) {
      if (start < WAV_HEADER_BYTES) yield header.subarray(start, Math.min(end, WAV_HEADER_BYTES));
      const first = Math.max(0, start - WAV_HEADER_BYTES);
      const last = Math.min(end, size) - WAV_HEADER_BYTES;
      if (last <= first) return;
      const from = Math.floor(first / frameBytes);
      let left = last - first;
      let skip = first - from * frameBytes;
      for await (const piece of sound.read(from, Math.ceil(last / frameBytes), signal)) {
        const wanted = piece.subarray(skip, skip + left);
        skip = Math.max(0, skip - piece.byteLength);
        left -= wanted.byteLength;
        if (wanted.byteLength > 0) yield wanted;
      }
      if (left > 0 && sound.isClosed) throw new Error('The recording was let go.');
      yield* silence(left);
    },
  };
}

const PIECE_BYTES = 65_536;

function* silence(bytes: number): Iterable<Uint8Array> {
  for (let left = bytes; left > 0; left -= PIECE_BYTES) yield new Uint8Array(Math.min(left, PIECE_BYTES));
}

/** The file as it came, for formats that only the page's decoder knows. */
export function fileRendition(file: GrowingFile, mime: string): Rendition {
  return {
    mime,
    get size() {
      return file.size;
    },
    async *read(start, end, signal) {
      let handle: FileHandle | undefined;
      try {
        for (let at = start; at < end; ) {
          const reach = Math.min(end, await file.wait(at, signal));
          if (reach <= at) return;
          handle ??= await open(file.path, 'r');
          const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(PIECE_BYTES, reach - at)), 0, Math.min(PIECE_BYTES, reach - at), at);
          if (bytesRead === 0) throw new Error('The file was cut off while it was being read.');
          yield buffer.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await handle?.close();
      }
    },
  };
}
