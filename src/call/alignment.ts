/** Where on a call's time axis its recording lies. No field says when a recording began: it follows from lengths, or is likely, or was moved. */
import { type Call, type CallField, type Citation, citations, type Instant, type Provenance, type Seconds } from './call';
import { fieldName } from './fields';
import { courseOf } from './spans';
import { formatOffset, formatTenths, ROUNDING_MS } from './time';

export interface Alignment {
  readonly from: Instant;
  readonly to: Instant;
  readonly provenance: Exclude<Provenance, 'reported'>;
  /** One or two sentences. */
  readonly explanation: string;
  readonly sources: readonly Citation[];
  /** The recording's length minus the talk time, where both are known and do not fit. */
  readonly differsBy?: Seconds;
}

/** A recording is as long as the talk when they differ by no more than the larger of these: whole seconds at both ends, and a share of the talk. */
const LENGTH_TOLERANCE_SECONDS = 2;
const LENGTH_TOLERANCE_SHARE = 0.02;

/** A recording's length minus the call's talk time, both in seconds; undefined where they fit each other, or the talk time is not known. */
export function lengthDifference({ totalTalkTime: talk }: Pick<Call, 'totalTalkTime'>, length: Seconds): Seconds | undefined {
  if (talk === undefined || talk < 0) return undefined;
  const difference = length - talk;
  return Math.abs(difference) <= Math.max(LENGTH_TOLERANCE_SECONDS, LENGTH_TOLERANCE_SHARE * talk) ? undefined : difference;
}

/**
 * Places a recording of `length` seconds on the call's time axis (src/exotel/README.md, "What is inferred of a recording"). `shift`: by how
 * many seconds a person moved it to the right. Undefined: the recording has no length, or the call no time to align it with.
 */
export function alignRecording(call: Call, length: Seconds, shift: Seconds = 0): Alignment | undefined {
  const place = length > 0 && Number.isFinite(length) ? placeOf(call, length) : undefined;
  if (place === undefined) return undefined;
  const difference = lengthDifference(call, length);
  const from = place.from + shift * 1000;
  return {
    from,
    to: from + length * 1000,
    provenance: shift === 0 ? place.provenance : 'inferred',
    explanation: shift === 0 ? place.explanation : `Moved by hand by ${formatOffset(shift * 1000)} from where it was placed. ${place.explanation}`,
    sources: citations(call, ...place.fields),
    ...(difference === undefined ? {} : { differsBy: difference }),
  };
}

interface Place {
  readonly from: Instant;
  readonly provenance: Alignment['provenance'];
  readonly explanation: string;
  readonly fields: readonly CallField[];
}

function placeOf(call: Call, length: Seconds): Place | undefined {
  const difference = lengthDifference(call, length);
  const talkFrom = conversationStartOf(call);
  if (talkFrom !== undefined && difference === undefined) return asLongAsTalk(call, talkFrom);
  if (talkFrom !== undefined && difference !== undefined && difference < 0) return shorterThanTalk(call, talkFrom, -difference);
  return call.endTime === undefined ? fromTheBeginning(call) : toTheEnd(call, call.endTime, length, difference);
}

/** Where the conversation is drawn, if the call has room for all of it. */
function conversationStartOf(call: Call): Instant | undefined {
  const drawn = courseOf(call).spans.find(({ kind }) => kind === 'conversation');
  const talk = (call.totalTalkTime ?? 0) * 1000;
  return drawn !== undefined && talk - (drawn.to - drawn.from) < ROUNDING_MS ? drawn.from : undefined;
}

function asLongAsTalk(call: Call, from: Instant): Place {
  const [talk, end] = [fieldName(call, 'totalTalkTime'), fieldName(call, 'endTime')];
  const explanation = `The recording is as long as ${talk}, so it is placed on the conversation, which ends at ${end}.`;
  return { from, provenance: 'derived', explanation, fields: ['totalTalkTime', 'endTime'] };
}

function shorterThanTalk(call: Call, from: Instant, missing: Seconds): Place {
  const explanation = `No field says when the recording began. It is ${formatTenths(missing)} shorter than ${fieldName(call, 'totalTalkTime')}: placed where the conversation likely begins.`;
  return { from, provenance: 'inferred', explanation, fields: ['totalTalkTime', 'endTime'] };
}

function toTheEnd(call: Call, end: Instant, length: Seconds, difference: Seconds | undefined): Place {
  const from = end - length * 1000;
  const placed = `placed so that it ends with the call, at ${fieldName(call, 'endTime')}`;
  if (difference === undefined || difference < 0) return { from, provenance: 'inferred', explanation: `No field says when the recording began: ${placed}.`, fields: ['endTime'] };
  const longer = `It is ${formatTenths(difference)} longer than ${fieldName(call, 'totalTalkTime')}, and likely includes ringing: ${placed}.`;
  return { from, provenance: 'inferred', explanation: `No field says when the recording began. ${longer}`, fields: ['totalTalkTime', 'endTime'] };
}

function fromTheBeginning(call: Call): Place | undefined {
  const field = call.startTime === undefined ? 'createdTime' : 'startTime';
  const from = call[field];
  if (from === undefined) return undefined;
  const explanation = `No field says when the recording began, and there is no ${fieldName(call, 'endTime')}: placed so that it begins at ${fieldName(call, field)}.`;
  return { from, provenance: 'inferred', explanation, fields: [field] };
}
