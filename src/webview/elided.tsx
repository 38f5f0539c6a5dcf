import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

/** How many characters at the end always stay: the ends of names and numbers are what tells them apart. */
const TAIL = 7;

const segmenter = new Intl.Segmenter();

/** A text on one line that loses its middle where there is no room for all of it; the whole is on hover, and is what is copied. */
export function Elided({ text }: { text: string }): JSX.Element {
  const characters = useMemo(() => Array.from(segmenter.segment(text), ({ segment }) => segment), [text]);
  if (characters.length <= 2 * TAIL) return <bdi class="elided">{text}</bdi>;
  return (
    <bdi class="elided" title={text}>
      <span class="elided-start">{characters.slice(0, -TAIL).join('')}</span>
      <span>{characters.slice(-TAIL).join('')}</span>
    </bdi>
  );
}
