/** The legs resource's answer -> legs (src/exotel/README.md, "Legs"). Depends on no field being there, and never throws. */
import type { End, Leg, LegField, Party } from '../call/call';
import type { LegsRecord } from '../call/merge';
import { isObject, type Json, own } from './json';
import { first, numberIn, present, Reader, RecordOf, type Scrub, unlessEmpty } from './reader';
import { failureWithStatus, readFailure, type ReportedFailure } from './wireFailure';

export type LegsReading =
  | { readonly record: LegsRecord }
  | { readonly failure: ReportedFailure }
  /** Neither legs nor a failure: why not, in words. */
  | { readonly problem: string };

/** Reads the parsed body. The legs have no side yet: the call's direction tells it. Without `scrub` no secret is taken out. */
export function readLegs(body: unknown, scrub: Scrub = (text) => text): LegsReading {
  const failure = failureWithStatus(body);
  if (failure !== undefined) return { failure };
  const details = findLegs(body);
  if (details !== undefined) return { record: legsFrom(details, scrub) };
  const reported = readFailure(body);
  return reported === undefined ? { problem: 'The answer has no legs in it.' } : { failure: reported };
}

const ENDS: readonly End[] = ['from', 'to'];

/** Unwraps `response`, its first item, `data` and `leg_details`, whichever are there. An empty list of legs tells that there are none. */
function findLegs(body: unknown): Json | undefined {
  const data = ['response', 'data'].reduce((value, name) => first(own(value, name)) ?? value, first(body));
  const named = own(data, 'leg_details') ?? own(data, 'legs') ?? data;
  if (Array.isArray(named) && named.length === 0) return { from: [], to: [] };
  const details = first(named);
  return isObject(details) && ENDS.some((end) => Object.hasOwn(details, end)) ? withLists(details) : undefined;
}

/** A leg alone stands as a list of one, so that a leg's path is always of one form. */
function withLists(details: Json): Json {
  const lists = ENDS.flatMap((end) => (isObject(details[end]) ? [[end, [details[end]]] as const] : []));
  return { ...details, ...Object.fromEntries(lists) };
}

/** No call has as many at one end; the others are counted, and listed among the fields, as far as those are. */
const MAX_LEGS_OF_AN_END = 250;

function legsFrom(details: Json, scrub: Scrub): LegsRecord {
  const record = new RecordOf(details, scrub, 'legs:');
  const places = ENDS.flatMap((end) => {
    const list = details[end];
    return Array.isArray(list) ? list.flatMap((item, index) => (isObject(item) ? [{ end, base: `${end}.${String(index)}.` }] : [])) : [];
  });
  const read = ENDS.flatMap((end) => places.filter((place) => place.end === end).slice(0, MAX_LEGS_OF_AN_END));
  const legs = read.map(({ end, base }) => legFrom(new Reader<LegField>(record, base), end));
  for (const name of ['call_sid', 'account_sid', ...ENDS]) record.known.add(name);
  return { legs, legsLeftOut: places.length - legs.length, ...record.leaves() };
}

function legFrom(reader: Reader<LegField>, end: End): Leg {
  const values = {
    sid: reader.text('sid', 'sid', 'leg_sid', 'call_leg_sid', 'id'),
    party: partyOf(reader),
    groupId: reader.text('group', 'group_id'),
    groupName: reader.text('group', 'group_name'),
    createdTime: reader.time('createdTime', 'date_created', 'created_time', 'created_at'),
    updatedTime: reader.time('updatedTime', 'date_updated', 'updated_time', 'updated_at'),
    status: reader.text('status', 'status', 'leg_status'),
    onCallDuration: reader.seconds('onCallDuration', 'on_call_duration'),
  };
  return { end, ...present(values), sources: reader.sources };
}

function partyOf(reader: Reader<LegField>): Party | undefined {
  const name = reader.text('name', 'name', 'user_name', 'contact_name');
  const contactUri = reader.text('contactUri', 'contact_uri');
  const number = reader.text('contactUri', 'number', 'phone_number') ?? numberIn(contactUri);
  return unlessEmpty(present({ name, number, contactUri }));
}
