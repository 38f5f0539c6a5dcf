import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { speechSummary } from '../../call/speechSummary';
import { useHost } from '../host';
import { Icon } from '../icon';
import { usePlayer } from './use-player';

/** What the levels tell of the talk, in numbers; of a recording that was cut off, why. Its room is there before it. */
export function Measures(): JSX.Element {
  const { recording, measures, swapsChannels } = usePlayer();
  const summary = useMemo(() => (measures === undefined ? undefined : speechSummary(measures, swapsChannels)), [measures, swapsChannels]);
  return (
    <div class="measures">
      {summary !== undefined && summary.spoken !== '' && <p class="unseen">{summary.spoken}</p>}
      {recording.phase === 'ready' && recording.transfer.kind === 'cut' ? (
        <Cut {...recording.transfer} />
      ) : (
        summary !== undefined &&
        summary.facts.length > 0 && (
          <>
            <span class="quiet" title="Measured from how loud the recording is" aria-hidden="true">
              measured
            </span>
            {summary.facts.map(({ name, text, hint }) => (
              <span key={name} title={hint} aria-hidden="true">
                <span class="quiet">{name}</span> {text}
              </span>
            ))}
          </>
        )
      )}
    </div>
  );
}

/** Why no more came: what did is there to be played. */
function Cut({ sentence, canRetry }: { sentence: string; canRetry: boolean }): JSX.Element {
  const host = useHost();
  return (
    <p class="cut">
      <Icon name="warning" severity="warning" />
      <span>
        {sentence}{' '}
        {canRetry && (
          <button type="button" class="link" onClick={() => void host.ask('loadRecording')}>
            Retry
          </button>
        )}
      </span>
    </p>
  );
}
