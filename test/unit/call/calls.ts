import assert from 'node:assert/strict';
import type { Call, End, Instant, Seconds } from '../../../src/call/call';
import { withLegs } from '../../../src/call/merge';
import { readCall } from '../../../src/exotel/wire';
import { readLegs } from '../../../src/exotel/wireLegs';
import { DOCUMENTED_CALL } from '../../support/documented';

/** The call of the v2 page with fields changed; null takes one away. */
export function callWith(changes: Partial<Record<keyof typeof DOCUMENTED_CALL, unknown>> & Readonly<Record<string, unknown>> = {}): Call {
  return callFrom({ ...DOCUMENTED_CALL, ...changes });
}

/** A call of just these fields, read as an answer would be. */
export function callFrom(details: Readonly<Record<string, unknown>>): Call {
  const read = readCall({ response: { call_details: details } }, 'v2');
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

/** A call of v1 with these fields; null takes one away. */
export function v1CallWith(changes: Readonly<Record<string, unknown>> = {}): Call {
  const read = readCall({ Call: { ...V1_CALL, ...changes } }, 'v1');
  assert.ok('call' in read, JSON.stringify(read));
  return read.call;
}

const V1_CALL = {
  Sid: 'b6cfaf5f5cef3ca0fc937749ef96d245',
  DateCreated: '2024-06-15 16:00:00',
  DateUpdated: '2024-06-15 16:05:05',
  From: '05555010090',
  To: '05555010020',
  PhoneNumberSid: '01112345678',
  Status: 'completed',
  StartTime: '2024-06-15 16:00:00',
  EndTime: '2024-06-15 16:05:00',
  Duration: '300',
  Direction: 'outbound-api',
};

/** A leg as the legs resource tells it. Times are seconds after the documented call was created. */
export interface LegDraft {
  readonly end: End;
  readonly status?: string | null;
  readonly name?: string;
  readonly contact?: string;
  readonly created?: Seconds;
  readonly updated?: Seconds;
}

/** The call with these legs, read as the legs resource would have answered. */
export function withLegsOf(call: Call, ...drafts: readonly LegDraft[]): Call {
  const of = (end: End): readonly unknown[] => drafts.filter((draft) => draft.end === end).map(asAnswered);
  const read = readLegs({ response: { leg_details: { from: of('from'), to: of('to') } } });
  assert.ok('record' in read, JSON.stringify(read));
  return withLegs(call, read.record);
}

function asAnswered({ status = null, name, contact, created, updated }: LegDraft, index: number): unknown {
  return {
    sid: `leg${String(index)}`,
    name: name ?? null,
    contact_uri: contact ?? null,
    date_created: created === undefined ? null : written(at(created)),
    date_updated: updated === undefined ? null : written(at(updated)),
    status,
  };
}
