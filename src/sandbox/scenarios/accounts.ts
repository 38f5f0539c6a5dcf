/** The calls of the accounts that differ from the first one. */
import { call, HOUR, MINUTE, partiesOf, talked, type Told } from './tell';

export const completedWithoutLegs: Told = (moment) => ({ scenario: talked('completedWithoutLegs', moment, { ago: 40 * MINUTE, ring: 8, talk: 63 }) });

export const customerUnansweredWithoutLegs: Told = (moment) => {
  const { agent, customer } = partiesOf('customerUnansweredWithoutLegs');
  return {
    scenario: call(moment, {
      ago: 3 * HOUR,
      ended: 41,
      ending: 'customerUnanswered',
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered: 6, ended: 41 },
        { side: 'customer', person: customer, rung: 6, ended: 41, refused: 'no-answer' },
      ],
    }),
  };
};

export const completedWithoutCcm: Told = (moment) => ({ scenario: talked('completedWithoutCcm', moment, { ago: 80 * MINUTE, ring: 12, talk: 37 }) });

export const agentUnansweredWithoutCcm: Told = (moment) => ({
  scenario: call(moment, {
    ago: 5 * HOUR,
    ended: 31,
    ending: 'agentUnanswered',
    attempts: [{ side: 'agent', person: partiesOf('agentUnansweredWithoutCcm').agent, rung: 1, ended: 31, refused: 'no-answer' }],
  }),
});

export const completedInMumbai: Told = (moment) => ({ scenario: talked('completedInMumbai', moment, { ago: 2 * HOUR, ring: 9, talk: 70 }) });
