/** A call's legs as the two parts of it: who was dialled first, and who then. */
import type { Call, End, Leg, Party, Side } from './call';
import { legOutcome, type LegOutcomeId, placedLegs } from './legs';
import { isInbound, type Outcome, sideOf, statusEnd } from './status';
import { plainText } from './text';
import { ROUNDING_MS } from './time';

/** How far a part came, going by all its legs. */
export type Standing =
  /** Somebody answered, and that leg is over. */
  | 'answered'
  | 'onTheLine'
  | 'ringing'
  /** Every attempt ended without an answer. */
  | 'unreached'
  /** No leg, or none that was attempted. */
  | 'notDialled'
  /** A status that is missing or not known leaves it open. */
  | 'unclear';

/** Why nobody was reached, where all attempts agree. */
export type Reason = 'noAnswer' | 'busy' | 'failed' | 'cancelled' | 'mixed';

/** What became of a leg that was attempted. */
export type AttemptResult = Exclude<LegOutcomeId, 'notAttempted' | 'noStatus'>;

export interface Attempt {
  readonly leg: Leg;
  readonly result: AttemptResult;
  /** The result in a word or two; a status nobody knows as it came. */
  readonly word: string;
}

/** One end of a call with everything that was tried there. */
export interface Part {
  readonly end: End;
  readonly side?: Side;
  /** What it is called: `agent`, `customer`, on inbound calls `caller`; `from leg` where the direction does not tell. */
  readonly role: string;
  /** In the sentence's middle: `the agent`, `Asha (agent)`. */
  readonly noun: string;
  /** Legs that were attempted, in the order they began, as far as they say. */
  readonly attempts: readonly Attempt[];
  /** True when the attempts are known to have begun one after the other. */
  readonly inOrder: boolean;
  /** How many people were tried; absent where legs do not say whom they were for. */
  readonly people?: number;
  readonly standing: Standing;
  readonly reason: Reason;
}

/** From and to: Exotel dials *from* first, and on inbound calls the caller is *from* (src/exotel/README.md, "Statuses"). */
export interface Parts {
  readonly first: Part;
  readonly second: Part;
  readonly inbound: boolean;
  /** True when the call may have been meant for a flow, with nobody to be dialled second. */
  readonly forFlow: boolean;
}

/** A name or number longer than this is cut where it stands in a sentence. */
export const MAX_LABEL_LENGTH = 40;

/** Undefined where no leg is reported. */
export function partsOf(call: Call): Parts | undefined {
  if (call.legs === undefined || call.legs.length === 0) return undefined;
  return { first: partOf(call, 'from'), second: partOf(call, 'to'), inbound: isInbound(call), forFlow: isForFlow(call) };
}

/** v3 names the flow; v1 gives no number of a second party. */
function isForFlow({ resource, appId, appName, agent, customer }: Call): boolean {
  return appId !== undefined || appName !== undefined || (resource === 'v1' && (agent === undefined || customer === undefined));
}

/** The part that is this side's. */
export function partOfSide({ first, second }: Parts, side: Side): Part | undefined {
  return [first, second].find((part) => part.side === side);
}

/** The part that the status speaks of: by its side, or by the end that it names. */
export function partOfStatus(call: Call, outcome: Outcome, parts: Parts): Part | undefined {
  if (outcome.side !== undefined) return partOfSide(parts, outcome.side);
  const end = statusEnd(call);
  return [parts.first, parts.second].find((part) => part.end === end);
}

/** `leg of the agent`, `from leg`: what one of its legs is called. */
export function legNoun({ side, role }: Part): string {
  return side === undefined ? role : `leg of the ${role}`;
}

/** The attempts that somebody answered. */
export function answeredAttempts(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(({ result }) => result === 'completed' || result === 'inProgress');
}

export function isReached(part: Part): boolean {
  return part.standing === 'answered' || part.standing === 'onTheLine';
}

/** True when nothing was reached there, for certain. */
export function isMissed(part: Part): boolean {
  return part.standing === 'unreached' || part.standing === 'notDialled';
}

/** The parts where nobody was reached, for certain: none where no leg says how it ended, and nobody who may not have been meant to be dialled. */
export function missedParts(parts: Parts): readonly Part[] {
  const both = [parts.first, parts.second];
  if (both.every(({ attempts }) => attempts.length === 0)) return [];
  return both.filter((part) => isMissed(part) && !(part.standing === 'notDialled' && isDispensable(part, parts)));
}

/** A caller is not dialled, and a flow may be all that an outbound call is for. */
function isDispensable(part: Part, { second, inbound, forFlow }: Parts): boolean {
  return part.role === 'caller' || (part === second && forFlow && !inbound);
}

