import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { speechSummary } from './hearing';
import { usePlayer } from './use-player';

/** What the levels tell of the talk, in numbers; its room is there before them. */
export function Measures(): JSX.Element {
  const { measures } = usePlayer();
  const summary = useMemo(() => (measures === undefined ? undefined : speechSummary(measures)), [measures]);
  return (
    <div class="measures" aria-hidden={summary === undefined}>
      {summary !== undefined && (
        <>
          <p class="unseen">{summary.spoken}</p>
          <span class="quiet" title="Measured from the levels of the recording">
            measured
          </span>
          {summary.items.map(({ label, value, title }) => (
            <span key={label} title={title}>
              <span class="quiet">{label}</span> {value}
            </span>
          ))}
        </>
      )}
    </div>
  );
}
