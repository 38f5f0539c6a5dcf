/**
 * What a call is, as far as this extension is concerned: the values that one answer of the API reported, each under one name
 * whatever the answer called it, together with the names it came under (so that everything shown can be cited).
 */

import type { DetailsResource } from './request';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in seconds, as the API reports it. */
export type Seconds = number;

/** The two sides of a call; which of them is *from* and which *to* depends on the direction. */
export type Side = 'agent' | 'customer';

/** One side of the call. Every part may be missing. */
export interface Party {
  readonly name?: string;
  readonly number?: string;
  /** A `sip:` URI or a number, as it came. */
  readonly contactUri?: string;
  readonly userId?: string;
}

/** What the record says of the recording. Never a secret: a signed link's query stays in the extension host. */
export interface Recording {
  /** What the record says; absent when it names only a URL, or nothing. */
  readonly available?: boolean;
  /** The URL without user info, query and fragment. Absent: the record names no URL. */
  readonly location?: string;
  /** True when the URL carried a query, which is where signatures are. */
  readonly signed: boolean;
  /** When the signed link ends, by its own `X-Amz-Date` and `X-Amz-Expires` (or `Expires`). */
  readonly expiresAt?: Instant;
}

/** The two ends of a call as the API names them; which side each is depends on the direction. */
export type End = 'from' | 'to';

/** The values of a leg that can be cited. */
export type LegField = 'sid' | 'name' | 'contactUri' | 'createdTime' | 'updatedTime' | 'status' | 'onCallDuration' | 'group';

/** One attempt to reach one end: several an end are normal (retries, transfers, parallel ringing). */
export interface Leg {
  readonly end: End;
  /** Whose end it is, going by the direction; absent where the direction does not tell. */
  readonly side?: Side;
  readonly sid?: string;
  readonly party?: Party;
  /** The group that was rung. */
  readonly groupId?: string;
  readonly groupName?: string;
  readonly createdTime?: Instant;
  /** The last change of the leg's record: not necessarily its end. */
  readonly updatedTime?: Instant;
  /** As it came; absent: not attempted, or not reported. */
  readonly status?: string;
  /** v1 only: how long this leg was on the call. */
  readonly onCallDuration?: Seconds;
  /** The path each value was read from, as in {@link Call.sources}. */
  readonly sources: Readonly<Partial<Record<LegField, string>>>;
}

/** A value that two resources report differently. */
export interface Disagreement {
  readonly field: CallField;
  /** Two or more: what each said, the one that the call shows first. */
  readonly values: readonly Citation[];
}

/** The values of a call that can be cited. */
export const CALL_FIELDS = [
  'sid',
  'direction',
  'virtualNumber',
  'state',
  'status',
  'agent',
  'customer',
  'createdTime',
  'updatedTime',
  'startTime',
  'endTime',
  'totalDuration',
  'totalTalkTime',
  'recording',
  'customField',
  'legsPath',
  'digits',
  'appId',
  'appName',
  'answeredBy',
  'price',
  'parentSid',
] as const;

export type CallField = (typeof CALL_FIELDS)[number];

/** One leaf of the answer as it came: where it stood and its text. A URL's query and user info are left out. */
export interface ReportedField {
  /**
   * Dotted, below the call's own object: `assigned_agent_details.user_id`, `recordings.0.url`. With its resource before it where
   * that is not the one the call's details came from: `legs:from.0.status` (below `leg_details`), `v1:Duration` (below `Call`).
   */
  readonly path: string;
  /** JSON text for anything but a string; a string as it came. */
  readonly value: string;
  /** False for a field that this extension has no meaning for. */
  readonly known: boolean;
  /** Why a known field could not be read, in words: "is no date-time". */
  readonly problem?: string;
}

/** A call, as the answers reported it. Every field is optional that the API may leave out. */
export interface Call {
  /** Which resource the details came from. */
  readonly resource: DetailsResource;
  /** The SID in the answer; absent when it names none (the one asked for then stands in the panel's title). */
  readonly sid?: string;
  readonly direction?: string;
  /** The ExoPhone. */
  readonly virtualNumber?: string;
  /** `active`, `terminal`, or whatever came. */
  readonly state?: string;
  /** As it came. */
  readonly status?: string;
  readonly agent?: Party;
  readonly customer?: Party;
  readonly createdTime?: Instant;
  readonly updatedTime?: Instant;
  readonly startTime?: Instant;
  readonly endTime?: Instant;
  readonly totalDuration?: Seconds;
  readonly totalTalkTime?: Seconds;
  readonly recording?: Recording;
  readonly customField?: string;
  readonly legsPath?: string;
  /** DTMF, hyphen-separated. */
  readonly digits?: string;
  readonly appId?: string;
  readonly appName?: string;
  /** v1: `human` or `machine`. */
  readonly answeredBy?: string;
  /** v1: as it came. */
  readonly price?: string;
  /** v1: the call that this one belongs to. */
  readonly parentSid?: string;
  /** In the order they came, *from* before *to*. Absent: no answer told of legs; empty: an answer told that there are none. */
  readonly legs?: readonly Leg[];
  /** How many legs the answer lists beside these. Absent: none. */
  readonly legsLeftOut?: number;
  /** Values on which the resources that answered do not agree. */
  readonly disagreements?: readonly Disagreement[];
  /** The path each value was read from. */
  readonly sources: Readonly<Partial<Record<CallField, string>>>;
  /** Every leaf of the answers' call and legs, in the order it came, at most {@link MAX_REPORTED_FIELDS} of each answer. */
  readonly reported: readonly ReportedField[];
  /** How many leaves were left out of `reported`. */
  readonly reportedLeftOut: number;
}

/** A record with more leaves than this is listed up to here; *Raw JSON* has the rest. */
export const MAX_REPORTED_FIELDS = 500;

/** A field and its value, as text, that a sentence rests on. */
export interface Citation {
  /** The path in the answer: `total_talk_time`. */
  readonly field: string;
  /** What it said, as shown: `280`, `2024-06-15T10:35:00.000Z`. */
  readonly value: string;
}

/** How a thing shown is known: the record says it, it follows from what the record says, or it is likely. */
export type Provenance = 'reported' | 'derived' | 'inferred';

/** The citation of a value, when the record had it and lists it: the path it came under and its text as it came. */
export function cite(call: Call, field: CallField): Citation | undefined {
  const path = call.sources[field];
  return path === undefined ? undefined : citationOf(call, path);
}

/** A value beyond those that are listed would look as if it had been empty. */
function citationOf({ reported, reportedLeftOut }: Call, path: string): Citation | undefined {
  const leaf = reported.find((each) => each.path === path);
  if (leaf === undefined && reportedLeftOut > 0) return undefined;
  return { field: path, value: leaf?.value ?? '' };
}

/** The citations of the values the record had, in the order asked for. */
export function citations(call: Call, ...fields: readonly CallField[]): readonly Citation[] {
  return fields.flatMap((field) => cite(call, field) ?? []);
}

/** The citation of a leg's value, when its record had it and lists it. */
export function citeLeg(call: Call, leg: Leg, field: LegField): Citation | undefined {
  const path = leg.sources[field];
  return path === undefined ? undefined : citationOf(call, path);
}
