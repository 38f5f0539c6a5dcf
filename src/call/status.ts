/** Every status that v1, v2 and v3 know, as one outcome (src/exotel/README.md, "Statuses"). */
import type { Call, End, Side } from './call';
import { plainText } from './text';

export type OutcomeId =
  | 'completed'
  | 'agentUnanswered'
  | 'customerUnanswered'
  | 'agentCancelled'
  | 'customerCancelled'
  | 'agentNotDialled'
  | 'customerNotDialled'
  /** Still going on, with no status reported. */
  | 'active'
  | 'queued'
  | 'ringing'
  | 'inProgress'
  | 'busy'
  | 'noAnswer'
  | 'failed'
  | 'cancelled'
  /** A status nobody knows, or none on a call that is not active. */
  | 'unknown';

export type Severity = 'ok' | 'info' | 'warning' | 'error';

/** What became of a call, as its status says. */
export interface Outcome {
  readonly id: OutcomeId;
  /** The side the status speaks of. */
  readonly side?: Side;
  /** A few words, fit for a heading: `Customer did not answer`. */
  readonly label: string;
  readonly severity: Severity;
  /** A codicon's name. */
  readonly icon: string;
}

/** A status longer than this is cut wherever it is shown in a line. */
export const MAX_STATUS_LENGTH = 60;

/** What v1's statuses and those of legs come to: they do not tell of whom they speak. */
export type PlainOutcomeId = 'completed' | 'queued' | 'ringing' | 'inProgress' | 'busy' | 'noAnswer' | 'failed' | 'cancelled';

const PLAIN: Readonly<Record<PlainOutcomeId, Omit<Outcome, 'id' | 'side'>>> = {
  completed: { label: 'Completed', severity: 'ok', icon: 'pass' },
  queued: { label: 'Queued', severity: 'info', icon: 'clock' },
  ringing: { label: 'Ringing', severity: 'info', icon: 'bell' },
  inProgress: { label: 'In progress', severity: 'info', icon: 'sync' },
  busy: { label: 'Busy', severity: 'warning', icon: 'stop-circle' },
  noAnswer: { label: 'No answer', severity: 'warning', icon: 'call-outgoing' },
  failed: { label: 'Failed', severity: 'error', icon: 'error' },
  cancelled: { label: 'Cancelled', severity: 'warning', icon: 'circle-slash' },
};

const OUTCOMES: Readonly<Record<Exclude<OutcomeId, 'unknown'>, Omit<Outcome, 'id'>>> = {
  ...PLAIN,
  agentUnanswered: { side: 'agent', label: 'Agent did not answer', severity: 'warning', icon: 'call-outgoing' },
  customerUnanswered: { side: 'customer', label: 'Customer did not answer', severity: 'warning', icon: 'call-outgoing' },
  agentCancelled: { side: 'agent', label: 'Agent cancelled', severity: 'warning', icon: 'circle-slash' },
  customerCancelled: { side: 'customer', label: 'Customer cancelled', severity: 'warning', icon: 'circle-slash' },
  agentNotDialled: { side: 'agent', label: 'Agent could not be dialled', severity: 'error', icon: 'debug-disconnect' },
  customerNotDialled: { side: 'customer', label: 'Customer could not be dialled', severity: 'error', icon: 'debug-disconnect' },
  active: { label: 'Active', severity: 'info', icon: 'sync' },
};

