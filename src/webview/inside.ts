/** Keeping what opens over the page within the window. */

const MARGIN_PX = 8;

/** Moves an absolutely positioned element sideways as far as it takes to have it within the window. */
export function keepInside(element: HTMLElement | null): void {
  if (element === null) return;
  element.style.left = '';
  element.style.right = '';
  const { left, width } = element.getBoundingClientRect();
  const shift = shiftInside(left, width, document.documentElement.clientWidth);
  if (shift === 0) return;
  element.style.left = `${element.offsetLeft + shift}px`;
  element.style.right = 'auto';
}

/** How far a thing must be moved to lie in a window, in pixels; of one that is too wide the start stays in sight. */
export function shiftInside(left: number, width: number, window: number): number {
  return Math.max(MARGIN_PX, Math.min(left, window - MARGIN_PX - width)) - left;
}
