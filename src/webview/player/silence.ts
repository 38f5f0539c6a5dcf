/** Skipping silence. Seconds. Pure. */
import type { Seconds } from '../../call/call';
import type { Marks } from './marks';
import { silenceAt, type SpeechMeasures } from '../../call/speech';

/** Less is not worth a jump. */
const LEAST_SKIP: Seconds = 0.3;

/** Where playing goes on that has come into a silence; undefined: where it is. A loop goes on at its A where B lies in the silence. */
export function afterSilence(measures: SpeechMeasures, now: Seconds, { a, b, loops }: Marks): Seconds | undefined {
  const to = silenceAt(measures, now)?.to;
  if (to === undefined || to - now < LEAST_SKIP) return undefined;
  return loops && a !== undefined && b !== undefined && now < b && to >= b ? a : to;
}
