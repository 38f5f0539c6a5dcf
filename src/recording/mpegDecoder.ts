/**
 * MP3 frames to samples, by libmpg123 in WebAssembly (`mpg123-decoder`). Its file is loaded at run time and not bundled: it is under the
 * LGPL, and whoever wants to may put another build of it in its place.
 */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

/** What is used of a decoder there. It hands out two channels, also of one. */
interface Mpg123 {
  readonly ready: Promise<void>;
  decode(frames: Uint8Array): { readonly channelData: readonly Float32Array[]; readonly samplesDecoded: number };
  free(): void;
}

type DecoderClass = new (options: { readonly enableGapless: boolean }) => Mpg123;

/** A decoder of one stream. */
export class MpegDecoder {
  private constructor(private readonly decoder: Mpg123) {}

  /** A decoder from the file `mpg123-decoder.min.js`. Rejects where that cannot be had. */
  static async from(decoderFile: string): Promise<MpegDecoder> {
    const Decoder = decoderClass(decoderFile);
    const decoder = new Decoder({ enableGapless: false });
    await decoder.ready;
    return new MpegDecoder(decoder);
  }

  /**
   * Decodes whole frames, which are to give this many samples of each channel, to interleaved 16-bit samples in `samples`. What a frame
   * fails to give is silence, and what it gives too much (of another rate, in the middle of a stream) is left out.
   */
  decode(frames: Uint8Array, count: number, channels: 1 | 2, samples: Int16Array): void {
    const { channelData, samplesDecoded } = this.decoder.decode(frames);
    const decoded = Math.min(count, samplesDecoded);
    for (let channel = 0; channel < channels; channel += 1) interleave(channelData[channel] ?? NOTHING, decoded, { channel, channels, samples });
    samples.fill(0, decoded * channels, count * channels);
  }

  free(): void {
    this.decoder.free();
  }
}

const NOTHING = new Float32Array(0);

function interleave(from: Float32Array, count: number, { channel, channels, samples }: { readonly channel: number; readonly channels: number; readonly samples: Int16Array }): void {
  for (let at = 0, to = channel; at < count; at += 1, to += channels) {
    const sample = Math.round((from[at] ?? 0) * 32_768);
    samples[to] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
  }
}

/** The file is a script of the kind that leaves what it exports in a global; one of its classes, unused here, extends `Worker`, which Node does not have. */
function decoderClass(decoderFile: string): DecoderClass {
  const EXPORTED = 'mpg123-decoder';
  if (!Reflect.has(globalThis, EXPORTED)) {
    if (!Reflect.has(globalThis, 'Worker')) Reflect.set(globalThis, 'Worker', Object);
    runInThisContext(readFileSync(decoderFile, 'utf8'), { filename: decoderFile });
  }
  const exported: unknown = Reflect.get(globalThis, EXPORTED);
  if (!hasDecoder(exported)) throw new Error('The file of the MP3 decoder does not hold one.');
  return exported.MPEGDecoder;
}

function hasDecoder(exported: unknown): exported is { readonly MPEGDecoder: DecoderClass } {
  return typeof exported === 'object' && exported !== null && 'MPEGDecoder' in exported && typeof exported.MPEGDecoder === 'function';
}
