/**
 * An answer of the API -> a call. Takes every shape in src/exotel/README.md, "Call details, v2", depends on no field being there, keeps
 * what it does not know, and never throws.
 */
import {
  type Call,
  type CallField,
  type Instant,
  MAX_REPORTED_FIELDS,
  type Party,
  type Recording,
  type ReportedField,
  type Seconds,
} from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import { isInbound } from '../call/status';
import { readDateTime } from '../call/time';
import { isObject, type Json, leavesOf, own } from './json';
import { linkExpiry } from './links';

/** What an answer says went wrong. */
export interface ReportedFailure {
  /** Exotel's own code: `10744`, `RATE_LIMIT_EXCEEDED`. */
  readonly code?: string;
  readonly message?: string;
  /** The status that the body names; the HTTP one may be 200 all the same. */
  readonly httpStatus?: number;
}

export type CallReading =
  /** `recordingUrl` is whole: a secret when it is signed. The call carries it without its query. */
  | { readonly call: Call; readonly recordingUrl?: string }
  | { readonly failure: ReportedFailure }
  /** Neither a call nor a failure: why not, in words. */
  | { readonly problem: string };

/**
 * Reads the parsed body of an answer. `scrub` takes the account's secrets out of every text that goes into the call, for servers
 * that repeat what they were sent.
 */
export function readCall(body: unknown, scrub: (text: string) => string = (text) => text): CallReading {
  const failure = readFailure(body);
  if (failure?.httpStatus !== undefined && failure.httpStatus >= 400) return { failure };
  const details = findDetails(body);
  if (details !== undefined) return callFrom(details, scrub);
  return failure === undefined ? { problem: 'The answer has no call in it.' } : { failure };
}

/** The failure that a body reports, whatever its HTTP status; undefined where it reports none. */
export function readFailure(body: unknown): ReportedFailure | undefined {
  const response = first(own(body, 'response'));
  const exception = own(body, 'RestException');
  const error = first(own(response, 'error_data') ?? own(body, 'error_data')) ?? exception;
  const statuses = [own(response, 'code'), own(body, 'http_code'), own(exception, 'Status')].flatMap((value) => numberOf(value) ?? []);
  const httpStatus = statuses.find((status) => status >= 400) ?? statuses[0];
  const saysSo = isObject(error) || textOf(error) !== undefined || textOf(own(response, 'status')) === 'failure';
  if (!saysSo && (httpStatus === undefined || httpStatus < 400)) return undefined;
  const code = textOf(own(error, 'code')) ?? textOf(own(error, 'Code'));
  const message = textOf(own(error, 'message')) ?? textOf(own(error, 'Message')) ?? textOf(own(error, 'description')) ?? textOf(error);
  return {
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  };
}

/** A list's first item, anything else itself. */
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** Names that only a call has, for answers without `call_details`: `status` and `code` are the envelope's as well. */
const NAMES_OF_A_CALL = ['sid', 'call_sid', 'call_state', 'call_status', 'virtual_number', 'created_time', 'total_duration'];

/** Unwraps `response`, its first item, `data` and `call_details`, whichever are there. */
function findDetails(body: unknown): Json | undefined {
  const data = ['response', 'data'].reduce((value, name) => first(own(value, name)) ?? value, first(body));
  const details = first(own(data, 'call_details'));
  if (isObject(details)) return Object.keys(details).length === 0 ? undefined : details;
  return isObject(data) && NAMES_OF_A_CALL.some((name) => Object.hasOwn(data, name)) ? data : undefined;
}

function callFrom(details: Json, scrub: (text: string) => string): CallReading {
  const reader = new Reader(details, scrub);
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
  const call: Call = { resource: 'v2', ...present(values), sources: reader.sources, ...listLeaves(details, reader, scrub) };
  return recordingUrl === undefined ? { call } : { call, recordingUrl };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without what is undefined. */
function present<T extends object>(values: T): Present<T> {
  const kept: Present<T> = {};
  return Object.assign(kept, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));
}

/** Thirty years: anything longer is no length of a call. */
const MAX_SECONDS = 1e9;

/** A value, why there is none, or undefined for one that says nothing. */
type Conversion<T> = { readonly value: T } | { readonly problem: string } | undefined;

/** Reads values by the names that answers give them, and notes which one each came under and what could not be read. */
class Reader {
  readonly sources: Partial<Record<CallField, string>> = {};
  readonly problems = new Map<string, string>();
  /** Every path that has a meaning, read or not. */
  readonly known = new Set<string>();

  constructor(
    private readonly details: Json,
    private readonly scrub: (text: string) => string,
  ) {}

  text(field: CallField, ...paths: readonly string[]): string | undefined {
    return this.read(field, paths, (value) => (isLeaf(value) ? { value: this.shown(String(value)) } : { problem: 'is no text' }));
  }

  time(field: CallField, path: string): Instant | undefined {
    return this.read(field, [path], (value) => {
      const reading = isLeaf(value) ? readDateTime(value) : { kind: 'unreadable' as const };
      if (reading.kind === 'absent') return undefined;
      return reading.kind === 'instant' ? { value: reading.at } : { problem: 'is no date-time' };
    });
  }

  seconds(field: CallField, ...paths: readonly string[]): Seconds | undefined {
    return this.read(field, paths, (value) => {
      const seconds = numberOf(value);
      return seconds === undefined || seconds < 0 || seconds > MAX_SECONDS ? { problem: 'is no number of seconds' } : { value: seconds };
    });
  }

