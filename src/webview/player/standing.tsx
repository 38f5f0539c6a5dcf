import type { JSX } from 'preact';
import { useHost } from '../host';
import { amountText, comingOf } from './coming';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

/** How the recording gets on, in words: what of it came, what is waited for. */
export function Standing({ locale }: { locale: string }): JSX.Element | null {
  const host = useHost();
  const { recording, playback } = usePlayer();
  useChanges(playback);
  const coming = comingOf(recording);
  if (playback.waiting) return <span class="standing">Waiting for the recording…</span>;
  if (coming !== undefined)
    return (
      <span class="standing">
        <span>{coming.isStalled ? `Stalled at ${amountText(coming, locale)}` : amountText(coming, locale)}</span>
        <button type="button" class="link" title="Cancel fetching the recording" onClick={() => void host.ask('cancelRecording')}>
          Cancel
        </button>
      </span>
    );
  return null;
}
