/** Several answers about a call as one: what is missing in one is taken from the others, and where two disagree both are kept. */
import { agree, isExoPhone } from './agreement';
import { type Call, CALL_FIELDS, type CallField, type Citation, cite, type Disagreement, type End, type Leg, type ReportedField } from './call';
import type { DetailsResource } from './request';
import { sideOf } from './status';

/** What the legs resource answered. The paths of `reported` and of the legs' sources begin with `legs:`. */
export interface LegsRecord {
  readonly legs: readonly Leg[];
  /** How many legs it lists beside these. */
  readonly legsLeftOut: number;
  readonly reported: readonly ReportedField[];
  readonly reportedLeftOut: number;
}

/**
 * The first answer, with what it lacks taken from the others, in their order. `sources`, the legs' too, and `reported` name the resource of what is
 * not the first answer's own (`v3:digits`). Where two resources cannot both be right, the value shown stays the one found first, and
 * `disagreements` has what each of them said.
 */
export function mergeCalls(primary: Call, others: readonly Call[]): Call {
  const foreign = others.map(withPrefix);
  const merged = foreign.reduce(filledFrom, primary);
  const disagreements = CALL_FIELDS.flatMap((field) => disagreementOn(field, [primary, ...foreign], merged.direction) ?? []);
  return { ...merged, ...(disagreements.length === 0 ? {} : { disagreements }) };
}

/** The answer with its paths as another's call cites them. */
function withPrefix(call: Call): Call {
  const { resource, legs } = call;
  return {
    ...call,
    ...(legs === undefined ? {} : { legs: legs.map((leg) => ({ ...leg, sources: prefixed(leg.sources, resource) })) }),
    sources: prefixed(call.sources, resource),
    reported: call.reported.map((leaf) => ({ ...leaf, path: `${resource}:${leaf.path}` })),
  };
}

function prefixed<Field extends string>(sources: Readonly<Partial<Record<Field, string>>>, resource: DetailsResource): Partial<Record<Field, string>> {
  const named: Partial<Record<Field, string>> = {};
  return Object.assign(named, Object.fromEntries(Object.entries(sources).map(([field, path]) => [field, `${resource}:${String(path)}`])));
}

/** The call with what only the other answer has. */
function filledFrom(call: Call, other: Call): Call {
  const missing = CALL_FIELDS.filter((field) => call[field] === undefined && tells(other, field, call));
  const legs = legsOfBoth(call, other);
  return {
    ...call,
    ...pick(other, missing),
    ...(legs === undefined ? {} : { legs: withSides(legs, call.direction ?? other.direction) }),
    ...withRecordingOf(call, other, { ...call.sources, ...pick(other.sources, missing) }),
    reported: [...call.reported, ...other.reported],
    reportedLeftOut: call.reportedLeftOut + other.reportedLeftOut,
  };
}

/** True when the answer tells the field's value: an ExoPhone in a party's place tells nobody. */
function tells(call: Call, field: CallField, other: Call = call): boolean {
  if (call[field] === undefined) return false;
  return (field !== 'agent' && field !== 'customer') || !isExoPhone(call[field] ?? {}, call, other);
}

/** A recording said to be available, without a URL, has the other answer's; `sources` then says whose URL it is. */
function withRecordingOf(call: Call, other: Call, sources: Call['sources']): Pick<Call, 'recording' | 'sources'> {
  const { recording } = call;
  if (recording?.available !== true || recording.location !== undefined || other.recording?.location === undefined) return { sources };
  return { recording: { ...other.recording, available: true }, sources: { ...sources, ...pick(other.sources, ['recording']) } };
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Partial<Pick<T, Key>> {
  const picked: Partial<Pick<T, Key>> = {};
  for (const key of keys) picked[key] = from[key];
  return picked;
}

/** What each answer said of a field, when one of them contradicts the one that is shown. */
function disagreementOn(field: CallField, calls: readonly Call[], direction: string | undefined): Disagreement | undefined {
  const telling = calls.filter((call) => tells(call, field)).map((call) => ({ ...call, ...withDirection(call, direction) }));
  const [shown, ...others] = telling;
  if (shown === undefined || others.every((other) => agree(field, shown, other))) return undefined;
  const values = telling.flatMap((call) => citeValue(call, field) ?? []);
  return values.length < 2 ? undefined : { field, values };
}

/** Whose leg a status speaks of is told by the direction, which not every answer has. */
function withDirection(call: Call, direction: string | undefined): Pick<Call, 'direction'> {
  return call.direction !== undefined || direction === undefined ? {} : { direction };
}

/** A party has several leaves: the one is cited that was compared. */
function citeValue(call: Call, field: CallField): Citation | undefined {
  if (field !== 'agent' && field !== 'customer') return cite(call, field);
  const compared = call[field]?.number ?? call[field]?.contactUri;
  const leaf = call.reported.find(({ known, value }) => known && compared !== undefined && value.trim() === compared.trim());
  return leaf === undefined ? cite(call, field) : { field: leaf.path, value: leaf.value };
}

/** The call with the legs that the legs resource lists in place of those that v1 tells of, whose times on the call are kept where the legs match. */
export function withLegs(call: Call, record: LegsRecord): Call {
  return {
    ...call,
    legs: withSides(withTimesOnCall(record.legs, call.legs ?? []), call.direction),
    ...(record.legsLeftOut === 0 ? {} : { legsLeftOut: record.legsLeftOut }),
    reported: [...call.reported, ...record.reported],
    reportedLeftOut: call.reportedLeftOut + record.reportedLeftOut,
  };
}

function legsOfBoth(call: Call, other: Call): readonly Leg[] | undefined {
  if (call.legs === undefined || other.legs === undefined) return call.legs ?? other.legs;
  return withTimesOnCall(call.legs, other.legs);
}

function withSides(legs: readonly Leg[], direction: string | undefined): readonly Leg[] {
  return legs.map((leg) => {
    const side = sideOf(leg.end, direction);
    return side === undefined ? leg : { ...leg, side };
  });
}

/** The legs with how long each was on the call, which only v1 tells. Its legs have no SID to know them by: they are the same where each end has as many. */
function withTimesOnCall(legs: readonly Leg[], others: readonly Leg[]): readonly Leg[] {
  const ends: readonly End[] = ['from', 'to'];
  const at = (end: End, all: readonly Leg[]): readonly Leg[] => all.filter((leg) => leg.end === end);
  if (ends.some((end) => at(end, legs).length !== at(end, others).length)) return legs;
  const counterparts = new Map(ends.flatMap((end) => at(end, legs).map((leg, index) => [leg, at(end, others)[index]] as const)));
  return legs.map((leg) => withTimeOnCall(leg, counterparts.get(leg)));
}

function withTimeOnCall(leg: Leg, other: Leg | undefined): Leg {
  const onCallDuration = other?.onCallDuration;
  if (leg.onCallDuration !== undefined || onCallDuration === undefined) return leg;
  return { ...leg, onCallDuration, sources: { ...leg.sources, ...pick(other?.sources ?? {}, ['onCallDuration']) } };
}
