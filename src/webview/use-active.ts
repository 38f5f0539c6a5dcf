import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

/** The pointer may pass over parts without raising a card, and leave one for a moment without losing it. */
const COMES_AFTER_MS = 200;
const LEAVES_AFTER_MS = 150;

/** Which part of the drawing is spoken of: the one under the pointer, else the one that the keyboard went to. */
export interface Active {
  /** The key of the part whose card is shown. */
  readonly shown: string | undefined;
  /** Where the pointer came to it, from the window's left edge in pixels; absent: the keyboard brought it. */
  readonly at: number | undefined;
  /** The key of the part that has the focus. */
  readonly focused: string | undefined;
  readonly focus: (key: string) => void;
  readonly blur: () => void;
  readonly enter: (key: string, clientX: number) => void;
  readonly leave: () => void;
  /** The pointer went over to the card. */
  readonly stay: () => void;
  /** Takes the card away until something else comes; false when there is none. */
  readonly dismiss: () => boolean;
}

interface Pointed {
  readonly key: string;
  readonly at: number;
}

interface Focused {
  readonly key: string;
  /** A click brought the focus: the card goes with the pointer. */
  readonly isByPointer: boolean;
}

export function useActive(): Active {
  const [focused, setFocused] = useState<Focused>();
  const [pointed, setPointed] = useState<Pointed>();
  const [dismissed, setDismissed] = useState(false);
  const under = useRef<string | undefined>(undefined);
  const pending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(pending.current), []);

  return useMemo(() => {
    const shown = dismissed ? undefined : (pointed?.key ?? (focused?.isByPointer === true ? undefined : focused?.key));
    const stay = (): void => clearTimeout(pending.current);
    const point = (key: string, at: number): void => {
      setPointed({ key, at });
      setDismissed(false);
    };
    return {
      shown,
      at: pointed?.at,
      focused: focused?.key,
      focus: (key) => {
        setFocused({ key, isByPointer: under.current === key });
        setPointed((now) => (now?.key === key ? now : undefined));
        setDismissed(false);
      },
      blur: () => setFocused(undefined),
      enter: (key, at) => {
        stay();
        under.current = key;
        if (pointed !== undefined) point(key, at);
        else pending.current = setTimeout(() => point(key, at), COMES_AFTER_MS);
      },
      leave: () => {
        stay();
        under.current = undefined;
        pending.current = setTimeout(() => setPointed(undefined), LEAVES_AFTER_MS);
      },
      stay,
      dismiss: () => {
        stay();
        setDismissed(true);
        return shown !== undefined;
      },
    };
  }, [focused, pointed, dismissed]);
}
