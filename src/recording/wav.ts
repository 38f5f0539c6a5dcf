/** WAV files, as bytes: where their sound is, what it is made of, and what it is in 16 bits. */
import type { SoundFacts } from './sound';

export type WavEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'aLaw' | 'muLaw';

/** What stands before the samples of a WAV. */
export interface WavHead {
  readonly encoding: WavEncoding;
  /** Frames a second. */
  readonly sampleRate: number;
  /** Channels in the file; two at most are heard. */
  readonly channels: number;
  /** Bytes of one frame, all channels. */
  readonly frameBytes: number;
  /** The first byte of the samples. */
  readonly dataStart: number;
  /** Bytes of the samples as the header says; undefined where it says nothing that can be: until the end of the file. */
  readonly dataBytes: number | undefined;
}

/** `short`: the head goes on, up to the byte `needed` at least. A sentence is for a person. */
export type WavReading =
  | { readonly kind: 'head'; readonly head: WavHead }
  | { readonly kind: 'short'; readonly needed: number }
  | { readonly kind: 'problem'; readonly sentence: string };

/** Formats of files, as `formatOf` names them, that are WAV and in an encoding read here: GSM and ADPCM are not. */
export function isReadableWav(formatName: string): boolean {
  return formatName === 'WAV' || formatName === 'WAV (A-law)' || formatName === 'WAV (µ-law)';
}

/** Reads the head of a WAV from the file's first bytes. Throws nothing, whatever the bytes are. */
export function readWavHead(bytes: Uint8Array): WavReading {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < RIFF_BYTES) return { kind: 'short', needed: RIFF_BYTES };
  const riff = view.toString('latin1', 0, 4);
  if ((riff !== 'RIFF' && riff !== 'RF64') || view.toString('latin1', 8, 12) !== 'WAVE') return problem('This is no WAV file.');
  return readChunks(view);
}

const RIFF_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const UNKNOWN_BYTES = 0xffffffff;
/** No head is longer: what stands before the samples are a few names and dates. */
const MOST_HEAD_BYTES = 4 * 1024 * 1024;

const problem = (sentence: string): WavReading => ({ kind: 'problem', sentence });

type Format = Pick<WavHead, 'encoding' | 'sampleRate' | 'channels' | 'frameBytes'>;

function readChunks(view: Buffer): WavReading {
  let format: Format | undefined;
  let longBytes: number | undefined;
  for (let at = RIFF_BYTES; at < MOST_HEAD_BYTES; ) {
    if (view.length < at + CHUNK_HEAD_BYTES) return { kind: 'short', needed: at + CHUNK_HEAD_BYTES };
    const id = view.toString('latin1', at, at + 4);
    const size = view.readUInt32LE(at + 4);
    const body = at + CHUNK_HEAD_BYTES;
    if (id === 'data') {
      if (format === undefined) return problem('The WAV file does not say how its sound is encoded.');
      return { kind: 'head', head: { ...format, dataStart: body, dataBytes: size === UNKNOWN_BYTES ? longBytes : size === 0 ? undefined : size } };
    }
    const needed = body + (id === 'fmt ' ? Math.min(size, FORMAT_BYTES) : id === 'ds64' ? LONG_SIZES_BYTES : 0);
    if (view.length < needed) return { kind: 'short', needed };
    if (id === 'ds64') longBytes = view.readUInt32LE(body + 8) + view.readUInt32LE(body + 12) * 2 ** 32;
    if (id === 'fmt ') {
      const read = readFormat(view.subarray(body, needed));
      if (typeof read === 'string') return problem(read);
      format = read;
    }
    at = body + size + (size % 2);
  }
  return problem('No sound was found in the WAV file.');
}

const FORMAT_BYTES = 40;
const LONG_SIZES_BYTES = 16;
const EXTENSIBLE = 0xfffe;

const ENCODINGS: Readonly<Record<string, WavEncoding>> = {
  '1:8': 'pcm8',
  '1:16': 'pcm16',
  '1:24': 'pcm24',
  '1:32': 'pcm32',
  '3:32': 'float32',
  '6:8': 'aLaw',
  '7:8': 'muLaw',
};

