/** Calls with more than one leg on a side: transfers, retries, several agents rung for one customer. */
import { ASHA, DESK, FARID, LEELA, MEERA, SALES, SUPPORT, VIKRAM } from './people';
import { call, HOUR, MINUTE, partiesOf, recorded, type Told } from './tell';

/** Asha hands the customer over to Meera, and stays until Meera is there. */
export const transfer: Told = (moment) => ({
  scenario: call(moment, {
    ago: 50 * MINUTE,
    ended: 215,
    ending: 'completed',
    attempts: [
      { side: 'agent', person: ASHA, rung: 1, answered: 6, ended: 98 },
      { side: 'customer', person: partiesOf('transfer').customer, rung: 6, answered: 14, ended: 215 },
      { side: 'agent', person: MEERA, rung: 86, answered: 94, ended: 215 },
    ],
    recording: recorded('transfer', moment),
  }),
});

export const parallelRinging: Told = (moment) => ({
  scenario: call(moment, {
    ago: 100 * MINUTE,
    direction: 'inbound',
    ended: 85,
    ending: 'completed',
    attempts: [
      { side: 'customer', person: partiesOf('parallelRinging').customer, rung: 0, answered: 1, ended: 85 },
      { side: 'agent', person: VIKRAM, group: SALES, rung: 4, ended: 13, refused: 'canceled' },
      { side: 'agent', person: LEELA, group: SALES, rung: 4, answered: 13, ended: 85 },
      { side: 'agent', person: DESK, group: SALES, rung: 4, ended: 13, refused: 'canceled' },
    ],
    recording: recorded('parallelRinging', moment),
  }),
});

/** The agent stays on the line while the customer is rung again and again. */
export const retries: Told = (moment) => {
  const { customer } = partiesOf('retries');
  return {
    scenario: call(moment, {
      ago: 2 * HOUR,
      ended: 152,
      ending: 'completed',
      attempts: [
        { side: 'agent', person: ASHA, rung: 1, answered: 5, ended: 152 },
        { side: 'customer', person: customer, rung: 5, ended: 30, refused: 'no-answer' },
        { side: 'customer', person: customer, rung: 35, ended: 60, refused: 'no-answer' },
        { side: 'customer', person: customer, rung: 65, answered: 74, ended: 152 },
      ],
      recording: recorded('retries', moment),
    }),
  };
};

export const inboundQueue: Told = (moment) => ({
  scenario: call(moment, {
    ago: 130 * MINUTE,
    direction: 'inbound',
    ended: 118,
    ending: 'completed',
    attempts: [
      { side: 'customer', person: partiesOf('inboundQueue').customer, rung: 0, answered: 1, ended: 118 },
      { side: 'agent', person: VIKRAM, group: SUPPORT, rung: 8, ended: 28, refused: 'no-answer' },
      { side: 'agent', person: FARID, group: SUPPORT, rung: 29, answered: 37, ended: 118 },
    ],
    recording: recorded('inboundQueue', moment),
  }),
});

/** Nearly everything happens in the first two minutes of three hours. */
export const longCall: Told = (moment) => ({
  scenario: call(moment, {
    ago: 11 * HOUR,
    direction: 'inbound',
    ended: 10_801,
    ending: 'completed',
    attempts: [
      { side: 'customer', person: partiesOf('longCall').customer, rung: 0, answered: 1, ended: 10_801 },
      { side: 'agent', person: ASHA, group: SUPPORT, rung: 3, ended: 18, refused: 'no-answer' },
      { side: 'agent', person: VIKRAM, group: SUPPORT, rung: 18, ended: 21, refused: 'busy' },
      { side: 'agent', person: DESK, group: SUPPORT, rung: 21, answered: 27, ended: 55 },
      { side: 'agent', person: FARID, rung: 48, answered: 55, ended: 80 },
      { side: 'agent', person: LEELA, rung: 72, ended: 92, refused: 'no-answer' },
      { side: 'agent', person: MEERA, rung: 92, answered: 99, ended: 132 },
      { side: 'agent', person: VIKRAM, rung: 124, answered: 132, ended: 4210 },
      { side: 'agent', person: ASHA, rung: 4198, answered: 4206, ended: 10_801 },
    ],
    recording: recorded('longCall', moment),
  }),
});
