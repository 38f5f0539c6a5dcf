import assert from 'node:assert/strict';
import type { Call, Instant } from '../../../src/call/call';
import { readCall } from '../../../src/exotel/wire';
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
