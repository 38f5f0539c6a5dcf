/** Ordinary calls about which the resources answer each in another way, or not at all. */
import { ASHA, customer, LEELA, SUPPORT } from './people';
import { call, CALL_NOT_FOUND, DAY, HOUR, LEGS_NOT_FOUND, MINUTE, partiesOf, recorded, talked, type Told } from './tell';

/** Calls of flows are none of CCM's v2. */
export const flowCall: Told = (moment) => ({
  scenario: call(moment, {
    ago: 75 * MINUTE,
    direction: 'inbound',
    ended: 96,
    ending: 'completed',
    attempts: [
      { side: 'customer', person: partiesOf('flowCall').customer, rung: 0, answered: 1, ended: 96 },
      { side: 'agent', person: LEELA, group: SUPPORT, rung: 22, answered: 29, ended: 96 },
    ],
    digits: '2-1',
    flow: { id: '48211', name: 'Support menu' },
    recording: recorded('flowCall', moment),
  }),
  refusals: { v2: CALL_NOT_FOUND },
});

export const v1Only: Told = (moment) => ({
  scenario: { ...talked('v1Only', moment, { ago: DAY + 5 * HOUR, ring: 13, talk: 94 }), direction: 'outbound-dial' },
  refusals: { v2: CALL_NOT_FOUND, v3: CALL_NOT_FOUND, legs: CALL_NOT_FOUND },
});

export const shapeB: Told = (moment) => ({
  scenario: { ...talked('shapeB', moment, { ago: 12 * HOUR, ring: 10, talk: 55 }), customField: 'order 77120' },
  shape: 'b',
});

export const shapeC: Told = (moment) => ({
  scenario: call(moment, {
    ago: 13 * HOUR,
    ended: 78,
    ending: 'completed',
    attempts: [
      { side: 'agent', person: ASHA, rung: 1, answered: 7, ended: 78 },
      { side: 'customer', person: customer(19, 'Ravi T.'), rung: 7, answered: 15, ended: 78 },
    ],
    digits: '4',
    recording: recorded('shapeC', moment),
  }),
  shape: 'c',
});

export const legsNotFound: Told = (moment) => ({
  scenario: talked('legsNotFound', moment, { ago: 14 * HOUR, ring: 11, talk: 41 }),
  refusals: { legs: LEGS_NOT_FOUND },
});

/** v2 and v3 say that they talked, v1 that the customer did not answer. */
export const disagree: Told = (moment) => ({
  scenario: talked('disagree', moment, { ago: 15 * HOUR, ring: 16, talk: 42 }),
  records: { v1: { ending: 'customerUnanswered', talk: 0 } },
});
