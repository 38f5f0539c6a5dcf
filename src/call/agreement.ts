/** Whether two answers about a call say the same: each resource has its own words, resolution and way to write a number. */
import type { Call, CallField, Instant, Party, Recording, Seconds } from './call';
import { directionOf, isPending, normalised, outcomeOf, type OutcomeId } from './status';
import { ROUNDING_MS } from './time';

/** How a field of two calls is compared. Both have it. */
type Comparison = (one: Call, other: Call) => boolean;

/** Absent: not compared, because the resources mean different things by it, or write it for themselves. */
const COMPARISONS: Readonly<Partial<Record<CallField, Comparison>>> = {
  sid: texts('sid'),
  direction: (one, other) => sameDirection(one.direction, other.direction),
  virtualNumber: (one, other) => sameNumber(one.virtualNumber, other.virtualNumber),
  state: (one, other) => normalised(one.state ?? '') === normalised(other.state ?? ''),
  status: sameStatus,
  agent: (one, other) => sameParty(one, other, 'agent'),
  customer: (one, other) => sameParty(one, other, 'customer'),
  createdTime: instants('createdTime'),
  startTime: instants('startTime'),
  endTime: instants('endTime'),
  totalDuration: lengths('totalDuration'),
  totalTalkTime: lengths('totalTalkTime'),
  recording: (one, other) => sameRecording(one.recording, other.recording),
  customField: texts('customField'),
  digits: texts('digits'),
  appId: texts('appId'),
  appName: texts('appName'),
  answeredBy: texts('answeredBy'),
  parentSid: texts('parentSid'),
};

/**
 * False only where both calls have the field and the two values cannot both be true. Times and lengths that differ by rounding agree, and so do
 * numbers written with and without country code, and a status that is more exact than the other.
 */
export function agree(field: CallField, one: Call, other: Call): boolean {
  if (one[field] === undefined || other[field] === undefined) return true;
  return COMPARISONS[field]?.(one, other) ?? true;
}

type TextField = 'sid' | 'customField' | 'digits' | 'appId' | 'appName' | 'answeredBy' | 'parentSid';

function texts(field: TextField): Comparison {
  return (one, other) => one[field]?.trim() === other[field]?.trim();
}

function instants(field: 'createdTime' | 'startTime' | 'endTime'): Comparison {
  const at = (call: Call): Instant => call[field] ?? 0;
  return (one, other) => Math.abs(at(one) - at(other)) <= ROUNDING_MS;
}

function lengths(field: 'totalDuration' | 'totalTalkTime'): Comparison {
  const length = (call: Call): Seconds => call[field] ?? 0;
  return (one, other) => Math.abs(length(one) - length(other)) <= ROUNDING_MS / 1000;
}

/** `outbound` and `outbound-api` are one way; a direction that nobody knows contradicts none. */
function sameDirection(one: string | undefined, other: string | undefined): boolean {
  const [way, otherWay] = [directionOf(one), directionOf(other)];
  return way === undefined || otherWay === undefined || way === otherWay;
}

/** v1 does not say which side it speaks of; a busy line is unanswered, refused or not dialled to those who know only these. */
const LESS_EXACT: Readonly<Partial<Record<OutcomeId, readonly OutcomeId[]>>> = {
  noAnswer: ['agentUnanswered', 'customerUnanswered', 'agentCancelled', 'customerCancelled'],
  busy: ['agentUnanswered', 'customerUnanswered', 'agentCancelled', 'customerCancelled', 'agentNotDialled', 'customerNotDialled'],
  failed: ['agentNotDialled', 'customerNotDialled'],
  cancelled: ['agentCancelled', 'customerCancelled'],
};

/** Answers come one after the other: two statuses of a call that goes on agree. */
function sameStatus(one: Call, other: Call): boolean {
  const [outcome, otherOutcome] = [outcomeOf(one), outcomeOf(other)];
  if (outcome.id === 'unknown' && otherOutcome.id === 'unknown') return normalised(one.status ?? '') === normalised(other.status ?? '');
  if (outcome.id === otherOutcome.id || (isPending(outcome) && isPending(otherOutcome))) return true;
  return LESS_EXACT[outcome.id]?.includes(otherOutcome.id) === true || LESS_EXACT[otherOutcome.id]?.includes(outcome.id) === true;
}

/** By number or SIP address, whichever both have: names are written in many ways. */
function sameParty(one: Call, other: Call, side: 'agent' | 'customer'): boolean {
  const [party, otherParty] = [one[side] ?? {}, other[side] ?? {}];
  if (isExoPhone(party, one, other) || isExoPhone(otherParty, one, other)) return true;
  const [numbers, otherNumbers] = [numbersOf(party), numbersOf(otherParty)];
  if (numbers.length > 0 && otherNumbers.length > 0) return numbers.some((number) => otherNumbers.some((another) => sameNumber(number, another)));
  const [address, otherAddress] = [sipAddressOf(party), sipAddressOf(otherParty)];
  return address === undefined || otherAddress === undefined || address === otherAddress;
}

/** True when the party is the ExoPhone of one of the calls, as v1's `To` and `From` may be: that is nobody. */
export function isExoPhone(party: Party, ...calls: readonly Call[]): boolean {
  const exoPhones = calls.flatMap(({ virtualNumber }) => (virtualNumber !== undefined && isNumber(virtualNumber) ? [virtualNumber] : []));
  const numbers = numbersOf(party);
  return numbers.length > 0 && numbers.every((number) => exoPhones.some((exoPhone) => sameNumber(number, exoPhone)));
}

function numbersOf({ number, contactUri }: Party): readonly string[] {
  return [number, contactUri].flatMap((text) => (text !== undefined && isNumber(text) ? [text] : []));
}

function sipAddressOf({ contactUri }: Party): string | undefined {
  const [, address] = /^sips?:([^;?]+)/i.exec(contactUri?.trim() ?? '') ?? [];
  return address?.toLowerCase();
}

/** Digits as people write them, some of them perhaps masked: `0XXXXXX4890`. */
function isNumber(text: string): boolean {
  return /^\+?[\dXx*•() .-]{5,}$/.test(text.trim()) && /\d{2}/.test(text);
}

/** Of masked numbers, what is left at the end is compared; what is no number contradicts none. */
function sameNumber(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || !isNumber(one) || !isNumber(other)) return true;
  const [digits, otherDigits] = [plainNumber(one), plainNumber(other)];
  if (!/\D/.test(digits + otherDigits)) return digits === otherDigits;
  const [end = '', otherEnd = ''] = [digits, otherDigits].map((text) => /\d*$/.exec(text)?.[0]);
  return end.endsWith(otherEnd) || otherEnd.endsWith(end);
}

/** Without spaces and signs, leading zeros and India's country code: 12 digits from 91 on are a number of 10. */
function plainNumber(text: string): string {
  const plain = text.replace(/[+() .-]/g, '').replace(/^0+/, '');
  return plain.length === 12 && plain.startsWith('91') ? plain.slice(2) : plain;
}

/** One recording is kept at several hosts, under the same name; one that is not available has no URL. */
function sameRecording(one: Recording | undefined, other: Recording | undefined): boolean {
  if (one?.location !== undefined && other?.location !== undefined) return fileName(one.location) === fileName(other.location);
  return !(isMissing(one) && other?.location !== undefined) && !(isMissing(other) && one?.location !== undefined);
}

function isMissing(recording: Recording | undefined): boolean {
  return recording?.available === false && recording.location === undefined;
}

function fileName(location: string): string {
  return location.slice(location.lastIndexOf('/') + 1);
}
