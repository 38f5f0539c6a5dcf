import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** The element that a part of the drawing is. */
export function partElement(frame: HTMLElement | null, key: string): HTMLElement | SVGElement | undefined {
  return [...(frame?.querySelectorAll<HTMLElement | SVGElement>('[data-part]') ?? [])].find((element) => element.dataset['part'] === key);
}

/**
 * Moves the focus to parts of the drawing, once they are drawn: one out of view is not, before. `standIn`: what gets the focus instead of
 * a part that had it and is gone.
 */
export function useGoing(frame: RefObject<HTMLElement | null>, standIn: string | undefined): (key: string | undefined) => void {
  const goal = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (goal.current === undefined) return;
    partElement(frame.current, goal.current)?.focus();
    goal.current = undefined;
  });
  useLayoutEffect(() => {
    if (standIn !== undefined) partElement(frame.current, standIn)?.focus({ preventScroll: true });
  }, [frame, standIn]);
  return (key) => {
    goal.current = key;
  };
}
