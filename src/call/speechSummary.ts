/** What was measured of a recording in a few figures, to see and to hear. */
import type { Seconds, Side } from './call';
import { clockText, spokenTime } from './position';
import { sideOfChannel, type SpeechMeasures, THRESHOLDS } from './speech';
import { formatDuration, formatTenths } from './time';

export interface SpeechFact {
  /** `Agent`, `Longest silence`. */
  readonly name: string;
  /** `41 %`, `12 s at 1:03`. */
  readonly text: string;
  /** One or two sentences: what was measured, against which thresholds. */
  readonly hint: string;
}

export interface SpeechSummary {
  readonly facts: readonly SpeechFact[];
  /** All of them in one sentence, to be read aloud; empty where nothing was measured. */
  readonly spoken: string;
}

/** Shares are of the recording's length: where both speak at once, they add up to more than all of it. */
export function speechSummary(measures: SpeechMeasures, swapsChannels: boolean): SpeechSummary {
  const { length, channels, silent, overlap } = measures;
  if (length === 0) return { facts: [], spoken: '' };
  const isMono = channels.length === 1;
  const facts: readonly HeardFact[] = [
    ...(isMono ? [] : sidesOf(measures, swapsChannels)),
    ...(isMono ? [shareFact('Speech', channels[0]?.spoken ?? 0, length, 'somebody is measured to speak')] : []),
    shareFact('Silence', silent, length, 'nobody is measured to speak'),
    ...longestSilence(measures),
    ...(isMono ? [] : [shareFact('Overlap', overlap, length, 'both are measured to speak at once')]),
  ];
  return {
    facts: facts.map(({ name, text, hint }) => ({ name, text, hint })),
    spoken: `Measured: ${facts.map(({ name, text, aloud }) => `${name.toLowerCase()} ${aloud ?? text}`).join(', ')}.`,
  };
}

/** A part of a length: `41 %`; one that is there, but less than half a hundredth, is `<1 %`. */
export function shareText(part: Seconds, length: Seconds): string {
  const share = length > 0 ? (part / length) * 100 : 0;
  return share > 0 && share < 0.5 ? '<1 %' : `${Math.round(share)} %`;
}

/** A level of `decibels` dBFS: `−55 dBFS`. */
export function levelText(decibels: number): string {
  return `${decibels < 0 ? '\u2212' : ''}${Math.abs(decibels)} dBFS`;
}

interface HeardFact extends SpeechFact {
  /** Where the text is not fit to be read aloud. */
  readonly aloud?: string;
}

const SPEECH_IS = `Speech is what reaches ${levelText(THRESHOLDS.speechFrom)} for ${formatDuration(THRESHOLDS.leastSpeech)} or more; gaps under ${formatDuration(THRESHOLDS.joinedGap)} belong to it.`;

function sidesOf({ length, channels }: SpeechMeasures, swapsChannels: boolean): readonly HeardFact[] {
  const spoken = new Map(channels.map(({ spoken: part }, index): [Side, Seconds] => [sideOfChannel(index, swapsChannels), part]));
  return SIDES.map(([side, name]) => shareFact(name, spoken.get(side) ?? 0, length, `the ${side}’s channel is measured to carry speech`));
}

const SIDES = [
  ['agent', 'Agent'],
  ['customer', 'Customer'],
] as const satisfies readonly (readonly [Side, string])[];

function shareFact(name: string, part: Seconds, length: Seconds, when: string): HeardFact {
  return { name, text: shareText(part, length), hint: `Share of the recording in which ${when}. ${SPEECH_IS}` };
}

function longestSilence({ longestSilence: longest }: SpeechMeasures): readonly HeardFact[] {
  if (longest === undefined) return [];
  const { from, to } = longest;
  const hint = `The longest stretch in which nobody is measured to speak, and where it begins. ${SPEECH_IS}`;
  const lasts = to - from < 10 ? formatTenths(to - from) : formatDuration(Math.round(to - from));
  return [{ name: 'Longest silence', text: `${lasts} at ${clockText(from)}`, aloud: `${to - from < 1 ? 'less than a second' : spokenTime(to - from)} at ${spokenTime(from)}`, hint }];
}
