/** What every part of the timeline's drawing has in common: it can be reached, pointed at and selected. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TimeFormat } from '../call/time';
import type { Range } from './axis';
import type { Part } from './moments';
import { isSelected, isWhole } from './selected';
import type { Measure } from './use-frame';

/** What the parts of a drawing need to know of it. */
export interface Drawing {
  /** The stretch of time drawn. */
  readonly view: Range;
  /** Its width in pixels. */
  readonly plot: number;
  readonly measure: Measure;
  readonly format: TimeFormat;
  /** The part that Tab leads to. */
  readonly tabStop: string | undefined;
  /** The part that has the focus. */
  readonly focused: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly onFocus: (key: string) => void;
  readonly onBlur: () => void;
  /** The pointer came to a part, at this place in the window. */
  readonly onEnter: (key: string, clientX: number) => void;
  readonly onLeave: () => void;
  /** `clientX`: where in the window it was clicked; absent: the keyboard chose it. */
  readonly onSelect: (part: Part, clientX?: number) => void;
  readonly onZoomTo: (part: Part) => void;
}

const DrawingContext = createContext<Drawing | undefined>(undefined);

export const DrawingProvider = DrawingContext.Provider;

/** The drawing that {@link DrawingProvider} gives. Throws outside of it. */
export function useDrawing(): Drawing {
  const drawing = useContext(DrawingContext);
  if (drawing === undefined) throw new Error('No drawing: the part stands outside DrawingProvider.');
  return drawing;
}

/** Attributes and handlers of the element that a part is, and its class besides what it looks like. */
export function partAttributes(part: Part, looks: string, drawing: Drawing) {
  const { words: { key, sources }, spoken } = part;
  const fields = sources.map(({ field }) => field);
  const chosen = isSelected(drawing.selected, fields);
  return {
    'data-part': key,
    class: `part ${looks}${chosen ? ' is-selected' : ''}`,
    role: 'button',
    // Names of SVG attributes keep their case, and only this one is known to browsers.
    tabindex: key === drawing.tabStop ? 0 : -1,
    'aria-label': chosen && !isWhole(drawing.selected, fields) ? `${spoken}; rests on a selected field` : spoken,
    'aria-pressed': isWhole(drawing.selected, fields),
    onFocus: () => drawing.onFocus(key),
    onBlur: drawing.onBlur,
    onPointerEnter: ({ clientX }: PointerEvent) => drawing.onEnter(key, clientX),
    onPointerLeave: drawing.onLeave,
    // The second press of a double click is none of its own.
    onClick: ({ detail, clientX }: MouseEvent) => (detail > 1 ? undefined : drawing.onSelect(part, clientX)),
    onDblClick: () => drawing.onZoomTo(part),
  } as const;
}