/** The `fmt ` chunk; a sentence where it cannot be read. */
function readFormat(chunk: Buffer): Format | string {
  if (chunk.length < 16) return 'The WAV file does not say how its sound is encoded.';
  const tag = chunk.readUInt16LE(0);
  const codec = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const encoding = ENCODINGS[`${String(codec)}:${String(bits)}`];
  if (encoding === undefined) return `The sound in this WAV file is in an encoding that cannot be read here (number ${String(codec)}, ${String(bits)} bits).`;
  if (channels === 0 || sampleRate === 0 || sampleRate > 768_000) return 'The WAV file says nothing sensible about its sound.';
  return { encoding, sampleRate, channels, frameBytes: (channels * bits) / 8 };
}

/** The end of the samples, in bytes, in a file of this size (undefined: not known): a header that says more than there is, is wrong. */
export function dataEnd({ dataStart, dataBytes }: WavHead, fileBytes: number | undefined): number {
  const said = dataStart + (dataBytes ?? Number.POSITIVE_INFINITY);
  return Math.max(dataStart, Math.min(said, fileBytes ?? Number.POSITIVE_INFINITY));
}

/** Channels that are heard: the first two. */
export function channelsHeard({ channels }: Pick<WavHead, 'channels'>): 1 | 2 {
  return channels === 1 ? 1 : 2;
}

/** The sample, of 16 bits, at which this encoding can go no louder. */
export function fullScaleOf(encoding: WavEncoding): number {
  return FULL_SCALES[encoding] ?? 32_767;
}

const FULL_SCALES: Readonly<Partial<Record<WavEncoding, number>>> = { pcm8: 127 << 8, aLaw: 32_256, muLaw: 32_124 };

/** Converts whole frames to 16-bit samples of the channels heard, interleaved. A rest that is no whole frame is left out. */
export function toSixteenBits(head: WavHead, bytes: Uint8Array): Int16Array {
  const heard = channelsHeard(head);
  const frames = Math.floor(bytes.length / head.frameBytes);
  if (head.encoding === 'pcm16' && heard === head.channels) return new Int16Array(new Uint8Array(bytes.subarray(0, frames * head.frameBytes)).buffer);
  const samples = new Int16Array(frames * heard);
  const sampleBytes = head.frameBytes / head.channels;
  const read = readerOf(head.encoding, bytes);
  for (let frame = 0, to = 0; frame < frames; frame += 1) {
    for (let channel = 0; channel < heard; channel += 1, to += 1) samples[to] = read(frame * head.frameBytes + channel * sampleBytes);
  }
  return samples;
}

/** What gives the sample at a byte. Of 24 and 32 bits the upper 16 are the sample. */
function readerOf(encoding: WavEncoding, bytes: Uint8Array): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (encoding) {
    case 'pcm8':
      return (at) => (view.getUint8(at) - 128) << 8;
    case 'pcm16':
      return (at) => view.getInt16(at, true);
    case 'pcm24':
      return (at) => view.getInt16(at + 1, true);
    case 'pcm32':
      return (at) => view.getInt16(at + 2, true);
    case 'float32':
      return (at) => Math.max(-32_768, Math.min(32_767, Math.round(view.getFloat32(at, true) * 32_768)));
    case 'aLaw':
      return (at) => A_LAW[view.getUint8(at)] ?? 0;
    case 'muLaw':
      return (at) => MU_LAW[view.getUint8(at)] ?? 0;
  }
}

/** ITU-T G.711: a sign, three bits of exponent, four of mantissa; A-law with every other bit turned, µ-law with all. */
const A_LAW = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = ((code & 15) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (code & 0x80) === 0 ? -size : size;
});

const MU_LAW = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte;
  const size = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
  return (code & 0x80) === 0 ? size : -size;
});

export const WAV_HEADER_BYTES = 44;

/** The header of a WAV of 16-bit samples. Of a sound too long for a WAV it says the most it can. */
export function wavHeader({ sampleRate, channels, frames }: Pick<SoundFacts, 'sampleRate' | 'channels' | 'frames'>): Buffer {
  const frameBytes = channels * 2;
  const dataBytes = frames * frameBytes;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(Math.min(UNKNOWN_BYTES, dataBytes + WAV_HEADER_BYTES - 8), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(UNKNOWN_BYTES, dataBytes), 40);
  return header;
}
