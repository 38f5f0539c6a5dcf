/** Who spoke when in a recording, measured from its levels: plain levels against stated thresholds, nothing about words or voices. */
import type { Seconds, Side } from './call';
import { amplitudeOf, BIN_SECONDS, CLIPPED, levelByte, type Levels } from './levels';

/** A part of a recording, in seconds from its beginning; `from` is before `to`. */
export interface Stretch {
  readonly from: Seconds;
  readonly to: Seconds;
}

/** What is measured of one channel. */
export interface ChannelMeasures {
  /** In order; apart from each other by {@link THRESHOLDS.joinedGap} or more. */
  readonly speech: readonly Stretch[];
  /** The length of all its speech. */
  readonly spoken: Seconds;
  /** Of its loudest bin, as its root mean square in dBFS; −Infinity for digital silence. */
  readonly loudest: number;
  /** The length of the bins that reach {@link THRESHOLDS.quietBelow}. */
  readonly audible: Seconds;
  /** The length of the bins in which the signal stayed at full scale. */
  readonly clipped: Seconds;
}

export interface SpeechMeasures {
  readonly length: Seconds;
  /** Left, then right; one for a recording of a single channel. */
  readonly channels: readonly ChannelMeasures[];
  /** Where nobody speaks, in order. */
  readonly silences: readonly Stretch[];
  /** The length of all silences. */
  readonly silent: Seconds;
  /** The first of the longest. */
  readonly longestSilence: Stretch | undefined;
  /** For how long both channels speak. */
  readonly overlap: Seconds;
}

/** By what is measured: lengths in seconds, levels in dBFS of a bin's root mean square. */
export const THRESHOLDS = {
  /**
   * From here on a bin is loud enough for speech. Telephone speech is levelled to −26 dBov, and ITU-T P.56 counts as active what lies
   * within 15.9 dB of that: this leaves 3 dB for weak lines, and stays above the noise of idle ones, which is at −65 to −50 dBFS.
   */
  speechFrom: -45,
  /** Shorter gaps belong to the speech around them: stops within words, and breaths. */
  joinedGap: 0.3,
  /** A stretch with less loud time in it is a click, not speech. */
  leastSpeech: 0.1,
  /** A channel that stays below is silent: nobody would hear anything. */
  quietBelow: -55,
  /** Shorter silences are not skipped: they are how people talk. */
  skippedSilence: 1.5,
  /** Left of a skipped silence at each of its ends, so that no word is cut. */
  keptSilence: 0.2,
} as const;

/**
 * Measures a recording as far as its levels are known. All of it anew each time: an hour of two channels takes a few milliseconds.
 */
export function measuresOf(levels: Levels): SpeechMeasures {
  const bins = levels.rms[0]?.length ?? 0;
  const runs = levels.rms.map(runsOf);
  const anybody = joined(runs.flat().toSorted((one, other) => one.from - other.from));
  const silences = gapsIn(anybody, bins);
  const spoken = runs.map(lengthOf);
  const silent = lengthOf(silences);
  return {
    length: seconds(bins),
    channels: levels.rms.map((rms, index) => channelOf(rms, levels.peaks[index], runs[index] ?? [])),
    silences: silences.map(asStretch),
    silent: seconds(silent),
    longestSilence: longestOf(silences.map(asStretch)),
    overlap: seconds(spoken.reduce((sum, length) => sum + length, 0) - (bins - silent)),
  };
}

/** Whose channel it is (src/exotel/README.md, "Recordings"): the agent is on the left, which is 0, unless this account swaps them. */
export function sideOfChannel(channel: number, swapsChannels: boolean): Side {
  return (channel === 0) === swapsChannels ? 'customer' : 'agent';
}

/** An element of sound tells its place after a seek with an error of about this. */
const SEEK_ERROR: Seconds = 0.05;

/** Who goes back again within this time means what came before, not the same place once more. */
const AGAIN_WITHIN: Seconds = 1;

