import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Gives a text's width in pixels. */
export type Measure = (text: string) => number;

/** The width that an element has, and that of texts in its font. */
export function useFrame(frame: RefObject<HTMLElement | null>): { readonly width: number; readonly measure: Measure } {
  const [width, setWidth] = useState(0);
  const [measure, setMeasure] = useState<Measure>(() => (text: string) => text.length * 7);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const read = (): void => setWidth(Math.floor(element.clientWidth));
    setMeasure(() => measureIn(element));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return { width, measure };
}

function measureIn(element: HTMLElement): Measure {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 7;
  context.font = `${fontSize} ${fontFamily}`;
  const widths = new Map<string, number>();
  return (text) => {
    const width = widths.get(text) ?? context.measureText(text).width;
    widths.set(text, width);
    return width;
  };
}
