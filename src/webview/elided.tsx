import type { JSX } from 'preact';

/** How many characters at the end always stay: the ends of names and numbers are what tells them apart. */
const TAIL = 7;

/** A text on one line that loses its middle where there is no room for all of it; the whole is on hover, and is what is copied. */
export function Elided({ text }: { text: string }): JSX.Element {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (characters.length <= 2 * TAIL) return <bdi class="elided">{text}</bdi>;
  return (
    <bdi class="elided" title={text}>
      <span class="elided-start">{characters.slice(0, -TAIL).join('')}</span>
      <span>{characters.slice(-TAIL).join('')}</span>
    </bdi>
  );
}
