import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import type { Range } from '../axis';
import { useZoom, type Zoom } from '../use-zoom';
import { rangeOf, union, type Placed } from './placed';

/** The axis of the timeline and of the recording: one for both wherever it is known where in the call the recording lies. */
export interface Axis {
  /** Of the timeline; of a moment where it has no range. */
  readonly zoom: Zoom;
  /** Where the recording lies on the timeline's axis; undefined: nobody knows. */
  readonly placed: Placed | undefined;
  /** The recording on the timeline's axis, or on one of its own that begins at 0; undefined: its length is not known. */
  readonly wave: { readonly zoom: Zoom; readonly placed: Placed } | undefined;
}

const AxisContext = createContext<Axis | undefined>(undefined);

export const AxisProvider = AxisContext.Provider;

/** The axis that {@link AxisProvider} gives. Throws outside of it. */
export function useAxis(): Axis {
  const axis = useContext(AxisContext);
  if (axis === undefined) throw new Error('No axis: the component stands outside AxisProvider.');
  return axis;
}

const A_MOMENT: Range = { from: 0, to: 1000 };

/** `range`: the timeline's. `placed`: where the recording lies in it. `length`: the recording's, in seconds. */
export function useNewAxis(range: Range | undefined, placed: Placed | undefined, length: number | undefined): Axis {
  const own = useMemo<Placed | undefined>(() => (length === undefined || length <= 0 ? undefined : { start: 0, length }), [length]);
  const shared = range === undefined ? undefined : placed;
  const zoom = useZoom(shared === undefined ? (range ?? A_MOMENT) : union(rangeOf(shared), range));
  const ownZoom = useZoom(own === undefined ? A_MOMENT : rangeOf(own));
  return useMemo(() => {
    const alone = own === undefined ? undefined : { zoom: ownZoom, placed: own };
    return { zoom, placed: shared, wave: shared === undefined ? alone : { zoom, placed: shared } };
  }, [zoom, ownZoom, own, shared]);
}
