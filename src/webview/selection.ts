/** The fields that the person has selected: in the timeline, among the facts and in the list of all fields the same ones stand out. */
import { createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';

export interface Selection {
  /** Paths as in `Citation.field`; empty: nothing is selected. */
  readonly fields: ReadonlySet<string>;
  /** Selects these instead of what was selected. */
  readonly select: (fields: Iterable<string>) => void;
  readonly clear: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

const SelectionContext = createContext<Selection>({ fields: NOTHING, select: () => undefined, clear: () => undefined });

export const SelectionProvider = SelectionContext.Provider;

/** The selection that {@link SelectionProvider} gives; outside of it nothing is selected and nothing can be. */
export function useSelection(): Selection {
  return useContext(SelectionContext);
}

/** A selection to provide. */
export function useNewSelection(): Selection {
  const [fields, setFields] = useState(NOTHING);
  return useMemo(() => ({ fields, select: (chosen) => setFields(new Set(chosen)), clear: () => setFields(NOTHING) }), [fields]);
}