/** Where the next stretch of speech after `at` begins, of one channel or, without, of any. */
export function nextSpeech(measures: SpeechMeasures, channel: number | undefined, at: Seconds): Seconds | undefined {
  const starts = startsOf(measures, channel).filter((from) => from > at + SEEK_ERROR);
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** Where the stretch of speech around or before `at` begins, of one channel or, without, of any; one that began within a second is passed over. */
export function previousSpeech(measures: SpeechMeasures, channel: number | undefined, at: Seconds): Seconds | undefined {
  const starts = startsOf(measures, channel).filter((from) => from < at - AGAIN_WITHIN);
  return starts.length === 0 ? undefined : Math.max(...starts);
}

/** The silence around `at` that is worth skipping, without what is kept of it at its ends. */
export function silenceAt(measures: SpeechMeasures, at: Seconds): Stretch | undefined {
  const { skippedSilence, keptSilence } = THRESHOLDS;
  return measures.silences
    .filter(({ from, to }) => to - from >= skippedSilence)
    .map(({ from, to }) => ({ from: from + keptSilence, to: to - keptSilence }))
    .find(({ from, to }) => from <= at && at < to);
}

/** A stretch in bins: whole numbers add up without an error. */
interface Run {
  readonly from: number;
  readonly to: number;
}

const BINS_A_SECOND = Math.round(1 / BIN_SECONDS);
const JOINED_GAP = Math.round(THRESHOLDS.joinedGap * BINS_A_SECOND);
const LEAST_SPEECH = Math.round(THRESHOLDS.leastSpeech * BINS_A_SECOND);
const SPEECH_BYTE = byteAt(THRESHOLDS.speechFrom);
const QUIET_BYTE = byteAt(THRESHOLDS.quietBelow);

function byteAt(decibels: number): number {
  return levelByte(10 ** (decibels / 20));
}

function seconds(bins: number): Seconds {
  return bins / BINS_A_SECOND;
}

function asStretch({ from, to }: Run): Stretch {
  return { from: seconds(from), to: seconds(to) };
}

/** The runs of loud bins, joined over short gaps; those with too few loud bins are left out. */
function runsOf(rms: Uint8Array): readonly Run[] {
  const runs: Run[] = [];
  let [from, to, loud] = [0, 0, 0];
  const close = (): void => {
    if (loud >= LEAST_SPEECH) runs.push({ from, to });
  };
  for (let bin = 0; bin < rms.length; bin++) {
    if ((rms[bin] ?? 0) < SPEECH_BYTE) continue;
    if (loud > 0 && bin - to >= JOINED_GAP) {
      close();
      loud = 0;
    }
    if (loud === 0) from = bin;
    to = bin + 1;
    loud++;
  }
  close();
  return runs;
}

/** Runs in order of their beginning, made one where they overlap or touch. */
function joined(runs: readonly Run[]): readonly Run[] {
  const whole: { from: number; to: number }[] = [];
  for (const { from, to } of runs) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}

function gapsIn(runs: readonly Run[], bins: number): readonly Run[] {
  const ends = [...runs.map(({ from }) => from), bins];
  return [0, ...runs.map(({ to }) => to)].map((from, index) => ({ from, to: ends[index] ?? bins })).filter(({ from, to }) => to > from);
}

function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { from, to }) => sum + to - from, 0);
}

function longestOf(stretches: readonly Stretch[]): Stretch | undefined {
  return stretches.reduce<Stretch | undefined>((longest, one) => (longest === undefined || one.to - one.from > longest.to - longest.from ? one : longest), undefined);
}

function channelOf(rms: Uint8Array, peaks: Uint8Array | undefined, runs: readonly Run[]): ChannelMeasures {
  let [loudest, audible, clipped] = [0, 0, 0];
  for (const byte of rms) {
    if (byte > loudest) loudest = byte;
    if (byte >= QUIET_BYTE) audible++;
  }
  for (const byte of peaks ?? []) if (byte === CLIPPED) clipped++;
  return { speech: runs.map(asStretch), spoken: seconds(lengthOf(runs)), loudest: 20 * Math.log10(amplitudeOf(loudest)), audible: seconds(audible), clipped: seconds(clipped) };
}

function startsOf({ channels }: SpeechMeasures, channel: number | undefined): readonly Seconds[] {
  return channels.filter((_, index) => channel === undefined || index === channel).flatMap(({ speech }) => speech.map(({ from }) => from));
}
