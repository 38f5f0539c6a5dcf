/** Where the legs do not fit what the call's status says of them. */
import { type Call, type Citation, citeLeg } from './call';
import { answeredAttempts, type Attempt, type AttemptResult, isReached, missedParts, type Part, partOfStatus, type Parts, partsOf } from './legParts';
import { isLegPending } from './legs';
import { isActive, isPending, type Outcome } from './status';

export type Misfit =
  /** The status has it that nobody was reached there; a leg was answered. */
  | { readonly kind: 'answered'; readonly part: Part; readonly cited: readonly Citation[] }
  /** The call is completed, and nobody was reached there. */
  | { readonly kind: 'unanswered'; readonly part: Part; readonly cited: readonly Citation[] }
  /** The status speaks of an attempt; the legs tell of none. */
  | { readonly kind: 'notDialled'; readonly part: Part; readonly cited: readonly Citation[] }
  /** The status has it that nobody was dialled there; somebody was. */
  | { readonly kind: 'dialled'; readonly part: Part; readonly cited: readonly Citation[] }
  /** The second was dialled although the first had not answered, or so the status has it. */
  | { readonly kind: 'firstUnanswered'; readonly part: Part; readonly cited: readonly Citation[] }
  /** No leg ended as the status has it. */
  | { readonly kind: 'otherwise'; readonly cited: readonly Citation[] }
  /** The call is over; this leg is not. */
  | { readonly kind: 'unfinished'; readonly attempt: Attempt; readonly cited: readonly Citation[] };

/**
 * None for a call that goes on, without legs, or with a status that says nothing of them. A leg whose status is not known contradicts
 * nothing.
 */
export function misfitsOf(call: Call, outcome: Outcome): readonly Misfit[] {
  const parts = partsOf(call);
  if (parts === undefined || isPending(outcome)) return [];
  const told = parts.first.attempts.length + parts.second.attempts.length > 0;
  return told ? [...misfitsOfStatus(call, outcome, parts), ...(isActive(call) ? [] : unfinished(call, parts))] : [];
}

/** Exotel counts an inbound v1 call as completed once its flow took it (src/exotel/README.md, "Statuses"). */
export function isUsual(call: Call, misfit: Misfit): boolean {
  return misfit.kind === 'unanswered' && misfit.part.side === 'agent' && misfit.part.end === 'to' && isUsualWithoutAgent(call, misfit.part);
}

function isUsualWithoutAgent(call: Call, part: Part): boolean {
  return (call.totalTalkTime ?? 0) === 0 && (call.resource === 'v1' || part.standing === 'notDialled');
}

function misfitsOfStatus(call: Call, outcome: Outcome, parts: Parts): readonly Misfit[] {
  const both = [parts.first, parts.second];
  const part = partOfStatus(call, outcome, parts);
  switch (outcome.id) {
    case 'completed':
      return missedParts(parts).map((part) => ({ kind: 'unanswered', part, cited: citedOf(call, part.attempts.length > 0 ? [part] : both) }));
    case 'agentCancelled':
    case 'customerCancelled':
    case 'cancelled':
      return both.every(isReached) ? [{ kind: 'otherwise', cited: citedOf(call, both) }] : [];
    case 'agentUnanswered':
    case 'customerUnanswered':
      return part === undefined ? [] : unansweredMisfits(call, part, parts);
    case 'agentNotDialled':
    case 'customerNotDialled':
      return part === undefined ? [] : notDialledMisfits(call, part, parts);
    case 'noAnswer':
    case 'failed':
      if (part !== undefined) return outcome.id === 'noAnswer' ? unansweredMisfits(call, part, parts) : notDialledMisfits(call, part, parts);
      return endedAs(outcome.id, both) ? [] : [{ kind: 'otherwise', cited: citedOf(call, both) }];
    case 'busy':
      return endedAs(outcome.id, both) ? [] : [{ kind: 'otherwise', cited: citedOf(call, both) }];
    case 'active':
    case 'queued':
    case 'ringing':
    case 'inProgress':
    case 'unknown':
      return [];
  }
}

function unansweredMisfits(call: Call, part: Part, parts: Parts): readonly Misfit[] {
  if (isReached(part)) return [{ kind: 'answered', part, cited: citedAttempts(call, answeredAttempts(part.attempts)) }];
  const untried = part.standing === 'notDialled' && !parts.inbound;
  return [...(untried ? [{ kind: 'notDialled', part, cited: citedOf(call, [parts.first, parts.second]) } as const] : []), ...firstMisfits(call, part, parts)];
}

function notDialledMisfits(call: Call, part: Part, parts: Parts): readonly Misfit[] {
  const dialled = part.attempts.filter(({ result }) => RANG.has(result));
  if (dialled.length > 0) return [{ kind: 'dialled', part, cited: citedAttempts(call, dialled) }];
  return firstMisfits(call, part, parts);
}

/** What cannot happen to somebody who was not dialled. */
const RANG: ReadonlySet<AttemptResult> = new Set<AttemptResult>(['completed', 'inProgress', 'ringing', 'noAnswer', 'busy']);

/** An outbound call dials the second once the first has answered: it cannot come to the second otherwise. */
function firstMisfits(call: Call, part: Part, { first, second, inbound }: Parts): readonly Misfit[] {
  if (inbound || part !== second || first.standing !== 'unreached') return [];
  return [{ kind: 'firstUnanswered', part: first, cited: citedOf(call, [first]) }];
}

/** v1's status is how one of its legs ended. A leg whose status is not known may have; a cancelled attempt was not answered either. */
function endedAs(reason: 'busy' | 'noAnswer' | 'failed', parts: readonly Part[]): boolean {
  const fits: readonly AttemptResult[] = reason === 'noAnswer' ? ['noAnswer', 'cancelled'] : [reason];
  return parts.some(({ standing, attempts }) => standing === 'unclear' || attempts.some(({ result }) => fits.includes(result)));
}

function unfinished(call: Call, { first, second }: Parts): readonly Misfit[] {
  return [...first.attempts, ...second.attempts]
    .filter(({ leg }) => isLegPending(leg))
    .map((attempt) => ({ kind: 'unfinished', attempt, cited: citedAttempts(call, [attempt]) }));
}

function citedOf(call: Call, parts: readonly Part[]): readonly Citation[] {
  return parts.flatMap(({ attempts }) => citedAttempts(call, attempts));
}

const MAX_CITED = 6;

function citedAttempts(call: Call, attempts: readonly Attempt[]): readonly Citation[] {
  return attempts.slice(0, MAX_CITED).flatMap(({ leg }) => citeLeg(call, leg, 'status') ?? citeLeg(call, leg, 'onCallDuration') ?? []);
}
