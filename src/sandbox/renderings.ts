/** A record as each resource tells it. Fields and formats: src/exotel/README.md, "Call details, v2", "Call details, v3", "Call details, v1" and "Legs". */
import { createHash } from 'node:crypto';
import type { Instant } from '../call/call';
import { sideOf } from '../call/status';
import type { CallRecord, Ending, LegRecord, Person } from './scenario';

export type Json = Readonly<Record<string, unknown>>;

/** Whose call a record is of. */
export interface Place {
  readonly accountSid: string;
  readonly callSid: string;
}

/** The ways that v2 is seen to name and place its fields. */
export type Shape = 'a' | 'b' | 'c';

/** `response` of v2, whole: where the call stands in it is part of the shape. */
export function v2Response(details: Json, shape: Shape): unknown {
  return shape === 'c' ? [{ code: 200, error_data: null, status: 'success', data: details }] : { call_details: details };
}

/** v2's call. */
export function v2Details(record: CallRecord, place: Place, shape: Shape): Json {
  return V2[shape](record, place);
}

const V2: Readonly<Record<Shape, (record: CallRecord, place: Place) => Json>> = {
  a: (record, place) => ({
    sid: place.callSid,
    direction: record.direction,
    virtual_number: record.exoPhone,
    state: stateOf(record),
    status: v2Status(record),
    assigned_agent_details: { user_id: record.agent.userId, contact_uri: record.agent.contactUri },
    customer_details: { number: record.customer.contactUri },
    ...v2Times(record),
    total_duration: record.duration ?? null,
    total_talk_time: record.talk ?? null,
    recording: { available: record.recording.available, url: record.recording.url ?? null },
    custom_field: record.customField ?? null,
    legs: legsPath(place),
  }),
  b: (record, place) => ({
    call_sid: place.callSid,
    direction: record.direction,
    virtual_number: record.exoPhone,
    call_state: stateOf(record),
    call_status: v2Status(record),
    from: partyOf('from', record).contactUri,
    to: partyOf('to', record).contactUri,
    agent_details: { user_id: record.agent.userId, name: record.agent.name, email: record.agent.contactUri.replace(/^sip:/, '') },
    customer_details: { number: record.customer.contactUri },
    ...v2Times(record),
    duration: record.duration ?? null,
    talk_time: record.talk ?? null,
    recording_url: record.recording.url ?? null,
    custom_field: record.customField ?? null,
    legs: legsPath(place),
  }),
  c: (record, place) => ({
    call_sid: place.callSid,
    direction: record.direction,
    virtual_number: record.exoPhone,
    call_state: stateOf(record),
    call_status: v2Status(record),
    assigned_agent_details: { user_name: record.agent.name, contact_uri: record.agent.contactUri },
    customer_details: { contact_name: record.customer.name, contact_uri: record.customer.contactUri },
    ...v2Times(record),
    total_duration: record.duration ?? null,
    total_talk_time: record.talk ?? null,
    recordings: recordingsOf(record),
    digits: record.digits ?? '',
    custom_field: record.customField ?? null,
    legs: legsPath(place),
  }),
};

function v2Times({ createdAt, updatedAt, startedAt, endedAt }: CallRecord): Json {
  return { created_time: utc(createdAt), updated_time: utc(updatedAt), start_time: utc(startedAt), end_time: endedAt === undefined ? null : utc(endedAt) };
}

/** `response` of v3. */
export function v3Response(details: Json): unknown {
  return { code: 200, error_data: null, status: 'success', metadata: null, call_details: details };
}

/** v3's call. */
export function v3Details(record: CallRecord, { callSid }: Place): Json {
  return {
    sid: callSid,
    direction: record.direction,
    virtual_number: record.exoPhone,
    state: stateOf(record),
    status: v3Status(record),
    assigned_agent_details: { user_id: record.agent.userId, contact_uri: record.agent.contactUri },
    customer_details: { number: record.customer.contactUri },
    created_time: indian(record.createdAt),
    updated_time: indian(record.updatedAt),
    start_time: indian(record.startedAt),
    end_time: record.endedAt === undefined && record.ending !== undefined ? null : indian(record.endedAt ?? 0),
    total_duration: record.duration ?? null,
    total_talk_time: record.talk ?? null,
    recordings: recordingsOf(record),
    custom_field: record.customField ?? null,
    digits: record.digits ?? null,
    app_id: record.flow?.id ?? null,
    app_name: record.flow?.name ?? null,
  };
}

/** v1's `Call`; with `details`, what each leg came to. */
export function v1Call(record: CallRecord, { accountSid, callSid }: Place, hasDetails: boolean): Json {
  const isOver = record.ending !== undefined;
  return {
    Sid: callSid,
    ParentCallSid: null,
    DateCreated: naive(record.createdAt),
    DateUpdated: naive(record.updatedAt),
    AccountSid: accountSid,
    To: partyOf('to', record).contactUri,
    From: partyOf('from', record).contactUri,
    PhoneNumberSid: record.exoPhone,
    Status: v1Status(record),
    StartTime: naive(record.startedAt),
    EndTime: record.endedAt === undefined ? null : naive(record.endedAt),
    Duration: textOf(record.duration),
    Price: isOver ? priceOf(record) : null,
    Direction: record.direction,
    AnsweredBy: record.ending === 'completed' ? 'human' : null,
    RecordingUrl: record.recording.url ?? '',
    ...(record.customField === undefined ? {} : { CustomField: record.customField }),
    ...(hasDetails ? { Details: v1LegDetails(record) } : {}),
  };
}

