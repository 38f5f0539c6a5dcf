import type { JSX } from 'preact';
import type { RecordingState } from '../../shared/protocol';
import { clockText, sizeText } from '../text';
import { shiftText } from './placed';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

/** What the recording is, and how it lies on the timeline. */
export function Aside({ locale }: { locale: string }): JSX.Element {
  const { recording, playback, alignment, shift, setShift } = usePlayer();
  useChanges(playback);
  return (
    <>
      {alignment !== undefined && (
        <span title={alignment.explanation}>
          {shift === 0 ? `aligned to the ${alignment.provenance === 'derived' ? 'conversation' : 'call'}, ${alignment.provenance}` : `moved by ${shiftText(shift)}`}{' '}
          {shift !== 0 && (
            <button type="button" class="link" title="Back to where it was placed" onClick={() => setShift(0)}>
              Reset
            </button>
          )}
        </span>
      )}
      <span>{factsOf(recording, playback.length, locale)}</span>
    </>
  );
}

/** `MP3 · 2:51 · 1.4 MB · dual channel`. */
function factsOf(recording: RecordingState, length: number | undefined, locale: string): string {
  if (recording.phase !== 'ready') return '';
  const channels = recording.channels === undefined ? undefined : recording.channels === 2 ? 'dual channel' : 'single channel';
  const facts = [recording.format, length === undefined ? undefined : clockText(length), sizeText(recording.bytes, locale), channels];
  return facts.filter((fact) => fact !== undefined).join(' · ');
}
