/** What the keys do while the timeline's drawing has the focus. Pure. */

/** What a key does; *dismiss* only where there is something to put away. */
export type ChartKey = ChartAct | { readonly kind: 'dismiss' };

export type ChartAct =
  /** To another part, as `partAfter` says. */
  | { readonly kind: 'move' }
  | { readonly kind: 'zoom'; readonly factor: number }
  /** By this share of what is drawn. */
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'fit' | 'zoomToPart' | 'select' | 'table' };

/** One press of a key or a button zooms this many times closer. */
export const ZOOM_STEP = 1.5;

const PAN_SHARE = 1 / 8;

const ACTS: Readonly<Record<string, ChartKey>> = {
  '+': { kind: 'zoom', factor: ZOOM_STEP },
  '=': { kind: 'zoom', factor: ZOOM_STEP },
  '-': { kind: 'zoom', factor: 1 / ZOOM_STEP },
  _: { kind: 'zoom', factor: 1 / ZOOM_STEP },
  '0': { kind: 'fit' },
  z: { kind: 'zoomToPart' },
  t: { kind: 'table' },
  enter: { kind: 'select' },
  ' ': { kind: 'select' },
  escape: { kind: 'dismiss' },
  arrowleft: { kind: 'move' },
  arrowright: { kind: 'move' },
  arrowup: { kind: 'move' },
  arrowdown: { kind: 'move' },
  home: { kind: 'move' },
  end: { kind: 'move' },
};

const SHIFTED: Readonly<Record<string, ChartAct>> = {
  arrowleft: { kind: 'pan', share: -PAN_SHARE },
  arrowright: { kind: 'pan', share: PAN_SHARE },
};

/** Undefined: the key is not the drawing's; with Ctrl, Cmd or Alt none is. */
export function chartAct({ key, shiftKey, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): ChartKey | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const name = key.toLowerCase();
  return (shiftKey ? SHIFTED[name] : undefined) ?? ACTS[name];
}
