import { useMemo, useState } from 'preact/hooks';
import type { Instant } from '../call/call';
import type { Range } from './axis';
import { canZoomIn, panned, revealing, type View, within, zoomed, zoomedAround, zoomedTo } from './viewport';

/** What is drawn of a timeline, and what changes that. */
export interface Zoom {
  readonly range: Range;
  /** The stretch that is drawn. */
  readonly view: Range;
  /** False when all of the range is drawn, as long as nobody zooms, however it grows. */
  readonly isZoomed: boolean;
  readonly canZoomIn: boolean;
  /** So many times as close (below 1: farther); the instant keeps its place. */
  readonly about: (at: Instant, factor: number) => void;
  /** So many times as close (below 1: farther), with a part in the middle. */
  readonly around: (part: Range | undefined, factor: number) => void;
  /** Moves what is drawn by so many milliseconds, from where it is or was. */
  readonly pan: (by: number, from?: Range) => void;
  /** Draws a part as large as it can be. */
  readonly to: (part: Range) => void;
  /** Moves what is drawn until a part shows. */
  readonly reveal: (part: Range) => void;
  readonly fit: () => void;
}

/** The stretch drawn of a range. It is kept while the range changes, as that of an ongoing call does. */
export function useZoom({ from, to }: Range): Zoom {
  const [kept, setKept] = useState<View>();
  return useMemo(() => {
    const range = { from, to };
    const view = within(kept, range);
    return {
      range,
      view,
      isZoomed: kept !== undefined,
      canZoomIn: canZoomIn(kept, range),
      about: (at, factor) => setKept((now) => zoomed(now, range, factor, at)),
      around: (part, factor) => setKept((now) => zoomedAround(now, range, factor, part)),
      pan: (by, start) => setKept((now) => panned(start ?? now, range, by)),
      to: (part) => setKept(zoomedTo(part, range)),
      reveal: (part) => setKept((now) => revealing(now, range, part)),
      fit: () => setKept(undefined),
    };
  }, [kept, from, to]);
}
