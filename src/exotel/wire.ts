/**
 * An answer of the API -> a call. Takes every shape in src/exotel/README.md, "Call details, v2", "Call details, v3" and
 * "Call details, v1", depends on no field being there, keeps what it does not know, and never throws.
 */
import type { Call, CallField, Party } from '../call/call';
import type { DetailsResource } from '../call/request';
import { isInbound } from '../call/status';
import { isObject, type Json, own } from './json';
import { first, isLeaf, numberIn, present, Reader, RecordOf, type Scrub, unlessEmpty } from './reader';
import { failureWithStatus, readFailure, type ReportedFailure } from './wireFailure';
import { recordingFrom, type RecordingReading } from './wireRecording';
import { findV1Call, v1CallFrom } from './wireV1';

/** A call, and what of its answer is no part of it. */
export interface CallRead {
  readonly call: Call;
  /** Whole: a secret when it is signed. The call carries it without its query. */
  readonly recordingUrl?: string;
  /** The record's own path to its legs, whole; the call carries it without secrets. */
  readonly legsPath?: string;
}

export type CallReading =
  | CallRead
  | { readonly failure: ReportedFailure }
  /** Neither a call nor a failure: why not, in words. */
  | { readonly problem: string };

/** Reads the parsed body of a resource's answer. Without `scrub` no secret is taken out of the call. */
export function readCall(body: unknown, resource: DetailsResource, scrub: Scrub = (text) => text): CallReading {
  const failure = failureWithStatus(body);
  if (failure !== undefined) return { failure };
  const details = resource === 'v1' ? findV1Call(body) : findDetails(body);
  if (details !== undefined) return resource === 'v1' ? v1CallFrom(details, scrub) : callFrom(details, resource, scrub);
  const reported = readFailure(body);
  return reported === undefined ? { problem: 'The answer has no call in it.' } : { failure: reported };
}

/** Names that only a call has, for answers without `call_details`: `status` and `code` are the envelope's as well. */
const NAMES_OF_A_CALL = ['sid', 'call_sid', 'call_state', 'call_status', 'virtual_number', 'created_time', 'total_duration'];

/** Unwraps `response`, its first item, `data` and `call_details`, whichever are there. */
function findDetails(body: unknown): Json | undefined {
  const data = ['response', 'data'].reduce((value, name) => first(own(value, name)) ?? value, first(body));
  const details = first(own(data, 'call_details'));
  if (isObject(details)) return unlessEmpty(details);
  return isObject(data) && NAMES_OF_A_CALL.some((name) => Object.hasOwn(data, name)) ? data : undefined;
}

function callFrom(details: Json, resource: DetailsResource, scrub: Scrub): CallRead {
  const record = new RecordOf(details, scrub);
  const reader = new Reader<CallField>(record);
  const times = {
    createdTime: reader.time('createdTime', 'created_time'),
    updatedTime: reader.time('updatedTime', 'updated_time'),
    startTime: reader.time('startTime', 'start_time'),
    endTime: reader.time('endTime', 'end_time'),
  };
  const direction = reader.text('direction', 'direction');
  const fromCustomer = isInbound(present({ direction }));
  const { recording, recordingUrl } = readRecording(reader, scrub);
  const values = {
    sid: reader.text('sid', 'sid', 'call_sid'),
    direction,
    virtualNumber: reader.text('virtualNumber', 'virtual_number'),
    state: reader.text('state', 'state', 'call_state'),
    status: reader.text('status', 'status', 'call_status'),
    agent: readParty(reader, 'agent', ['assigned_agent_details', 'agent_details'], fromCustomer ? 'to' : 'from'),
    customer: readParty(reader, 'customer', ['customer_details'], fromCustomer ? 'from' : 'to'),
    ...times,
    totalDuration: reader.seconds('totalDuration', 'total_duration', 'duration'),
    totalTalkTime: reader.seconds('totalTalkTime', 'total_talk_time', 'talk_time'),
    recording,
    customField: reader.text('customField', 'custom_field'),
    legsPath: reader.text('legsPath', 'legs'),
    digits: reader.text('digits', 'digits'),
    appId: reader.text('appId', 'app_id'),
    appName: reader.text('appName', 'app_name'),
  };
  const call: Call = { resource, ...present(values), sources: reader.sources, ...record.leaves() };
  const legsPath = values.legsPath === undefined ? undefined : String(reader.at('legs'));
  return { call, ...present({ recordingUrl, legsPath }) };
}

function readParty(reader: Reader<CallField>, side: 'agent' | 'customer', objects: readonly string[], plainName: string): Party | undefined {
  const under = (...names: readonly string[]): readonly string[] => objects.flatMap((object) => names.map((name) => `${object}.${name}`));
  const isPlain = objects.filter((object) => isLeaf(reader.at(object)));
  const contactUri = reader.text(side, ...under('contact_uri'));
  const number = reader.text(side, ...under('number'), ...isPlain) ?? numberIn(contactUri) ?? reader.text(side, plainName);
  reader.knows(plainName, ...objects);
  const name = reader.text(side, ...under('name', 'user_name', 'contact_name'));
  return unlessEmpty(present({ name, number, contactUri, userId: reader.text(side, ...under('user_id')) }));
}

function readRecording(reader: Reader<CallField>, scrub: Scrub): RecordingReading {
  const url = reader.url('recording', ...linksIn(reader, 'recording'), ...linksIn(reader, 'recordings'), 'recording_url');
  const available = reader.flag('recording', 'recording.available');
  reader.knows('recording', 'recordings');
  return recordingFrom(url, available, scrub);
}

const MAX_RECORDINGS_LOOKED_AT = 20;

/** Where the links are in what stands under a name: a link, an object with one, or a list of either. */
function linksIn(reader: Reader<CallField>, name: string): readonly string[] {
  const linkIn = (value: unknown, path: string): string => (typeof value === 'string' ? path : `${path}.url`);
  const value = reader.at(name);
  return Array.isArray(value)
    ? value.slice(0, MAX_RECORDINGS_LOOKED_AT).map((item, index) => linkIn(item, `${name}.${String(index)}`))
    : [linkIn(value, name)];
}
