import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { Seconds } from '../../call/call';
import type { Playback } from './playback';

const SHOWN_EVERY_MS = 50;

/** Draws the component anew with everything that changes but the position's going on. */
export function useChanges(playback: Playback): void {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    redraw();
    return playback.subscribe(() => redraw());
  }, [playback]);
}

/** Draws the component anew with everything that changes, and while it plays as often as a person can read. Gives the position. */
export function usePosition(playback: Playback): Seconds {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const { playing } = playback;
  useChanges(playback);
  useEffect(() => {
    if (!playing) return undefined;
    const shown = setInterval(redraw, SHOWN_EVERY_MS);
    return () => clearInterval(shown);
  }, [playing]);
  return playback.position;
}

/** Calls with the position in every frame while it plays, and else when it changed or the component was drawn. Nothing is drawn anew for it. */
export function useFrames(playback: Playback, draw: (position: Seconds) => void): void {
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw(playback.position);
  });
  useEffect(() => {
    let frame = 0;
    const step = (): void => {
      latest.current(playback.position);
      frame = playback.playing ? requestAnimationFrame(step) : 0;
    };
    const unsubscribe = playback.subscribe(() => (frame === 0 ? step() : undefined));
    step();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [playback]);
}