  flag(field: CallField, path: string): boolean | undefined {
    return this.read(field, [path], (value) => {
      const text = textOf(value)?.toLowerCase();
      if (text === 'true' || text === '1') return { value: true };
      return text === 'false' || text === '0' ? { value: false } : { problem: 'is neither true nor false' };
    });
  }

  /** A secret: never part of the call. */
  url(field: CallField, ...paths: readonly string[]): string | undefined {
    return this.read(field, paths, (value) => (typeof value === 'string' ? { value: value.trim() } : { problem: 'is no web address' }));
  }

  /** What stands at a path, without a meaning yet. */
  at(path: string): unknown {
    return path.split('.').reduce<unknown>((value, name) => (Array.isArray(value) ? value[Number(name)] : own(value, name)), this.details);
  }

  private shown(text: string): string {
    return withoutUrlSecrets(this.scrub(text));
  }

  /** The first of the paths that holds something readable; the first thing read stands as the field's source. */
  private read<T>(field: CallField, paths: readonly string[], convert: (value: unknown) => Conversion<T>): T | undefined {
    for (const path of paths) this.known.add(path);
    for (const path of paths) {
      const raw = this.at(path);
      const reading = isAbsent(raw) ? undefined : convert(raw);
      if (reading === undefined) continue;
      if ('value' in reading) {
        this.sources[field] ??= path;
        return reading.value;
      }
      this.problems.set(path, reading.problem);
    }
    return undefined;
  }
}

function readParty(reader: Reader, side: 'agent' | 'customer', objects: readonly string[], plainName: string): Party | undefined {
  const under = (...names: readonly string[]): readonly string[] => objects.flatMap((object) => names.map((name) => `${object}.${name}`));
  const isPlain = objects.filter((object) => isLeaf(reader.at(object)));
  const contactUri = reader.text(side, ...under('contact_uri'));
  const number = reader.text(side, ...under('number'), ...isPlain) ?? numberIn(contactUri) ?? reader.text(side, plainName);
  for (const path of [plainName, ...objects]) reader.known.add(path);
  const party = present({
    name: reader.text(side, ...under('name', 'user_name', 'contact_name')),
    number,
    contactUri,
    userId: reader.text(side, ...under('user_id')),
  });
  return Object.keys(party).length === 0 ? undefined : party;
}

/** A contact URI that is a telephone number. */
function numberIn(contactUri: string | undefined): string | undefined {
  return contactUri !== undefined && /^\+?\d[\d -]{2,}$/.test(contactUri) ? contactUri : undefined;
}

const MAX_RECORDINGS_LOOKED_AT = 20;

function readRecording(reader: Reader, scrub: (text: string) => string): { readonly recording?: Recording; readonly recordingUrl?: string } {
  const list = reader.at('recordings');
  const items = Array.isArray(list) ? list.slice(0, MAX_RECORDINGS_LOOKED_AT).map(pathOfLink) : [];
  for (const path of ['recording', 'recordings']) reader.known.add(path);
  const alone = typeof reader.at('recording') === 'string' ? ['recording'] : [];
  const url = reader.url('recording', 'recording.url', ...items, 'recording_url', ...alone);
  const available = reader.flag('recording', 'recording.available');
  if (url === undefined && available === undefined) return {};
  const flag = available === undefined ? {} : { available };
  if (url === undefined) return { recording: { ...flag, signed: false } };
  const { location, ...link } = describeLink(url);
  return { recording: { ...flag, location: scrub(location), ...link }, recordingUrl: url };
}

function pathOfLink(item: unknown, index: number): string {
  return typeof item === 'string' ? `recordings.${String(index)}` : `recordings.${String(index)}.url`;
}

/** What may be shown of a link. */
function describeLink(text: string): { readonly location: string; readonly signed: boolean; readonly expiresAt?: Instant } {
  if (!URL.canParse(text)) return { location: withoutUrlSecrets(text).replace(/[?#].*$/s, ''), signed: text.includes('?') };
  const url = new URL(text);
  const expiresAt = linkExpiry(url);
  return {
    location: `${url.protocol}//${url.host}${url.pathname}`,
    signed: url.search !== '',
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function listLeaves(details: Json, reader: Reader, scrub: (text: string) => string): Pick<Call, 'reported' | 'reportedLeftOut'> {
  const reported: ReportedField[] = [];
  let reportedLeftOut = 0;
  for (const { path, value, cutOff } of leavesOf(details)) {
    if (reported.length === MAX_REPORTED_FIELDS) {
      reportedLeftOut += 1;
      continue;
    }
    const problem = cutOff ? 'is nested too deep to be listed' : reader.problems.get(path);
    reported.push({
      path: scrub(path),
      value: cutOff ? '…' : withoutUrlSecrets(scrub(typeof value === 'string' ? value : JSON.stringify(value))),
      known: reader.known.has(path),
      ...(problem === undefined ? {} : { problem }),
    });
  }
  return { reported, reportedLeftOut };
}

function isLeaf(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** `""` and `"null"` are ways to say nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && /^(?:null)?$/i.test(value.trim()));
}

function textOf(value: unknown): string | undefined {
  return isLeaf(value) && !isAbsent(value) ? String(value) : undefined;
}

/** A finite number, also one given as a string. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(value)) return undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
