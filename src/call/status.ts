/** Every status that v1, v2 and v3 know, as one outcome. */
import type { Call, Side } from './call';

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

export function outcomeOf(call: Pick<Call, 'state' | 'status' | 'direction'>): Outcome {
  return { id: 'unknown', label: call.status ?? 'No status', severity: 'info', icon: 'question' };
}
