import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Range } from '../axis';
import { pixelOf, type Placed } from './placed';
import { useFrames } from './use-playback';
import { usePlayer } from './use-player';

interface PlayheadProps {
  readonly placed: Placed;
  readonly view: Range;
  /** Of the drawing, in pixels. */
  readonly width: number;
  /** Where in its box the drawing begins, in pixels. */
  readonly left?: number;
  /** Dims what is still to be played. */
  readonly dims?: boolean;
}

/** A line at the position, moved in every frame without anything being drawn anew. */
export function Playhead({ placed, view, width, left = 0, dims = false }: PlayheadProps): JSX.Element {
  const { playback } = usePlayer();
  const head = useRef<HTMLDivElement>(null);
  const veil = useRef<HTMLDivElement>(null);
  useFrames(playback, (position) => {
    const x = pixelOf(position, placed, view, width);
    if (head.current !== null) {
      head.current.style.transform = `translateX(${left + x}px)`;
      head.current.style.visibility = playback.ready && x >= -0.5 && x <= width + 0.5 ? '' : 'hidden';
    }
    if (veil.current !== null) veil.current.style.transform = `translateX(${Math.max(0, Math.min(width, x))}px)`;
  });
  return (
    <>
      {dims && <div ref={veil} class="veil" />}
      <div ref={head} class="playhead" />
    </>
  );
}
