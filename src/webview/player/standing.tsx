import type { JSX } from 'preact';
import { useHost } from '../host';
import { Icon } from '../icon';
import { sizeText } from '../text';
import { comingOf } from './play-button';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

/** How the recording gets on, in words: what of it came, what is waited for, why no more came. */
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
  if (recording.phase !== 'ready' || recording.transfer.kind !== 'cut') return null;
  const { sentence, canRetry } = recording.transfer;
  return (
    <span class="standing" title={sentence}>
      <Icon name="warning" severity="warning" />
      <span class="standing-text">{sentence}</span>
      {canRetry && (
        <button type="button" class="link" onClick={() => void host.ask('loadRecording')}>
          Retry
        </button>
      )}
    </span>
  );
}

/** `12.3 of 115 MB`. */
export function amountText({ received, total }: { readonly received: number; readonly total?: number }, locale: string): string {
  if (total === undefined) return sizeText(received, locale);
  const [came, whole] = [sizeText(received, locale), sizeText(total, locale)];
  const unit = whole.slice(whole.lastIndexOf(' '));
  return `${came.endsWith(unit) ? came.slice(0, -unit.length) : came} of ${whole}`;
}
