import type { RefObject, TargetedMouseEvent, TargetedPointerEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Range } from './axis';
import type { Zoom } from './use-zoom';
import { instantAt, wheelAct } from './viewport';

/** A press that moves less than this is a click. */
export const DRAGS_FROM_PIXELS = 4;

/** What the element over which the drawing is zoomed and panned must hear. */
export interface GestureHandlers {
  readonly onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onClickCapture: (event: TargetedMouseEvent<HTMLElement>) => void;
}

interface Press {
  readonly x: number;
  readonly view: Range;
  readonly moved: boolean;
}

/** Zooming and panning by wheel, pinch and drag. `left` and `plot`: where in the element the drawing begins, and its width. */
export function useGestures(area: RefObject<HTMLElement | null>, zoom: Zoom, left: number, plot: number): { readonly isDragging: boolean; readonly handlers: GestureHandlers } {
  const [isDragging, setDragging] = useState(false);
  const press = useRef<Press | undefined>(undefined);
  const dragged = useRef(false);

  useWheel(area, zoom, left, plot);

  const end = (): void => {
    dragged.current = press.current?.moved === true;
    press.current = undefined;
    setDragging(false);
  };
  return {
    isDragging,
    handlers: {
      onPointerDown: (event) => {
        dragged.current = false;
        const isDrawing = event.target instanceof Element && event.target.closest('.lane-label, .card, button') === null;
        if (event.button === 0 && isDrawing && zoom.isZoomed) press.current = { x: event.clientX, view: zoom.view, moved: false };
      },
      onPointerMove: (event) => {
        const { current } = press;
        if (current === undefined) return;
        if (event.buttons === 0) return end();
        const by = event.clientX - current.x;
        if (!current.moved && Math.abs(by) < DRAGS_FROM_PIXELS) return;
        if (!current.moved) {
          press.current = { ...current, moved: true };
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }
        zoom.pan((-by / plot) * (current.view.to - current.view.from), current.view);
      },
      onPointerUp: end,
      onPointerCancel: end,
      onClickCapture: (event) => {
        if (dragged.current) event.stopPropagation();
        dragged.current = false;
      },
    },
  };
}

/** Zooming and panning by wheel and pinch. */
export function useWheel(area: RefObject<HTMLElement | null>, zoom: Zoom, left: number, plot: number): void {
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const act = wheelAct(event, zoom.isZoomed);
      if (act === undefined) return;
      event.preventDefault();
      if (act.kind === 'pan') return zoom.pan((act.by / plot) * (zoom.view.to - zoom.view.from));
      zoom.about(instantAt(event.clientX - element.getBoundingClientRect().left - left, zoom.view, plot), act.factor);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area, zoom, left, plot]);
}
