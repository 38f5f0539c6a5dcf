/**
 * Two voices that talk in turns, made of sums of sines: something to hear without a person's words in it.
 * 16-bit WAV at 8 kHz, as telephones have it. A recording is a stretch of twelve seconds repeated up to its length, so that one of
 * half an hour takes no more memory than one of a minute.
 */

const SAMPLE_RATE = 8000;
const BYTES_PER_SAMPLE = 2;
const LOOP_SECONDS = 12;
const WAV_HEADER_BYTES = 44;

/** A file that is never held whole. */
export interface AudioFile {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`, in pieces of at most 64 kB. */
  read(start: number, end: number): Iterable<Buffer>;
}

/** A WAV of this many seconds: mono with both voices, or stereo with the agent on the left and the customer on the right. */
export function createRecording(seconds: number, channels: 1 | 2): AudioFile {
  const header = wavHeader(seconds * SAMPLE_RATE, channels);
  const size = WAV_HEADER_BYTES + seconds * SAMPLE_RATE * channels * BYTES_PER_SAMPLE;
  return {
    size,
    *read(start, end) {
      if (start < WAV_HEADER_BYTES) yield header.subarray(start, Math.min(end, WAV_HEADER_BYTES));
      yield* repeat(loop(channels), Math.max(0, start - WAV_HEADER_BYTES), end - WAV_HEADER_BYTES);
    },
  };
}

function* repeat(piece: Buffer, start: number, end: number): Iterable<Buffer> {
  const most = 65_536;
  for (let at = start; at < end; ) {
    const from = at % piece.length;
    const next = piece.subarray(from, Math.min(piece.length, from + Math.min(most, end - at)));
    yield next;
    at += next.length;
  }
}

function wavHeader(frames: number, channels: 1 | 2): Buffer {
  const frameBytes = channels * BYTES_PER_SAMPLE;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + frames * frameBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(frames * frameBytes, 40);
  return header;
}

const loops = new Map<1 | 2, Buffer>();

function loop(channels: 1 | 2): Buffer {
  const made = loops.get(channels) ?? makeLoop(channels);
  loops.set(channels, made);
  return made;
}

/** Turns of the two speakers within one loop, in seconds. */
const AGENT_TURNS: readonly Turn[] = [[0.2, 2.6], [5.4, 7.2], [9.6, 11.6]];
const CUSTOMER_TURNS: readonly Turn[] = [[2.9, 5.1], [7.5, 9.3]];
type Turn = readonly [start: number, end: number];

function makeLoop(channels: 1 | 2): Buffer {
  const agent = speak(AGENT_TURNS, { pitch: 118, seed: 7 });
  const customer = speak(CUSTOMER_TURNS, { pitch: 205, seed: 23 });
  const bytes = Buffer.alloc(agent.length * channels * BYTES_PER_SAMPLE);
  agent.forEach((left, index) => {
    const right = customer[index] ?? 0;
    const frame = channels === 1 ? [left + right] : [left, right];
    frame.forEach((value, channel) => bytes.writeInt16LE(Math.round(value * 32_767), (index * channels + channel) * BYTES_PER_SAMPLE));
  });
  return bytes;
}

/** Amplitudes from -1 to 1. */
function speak(turns: readonly Turn[], voice: { readonly pitch: number; readonly seed: number }): Float32Array {
  const samples = new Float32Array(LOOP_SECONDS * SAMPLE_RATE);
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
