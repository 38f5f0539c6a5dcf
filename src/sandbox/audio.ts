/**
 * Two voices that talk in turns, made of sums of sines: something to hear without a person's words in it, at 8 kHz, as telephones have it.
 * A recording is put together from a few scenes of twelve seconds, made when first heard, so that one of an hour takes no more memory
 * than one of a few minutes, and yet looks like a talk.
 */

const SAMPLE_RATE = 8000;
const SCENE_SECONDS = 12;
const FULL_SCALE = 32_767;

/** A file that is never held whole. */
export interface AudioFile {
  readonly mime: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`, in pieces of at most 64 kB. */
  read(start: number, end: number): Iterable<Buffer>;
}

/** How a recording differs from the ordinary. */
export interface Sound {
  /** How loud the two are, 1 unless said otherwise; what is too loud is clipped. */
  readonly agent?: number;
  readonly customer?: number;
  /** 16-bit PCM unless said otherwise. */
  readonly codec?: 'pcm' | 'µ-law';
  /** So many times 8 kHz. */
  readonly oversampling?: number;
}

/** A WAV of this many seconds: mono with both voices, or stereo with the agent on the left and the customer on the right. */
export function createRecording(seconds: number, channels: 1 | 2, sound: Sound = {}): AudioFile {
  const { codec = 'pcm', oversampling = 1 } = sound;
  const bytesPerSample = codec === 'pcm' ? 2 : 1;
  const sampleRate = SAMPLE_RATE * oversampling;
  const header = wavHeader({ code: codec === 'pcm' ? 1 : 7, channels, sampleRate, blockBytes: channels * bytesPerSample, bits: bytesPerSample * 8 }, seconds * sampleRate);
  return wavFile(header, seconds * sampleRate * channels * bytesPerSample, SCENE_SECONDS * sampleRate * channels * bytesPerSample, (slot) => sceneBytes(sceneAt(slot), channels, sound));
}

/** A WAV of this many seconds in a codec that no browser plays: blocks of 65 bytes, 320 samples each. They hold no sound. */
export function createGsmRecording(seconds: number): AudioFile {
  const BLOCK_BYTES = 65;
  const BLOCK_SAMPLES = 320;
  const blocks = Math.ceil((seconds * SAMPLE_RATE) / BLOCK_SAMPLES);
  const header = wavHeader({ code: 0x31, channels: 1, sampleRate: SAMPLE_RATE, blockBytes: BLOCK_BYTES, bits: 0, blockSamples: BLOCK_SAMPLES }, blocks);
  const silence = Buffer.alloc(BLOCK_BYTES * 1000, 0xd8);
  return wavFile(header, blocks * BLOCK_BYTES, silence.length, () => silence);
}

function wavFile(header: Buffer, dataBytes: number, slotBytes: number, slotAt: (slot: number) => Buffer): AudioFile {
  return {
    mime: 'audio/wav',
    size: header.length + dataBytes,
    *read(start, end) {
      if (start < header.length) yield header.subarray(start, Math.min(end, header.length));
      const last = end - header.length;
      for (let at = Math.max(0, start - header.length); at < last; ) {
        const from = at % slotBytes;
        const next = slotAt(Math.floor(at / slotBytes)).subarray(from, Math.min(slotBytes, from + Math.min(MAX_PIECE, last - at)));
        yield next;
        at += next.length;
      }
    },
  };
}

const MAX_PIECE = 65_536;

interface WavFormat {
  /** Of the codec. */
  readonly code: number;
  readonly channels: 1 | 2;
  readonly sampleRate: number;
  readonly blockBytes: number;
  readonly bits: number;
  /** Of codecs that pack several samples into a block. */
  readonly blockSamples?: number;
}

/** What is not PCM has a longer `fmt ` chunk and says in a `fact` chunk how many samples there are. */
function wavHeader({ code, channels, sampleRate, blockBytes, bits, blockSamples = 1 }: WavFormat, blocks: number): Buffer {
  const extra = code === 1 ? Buffer.alloc(0) : blockSamples === 1 ? Buffer.from([0, 0]) : Buffer.from([2, 0, blockSamples & 255, blockSamples >> 8]);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(code, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(Math.round((sampleRate * blockBytes) / blockSamples), 8);
  format.writeUInt16LE(blockBytes, 12);
  format.writeUInt16LE(bits, 14);
  const fact = code === 1 ? [] : [chunk('fact', 4, uint32(blocks * blockSamples))];
  const chunks = Buffer.concat([Buffer.from('WAVE', 'latin1'), chunk('fmt ', format.length + extra.length, format, extra), ...fact, chunk('data', blocks * blockBytes)]);
  return Buffer.concat([chunk('RIFF', chunks.length + blocks * blockBytes), chunks]);
}

function chunk(name: string, size: number, ...content: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), uint32(size), ...content]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Which scene a stretch of twelve seconds is: no two minutes look alike, and now and then somebody is on hold for a minute. */
function sceneAt(slot: number): number {
  const isOnHold = slot % 61 >= 56;
  return isOnHold ? ON_HOLD : (ORDER[(slot + Math.floor(slot / ORDER.length) * 3) % ORDER.length] ?? 0);
}

const ORDER: readonly number[] = [0, 1, 3, 2, 0, 5, 1, 2, 3, 0, 4, 2, 1];
const ON_HOLD = 5;

const made = new Map<string, Buffer>();

function sceneBytes(scene: number, channels: 1 | 2, sound: Sound): Buffer {
  const { agent = 1, customer = 1, codec = 'pcm', oversampling = 1 } = sound;
  const key = [scene, channels, agent, customer, codec, oversampling].join();
  const bytes = made.get(key) ?? makeScene(SCENES[scene] ?? SILENCE, channels, { agent, customer, codec, oversampling });
  made.set(key, bytes);
  return bytes;
}

/** Who speaks when within a scene, in seconds. */
interface Scene {
  readonly agent: readonly Turn[];
  readonly customer: readonly Turn[];
}

type Turn = readonly [start: number, end: number];

const SILENCE: Scene = { agent: [], customer: [] };

/** They take turns; one explains while the other agrees, or interrupts; quick questions; a pause; nobody. */
const SCENES: readonly Scene[] = [
  { agent: [[0.2, 2.6], [5.4, 7.2], [9.6, 11.6]], customer: [[2.9, 5.1], [7.5, 9.3]] },
  { agent: [[0.1, 8.4], [9.9, 11.8]], customer: [[3.1, 3.7], [6.2, 6.9], [8.1, 9.7]] },
  { agent: [[2.4, 3], [10.6, 11.9]], customer: [[0.1, 4.9], [5.6, 10.9]] },
  { agent: [[0.3, 1.2], [2.6, 3.4], [5, 5.9], [7.9, 8.6], [10.2, 11.1]], customer: [[1.3, 2.4], [3.5, 4.8], [6.1, 7.6], [8.8, 10], [11.2, 11.9]] },
  { agent: [[8.7, 11.8]], customer: [[0.2, 1.1]] },
  SILENCE,
];

/** Both at their loudest at once are not clipped. */
const MIX = 0.85;

function makeScene({ agent, customer }: Scene, channels: 1 | 2, sound: Required<Sound>): Buffer {
  const left = speak(agent, { pitch: 118, seed: 7 });
  const right = speak(customer, { pitch: 205, seed: 23 });
  const { codec, oversampling } = sound;
  const width = codec === 'pcm' ? 2 : 1;
  const bytes = Buffer.alloc(left.length * oversampling * channels * width);
  let at = 0;
  for (let index = 0; index < left.length; index += 1) {
    const spoken = [(left[index] ?? 0) * sound.agent, (right[index] ?? 0) * sound.customer] as const;
    const frame = channels === 1 ? [MIX * (spoken[0] + spoken[1])] : spoken;
    for (let copy = 0; copy < oversampling; copy += 1) {
      for (const value of frame) {
        const sample = Math.round(Math.max(-1, Math.min(1, value)) * FULL_SCALE);
        if (codec === 'pcm') bytes.writeInt16LE(sample, at);
        else bytes[at] = muLaw(sample);
        at += width;
      }
    }
  }
  return bytes;
}

/** A 16-bit sample in the eight bits of G.711: a sign, three bits of exponent, four of mantissa, all inverted. */
function muLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(sample)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

/** Amplitudes from -1 to 1. */
function speak(turns: readonly Turn[], voice: { readonly pitch: number; readonly seed: number }): Float32Array {
  const samples = new Float32Array(SCENE_SECONDS * SAMPLE_RATE);
  const random = randomFrom(voice.seed);
  for (const [start, end] of turns) {
    for (let at = start; at < end - 0.3; ) {
      const length = 0.13 + 0.14 * random();
      addSyllable(samples, { start: at, length, pitch: voice.pitch * (0.9 + 0.25 * random()), formant: 350 + 450 * random() });
      at += length + (random() < 0.2 ? 0.16 : 0.03);
    }
  }
  return samples;
}

interface Syllable {
  readonly start: number;
  readonly length: number;
  /** Hertz. */
  readonly pitch: number;
  /** Where the voice resonates, in hertz: what makes one vowel differ from another. */
  readonly formant: number;
}

function addSyllable(samples: Float32Array, { start, length, pitch, formant }: Syllable): void {
  const harmonics = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((order) => ({
    radians: (2 * Math.PI * pitch * order) / SAMPLE_RATE,
    weight: 0.16 / order + 0.3 * Math.exp(-(((pitch * order - formant) / 180) ** 2)) + 0.08 * Math.exp(-(((pitch * order - 3 * formant) / 250) ** 2)),
  }));
  const first = Math.round(start * SAMPLE_RATE);
  const count = Math.round(length * SAMPLE_RATE);
  for (let index = 0; index < count; index += 1) {
    const envelope = Math.sin((Math.PI * index) / count) ** 0.7;
    const sum = harmonics.reduce((total, { radians, weight }) => total + weight * Math.sin(radians * index), 0);
    samples[first + index] = 0.55 * envelope * Math.max(-1, Math.min(1, sum));
  }
}

/** The same numbers from 0 to 1 at each run (a linear congruential generator), so that the samples never change. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
