import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { speechSummary } from '../../call/speechSummary';
import { usePlayer } from './use-player';

/** What the levels tell of the talk, in numbers; its room is there before them. */
export function Measures(): JSX.Element {
  const { measures, swapsChannels } = usePlayer();
  const summary = useMemo(() => (measures === undefined ? undefined : speechSummary(measures, swapsChannels)), [measures, swapsChannels]);
  return (
    <div class="measures" aria-hidden={summary === undefined}>
      {summary !== undefined && (
        <>
          <p class="unseen">{summary.spoken}</p>
          <span class="quiet" title="Measured from the levels of the recording">
            measured
          </span>
          {summary.facts.map(({ name, text, hint }) => (
            <span key={name} title={hint}>
              <span class="quiet">{name}</span> {text}
            </span>
          ))}
        </>
      )}
    </div>
  );
}
