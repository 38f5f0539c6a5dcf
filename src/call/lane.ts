/** What a timeline is made of: lanes, and the moments on them. */
import type { Citation, End, Instant, Provenance, Side } from './call';
import type { Span } from './spans';
import type { Severity } from './status';

export type MarkId = 'created' | 'started' | 'talk' | 'ended' | 'updated';

/** A moment. The last update has none when it came so long after the end that the call would be drawn as a speck; a note says so. */
export interface Mark {
  readonly id: MarkId;
  readonly at: Instant;
  readonly label: string;
  readonly provenance: Provenance;
  readonly sources: readonly Citation[];
  readonly explanation: string;
}

/** A moment on one lane: when a leg's record was created, when it last changed. */
export interface LaneMark extends Omit<Mark, 'id'> {
  readonly id: string;
}

/** How a lane's leg ended, or stands. */
export interface LaneStatus {
  /** A word or two: `no answer`. */
  readonly label: string;
  readonly severity: Severity;
  /** A codicon's name. */
  readonly icon: string;
  readonly sources: readonly Citation[];
}

/** One row of the drawing: the call, or one leg. */
export interface Lane {
  /** `call`; for a leg its place: `from.0`. */
  readonly id: string;
  /** `Call`; for a leg the name or number it was to reach. */
  readonly label: string;
  /** A leg's side, or the end it stands at where the direction does not tell the side. */
  readonly side?: Side | End;
  readonly status?: LaneStatus;
  readonly spans: readonly Span[];
  /** Drawn on the lane itself, in order of time. */
  readonly marks: readonly LaneMark[];
}
