import type { RefObject, TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Seconds } from '../../call/call';
import type { Range } from '../axis';
import { DRAGS_FROM_PIXELS, useWheel } from '../use-gestures';
import type { Zoom } from '../use-zoom';
import { instantAt } from '../viewport';
import type { Marked } from './marks';
import { within } from './media';
import { positionAt, type Placed } from './placed';

interface Press {
  readonly x: number;
  readonly at: Seconds;
  readonly view: Range;
  readonly pans: boolean;
  readonly moved: boolean;
}

interface WaveProps {
  readonly area: RefObject<HTMLElement | null>;
  readonly zoom: Zoom;
  readonly placed: Placed;
  /** Where in the area the drawing begins, and its width, in pixels. */
  readonly left: number;
  readonly plot: number;
  readonly onSeek: (to: Seconds) => void;
  readonly onMark: (one: Seconds, other: Seconds) => void;
}

export interface WaveGestures {
  /** The stretch being marked. */
  readonly marking: Marked | undefined;
  readonly handlers: {
    readonly onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** In the waveform a click seeks, a drag marks a stretch, one with Shift moves what is drawn, and the wheel zooms as in the timeline. */
export function useWaveGestures({ area, zoom, placed, left, plot, onSeek, onMark }: WaveProps): WaveGestures {
  const [marking, setMarking] = useState<Marked>();
  const press = useRef<Press | undefined>(undefined);
  useWheel(area, zoom, left, plot);

  const positionOfPointer = (clientX: number): Seconds => {
    const x = clientX - (area.current?.getBoundingClientRect().left ?? 0) - left;
    return within(positionAt(instantAt(x, zoom.view, plot), placed), 0, placed.length);
  };
  const end = (isDone: boolean): void => {
    const { current } = press;
    press.current = undefined;
    setMarking(undefined);
    if (current === undefined || !isDone) return;
    if (!current.moved) onSeek(current.at);
    else if (marking !== undefined) onMark(marking.from, marking.to);
  };
  return {
    marking,
    handlers: {
      onPointerDown: (event) => {
        const isDrawing = event.target instanceof Element && event.target.closest('button, [role=slider], .wave-label') === null;
        if (event.button === 0 && isDrawing) press.current = { x: event.clientX, at: positionOfPointer(event.clientX), view: zoom.view, pans: event.shiftKey && zoom.isZoomed, moved: false };
      },
      onPointerMove: (event) => {
        const { current } = press;
        if (current === undefined) return;
        if (event.buttons === 0) return end(false);
        const by = event.clientX - current.x;
        if (!current.moved && Math.abs(by) < DRAGS_FROM_PIXELS) return;
        if (!current.moved) {
          press.current = { ...current, moved: true };
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        if (current.pans) return zoom.pan((-by / plot) * (current.view.to - current.view.from), current.view);
        const now = positionOfPointer(event.clientX);
        setMarking({ from: Math.min(current.at, now), to: Math.max(current.at, now) });
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
    },
  };
}