/** Keys as {@link normalised} writes them. */
const BY_PLAIN_STATUS: ReadonlyMap<string, PlainOutcomeId> = new Map([
  ['completed', 'completed'],
  ['queued', 'queued'],
  ['ringing', 'ringing'],
  ['in_progress', 'inProgress'],
  ['busy', 'busy'],
  ['no_answer', 'noAnswer'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
]);

const BY_STATUS: ReadonlyMap<string, Exclude<OutcomeId, 'unknown' | 'active'>> = new Map<string, Exclude<OutcomeId, 'unknown' | 'active'>>([
  ...BY_PLAIN_STATUS,
  ['agent_unanswered', 'agentUnanswered'],
  ['customer_unanswered', 'customerUnanswered'],
  ['agent_cancelled', 'agentCancelled'],
  ['customer_cancelled', 'customerCancelled'],
  ['agent_no_dial', 'agentNotDialled'],
  ['customer_no_dial', 'customerNotDialled'],
]);

/** What a leg's status comes down to when the direction does not say whose leg it is. */
const BY_LEG_WORD = {
  unanswered: { id: 'noAnswer', words: 'did not answer' },
  cancelled: { id: 'cancelled', words: 'cancelled' },
  no_dial: { id: 'failed', words: 'could not be dialled' },
} as const;

type LegWord = keyof typeof BY_LEG_WORD;

const BY_LEG: Readonly<Record<LegWord, Readonly<Record<Side, Exclude<OutcomeId, 'unknown'>>>>> = {
  unanswered: { agent: 'agentUnanswered', customer: 'customerUnanswered' },
  cancelled: { agent: 'agentCancelled', customer: 'customerCancelled' },
  no_dial: { agent: 'agentNotDialled', customer: 'customerNotDialled' },
};

/**
 * The outcome that the status reports: any letter case, either spelling of cancelled. v3's *from leg* is the agent on outbound
 * calls and the customer on inbound ones; without a direction it stays a leg. A status nobody knows keeps its own words.
 */
export function outcomeOf(call: Pick<Call, 'state' | 'status' | 'direction'>): Outcome {
  const status = call.status?.trim() ?? '';
  if (status === '') {
    return isActive(call) ? known('active') : { id: 'unknown', label: 'No status reported', severity: 'warning', icon: 'question' };
  }
  const words = normalised(status);
  const leg = legStatus(words);
  if (leg !== undefined) return legOutcome(leg, call.direction);
  const id = BY_STATUS.get(words);
  if (id !== undefined) return known(id);
  return { id: 'unknown', label: plainText(status, MAX_STATUS_LENGTH) || 'Unknown status', severity: 'warning', icon: 'question' };
}

/** What a status comes to that does not tell of whom it speaks, as v1's and those of legs are; undefined for any other. */
export function plainOutcomeOf(status: string): (Omit<Outcome, 'id' | 'side'> & { readonly id: PlainOutcomeId }) | undefined {
  const id = BY_PLAIN_STATUS.get(normalised(status));
  return id === undefined ? undefined : { id, ...PLAIN[id] };
}

/** True when the record has a status, known or not. */
export function hasStatus(call: Pick<Call, 'status'>): boolean {
  return (call.status?.trim() ?? '') !== '';
}

/** True when the record's state is `active`: ongoing, or over and still being processed. */
export function isActive(call: Pick<Call, 'state'>): boolean {
  return call.state !== undefined && normalised(call.state) === 'active';
}

/** True when the record's state is `terminal`: over, and all data processed. */
export function isTerminal(call: Pick<Call, 'state'>): boolean {
  return call.state !== undefined && normalised(call.state) === 'terminal';
}

/** True for an outcome that is none yet: by its status the call has not ended. */
export function isPending(outcome: Outcome): boolean {
  return PENDING.has(outcome.id);
}

/** True when neither state nor status says that the call is over. */
export function isOngoing(call: Pick<Call, 'state' | 'status' | 'direction'>): boolean {
  const outcome = outcomeOf(call);
  return !isTerminal(call) && (isPending(outcome) || (isActive(call) && outcome.id === 'unknown'));
}

const PENDING: ReadonlySet<OutcomeId> = new Set<OutcomeId>(['active', 'queued', 'ringing', 'inProgress']);

/** True when the customer was the caller. */
export function isInbound(call: Pick<Call, 'direction'>): boolean {
  return directionOf(call.direction) === 'inbound';
}

function known(id: Exclude<OutcomeId, 'unknown'>): Outcome {
  return { id, ...OUTCOMES[id] };
}

/** A status or state as tables have it: lower case, words joined by `_`, *cancelled* with two l. */
export function normalised(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/canceled$/, 'cancelled');
}

/** The end that a v3 status speaks of: `from` in `from_leg_unanswered`. */
export function statusEnd(call: Pick<Call, 'status'>): End | undefined {
  return legStatus(normalised(call.status ?? ''))?.leg;
}

interface LegStatus {
  readonly leg: End;
  readonly word: LegWord;
}

function legStatus(words: string): LegStatus | undefined {
  const [, leg, word] = /^(from|to)_leg_(unanswered|cancelled|no_dial)$/.exec(words) ?? [];
  if (word !== 'unanswered' && word !== 'cancelled' && word !== 'no_dial') return undefined;
  return { leg: leg === 'from' ? 'from' : 'to', word };
}

function legOutcome({ leg, word }: LegStatus, direction: string | undefined): Outcome {
  const side = sideOf(leg, direction);
  if (side !== undefined) return known(BY_LEG[word][side]);
  const { id, words } = BY_LEG_WORD[word];
  return { ...known(id), label: `The ${leg} leg ${words}` };
}

/** Whose end *from* or *to* is: the agent is *from* in outbound calls and *to* in inbound ones (src/exotel/README.md, "Call details, v2"). */
export function sideOf(end: End, direction: string | undefined): Side | undefined {
  const way = directionOf(direction);
  if (way === undefined) return undefined;
  return (end === 'from') === (way === 'outbound') ? 'agent' : 'customer';
}

/** Which way the call was placed: `outbound-api` and `outbound-dial` are outbound. Absent: the direction does not tell. */
export function directionOf(direction: string | undefined): 'inbound' | 'outbound' | undefined {
  const [way] = /^(?:in|out)bound/.exec(normalised(direction ?? '')) ?? [];
  return way === 'inbound' || way === 'outbound' ? way : undefined;
}
