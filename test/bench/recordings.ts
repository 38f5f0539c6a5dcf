/** The recordings that are measured: made of the small ones of `test/support/audio` and of sines, each telling by its tone which second is heard. */
import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readFrameHeader } from '../../src/recording/mp3';
import { wavHeader } from '../../src/recording/wav';
import { framesOf, MP3S, type Mp3Fixture, readMp3, repeated, withoutInfo } from '../support/audioFiles';
import { toneSample } from '../support/tones';

export interface BenchRecording {
  /** `60 min MP3 mono`. */
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly kind: 'MP3' | 'WAV';
  readonly minutes: number;
  /** False: where a second is in the file can be told only once all before it came. */
  readonly isSteady: boolean;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** The tones begin anew so often, in seconds; second 0 of each round begins so much later than it. */
  readonly round: number;
  readonly delay: number;
}

/** Seconds of tones before they begin anew. */
export const ROUND_SECONDS = 24;
/** What LAME and a decoder put before the first sample, where no tag tells a player to leave it out. */
const LAME_DELAY_FRAMES = 1105;
const TELEPHONE_RATE = 8000;

/** Writes them into a folder. The hour of stereo WAV has 115 MB. */
export function makeRecordings(folder: string): readonly BenchRecording[] {
  return [5, 60].flatMap((minutes) => [
    makeMp3(folder, minutes, 'MP3 mono', MP3S.cbr8k),
    makeMp3(folder, minutes, 'MP3 stereo', MP3S.cbr16kStereo),
    ...(minutes === 60 ? [makeMp3(folder, minutes, 'MP3 mono, variable bit rate', MP3S.vbr16k)] : []),
    makeWav(folder, minutes, 1),
    makeWav(folder, minutes, 2),
  ]);
}

function makeMp3(folder: string, minutes: number, name: string, fixture: Mp3Fixture): BenchRecording {
  const { sampleRate, channels } = fixture;
  const frames = framesOf(withoutInfo(readMp3(fixture)));
  const samples = (frames[0] && readFrameHeader(frames[0], 0)?.samples) ?? 0;
  const file = path.join(folder, `${String(minutes)}-${fixture.file}`);
  writeFileSync(file, repeated(readMp3(fixture), Math.round((minutes * 60 * sampleRate) / samples), { hasInfo: false }));
  const timing = { round: (frames.length * samples) / sampleRate, delay: LAME_DELAY_FRAMES / sampleRate };
  return { name: `${String(minutes)} min ${name}`, file, bytes: statSync(file).size, kind: 'MP3', minutes, isSteady: fixture !== MP3S.vbr16k, sampleRate, channels, ...timing };
}

function makeWav(folder: string, minutes: number, channels: 1 | 2): BenchRecording {
  const round = Buffer.alloc(ROUND_SECONDS * TELEPHONE_RATE * channels * 2);
  for (let sample = 0; sample < round.length / 2; sample += 1) {
    const channel = channels === 2 && sample % 2 === 1 ? 1 : 0;
    round.writeInt16LE(Math.round(toneSample(Math.floor(sample / channels), channel, TELEPHONE_RATE) * 32_767), sample * 2);
  }
  const file = path.join(folder, `${String(minutes)}-${String(channels)}.wav`);
  const frames = minutes * 60 * TELEPHONE_RATE;
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, wavHeader({ sampleRate: TELEPHONE_RATE, channels, frames }));
  for (let left = frames * channels * 2; left > 0; left -= round.length) writeSync(descriptor, round, 0, Math.min(left, round.length));
  closeSync(descriptor);
  const name = `${String(minutes)} min WAV ${channels === 1 ? 'mono' : 'stereo'}`;
  return { name, file, bytes: statSync(file).size, kind: 'WAV', minutes, isSteady: true, sampleRate: TELEPHONE_RATE, channels, round: ROUND_SECONDS, delay: 0 };
}
