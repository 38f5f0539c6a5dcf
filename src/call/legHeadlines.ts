/** A person's answer where the legs tell more than the status. Undefined: the status alone has to say it. */
import type { Call, Instant } from './call';
import { answeredAttempts, type Attempt, isMissed, isReached, missedParts, type Part, partOfSide, partOfStatus, type Parts, peopleIn } from './legParts';
import { legLabel } from './legs';
import { dialVerb, plural } from './legSentences';
import { sentenceCase } from './said';
import type { Outcome } from './status';
import { formatDuration, ROUNDING_MS } from './time';

/** The headline of a call that ended otherwise than completed, and whose legs fit its status. */
export function endedHeadline(call: Call, outcome: Outcome, parts: Parts): string | undefined {
  const part = partOfStatus(call, outcome, parts);
  if ((outcome.side !== undefined && part === undefined) || isAlone(parts)) return undefined;
  switch (outcome.id) {
    case 'agentUnanswered':
    case 'customerUnanswered':
    case 'busy':
    case 'noAnswer':
      return parts.inbound && part === parts.first ? undefined : missed(parts);
    case 'agentNotDialled':
    case 'customerNotDialled':
      return notDialled(part, parts);
    case 'failed':
      return part === undefined ? missed(parts) : notDialled(part, parts);
    case 'agentCancelled':
    case 'customerCancelled':
    case 'cancelled':
      return cancelled(part, parts);
    case 'completed':
    case 'active':
    case 'queued':
    case 'ringing':
    case 'inProgress':
    case 'unknown':
      return undefined;
  }
}

/** True where nobody may have been meant to be dialled second. */
function isAlone({ second, inbound, forFlow }: Parts): boolean {
  return forFlow && !inbound && second.standing === 'notDialled';
}

function missed({ first, second, inbound }: Parts): string | undefined {
  if (inbound) return second.standing === 'unreached' ? missedCaller(first, second) : undefined;
  if (isReached(first) && second.standing === 'unreached') return oneOfTwo(first, second);
  if (first.standing === 'unreached' && isReached(second)) return oneOfTwo(second, first);
  if (first.standing !== 'unreached') return undefined;
  if (second.standing === 'notDialled') return sentenceCase(`${clauseOf(first)}, so ${second.noun} was never dialled`);
  if (second.standing !== 'unreached') return undefined;
  if (isOnePerson(first) && isOnePerson(second) && first.reason === second.reason) return BOTH[first.reason](first.noun, second.noun);
  return sentenceCase(`${clauseOf(first)}, and ${clauseOf(second)}`);
}

function missedCaller(caller: Part, agent: Part): string {
  if (isReached(caller)) return sentenceCase(`${caller.noun} got through, but ${clauseOf(agent)}`);
  return sentenceCase(agent.reason === 'noAnswer' && isOnePerson(agent) ? `${clauseOf(agent)} ${caller.noun}` : clauseOf(agent));
}

function oneOfTwo(reached: Part, other: Part): string {
  if (!isOnePerson(other) || other.reason === 'failed') return sentenceCase(`${reached.noun} answered, but ${clauseOf(other)}`);
  return sentenceCase(`${reached.noun} answered, ${other.noun} ${other.reason === 'busy' ? 'was busy' : 'did not'}`);
}

/** `the agent was busy`, `none of 3 agents rung answered`. */
function clauseOf(part: Part): string {
  if (part.people !== undefined && part.people > 1) return `none of ${part.people} ${plural(part)} ${dialVerb(part)} answered`;
  return `${part.noun} ${REASONS[part.reason]}`;
}

const REASONS: Readonly<Record<Part['reason'], string>> = {
  noAnswer: 'did not answer',
  busy: 'was busy',
  failed: 'could not be reached',
  cancelled: 'was not reached',
  mixed: 'did not answer',
};

function isOnePerson({ people }: Part): boolean {
  return people === undefined || people <= 1;
}

const BOTH: Readonly<Record<Part['reason'], (one: string, other: string) => string>> = {
  noAnswer: (one, other) => `Neither ${one} nor ${other} answered`,
  busy: (one, other) => `Both ${one} and ${other} were busy`,
  failed: (one, other) => `Neither ${one} nor ${other} could be reached`,
  cancelled: (one, other) => `Neither ${one} nor ${other} was reached`,
  mixed: (one, other) => `Neither ${one} nor ${other} answered`,
};

function notDialled(part: Part | undefined, { first, second, inbound }: Parts): string | undefined {
  if (part === undefined || !isMissed(part)) return undefined;
  if (part === second && isReached(first)) return sentenceCase(`${first.noun} ${inbound ? 'got through' : 'answered'}, but Exotel could not dial ${part.noun}`);
  return part === first && !inbound && second.standing === 'notDialled' ? `Exotel could not dial ${first.noun}, so ${second.noun} was never dialled` : undefined;
}

