/** Calls that are going on when they are looked up. */
import { EXO_PHONE } from './people';
import { HOUR, MINUTE, type Moment, partiesOf, recorded, SECOND, talked, type Told } from './tell';

/** Was it over at once, the call is this long. */
const SHORTEST_MS = 20 * SECOND;

/**
 * Moves on while it is watched, from shortly before it was first asked for: queued, the agent is rung and answers, the customer is rung
 * and answers, they talk, it is over.
 */
export const active: Told = (moment) => {
  const { agent, customer } = partiesOf('active');
  const { createdAt, seconds } = lengthOf(moment);
  const at = (share: number): number => Math.floor(share * seconds);
  return {
    scenario: {
      createdAt,
      direction: 'outbound-api',
      exoPhone: EXO_PHONE,
      started: 1,
      ended: seconds,
      ending: 'completed',
      attempts: [
        { side: 'agent', person: agent, queued: 1, rung: at(0.1), answered: at(0.25), ended: seconds },
        { side: 'customer', person: customer, rung: at(0.25), answered: at(0.45), ended: seconds },
      ],
      recording: recorded('active', moment),
    },
  };
};

function lengthOf({ firstAskedAt, activeForMs }: Moment): { readonly createdAt: number; readonly seconds: number } {
  const end = Math.floor((firstAskedAt + activeForMs) / SECOND) * SECOND;
  const createdAt = Math.floor(Math.min(firstAskedAt - 2 * SECOND, end - SHORTEST_MS) / SECOND) * SECOND;
  return { createdAt, seconds: (end - createdAt) / SECOND };
}

/** Nobody told Exotel that it is over. */
export const stuckActive: Told = (moment) => {
  const { agent, customer } = partiesOf('stuckActive');
  return {
    scenario: {
      createdAt: moment.startedAt - 6 * HOUR,
      direction: 'outbound-api',
      exoPhone: EXO_PHONE,
      started: 1,
      ending: 'completed',
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered: 7 },
        { side: 'customer', person: customer, rung: 7, answered: 19 },
      ],
      recording: { available: false },
    },
  };
};

/** Ended three minutes before it was first asked for; a little later the talk time is final and the recording there. */
export const recordingSoon: Told = (moment) => {
  const scenario = talked('recordingSoon', { ...moment, startedAt: moment.firstAskedAt }, { ago: 3 * MINUTE, ring: 8, talk: 58 });
  const settledAt = moment.firstAskedAt + moment.settlesAfterMs;
  return { scenario, record: moment.now < settledAt ? { talk: 52, recording: { available: false } } : { updatedAt: settledAt } };
};
