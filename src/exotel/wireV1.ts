/** v1's answer -> a call (src/exotel/README.md, "Call details, v1"). */
import type { Call, CallField, End, Leg, LegField, Party, Side } from '../call/call';
import { sideOf } from '../call/status';
import { isObject, type Json, own, parseJson } from './json';
import { first, present, Reader, RecordOf, type Scrub, textOf, unlessEmpty } from './reader';
import { recordingFrom } from './wireRecording';

/** The call in a body: `Call`, or the body itself. */
export function findV1Call(body: unknown): Json | undefined {
  const envelope = first(own(first(body), 'TwilioResponse')) ?? first(body);
  const call = first(own(envelope, 'Call') ?? own(envelope, 'call'));
  if (isObject(call)) return unlessEmpty(call);
  return isObject(envelope) && both('Sid', 'CallSid').some((name) => Object.hasOwn(envelope, name)) ? envelope : undefined;
}

/** The names as v1 writes them, and as everything else of Exotel's would. */
function both(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase()]);
}

/** Reads a call of v1. Its legs are those its `Details` tell of. */
export function v1CallFrom(found: Json, scrub: Scrub): { readonly call: Call; readonly recordingUrl?: string } {
  const record = new RecordOf(withDetailsRead(found), scrub);
  const reader = new Reader<CallField>(record);
  const direction = reader.text('direction', ...both('Direction'));
  const virtualNumber = reader.text('virtualNumber', ...both('PhoneNumberSid'));
  const ends: Ends = { direction, exoPhone: virtualNumber };
  const url = reader.url('recording', ...both('PreSignedRecordingUrl', 'RecordingUrl'));
  const { recording, recordingUrl } = recordingFrom(url, undefined, scrub);
  const values = {
    sid: reader.text('sid', ...both('Sid', 'CallSid')),
    direction,
    virtualNumber,
    status: reader.text('status', ...both('Status')),
    ...partiesOf(reader, ends),
    createdTime: reader.time('createdTime', ...both('DateCreated')),
    updatedTime: reader.time('updatedTime', ...both('DateUpdated')),
    startTime: reader.time('startTime', ...both('StartTime')),
    endTime: reader.time('endTime', ...both('EndTime')),
    totalDuration: reader.seconds('totalDuration', ...both('Duration')),
    totalTalkTime: reader.seconds('totalTalkTime', ...underDetails('ConversationDuration')),
    recording,
    customField: reader.text('customField', ...both('CustomField')),
    answeredBy: reader.text('answeredBy', ...both('AnsweredBy')),
    price: reader.text('price', ...both('Price')),
    parentSid: reader.text('parentSid', ...both('ParentCallSid')),
    legs: legsOf(record, ends),
  };
  reader.knows(...both('AccountSid', 'Uri', 'To', 'From', 'RecordingUrl', 'PreSignedRecordingUrl'));
  return { call: { resource: 'v1', ...present(values), sources: reader.sources, ...record.leaves() }, ...present({ recordingUrl }) };
}

/** `Details` may come as the text of JSON: then it is read as what it says. */
function withDetailsRead(call: Json): Json {
  const name = detailsIn(call);
  const text = call[name];
  const parsed = typeof text === 'string' ? parseJson(text)?.value : undefined;
  return isObject(parsed) ? { ...call, [name]: parsed } : call;
}

function detailsIn(call: Json): 'Details' | 'details' {
  return Object.hasOwn(call, 'Details') ? 'Details' : 'details';
}

function underDetails(name: string): readonly string[] {
  return both('Details').flatMap((details) => both(name).map((each) => `${details}.${each}`));
}

interface Ends {
  readonly direction: string | undefined;
  readonly exoPhone: string | undefined;
}

const NUMBER_OF: Readonly<Record<End, readonly string[]>> = { from: both('From'), to: both('To') };

/** Whose number `From` and `To` are, going by the direction. */
function partiesOf(reader: Reader<CallField>, ends: Ends): { readonly agent?: Party; readonly customer?: Party } {
  const partyOf = (side: Side): Party | undefined => {
    const end = ENDS.find((each) => sideOf(each, ends.direction) === side);
    return end && partyFrom(reader.text(side, ...numberPaths(reader, end, ends)));
  };
  return present({ agent: partyOf('agent'), customer: partyOf('customer') });
}

/** Numbers may be masked (`0XXXXX1234`): what is no URI is one. */
function partyFrom(contact: string | undefined): Party | undefined {
  if (contact === undefined) return undefined;
  return /^sips?:/i.test(contact) ? { contactUri: contact } : { number: contact };
}

/** Where the number at an end stands; the ExoPhone is nobody's. */
function numberPaths(record: Pick<RecordOf, 'at'>, end: End, { exoPhone }: Ends): readonly string[] {
  return NUMBER_OF[end].filter((path) => !isSameNumber(textOf(record.at(path)), exoPhone));
}

/** The same number may come with the country's code before it, with a zero, or with neither. */
function isSameNumber(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one, other].map((number) => number.replace(/\D/g, '').slice(-SUBSCRIBER_DIGITS));
  return one === other || (a === b && a?.length === SUBSCRIBER_DIGITS);
}

const SUBSCRIBER_DIGITS = 10;

const ENDS: readonly End[] = ['from', 'to'];

const LEG_STATUS: Readonly<Record<End, readonly string[]>> = { from: both('Leg1Status'), to: both('Leg2Status') };

/** The first leg is the one that was called, or that called, first; undefined where the record has no `Details`. */
function legsOf(record: RecordOf, ends: Ends): readonly Leg[] | undefined {
  const details = both('Details').find((name) => isObject(record.at(name)));
  if (details === undefined) return undefined;
  const places = both('Legs').flatMap((name) => placesOf(record.at(`${details}.${name}`), `${details}.${name}`));
  return ENDS.flatMap((end, index) => legFrom(record, details, { end, place: places[index] }, ends) ?? []);
}

const MAX_LEGS_LOOKED_AT = 20;

/** Where each leg is: in a list or alone, within `Leg` or not. A place that holds no leg stays a place, so that no other moves up. */
function placesOf(value: unknown, path: string): readonly (string | undefined)[] {
  if (Array.isArray(value)) return value.slice(0, MAX_LEGS_LOOKED_AT).map((item, index) => placeOf(item, `${path}.${String(index)}`));
  const list = both('Leg').find((name) => Array.isArray(own(value, name)));
  if (list !== undefined) return placesOf(own(value, list), `${path}.${list}`);
  return isObject(value) ? [placeOf(value, path)] : [];
}

function placeOf(value: unknown, path: string): string | undefined {
  const inner = both('Leg').find((name) => isObject(own(value, name)));
  if (inner !== undefined) return `${path}.${inner}`;
  return isObject(value) ? path : undefined;
}

function legFrom(record: RecordOf, details: string, { end, place }: { readonly end: End; readonly place: string | undefined }, ends: Ends): Leg | undefined {
  const reader = new Reader<LegField>(record);
  const within = (...names: readonly string[]): readonly string[] => (place === undefined ? [] : both(...names).map((name) => `${place}.${name}`));
  const status = reader.text('status', ...LEG_STATUS[end].map((name) => `${details}.${name}`), ...within('Status'));
  if (status === undefined && place === undefined) return undefined;
  reader.knows(...within('Id'));
  const values = {
    side: sideOf(end, ends.direction),
    status,
    onCallDuration: reader.seconds('onCallDuration', ...within('OnCallDuration')),
    party: partyFrom(reader.text('contactUri', ...numberPaths(record, end, ends))),
  };
  return { end, ...present(values), sources: reader.sources };
}
