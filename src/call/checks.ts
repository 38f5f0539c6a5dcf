/** What to look at next, by outcome, direction and legs. */
import type { Call, Side } from './call';
import { DOCS, type DocsPage } from './docs';
import { fieldName } from './fields';
import { isUsual, misfitsOf } from './legMisfits';
import { isReached, missedParts, type Part, partOfSide, partsOf } from './legParts';
import { type Outcome, type OutcomeId, hasStatus, isActive, isInbound, isPending, isTerminal, statusEnd } from './status';

/** One thing to look at next. */
export interface Check {
  /** One sentence. */
  readonly sentence: string;
  /** The page of Exotel's documentation that tells more. */
  readonly link?: DocsPage;
  /** True where asking once more is all there is to do: of no use while the call is asked for by itself. */
  readonly isRefresh?: true;
}

/** More would not be read. */
const MAX_CHECKS = 3;

const SETTLING: Check = { sentence: 'Refresh in a few minutes: the values of a call settle after its end.', isRefresh: true };
const SOON: Check = { sentence: 'Refresh in a minute or two.', isRefresh: true };
const CALL_BACK: Check = { sentence: 'The caller may be waiting for a call back.' };
const CUSTOMER_CALLED: Check = { sentence: 'Check whether the direction is right, or whether this was a call back to the customer.' };
const OTHER_RESOURCES: Check = { sentence: 'Use Ask All Resources: another resource may tell more.' };
const AVAILABLE: Check = { sentence: 'Check whether an agent was available, and how long the agent’s device may ring.', link: DOCS.connectApplet };
const GROUP: Check = { sentence: 'Check who is in the group that was rung, and how long its phones may ring.', link: DOCS.parallelRinging };
const FREE: Check = { sentence: 'Check whether an agent was free.', link: DOCS.connectApplet };
const DEVICE: Check = { sentence: 'Check that the agent’s device was on, registered and not silenced.', link: DOCS.agents };
const OTHER_CALL: Check = { sentence: 'Check whether the agent was on another call, and try again in a few minutes.', link: DOCS.agents };
const REACHABLE: Check = { sentence: 'Check the agent’s contact URI, and that the device is on, verified and free.', link: DOCS.errorCodes };
const VERIFIED: Check = { sentence: 'Check that the agent has verified the number with a missed call.', link: DOCS.verifyAgent };
const REJECTION: Check = { sentence: 'Ask the agent whether it was meant, and check the device for automatic rejection.' };
const LATER: Check = { sentence: 'Try at another time; check the customer’s number if it never answers.' };
const AGAIN: Check = { sentence: 'Try again in a few minutes.' };
const DO_NOT_DISTURB: Check = { sentence: 'Check whether the customer’s number is on the DND (NCPR) list, where promotional calls are not allowed.', link: DOCS.doNotDisturb };
const EXOPHONE: Check = { sentence: 'Check that the ExoPhone is one of the account’s own.', link: DOCS.exoPhones };
const KYC: Check = { sentence: 'Check that the account’s KYC is done and that it may call there.', link: DOCS.kyc };
const CREDIT: Check = { sentence: 'Check that the account has credit left.', link: DOCS.credit };
const CAPACITY: Check = { sentence: 'Check how many calls at a time the account may have.', link: DOCS.capacity };
const SUPPORT: Check = { sentence: 'Exotel’s support can look into it by the call SID.' };
const WAITING: Check = { sentence: 'Check how long callers wait for an agent.', link: DOCS.connectApplet };
const APPLICATION: Check = { sentence: 'Check whether the application that placed the call cancels it.' };
const LEG_DETAILS: Check = { sentence: 'Leg details would tell whose phone it was: Exotel turns them on for an account on request.', link: DOCS.legs };
const STATUS_TABLE: Check = { sentence: 'Exotel’s table of statuses tells when an inbound call counts as completed.', link: DOCS.callStatus };
const CCM: Check = { sentence: 'Calls placed through CCM, once the account has it, tell which side it was.', link: DOCS.ccm };

