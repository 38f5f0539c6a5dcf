/** What is heard of a recording, whatever its file is: 16-bit samples at a place that is exact. */
import type { Seconds } from '../call/call';

/** A frame is one sample of each channel, at the same moment. */
export interface SoundFacts {
  /** Frames a second. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Frames of the whole recording, as far as that can be told now. */
  readonly frames: number;
  /** False while {@link frames} may turn out otherwise. */
  readonly isFinal: boolean;
}

/** Bytes of one channel's sample. */
export const SAMPLE_BYTES = 2;

export interface Sound {
  /** Undefined until enough of the file is there to tell. */
  readonly facts: SoundFacts | undefined;
  /** True once it was let go, or could not be decoded any more: then nothing more is read, however much there would be. */
  readonly isClosed: boolean;
  /** Hears when {@link facts} changed. Gives what ends that. */
  onFacts(listener: () => void): () => void;
  /**
   * The frames from `from` up to, not including, `to`: signed 16-bit little-endian, channels interleaved, in pieces. Waits for what is
   * still to come; ends early where nothing more comes. Rejects when the signal is aborted.
   */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Buffer>;
}

/** The length of a sound. */
export function lengthOf({ frames, sampleRate }: SoundFacts): Seconds {
  return frames / sampleRate;
}