/** How many different people the attempts were for; undefined where one of several does not say. */
export function peopleIn(attempts: readonly Attempt[]): number | undefined {
  return peopleOf(attempts.map(({ leg }) => leg));
}

function peopleOf(legs: readonly Leg[]): number | undefined {
  if (legs.length <= 1) return legs.length;
  const people: Party[] = [];
  for (const { party = {} } of legs) {
    if (contactOf(party) === undefined && party.name === undefined) return undefined;
    if (!people.some((known) => isSame(known, party))) people.push(party);
  }
  return people.length;
}

function partOf(call: Call, end: End): Part {
  const side = sideOf(end, call.direction);
  const legs = placedLegs(call).flatMap(({ leg }) => (leg.end === end ? [leg] : []));
  const attempts = legs.flatMap((leg) => attemptOf(call, leg) ?? []);
  const untold = legs.some((leg) => legOutcome(call, leg).id === 'noStatus');
  const role = roleOf(call, end, side);
  const people = peopleIn(attempts);
  return {
    end,
    ...(side === undefined ? {} : { side }),
    role,
    noun: nounOf(call, side, role, attempts.length === 0 ? legs : attempts.map(({ leg }) => leg)),
    attempts,
    inOrder: beganApart(attempts),
    ...(people === undefined ? {} : { people }),
    standing: standingOf(attempts, untold),
    reason: reasonOf(attempts),
  };
}

/** v1 may leave the status out: somebody who was on the call had answered. */
function attemptOf(call: Call, leg: Leg): Attempt | undefined {
  const { id, label } = legOutcome(call, leg);
  if (id !== 'noStatus' && id !== 'notAttempted') return { leg, result: id, word: label };
  return (leg.onCallDuration ?? 0) > 0 ? { leg, result: 'completed', word: 'on the call' } : undefined;
}

function beganApart(attempts: readonly Attempt[]): boolean {
  const begun = attempts.map(({ leg }) => leg.createdTime ?? Number.NaN);
  return begun.length > 1 && begun.every((time, index) => index === 0 || time - (begun[index - 1] ?? Number.NaN) >= ROUNDING_MS);
}

function roleOf(call: Call, end: End, side: Side | undefined): string {
  if (side === undefined) return `${end} leg`;
  return side === 'customer' && isInbound(call) ? 'caller' : side;
}

/** By name where all its legs are for one person who has one. */
function nounOf(call: Call, side: Side | undefined, role: string, legs: readonly Leg[]): string {
  if ((peopleOf(legs) ?? Infinity) > 1) return `the ${role}`;
  const names = [...legs.map(({ party }) => party?.name), side === undefined ? undefined : call[side]?.name];
  const name = names.map((text) => plainText(text ?? '', MAX_LABEL_LENGTH)).find((text) => text !== '');
  return name === undefined ? `the ${role}` : `${name} (${role})`;
}

function standingOf(attempts: readonly Attempt[], untold: boolean): Standing {
  const has = (...results: readonly AttemptResult[]) => attempts.some(({ result }) => results.includes(result));
  if (has('inProgress')) return 'onTheLine';
  if (has('completed')) return 'answered';
  if (has('ringing')) return 'ringing';
  if (has('unknown') || untold) return 'unclear';
  return has('noAnswer', 'busy', 'failed', 'cancelled') ? 'unreached' : 'notDialled';
}

function reasonOf(attempts: readonly Attempt[]): Reason {
  const reasons = new Set(attempts.flatMap(({ result }) => (isReason(result) ? [result] : [])));
  const [reason = 'mixed'] = reasons;
  return reasons.size === 1 ? reason : 'mixed';
}

function isReason(result: AttemptResult): result is Exclude<Reason, 'mixed'> {
  return result === 'noAnswer' || result === 'busy' || result === 'failed' || result === 'cancelled';
}

/** By where they are reached; a shared phone has several names, and a name may be that of several. */
function isSame(one: Party, other: Party): boolean {
  const [contact, another] = [contactOf(one), contactOf(other)];
  if (one.name !== undefined && other.name !== undefined && one.name !== other.name) return false;
  return contact === undefined || another === undefined ? one.name !== undefined && one.name === other.name : contact === another;
}

/** A telephone number counts by its last ten digits: it may come with or without the country's code, and masked. */
function contactOf({ contactUri, number, userId }: Party): string | undefined {
  const contact = contactUri ?? number ?? userId;
  const isNumber = contact !== undefined && /^\+?[\d• ()-]{10,}[⁰¹²³⁴-⁹]*$/.test(contact);
  return isNumber ? contact.replaceAll(/[+ ()-]/g, '').slice(-SUBSCRIBER_DIGITS) : contact;
}

const SUBSCRIBER_DIGITS = 10;
