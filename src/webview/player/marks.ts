/** The stretch of a recording that the person marks, from A to B, in seconds. Pure. */
import type { Seconds } from '../../call/call';

export interface Marks {
  readonly a?: Seconds;
  readonly b?: Seconds;
  /** Plays from A to B again and again; only while both are set. */
  readonly loops: boolean;
}

export interface Marked {
  readonly from: Seconds;
  readonly to: Seconds;
}

export const NO_MARKS: Marks = { loops: false };

/** No shorter stretch is marked. */
export const LEAST_SECONDS = 0.1;

/** With one mark set. A mark that would then lie on the wrong side of it, or too close, is taken away. */
export function withMark(marks: Marks, which: 'a' | 'b', at: Seconds): Marks {
  const [a, b] = which === 'a' ? [at, marks.b] : [marks.a, at];
  if (a === undefined) return { b: at, loops: false };
  if (b === undefined) return { a: at, loops: false };
  if (b - a >= LEAST_SECONDS) return { a, b, loops: marks.loops };
  return which === 'a' ? { a, loops: false } : { b, loops: false };
}

/** With a stretch marked by dragging from one place to another, either way round; one that is too short changes nothing. */
export function withStretch(marks: Marks, one: Seconds, other: Seconds): Marks {
  const [a, b] = one < other ? [one, other] : [other, one];
  return b - a < LEAST_SECONDS ? marks : { a, b, loops: marks.loops };
}

/** Looping turned on or off; without both marks it stays off. */
export function withLoop(marks: Marks, loops: boolean): Marks {
  return { ...marks, loops: loops && markedIn(marks) !== undefined };
}

/** The stretch, where both ends are marked. */
export function markedIn({ a, b }: Marks): Marked | undefined {
  return a === undefined || b === undefined ? undefined : { from: a, to: b };
}

/** Where playing goes that moved from one position to another: back to A when it looped over B. Undefined: on. */
export function loopedTo(marks: Marks, before: Seconds, now: Seconds): Seconds | undefined {
  const marked = markedIn(marks);
  return marks.loops && marked !== undefined && before < marked.to && now >= marked.to ? marked.from : undefined;
}

/** Where playing begins that would loop but is outside of the stretch: at A. Undefined: where it is. */
export function loopStart(marks: Marks, position: Seconds): Seconds | undefined {
  const marked = marks.loops ? markedIn(marks) : undefined;
  return marked === undefined || (position >= marked.from && position < marked.to - LEAST_SECONDS / 2) ? undefined : marked.from;
}
