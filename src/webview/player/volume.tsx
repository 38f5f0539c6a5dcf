import type { JSX } from 'preact';
import { Icon } from '../icon';
import { ActButton } from './act-button';
import type { Acts } from './use-acts';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

export function Volume({ acts }: { acts: Acts }): JSX.Element {
  const { playback } = usePlayer();
  useChanges(playback);
  const { muted, volume } = playback.audio;
  return (
    <span class="loudness">
      <ActButton id="mute" acts={acts} name={muted ? 'Unmute' : 'Mute'}>
        <Icon name={muted || volume === 0 ? 'mute' : 'unmute'} />
      </ActButton>
      <input
        type="range"
        name="volume"
        aria-label="Volume"
        title="Volume (↑ ↓)"
        aria-valuetext={muted ? 'muted' : `${Math.round(volume * 100)} per cent`}
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        disabled={!playback.ready}
        style={{ '--filled': `${muted ? 0 : volume * 100}%` }}
        onInput={(event) => playback.setVolume(event.currentTarget.valueAsNumber)}
      />
    </span>
  );
}
