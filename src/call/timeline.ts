/** A call's times as a drawing: spans, marks, and in words what does not fit. */
import type { Call, Citation, Instant, Provenance } from './call';

export type SpanKind =
  | 'setup'
  | 'connecting'
  | 'conversation'
  /** Start to end of a call that reports no talk time: what part of it was conversation is not known. */
  | 'call'
  | 'ongoing'
  | 'untilUpdate';

/** A stretch of time; `from` is never after `to`, and both lie in the timeline's range. */
export interface Span {
  readonly id: string;
  readonly kind: SpanKind;
  readonly from: Instant;
  readonly to: Instant;
  /** Short, fit to stand in the bar: `conversation, 4 min 40 s`. */
  readonly label: string;
  readonly provenance: Provenance;
  readonly sources: readonly Citation[];
  /** One sentence: where it comes from, and what it does not say. */
  readonly explanation: string;
}

export type MarkId = 'created' | 'started' | 'talk' | 'ended' | 'updated';

/** A moment. */
export interface Mark {
  readonly id: MarkId;
  readonly at: Instant;
  readonly label: string;
  readonly provenance: Provenance;
  readonly sources: readonly Citation[];
  readonly explanation: string;
}

export interface Lane {
  readonly id: string;
  readonly label: string;
  readonly spans: readonly Span[];
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  /** In order of time. */
  readonly marks: readonly Mark[];
  /** Where offsets count from: `created_time`, else the earliest time. Absent: the record has no time at all. */
  readonly origin?: Instant;
  /** The first and last instant of anything drawn. */
  readonly range?: { readonly from: Instant; readonly to: Instant };
  /** What could not be drawn, or does not fit: one sentence each. */
  readonly notes: readonly string[];
}

/** The timeline of a call. `askedAt`: when the answer came, by this machine's clock; an active call is drawn up to there. */
export function timelineOf(call: Call, askedAt: Instant): Timeline {
  return { lanes: [], marks: [], origin: call.createdTime ?? askedAt, notes: [] };
}
