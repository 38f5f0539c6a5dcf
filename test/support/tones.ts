/** Recordings that say by their tone which second is heard: 300 + 40·k Hz on the left in second k, 2000 + 40·k Hz on the right. */

/** The tone of a second on a channel, in Hz. */
export function toneOf(second: number, channel: 0 | 1): number {
  return (channel === 0 ? 300 : 2000) + 40 * second;
}

/** The amplitude, −0.5 to 0.5, of such a recording at this frame. Each second begins at zero. */
export function toneSample(frame: number, channel: 0 | 1, sampleRate: number): number {
  const second = Math.floor(frame / sampleRate);
  return 0.5 * Math.sin((2 * Math.PI * toneOf(second, channel) * (frame % sampleRate)) / sampleRate);
}

export interface Heard {
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  readonly channel?: 0 | 1;
  /** Seconds the recording has. */
  readonly seconds: number;
}

/** Which second is heard in these 16-bit samples (a tenth of a second is enough); undefined where no tone stands out. */
export function secondHeard(bytes: Buffer, { sampleRate, channels, channel = 0, seconds }: Heard): number | undefined {
  const samples = samplesOf(bytes, channels, channel);
  const powers = Array.from({ length: seconds }, (_, second) => power(samples, toneOf(second, channel) / sampleRate));
  const loudest = Math.max(...powers);
  const all = samples.reduce((sum, sample) => sum + sample * sample, 0);
  const share = (loudest * 2) / (all * samples.length);
  return share > 0.3 ? powers.indexOf(loudest) : undefined;
}

/** The samples of one channel, −1 to 1. */
export function samplesOf(bytes: Buffer, channels: 1 | 2, channel: 0 | 1): readonly number[] {
  return Array.from({ length: Math.floor(bytes.length / 2 / channels) }, (_, frame) => bytes.readInt16LE((frame * channels + channel) * 2) / 32_768);
}

/** Goertzel's measure of one frequency, in cycles a sample. */
function power(samples: readonly number[], frequency: number): number {
  const turn = 2 * Math.cos(2 * Math.PI * frequency);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + turn * last - before, last];
  return last * last + before * before - turn * last * before;
}
