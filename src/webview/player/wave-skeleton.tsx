import type { JSX } from 'preact';
import type { RecordingState } from '../../shared/protocol';
import { usePlayer } from './use-player';

/** The waveform's room before there is one, and in words what it waits for. */
export function WaveSkeleton(): JSX.Element {
  const { recording } = usePlayer();
  return (
    <div class="wave is-empty">
      <p class="quiet">{whyEmpty(recording)}</p>
    </div>
  );
}

function whyEmpty(recording: RecordingState): string {
  if (recording.phase === 'idle') return 'Not fetched yet: Play fetches it.';
  if (recording.phase === 'loading') return recording.isStalled ? 'Nothing comes just now: waiting.' : 'Fetching…';
  return recording.phase === 'ready' ? 'Opening…' : '';
}
