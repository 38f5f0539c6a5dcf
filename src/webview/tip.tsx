import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keepInside } from './inside';

interface TippedProps {
  /** Of the tip, for what it describes (`aria-describedby`). */
  readonly id: string;
  readonly tip: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Says more about a thing while the pointer or the focus is on it; Escape puts that away. */
export function Tipped({ id, tip, children }: TippedProps): JSX.Element {
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (shown) keepInside(box.current);
  }, [shown]);
  useEffect(() => {
    if (!shown) return undefined;
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setShown(false);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shown]);
  const show = (): void => setShown(true);
  const hide = (): void => setShown(false);
  return (
    <span class="tipped" onPointerEnter={show} onPointerLeave={hide} onFocusIn={show} onFocusOut={hide}>
      {children}
      <span ref={box} id={id} class="tip" role="tooltip" hidden={!shown}>
        {tip}
      </span>
    </span>
  );
}
