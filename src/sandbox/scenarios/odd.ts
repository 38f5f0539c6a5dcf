/** Calls whose records are odd: what they say cannot be, or is nothing that is known. */
import { utc } from '../renderings';
import { ASHA } from './people';
import { call, CALL_NOT_FOUND, HOUR, partiesOf, SECOND, talked, type Told } from './tell';
import { SAMPLES } from '../samples';

export const odd: Told = (moment) => {
  const end = moment.startedAt - 26 * HOUR;
  return {
    scenario: talked('odd', moment, { ago: 26 * HOUR, ring: 12, talk: 240 }),
    fields: {
      v2: {
        customer_details: { number: 'null', contact_name: '', status: 'answered' },
        created_time: utc(end - 90 * SECOND),
        updated_time: '31st of November, half past nine',
        start_time: utc(end + 30 * SECOND),
        end_time: utc(end),
        total_duration: '90',
        total_talk_time: '240',
        recording: { available: 'true', url: 'null' },
        custom_field: 'null',
      },
    },
    refusals: { v3: CALL_NOT_FOUND, v1: CALL_NOT_FOUND },
  };
};

export const unknownStatus: Told = (moment) => {
  const unknown = { status: 'voicemail_left', sentiment: { score: 0.72, label: 'calm' }, tags: ['vip', 'callback'], ivr_path: 'main>sales>voicemail', cost_paise: 185 };
  return {
    scenario: talked('unknownStatus', moment, { ago: 7 * HOUR, ring: 25, talk: 12 }),
    fields: { v2: unknown, v3: unknown, v1: { Status: 'voicemail-left' } },
  };
};

export const zeroLength: Told = (moment) => ({
  scenario: call(moment, {
    ago: 10 * HOUR,
    started: 0,
    ended: 0,
    ending: 'agentNoDial',
    attempts: [{ side: 'agent', person: partiesOf('zeroLength').agent, rung: 0, ended: 0, refused: 'failed' }],
  }),
  record: { updatedAt: moment.startedAt - 10 * HOUR },
});

export const noEndTime: Told = (moment) => {
  const { agent, customer } = partiesOf('noEndTime');
  return {
    scenario: call(moment, {
      ago: 9 * HOUR,
      ended: 39,
      ending: 'customerUnanswered',
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered: 8, ended: 39 },
        { side: 'customer', person: customer, rung: 8, ended: 39, refused: 'no-answer' },
      ],
    }),
    record: { endedAt: undefined, duration: undefined, talk: undefined },
  };
};

export const zeroEndTime: Told = (moment) => ({
  scenario: talked('zeroEndTime', moment, { ago: 16 * HOUR, ring: 9, talk: 33 }),
  record: { endedAt: 0 },
});

/** The legs resource tells of a customer who never answered, the details of a talk with them. */
export const legContradicts: Told = (moment) => {
  const { agent, customer } = partiesOf('legContradicts');
  return {
    scenario: call(moment, {
      ago: 17 * HOUR,
      ended: 52,
      ending: 'completed',
      attempts: [
        { side: 'agent', person: agent, rung: 1, answered: 6, ended: 52 },
        { side: 'customer', person: customer, rung: 6, ended: 52, refused: 'no-answer' },
      ],
    }),
    record: { talk: 31 },
  };
};

/** Exactly the values of the documentation, placeholders included; no other resource knows of it. */
export const documented: Told = (moment) => ({
  scenario: call(moment, { ago: HOUR, ended: 300, ending: 'completed', attempts: [{ side: 'agent', person: ASHA, rung: 0, answered: 1, ended: 300 }] }),
  fields: {
    v2: {
      sid: SAMPLES.documented.sid,
      direction: 'outbound-api',
      virtual_number: '+911234567890',
      state: 'terminal',
      status: 'completed',
      assigned_agent_details: { user_id: 'agent-uuid', contact_uri: 'sip:agent@exotel.com' },
      customer_details: { number: '+919876543210' },
      created_time: '2024-06-15T10:30:00.000Z',
      updated_time: '2024-06-15T10:35:05.000Z',
      start_time: '2024-06-15T10:30:01.000Z',
      end_time: '2024-06-15T10:35:00.000Z',
      total_duration: 300,
      total_talk_time: 280,
      recording: { available: true, url: 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3' },
      custom_field: 'ticket_12345',
      legs: '/v2/accounts/<account_sid>/calls/<call_sid>/legs',
    },
  },
  refusals: { v3: CALL_NOT_FOUND, v1: CALL_NOT_FOUND, legs: CALL_NOT_FOUND },
});
