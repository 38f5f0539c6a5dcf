/** The words for each outcome that has no talk time to tell of. */
import type { Said } from './said';
import type { OutcomeId } from './status';

/** A verdict in the making. */
export interface Story {
  /** The answer, in a person's words; no full stop. */
  readonly headline: string;
  /** Whole sentences with their evidence. */
  readonly said: Said;
  /** What the record does not tell: one sentence. */
  readonly unknown: string;
}

export interface Saying {
  /** A person's answer; no full stop. */
  readonly headline: string;
  /** What the status says, as the beginning of a sentence; its citation follows. */
  readonly reported: string;
  /** What the record does not tell: one sentence. */
  readonly unknown: string;
}

export const SAYINGS: Readonly<Record<Exclude<OutcomeId, 'completed' | 'active' | 'unknown'>, Saying>> = {
  agentUnanswered: {
    headline: 'The agent did not answer',
    reported: 'Exotel reports that the agent did not answer',
    unknown: 'The record does not say how long the agent’s phone rang, or why nobody answered.',
  },
  customerUnanswered: {
    headline: 'The customer did not answer',
    reported: 'Exotel reports that the customer did not answer',
    unknown: 'The record does not say how long the customer’s phone rang, or why nobody answered.',
  },
  agentCancelled: {
    headline: 'The agent cancelled the call',
    reported: 'Exotel reports that the agent cancelled the call',
    unknown: 'The record does not say at which moment, or why.',
  },
  customerCancelled: {
    headline: 'The customer cancelled the call',
    reported: 'Exotel reports that the customer cancelled the call',
    unknown: 'The record does not say at which moment, or why.',
  },
  agentNotDialled: {
    headline: 'Exotel could not dial the agent',
    reported: 'Exotel reports that it could not dial the agent',
    unknown: 'The record does not say why.',
  },
  customerNotDialled: {
    headline: 'Exotel could not dial the customer',
    reported: 'Exotel reports that it could not dial the customer',
    unknown: 'The record does not say why.',
  },
  queued: {
    headline: 'The call is queued',
    reported: 'Exotel reports that the call is waiting to be placed',
    unknown: 'The record does not say when its turn comes.',
  },
  ringing: {
    headline: 'The call is ringing',
    reported: 'Exotel reports that the call is ringing',
    unknown: 'The record does not say whose phone rings.',
  },
  inProgress: {
    headline: 'The call is in progress',
    reported: 'Exotel reports that the call is in progress',
    unknown: 'The record does not say whether both sides are connected.',
  },
  busy: {
    headline: 'The line was busy',
    reported: 'Exotel reports a busy line',
    unknown: 'The record does not say whose line it was.',
  },
  noAnswer: {
    headline: 'The call was not answered',
    reported: 'Exotel reports that the call was not answered',
    unknown: 'The record does not say how long the phone rang, or why nobody answered.',
  },
  failed: {
    headline: 'The call failed',
    reported: 'Exotel reports that the call failed',
    unknown: 'The record does not say why.',
  },
  cancelled: {
    headline: 'The call was cancelled',
    reported: 'Exotel reports that the call was cancelled',
    unknown: 'The record does not say by whom, or why.',
  },
};
