/** How playing goes on at a moment: to its end, round a loop, over silence. Seconds. Pure. */
import type { Seconds } from '../../call/call';
import type { SpeechMeasures } from '../../call/speech';
import { loopedTo, markedIn, type Marks } from './marks';
import { afterSilence } from './silence';

/** What the person asked of playing. */
export interface Course {
  readonly marks: Marks;
  readonly skipsSilence: boolean;
  readonly measures: SpeechMeasures | undefined;
  /** Where playing a stretch ends. */
  readonly until: Seconds | undefined;
}

/** Where playing goes that came from one position to another: `pause`, another position, or, undefined, on. */
export function courseAt({ marks, skipsSilence, measures, until }: Course, before: Seconds, now: Seconds): 'pause' | Seconds | undefined {
  if (until !== undefined && now >= until) return 'pause';
  return loopedTo(marks, before, now) ?? (skipsSilence && measures !== undefined ? afterSilence(measures, now, marks) : undefined);
}

/** How close to the end B may lie and still be reached by it. */
const END_WITHIN: Seconds = 0.3;

/** Where playing goes on at the end of the recording; undefined: nowhere. */
export function courseAtEnd(marks: Marks, length: Seconds): Seconds | undefined {
  const marked = marks.loops ? markedIn(marks) : undefined;
  return marked !== undefined && length - marked.to <= END_WITHIN ? marked.from : undefined;
}
