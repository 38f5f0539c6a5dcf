import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { plainText } from '../call/text';
import { KNOWN_HOW, type Described } from './moments';
import { elideMiddle } from './text';

const WIDTH = 336;

interface CardProps {
  readonly words: Described;
  /** Where the part begins, and the first line below it, in pixels from the drawing's corner. */
  readonly x: number;
  readonly y: number;
  /** The drawing's width: the card stays inside. */
  readonly within: number;
  /** The keyboard brought it: the part itself was scrolled into view, so must be what is said about it. */
  readonly follow: boolean;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
}

/** Everything about one part of the timeline, beside it. Its words are the part's accessible name, so it is hidden from those who listen. */
export function Card({ words, x, y, within, follow, onEnter, onLeave }: CardProps): JSX.Element {
  const width = Math.min(WIDTH, within);
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (follow) card.current?.scrollIntoView({ block: 'nearest' });
  }, [follow, words.key]);
  const left = Math.max(0, Math.min(x, within - width));
  return (
    <div ref={card} class="card" aria-hidden="true" style={{ left: `${left}px`, top: `${y}px`, width: `${width}px` }} onPointerEnter={onEnter} onPointerLeave={onLeave}>
      <div class="card-title">
        {words.title} <span class={`known is-${words.provenance}`}>{KNOWN_HOW[words.provenance]}</span>
      </div>
      <dl>
        <dt>{words.to === undefined ? 'At' : 'From'}</dt>
        <dd>
          {words.from} {words.to === undefined && words.zone}
        </dd>
        {words.to !== undefined && <dt>To</dt>}
        {words.to !== undefined && (
          <dd>
            {words.to} {words.zone}
          </dd>
        )}
        {words.length !== undefined && <dt>Length</dt>}
        {words.length !== undefined && <dd>{words.length}</dd>}
        {words.offset !== undefined && <dt>Offset</dt>}
        {words.offset !== undefined && <dd>{words.offset}</dd>}
      </dl>
      <p>{words.explanation}</p>
      {words.sources.length > 0 && (
        <ul>
          {words.sources.map(({ field, value }) => (
            <li key={field}>
              <span class="quiet">{plainText(field, 80)}</span> {elideMiddle(plainText(value, 200), 40)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
