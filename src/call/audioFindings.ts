/** What is odd about a recording that is here: its length against the talk time, and what was measured of its channels. */
import { lengthDifference } from './alignment';
import type { Call, Seconds, Side } from './call';
import { fieldName } from './fields';
import { finding, type Finding } from './finding';
import { BIN_SECONDS } from './levels';
import { type ChannelMeasures, sideOfChannel, type SpeechMeasures, THRESHOLDS } from './speech';
import { levelText, shareText } from './speechSummary';
import { isActive } from './status';
import { formatDuration, formatTenths } from './time';

export interface HeardRecording {
  readonly length: Seconds;
  /** False while more may come, and for what was cut off: nothing is concluded from a part. */
  readonly isWhole: boolean;
  /** Of all of it. Absent: it could not be measured, or was not yet. */
  readonly measures?: SpeechMeasures;
  /** True where the customer is on the left. */
  readonly swapsChannels: boolean;
}

/** A recording that lacks more than both of these lacks part of the conversation. */
const MUCH_SHORTER_SECONDS = 5;
const MUCH_SHORTER_SHARE = 0.1;

/** Of a shorter recording nobody can say that a side was silent. */
const LEAST_LENGTH_SECONDS = 3;

/** Clicks of connecting and hanging up, all in all. */
const CLICKS_SECONDS = 0.1;

/** A channel that clips for more than both of these is distorted for whoever listens; less is a bang. */
const CLIPPED_SHARE = 0.001;
const CLIPPED_SECONDS = 0.1;

/** The findings of a whole recording; an ordinary one has none. A talk time that has not settled is not compared. */
export function audioFindings(call: Call, recording: HeardRecording): readonly Finding[] {
  const { isWhole, measures, swapsChannels } = recording;
  if (!isWhole) return [];
  const measured = measures === undefined ? [] : [...silenceFindings(measures, swapsChannels), ...clippingFindings(measures, swapsChannels)];
  return [...lengthFindings(call, recording.length), ...measured];
}

function lengthFindings(call: Call, length: Seconds): readonly Finding[] {
  const difference = lengthDifference(call, length);
  const talk = call.totalTalkTime;
  if (difference === undefined || talk === undefined || isActive(call)) return [];
  const isMuchShorter = -difference > Math.max(MUCH_SHORTER_SECONDS, MUCH_SHORTER_SHARE * talk);
  const apart = `${formatTenths(Math.abs(difference))} ${difference < 0 ? 'shorter' : 'longer'}`;
  const line = `The recording is measured as ${formatTenths(length)} long: ${apart} than ${fieldName(call, 'totalTalkTime')} (${formatDuration(talk)}).`;
  return [finding(call, 'recordingLengthDiffers', isMuchShorter ? 'warning' : 'info', line, 'totalTalkTime')];
}

function silenceFindings({ length, channels }: SpeechMeasures, swapsChannels: boolean): readonly Finding[] {
  const silent = channels.flatMap((channel, index) => (isSilent(channel) ? [index] : []));
  if (length < LEAST_LENGTH_SECONDS || silent.length === 0) return [];
  const audible = Math.max(...silent.map((index) => channels[index]?.audible ?? 0));
  const measured = `measured below ${levelText(THRESHOLDS.quietBelow)} for ${audible === 0 ? '' : `all but ${formatDuration(audible)} of `}${formatTenths(length)}`;
  if (silent.length === channels.length) return [measuredFinding('recordingSilent', `The recording is silent throughout: ${measured}.`)];
  return silent.map((index) => silentSide(sideOfChannel(index, swapsChannels), measured));
}

function silentSide(side: Side, measured: string): Finding {
  return side === 'agent'
    ? measuredFinding('agentChannelSilent', `Agent channel is silent throughout: ${measured}.`)
    : measuredFinding('customerChannelSilent', `Customer channel is silent throughout: ${measured}.`);
}

function isSilent({ audible }: ChannelMeasures): boolean {
  return audible <= CLICKS_SECONDS;
}

function clippingFindings({ length, channels }: SpeechMeasures, swapsChannels: boolean): readonly Finding[] {
  return channels.flatMap(({ clipped }, index) => {
    if (clipped <= Math.max(CLIPPED_SECONDS, CLIPPED_SHARE * length)) return [];
    const measured = `clips: measured at full scale in ${shareText(clipped, length)} of its bins of ${Math.round(BIN_SECONDS * 1000)} ms`;
    if (channels.length === 1) return [measuredFinding('channelClips', `The recording ${measured}.`)];
    const side = sideOfChannel(index, swapsChannels);
    return [measuredFinding(`channelClips:${side}`, `The ${side}’s channel ${measured}.`)];
  });
}

function measuredFinding(id: Finding['id'], line: string): Finding {
  return { id, severity: 'warning', line, citations: [] };
}
