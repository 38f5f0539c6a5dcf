/** Calls on which an agent and a customer talked, and calls that came to nothing in an ordinary way. */
import type { Seconds } from '../../call/call';
import type { SampleName } from '../samples';
import type { Ending, Refused } from '../scenario';
import { call, DAY, HOUR, MINUTE, type Moment, partiesOf, type Sample, signed, talked, talkedInbound, type Told } from './tell';

export const completed: Told = (moment) => ({ scenario: talked('completed', moment, { ago: 22 * MINUTE, ring: 9, talk: 48 }) });

export const dualChannel: Told = (moment) => ({
  scenario: { ...talked('dualChannel', moment, { ago: 3 * HOUR, ring: 14, talk: 36 }), customField: '{"ticket":"KITE-4182","campaign":"renewal"}' },
});

export const inbound: Told = (moment) => ({
  scenario: {
    ...talkedInbound('inbound', moment, { ago: 55 * MINUTE, ring: 6, talk: 24 }),
    recording: signed('inbound', moment, { signedAt: moment.now, seconds: 3600 }),
  },
});

export const agentUnanswered: Told = (moment) => agentAlone('agentUnanswered', moment, { ending: 'agentUnanswered', ago: 35 * MINUTE, seconds: 30, refused: 'no-answer' });

export const agentCanceled: Told = (moment) => agentAlone('agentCanceled', moment, { ending: 'agentCancelled', ago: 90 * MINUTE, seconds: 8, refused: 'canceled' });

export const agentNoDial: Told = (moment) => agentAlone('agentNoDial', moment, { ending: 'agentNoDial', ago: DAY + 2 * HOUR, seconds: 2, refused: 'failed' });

export const customerUnanswered: Told = (moment) =>
  customerToo('customerUnanswered', moment, { ending: 'customerUnanswered', ago: 70 * MINUTE, seconds: 43, answered: 9, refused: 'no-answer' });

export const customerNoDial: Told = (moment) => customerToo('customerNoDial', moment, { ending: 'customerNoDial', ago: 5 * HOUR, seconds: 4, answered: 3, refused: 'failed' });

export const customerBusy: Told = (moment) => customerToo('customerBusy', moment, { ending: 'customerBusy', ago: 45 * MINUTE, seconds: 8, answered: 5, refused: 'busy' });

export const shortCall: Told = (moment) => {
  const { agent, customer } = partiesOf('shortCall');
  return {
    scenario: call(moment, {
      ago: 65 * MINUTE,
      ended: 3,
      ending: 'completed',
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered: 1, ended: 3 },
        { side: 'customer', person: customer, rung: 1, answered: 2, ended: 3 },
      ],
    }),
  };
};

interface Failed {
  readonly ending: Ending;
  readonly ago: number;
  /** From start to end. */
  readonly seconds: Seconds;
  readonly refused: Refused;
}

/** The agent was not reached, so nobody dialled the customer. */
function agentAlone(name: SampleName, moment: Moment, { ending, ago, seconds, refused }: Failed): Sample {
  const ended = 1 + seconds;
  return { scenario: call(moment, { ago, ended, ending, attempts: [{ side: 'agent', person: partiesOf(name).agent, rung: 1, ended, refused }] }) };
}

/** The agent answered, the customer was not reached. */
function customerToo(name: SampleName, moment: Moment, { ending, ago, seconds, answered, refused }: Failed & { readonly answered: Seconds }): Sample {
  const { agent, customer } = partiesOf(name);
  const ended = 1 + seconds;
  return {
    scenario: call(moment, {
      ago,
      ended,
      ending,
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered, ended },
        { side: 'customer', person: customer, rung: answered, ended, refused },
      ],
    }),
  };
}
