/** What to look at next, by outcome and direction. */
import type { Call } from './call';
import { fieldName } from './fields';
import { type Outcome, type OutcomeId, hasStatus, isActive, isInbound, isPending, isTerminal } from './status';

/** One thing to look at next. */
export interface Check {
  /** One sentence. */
  readonly sentence: string;
  /** The page of Exotel's documentation that tells more. */
  readonly link?: { readonly label: string; readonly url: string };
}

const SETTLING = 'Refresh in a few minutes: the values of a call settle after its end.';

const CALL_BACK = 'The caller may be waiting for a call back.';

const CUSTOMER_CALLED = 'Check whether the direction is right, or whether this was a call back to the customer.';

interface Checks {
  readonly outbound: readonly string[];
  /** Where the customer is the caller; absent: as outbound. */
  readonly inbound?: readonly string[];
}

const CHECKS: Readonly<Record<Exclude<OutcomeId, 'completed' | 'unknown'>, Checks>> = {
  agentUnanswered: {
    outbound: ['Check that the agent’s device was on, registered and not silenced.'],
    inbound: ['Check whether an agent was available, and how long the agent’s device may ring.', CALL_BACK],
  },
  customerUnanswered: {
    outbound: ['Try at another time; check the customer’s number if it never answers.'],
    inbound: [CUSTOMER_CALLED],
  },
  agentCancelled: {
    outbound: ['Ask the agent whether it was meant, and check the device for automatic rejection.'],
    inbound: ['Ask the agent whether it was meant.', CALL_BACK],
  },
  customerCancelled: {
    outbound: ['Try at another time.'],
    inbound: ['Check how long callers wait for an agent.', CALL_BACK],
  },
  agentNotDialled: {
    outbound: ['Check the agent’s contact URI, and that the device is on, verified and free.'],
    inbound: ['Check the agent’s contact URI, and that the device is on, verified and free.', CALL_BACK],
  },
  customerNotDialled: {
    outbound: ['Check the customer’s number with its country code, the ExoPhone, and whether the account may call there.'],
    inbound: [CUSTOMER_CALLED],
  },
  active: { outbound: ['Refresh in a minute or two.'] },
  queued: { outbound: ['Refresh in a minute or two.'] },
  ringing: { outbound: ['Refresh in a moment.'] },
  inProgress: { outbound: ['Refresh when the call is over.'] },
  busy: { outbound: ['Try again in a few minutes.'], inbound: ['Check whether an agent was free.', CALL_BACK] },
  noAnswer: {
    outbound: ['Check that the device called was on, and try at another time.'],
    inbound: ['Check whether an agent was available.', CALL_BACK],
  },
  failed: { outbound: ['Check both numbers and the ExoPhone; Exotel’s support can look into it by the call SID.'] },
  cancelled: { outbound: ['Check whether the application that placed the call cancels it.'], inbound: [CALL_BACK] },
};

/** None when all is well and there is nothing more to look at. */
export function checksOf(call: Call, outcome: Outcome): readonly Check[] {
  return sentencesFor(call, outcome).map((sentence) => ({ sentence }));
}

function sentencesFor(call: Call, outcome: Outcome): readonly string[] {
  if (isPending(outcome) ? isTerminal(call) : isActive(call)) return [SETTLING];
  if (outcome.id === 'completed') return completedChecks(call);
  if (outcome.id === 'unknown') return unknownChecks(call);
  const { outbound, inbound } = CHECKS[outcome.id];
  return isInbound(call) ? (inbound ?? outbound) : outbound;
}

function completedChecks(call: Call): readonly string[] {
  const { totalTalkTime: talk } = call;
  const heard = call.recording?.location === undefined ? [] : ['The recording tells whether anybody was heard.'];
  return talk === undefined || talk === 0 ? [SETTLING, ...heard] : [];
}

function unknownChecks(call: Call): readonly string[] {
  return hasStatus(call) ? [`Exotel’s support can say what this ${fieldName(call, 'status')} means.`] : [SETTLING];
}
