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
   * The sound of whole frames, two channels, −1 to 1 and beyond where it was louder than can be played. They are to give `count` samples
   * of each: what fails to come is silence, and what is too much (a stream that changes in the middle) is left out.
   */
  decode(frames: Uint8Array, count: number): readonly Float32Array[] {
    const { channelData, samplesDecoded } = this.decoder.decode(frames);
    return samplesDecoded === count ? channelData : channelData.map((samples) => fitted(samples, count));
  }

  free(): void {
    this.decoder.free();
  }
}

function fitted(samples: Float32Array, count: number): Float32Array {
  const room = new Float32Array(count);
  room.set(samples.subarray(0, count));
  return room;
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
