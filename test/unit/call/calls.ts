import assert from 'node:assert/strict';
import type { Call, Instant } from '../../../src/call/call';
import { readCall } from '../../../src/exotel/wire';

/** The call of Exotel's v2 page. */
const DOCUMENTED = {
  sid: 'unique_call_identifier',
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
};

/** The call of the v2 page with fields changed; null takes one away. */
export function callWith(changes: Partial<Record<keyof typeof DOCUMENTED, unknown>> & Readonly<Record<string, unknown>> = {}): Call {
  return callFrom({ ...DOCUMENTED, ...changes });
}

/** A call of just these fields, read as an answer would be. */
export function callFrom(details: Readonly<Record<string, unknown>>): Call {
  const read = readCall({ response: { call_details: details } });
  assert.ok('call' in read, JSON.stringify(read));
  return read.call;
}

/** Seconds after the documented call was created. */
export function at(seconds: number): Instant {
  return Date.UTC(2024, 5, 15, 10, 30, 0) + seconds * 1000;
}

/** As an answer writes it. */
export function written(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** An hour after the documented call. */
export const ASKED_AT = at(3600);
