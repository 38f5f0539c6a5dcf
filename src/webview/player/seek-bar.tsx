import type { JSX, RefObject } from 'preact';
import { exactClock } from '../text';
import { seekText, totalText } from './media';
import { usePosition } from './use-playback';
import { usePlayer } from './use-player';

/** All of the recording as one thin slider: where the keyboard is when it steers the player. */
export function SeekBar({ element }: { element: RefObject<HTMLInputElement | null> }): JSX.Element {
  const { playback, seek } = usePlayer();
  const position = usePosition(playback);
  const { ready, length = 0 } = playback;
  return (
    <input
      ref={element}
      class="seek"
      type="range"
      aria-label="Seek"
      aria-valuetext={seekText(position, length)}
      min={0}
      max={length || 1}
      step="any"
      value={position}
      disabled={!ready}
      style={{ '--filled': `${length > 0 ? (position / length) * 100 : 0}%` }}
      onInput={(event) => seek(event.currentTarget.valueAsNumber)}
    />
  );
}

/** Where it is, to a tenth of a second, and how long it is. */
export function Times(): JSX.Element {
  const { playback } = usePlayer();
  const position = usePosition(playback);
  return (
    <div class="times">
      <span>{exactClock(position)}</span> <span class="quiet">{totalText(playback.length)}</span>
    </div>
  );
}