/** `by`: the part that cancelled, where the status tells. */
function cancelled(by: Part | undefined, { first, second, inbound }: Parts): string | undefined {
  if (by === second) return undefined;
  const opening = by === undefined ? 'the call was cancelled' : `${by.noun} cancelled the call`;
  if (inbound || isReached(first)) {
    if (second.standing === 'unreached') return sentenceCase(`${opening} before ${someone(second)} answered`);
    return second.standing === 'notDialled' ? sentenceCase(`${opening} before ${inbound ? 'an agent was rung' : `${second.noun} was dialled`}`) : undefined;
  }
  if (first.standing !== 'unreached' || second.standing !== 'notDialled') return undefined;
  return sentenceCase(by === undefined ? `${opening} before ${someone(first)} answered` : `${opening}, so ${second.noun} was never dialled`);
}

function someone(part: Part): string {
  return isOnePerson(part) ? part.noun : `any of ${part.people ?? ''} ${plural(part)}`;
}

/** The headline of a completed call. */
export function completedHeadline(call: Call, parts: Parts): string | undefined {
  const { first, second } = parts;
  if (isReached(first) && isReached(second)) return talked(call.totalTalkTime, parts);
  const [part, another] = missedParts(parts);
  if (part === undefined || (call.totalTalkTime ?? 0) > 0) return undefined;
  if (another !== undefined) return 'The call completed, but no leg of it was answered';
  if (part.side === 'agent' && part === second) return part.standing === 'notDialled' ? 'The call completed without an agent being rung' : `The call completed, but ${clauseOf(part)}`;
  const other = part === first ? second : first;
  const told = isReached(other) && (part === second || part.standing === 'unreached');
  return told ? `The call completed, but only ${other.noun} answered` : undefined;
}

function talked(talk: number | undefined, parts: Parts): string | undefined {
  const agents = partOfSide(parts, 'agent');
  const customer = partOfSide(parts, 'customer');
  if (talk === undefined || talk <= 0 || agents === undefined || customer === undefined) return undefined;
  const length = formatDuration(talk);
  const answered = answeredAttempts(agents.attempts);
  const reached = peopleIn(answered) ?? 1;
  if (reached > 1) {
    if (!isOneAfterTheOther(answered)) return `${reached} agents answered and talked with ${customer.noun} for ${length} in all`;
    return sentenceCase(`${customer.noun} talked with ${reached} agents, one after the other, for ${length} in all`);
  }
  if ((agents.people ?? 1) > 1) {
    const [first] = answered;
    return `One of ${agents.people ?? ''} agents ${dialVerb(agents)} answered${first === undefined ? '' : ` (${legLabel(first.leg)})`} and talked with ${customer.noun} for ${length}`;
  }
  const named = [agents, customer].some(({ noun, role }) => noun !== `the ${role}`) || customer.role === 'caller';
  return named ? sentenceCase(`${agents.noun} and ${customer.noun} talked for ${length}`) : undefined;
}

/** True when each began later than the one before, and was over later: a handing over, as far as the legs' records tell. */
function isOneAfterTheOther(answered: readonly Attempt[]): boolean {
  const isLater = (earlier: Instant | undefined, later: Instant | undefined): boolean => earlier !== undefined && later !== undefined && later - earlier >= ROUNDING_MS;
  return answered.every(({ leg }, index) => {
    const before = answered[index - 1]?.leg;
    return before === undefined || (isLater(before.createdTime, leg.createdTime) && isLater(before.updatedTime, leg.updatedTime));
  });
}

/** The headline of a call that goes on. */
export function ongoingHeadline(parts: Parts): string | undefined {
  const { first, second, inbound } = parts;
  if (first.standing === 'ringing' && second.standing === 'notDialled' && !inbound) return sentenceCase(beingRung(first));
  if (first.standing === 'notDialled' && second.standing === 'ringing' && inbound) return sentenceCase(beingRung(second));
  if (first.standing !== 'onTheLine' || isAlone(parts)) return undefined;
  const opening = sentenceCase(first.noun);
  switch (second.standing) {
    case 'onTheLine':
      return `${opening} and ${second.noun} are on the line`;
    case 'ringing':
      return `${opening} is on the line, ${beingRung(second)}`;
    case 'unreached':
      return `${opening} is on the line, ${clauseOf(second)}`;
    case 'notDialled':
      return `${opening} is on the line, ${inbound ? 'no agent is rung yet' : `${second.noun} is not dialled yet`}`;
    case 'answered':
    case 'unclear':
      return undefined;
  }
}

function beingRung(part: Part): string {
  const ringing = part.attempts.filter(({ result }) => result === 'ringing');
  const people = peopleIn(ringing);
  if (people === undefined || people <= 1) return part.people === 1 ? `${part.noun} is being rung` : `the ${part.role} is being rung`;
  return `${people} ${plural(part)} are being rung`;
}