/** None when all is well and there is nothing more to look at; else the likeliest first, three at most. */
export function checksOf(call: Call, outcome: Outcome): readonly Check[] {
  return checksFor(call, outcome).slice(0, MAX_CHECKS);
}

function checksFor(call: Call, outcome: Outcome): readonly Check[] {
  if (isPending(outcome) ? isTerminal(call) : isActive(call)) return [SETTLING];
  if (outcome.id === 'completed') return completedChecks(call, outcome);
  if (outcome.id === 'unknown') return unknownChecks(call);
  const { side, trouble } = concernOf(call, outcome);
  if (misfitsOf(call, outcome).length > 0) return [OTHER_RESOURCES, ...TROUBLES[trouble](call, side)];
  return TROUBLES[trouble](call, side);
}

function completedChecks(call: Call, outcome: Outcome): readonly Check[] {
  const misfits = misfitsOf(call, outcome);
  if (misfits.length > 0) return misfits.every((misfit) => isUsual(call, misfit)) ? [AVAILABLE, CALL_BACK, STATUS_TABLE] : [OTHER_RESOURCES, SETTLING];
  const { totalTalkTime: talk } = call;
  const heard: readonly Check[] = call.recording?.location === undefined ? [] : [{ sentence: 'The recording tells whether anybody was heard.', link: DOCS.recordings }];
  return talk === undefined || talk === 0 ? [SETTLING, ...heard] : [];
}

function unknownChecks(call: Call): readonly Check[] {
  if (!hasStatus(call)) return [SETTLING, OTHER_RESOURCES];
  return [{ sentence: `Exotel’s support can say what this ${fieldName(call, 'status')} means.`, link: DETAILS[call.resource] }, OTHER_RESOURCES];
}

const DETAILS = { v1: DOCS.v1Details, v2: DOCS.v2Details, v3: DOCS.v3Details } as const;

type Trouble = 'unanswered' | 'busy' | 'notDialled' | 'cancelled' | 'waiting' | 'queued' | 'ringing' | 'talking';

interface Concern {
  /** Absent: not known whose trouble it was. */
  readonly side?: Side;
  readonly trouble: Trouble;
}

const BY_OUTCOME: Readonly<Record<Exclude<OutcomeId, 'completed' | 'unknown'>, Trouble>> = {
  agentUnanswered: 'unanswered',
  customerUnanswered: 'unanswered',
  noAnswer: 'unanswered',
  busy: 'busy',
  agentCancelled: 'cancelled',
  customerCancelled: 'cancelled',
  cancelled: 'cancelled',
  agentNotDialled: 'notDialled',
  customerNotDialled: 'notDialled',
  failed: 'notDialled',
  active: 'waiting',
  queued: 'queued',
  ringing: 'ringing',
  inProgress: 'talking',
};

/** Whose phone it was, by the status or else by the legs, and what was the matter with it. */
function concernOf(call: Call, outcome: Outcome): Concern {
  const trouble = outcome.id === 'completed' || outcome.id === 'unknown' ? 'waiting' : BY_OUTCOME[outcome.id];
  const part = concernedPart(call, outcome);
  const side = outcome.side ?? part?.side;
  const isBusy = trouble === 'unanswered' && part?.standing === 'unreached' && part.reason === 'busy';
  return { ...(side === undefined ? {} : { side }), trouble: isBusy ? 'busy' : trouble };
}

function concernedPart(call: Call, outcome: Outcome): Part | undefined {
  const parts = partsOf(call);
  if (parts === undefined) return undefined;
  if (outcome.side !== undefined) return partOfSide(parts, outcome.side);
  const { first, second } = parts;
  if (statusEnd(call) !== undefined) return statusEnd(call) === 'from' ? first : second;
  return isReached(first) && missedParts(parts).includes(second) ? second : missedParts(parts).find(({ standing }) => standing === 'unreached');
}

