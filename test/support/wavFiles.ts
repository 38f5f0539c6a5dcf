/** WAV files of every encoding that recordings come in, made here. */
import type { WavEncoding } from '../../src/recording/wav';

export interface WavMade {
  readonly encoding: WavEncoding | 'gsm';
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  /** The amplitude, −1 to 1, at a frame of a channel. */
  readonly amplitude: (frame: number, channel: number) => number;
  /** What the header says the samples have, in bytes, where that is a lie. */
  readonly saysBytes?: number;
  /** Chunks before the samples: a name and what is in it. */
  readonly chunks?: readonly (readonly [name: string, body: Buffer])[];
  readonly isExtensible?: boolean;
}

/** Tag of the codec, bytes of a sample, and how one is written. */
const CODECS: Readonly<Record<WavMade['encoding'], readonly [tag: number, bytes: number, write: (to: Buffer, at: number, amplitude: number) => void]>> = {
  pcm8: [1, 1, (to, at, amplitude) => to.writeUInt8(Math.round(clamped(amplitude) * 127) + 128, at)],
  pcm16: [1, 2, (to, at, amplitude) => to.writeInt16LE(sixteenBits(amplitude), at)],
  pcm24: [1, 3, (to, at, amplitude) => to.writeIntLE(sixteenBits(amplitude) * 256, at, 3)],
  pcm32: [1, 4, (to, at, amplitude) => to.writeInt32LE(sixteenBits(amplitude) * 65_536, at)],
  float32: [3, 4, (to, at, amplitude) => to.writeFloatLE(amplitude, at)],
  aLaw: [6, 1, (to, at, amplitude) => to.writeUInt8(aLawOf(sixteenBits(amplitude)), at)],
  muLaw: [7, 1, (to, at, amplitude) => to.writeUInt8(muLawOf(sixteenBits(amplitude)), at)],
  gsm: [0x31, 1, (to, at) => to.writeUInt8(0, at)],
};

export function wavFile(made: WavMade): Buffer {
  const [tag, sampleBytes, write] = CODECS[made.encoding];
  const data = Buffer.alloc(made.frames * made.channels * sampleBytes);
  for (let sample = 0; sample < made.frames * made.channels; sample += 1) {
    write(data, sample * sampleBytes, made.amplitude(Math.floor(sample / made.channels), sample % made.channels));
  }
  const chunks = [chunk('fmt ', formatChunk(made, tag, sampleBytes)), ...(made.chunks ?? []).map(([name, body]) => chunk(name, body)), chunk('data', data, made.saysBytes)];
  const body = Buffer.concat([Buffer.from('WAVE', 'latin1'), ...chunks]);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), uint32(body.length), body]);
}

function formatChunk({ sampleRate, channels, isExtensible = false }: WavMade, tag: number, sampleBytes: number): Buffer {
  const format = Buffer.alloc(isExtensible ? 40 : 16);
  format.writeUInt16LE(isExtensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels * sampleBytes, 8);
  format.writeUInt16LE(channels * sampleBytes, 12);
  format.writeUInt16LE(sampleBytes * 8, 14);
  if (!isExtensible) return format;
  format.writeUInt16LE(22, 16);
  format.writeUInt16LE(sampleBytes * 8, 18);
  Buffer.from('0000000000001000800000aa00389b71', 'hex').copy(format, 24);
  format.writeUInt16LE(tag, 24);
  return format;
}

function chunk(name: string, body: Buffer, saysBytes = body.length): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), uint32(saysBytes), body, Buffer.alloc(body.length % 2)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const clamped = (amplitude: number): number => Math.max(-1, Math.min(1, amplitude));
const sixteenBits = (amplitude: number): number => Math.round(clamped(amplitude) * 32_767);

/** ITU-T G.711, the way encoders do it. */
function muLawOf(sample: number): number {
  const size = Math.min(32_635, Math.abs(sample)) + 132;
  const exponent = Math.max(0, 24 - Math.clz32(size));
  const code = (sample < 0 ? 0x80 : 0) | (exponent << 4) | ((size >> (exponent + 3)) & 15);
  return ~code & 0xff;
}

function aLawOf(sample: number): number {
  const size = (sample < 0 ? -sample - 1 : sample) >> 3;
  const exponent = Math.max(0, 27 - Math.clz32(size));
  const code = (exponent << 4) | ((size >> Math.max(1, exponent)) & 15);
  return (code | (sample < 0 ? 0 : 0x80)) ^ 0x55;
}
