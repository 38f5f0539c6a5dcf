import { useMemo, useRef } from 'preact/hooks';
import type { Levels } from '../../call/levels';
import { measuresOf, type SpeechMeasures } from '../../call/speech';

/** While levels come they are measured each time that they are so many times as many. */
const GROWN_BY = 1.25;

/** What the levels tell of speech and silence: soon roughly, and all of it once they are whole. */
export function useMeasures(levels: Levels | undefined): SpeechMeasures | undefined {
  const measured = useRef<{ readonly bins: number; readonly of: Levels; readonly measures: SpeechMeasures }>(undefined);
  return useMemo(() => {
    if (levels === undefined) return (measured.current = undefined);
    const bins = levels.peaks[0]?.length ?? 0;
    const before = measured.current;
    if (before !== undefined && !levels.isWhole && bins >= before.bins && bins < before.bins * GROWN_BY) return before.measures;
    measured.current = { bins, of: levels, measures: measuresOf(levels) };
    return measured.current.measures;
  }, [levels]);
}