const TROUBLES: Readonly<Record<Trouble, (call: Call, side: Side | undefined) => readonly Check[]>> = {
  unanswered: unansweredChecks,
  busy: busyChecks,
  notDialled: notDialledChecks,
  cancelled: cancelledChecks,
  waiting: () => [SOON],
  queued: () => [SOON, CAPACITY],
  ringing: () => [{ sentence: 'Refresh in a moment.', isRefresh: true }],
  talking: () => [{ sentence: 'Refresh when the call is over.', isRefresh: true }],
};

function unansweredChecks(call: Call, side: Side | undefined): readonly Check[] {
  if (side === 'customer') return isInbound(call) ? [CUSTOMER_CALLED] : [LATER, ringTime(call)];
  if (isInbound(call)) return [wereSeveralRung(call) ? GROUP : AVAILABLE, CALL_BACK];
  if (side === 'agent') return [DEVICE, ringTime(call)];
  return [{ sentence: 'Check that the device called was on, and try at another time.' }, ringTime(call), ...whoseItWas(call)];
}

function busyChecks(call: Call, side: Side | undefined): readonly Check[] {
  if (isInbound(call) && side !== 'customer') return [FREE, CALL_BACK];
  if (side === 'agent') return [OTHER_CALL];
  return side === 'customer' ? [AGAIN] : [AGAIN, ...whoseItWas(call)];
}

function notDialledChecks(call: Call, side: Side | undefined): readonly Check[] {
  if (side === 'agent') return isInbound(call) ? [REACHABLE, VERIFIED, CALL_BACK] : [REACHABLE, VERIFIED, EXOPHONE];
  if (side === 'customer') return isInbound(call) ? [CUSTOMER_CALLED] : [numberCheck(call), DO_NOT_DISTURB, KYC];
  return [{ sentence: 'Check both numbers with their country codes, and the ExoPhone.', link: placing(call) }, CREDIT, ...whoseItWas(call), SUPPORT];
}

function cancelledChecks(call: Call, side: Side | undefined): readonly Check[] {
  const inbound = isInbound(call);
  if (side === 'agent') return inbound ? [{ sentence: 'Ask the agent whether it was meant.' }, CALL_BACK] : [REJECTION];
  if (side === 'customer') return inbound ? [WAITING, CALL_BACK] : [{ sentence: 'Try at another time.' }];
  return inbound ? [WAITING, CALL_BACK] : [APPLICATION];
}

/** v1 calls it `TimeOut`. */
function ringTime(call: Call): Check {
  const name = call.resource === 'v1' ? 'TimeOut' : 'attempt_time_out';
  return { sentence: `Check how long the phone may ring, which ${name} sets when the call is placed.`, link: placing(call) };
}

function placing({ resource }: Call): DocsPage {
  return resource === 'v1' ? DOCS.connectNumbers : DOCS.makeCall;
}

function numberCheck(call: Call): Check {
  const number = call.customer?.number?.replaceAll(/[\s()-]/g, '') ?? '';
  const isOdd = /^\+?[\d•]+$/.test(number) && !/^(?:\+[1-9•][\d•]{7,14}|0[\d•]{9,11})$/.test(number);
  if (isOdd) return { sentence: 'Check the customer’s number, which has neither the form of E.164 (+91 and ten digits) nor a leading 0.', link: placing(call) };
  return { sentence: 'Check the customer’s number and its country code.', link: placing(call) };
}

function wereSeveralRung(call: Call): boolean {
  const parts = partsOf(call);
  const agents = parts === undefined ? undefined : partOfSide(parts, 'agent');
  return (agents?.people ?? 1) > 1;
}

/** Where nothing tells the sides apart. */
function whoseItWas(call: Call): readonly Check[] {
  if (call.legs !== undefined) return [];
  return [call.resource === 'v1' ? CCM : LEG_DETAILS];
}
