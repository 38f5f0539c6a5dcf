import type { JSX } from 'preact';
import type { RecordingState } from '../../shared/protocol';
import { Icon } from '../icon';
import { comingOf, dashesOf, shareOf } from './coming';
import { titleOf } from './commands';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

const SIZE = 48;
const RADIUS = 22.5;
/** Of the ring, where nobody said how much is to come. */
const UNKNOWN_SHARE = 0.25;

/** Plays and pauses; around it, how much of the recording came. */
export function PlayButton(): JSX.Element {
  const { recording, playback, toggle } = usePlayer();
  useChanges(playback);
  const isOn = playback.playing || playback.wanted;
  const name = isOn ? 'Pause' : 'Play';
  return (
    <span class="play-place">
      <Ring recording={recording} />
      <button type="button" class="play" aria-label={name} title={titleOf('toggle', name)} disabled={recording.phase === 'unknown' || recording.phase === 'problem'} onClick={toggle}>
        {playback.wanted || playback.waiting ? (
          <Icon name="loading" spin />
        ) : (
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d={playback.playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4.5 2.5v11l9-5.5z'} />
          </svg>
        )}
      </button>
    </span>
  );
}

function Ring({ recording }: { recording: RecordingState }): JSX.Element | null {
  const coming = comingOf(recording);
  if (coming === undefined) return null;
  const share = shareOf(coming);
  const value = share === undefined ? {} : { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 };
  return (
    <svg class={`ring-of-bytes${share === undefined ? ' is-open' : ''}${coming.isStalled ? ' is-stalled' : ''}`} width={SIZE} height={SIZE} role="progressbar" aria-label="Loading the recording" {...value}>
      <circle cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} />
      <circle class="came" cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} stroke-dasharray={dashesOf(share ?? UNKNOWN_SHARE, RADIUS)} />
    </svg>
  );
}