/** One leg an end: the one that was answered, else the last. */
function v1LegDetails({ talk, legs }: CallRecord): Json {
  const ofEnd = (end: LegRecord['end']): LegRecord | undefined => legs.findLast((leg) => leg.end === end && leg.onCall > 0) ?? legs.findLast((leg) => leg.end === end);
  const both = [ofEnd('from'), ofEnd('to')];
  return {
    ConversationDuration: textOf(talk),
    Leg1Status: both[0]?.status ?? null,
    Leg2Status: both[1]?.status ?? null,
    Legs: both.flatMap((leg, index) => (leg === undefined ? [] : [{ Leg: { Id: index + 1, OnCallDuration: String(leg.onCall) } }])),
  };
}

/** v1 without `.json`. */
export function v1Xml(call: Json): string {
  return twilioResponse(elements({ Call: call }));
}

/** An error of v1 without `.json`. */
export function v1XmlError(status: number, message: string): string {
  return twilioResponse(elements({ RestException: { Status: String(status), Message: message } }));
}

function twilioResponse(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<TwilioResponse>${inner}</TwilioResponse>\n`;
}

function elements(value: unknown): string {
  if (Array.isArray(value)) return value.map(elements).join('');
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, inner]) => `<${name}>${elements(inner)}</${name}>`).join('');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `leg_details`; the path that was asked decides how its times are written, as with the details. */
export function legDetails(record: CallRecord, { accountSid, callSid }: Place, version: 'v2' | 'v3'): Json {
  const time = version === 'v2' ? utc : indian;
  const legsOf = (end: LegRecord['end']): readonly Json[] =>
    record.legs
      .filter((leg) => leg.end === end)
      .map((leg, index) => ({
        sid: legSid(callSid, `${end}.${String(index)}`),
        name: leg.person.name ?? null,
        contact_uri: leg.person.contactUri,
        ...(end === 'to' ? { group_id: leg.group?.id ?? null, group_name: leg.group?.name ?? null } : {}),
        date_created: time(leg.createdAt),
        date_updated: time(leg.updatedAt),
        status: leg.status,
      }));
  return { call_sid: callSid, account_sid: accountSid, from: legsOf('from'), to: legsOf('to') };
}

function legSid(callSid: string, place: string): string {
  return createHash('sha256').update(`${callSid}/${place}`).digest('hex').slice(0, 32);
}

function legsPath({ accountSid, callSid }: Place): string {
  return `/v2/accounts/${accountSid}/calls/${callSid}/legs`;
}

function stateOf({ ending }: CallRecord): 'active' | 'terminal' {
  return ending === undefined ? 'active' : 'terminal';
}

interface Words {
  readonly v2: string;
  /** v3 names the end that the rest is about. */
  readonly v3: string | readonly [about: 'agent' | 'customer', word: string];
  readonly v1: string;
}

/** Statuses: src/exotel/README.md, "Statuses". v2 and v3 have no word for a busy line. */
const WORDS: Readonly<Record<Ending, Words>> = {
  completed: { v2: 'completed', v3: 'completed', v1: 'completed' },
  agentUnanswered: { v2: 'agent_unanswered', v3: ['agent', 'unanswered'], v1: 'no-answer' },
  customerUnanswered: { v2: 'customer_unanswered', v3: ['customer', 'unanswered'], v1: 'no-answer' },
  customerBusy: { v2: 'customer_unanswered', v3: ['customer', 'unanswered'], v1: 'busy' },
  agentCancelled: { v2: 'agent_canceled', v3: ['agent', 'cancelled'], v1: 'canceled' },
  customerNoDial: { v2: 'customer_no_dial', v3: ['customer', 'no_dial'], v1: 'failed' },
  agentNoDial: { v2: 'agent_no_dial', v3: ['agent', 'no_dial'], v1: 'failed' },
};

function v2Status({ ending }: CallRecord): string | null {
  return ending === undefined ? null : WORDS[ending].v2;
}

function v3Status({ ending, direction }: CallRecord): string | null {
  if (ending === undefined) return null;
  const { v3 } = WORDS[ending];
  if (typeof v3 === 'string') return v3;
  const [about, word] = v3;
  return `${sideOf('from', direction) === about ? 'from' : 'to'}_leg_${word}`;
}

/** v1 has no state: its status says how far a call has come. */
function v1Status({ ending, legs }: CallRecord): string {
  if (ending !== undefined) return WORDS[ending].v1;
  if (legs.some(({ status }) => status === 'in-progress')) return 'in-progress';
  return legs.some(({ status }) => status === 'ringing') ? 'ringing' : 'queued';
}

function partyOf(end: 'from' | 'to', { direction, agent, customer }: CallRecord): Person {
  return sideOf(end, direction) === 'agent' ? agent : customer;
}

function recordingsOf({ recording: { url } }: CallRecord): readonly Json[] {
  return url === undefined || url === '' ? [] : [{ url }];
}

/** Made up: so much for each minute begun. */
function priceOf({ talk = 0 }: CallRecord): string {
  return (Math.ceil(talk / 60) * 0.6).toFixed(6);
}

function textOf(value: number | undefined): string | null {
  return value === undefined ? null : String(value);
}

/** v2: whole seconds, in UTC. */
export function utc(at: Instant): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString();
}

/** v3: with a space, in Indian time. */
function indian(at: Instant): string {
  return `${naive(at)}+05:30`;
}

const INDIAN_OFFSET_MS = 5.5 * 3_600_000;

/** v1: Indian time without saying so. */
function naive(at: Instant): string {
  return utc(at + INDIAN_OFFSET_MS).slice(0, 19).replace('T', ' ');
}
