import { Fragment, type JSX, type RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { plainText } from '../call/text';
import type { TimeFormat } from '../call/time';
import { KNOWN_HOW } from '../call/timelineRows';
import type { Range } from './axis';
import type { Words } from './moments';
import { elideMiddle } from './text';
import { inOtherZones } from './time';
import { partElement } from './use-going';

/** All lengths in CSS pixels. */
const WIDTH = 360;
const GAP = 8;
/** How far from the pointer's column it keeps, so that the pointer can go on to the lanes below. */
const BESIDE_POINTER = 16;

interface CardProps {
  readonly words: Words;
  /** When the part is; absent: it has no time. */
  readonly time: Range | undefined;
  readonly format: TimeFormat;
  /** Where the pointer is, from the window's left edge; absent: the keyboard brought it, and the card begins where the part does. */
  readonly at: number | undefined;
  /** What it stands in: the drawing, with the part in it. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
}

/**
 * Everything about one part of the timeline, below it, or above it where there is no room below; never beside the drawing.
 * Its words are the part's accessible name, so it is hidden from those who listen.
 */
export function Card({ words, time, format, at, frame, onEnter, onLeave }: CardProps): JSX.Element {
  const card = useRef<HTMLDivElement>(null);
  const byKeyboard = at === undefined;
  const others = useMemo(() => (time === undefined ? [] : inOtherZones(time, format)), [time?.from, time?.to, format]);
  useLayoutEffect(() => {
    if (card.current !== null && frame.current !== null) place(card.current, frame.current, words.key, at);
  });
  useLayoutEffect(() => {
    if (byKeyboard) card.current?.scrollIntoView({ block: 'nearest' });
  }, [byKeyboard, words.key]);
  return (
    <div ref={card} class="card" aria-hidden="true" onPointerEnter={onEnter} onPointerLeave={onLeave}>
      <div class="card-title">
        {words.title} <span class={`known is-${words.provenance}`}>{KNOWN_HOW[words.provenance]}</span>
      </div>
      {words.from !== undefined && (
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
          {others.map(({ places, text }) => (
            <Fragment key={places}>
              <dt>{places}</dt>
              <dd>{text}</dd>
            </Fragment>
          ))}
          {words.length !== undefined && <dt>Length</dt>}
          {words.length !== undefined && <dd>{words.length}</dd>}
          {words.offset !== undefined && <dt>Offset</dt>}
          {words.offset !== undefined && <dd>{words.offset}</dd>}
        </dl>
      )}
      <p>{words.explanation}</p>
      {words.sources.length > 0 && (
        <ul>
          {words.sources.map(({ field, value }) => (
            <li key={field}>
              <span class="quiet">{plainText(field, 80)}</span> <bdi>{elideMiddle(plainText(value, 200), 40)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function place(card: HTMLElement, frame: HTMLElement, key: string, at: number | undefined): void {
  const part = partElement(frame, key);
  if (part === undefined) return;
  const [box, outer] = [part.getBoundingClientRect(), frame.getBoundingClientRect()];
  const width = Math.min(WIDTH, outer.width);
  card.style.width = `${width}px`;
  const height = card.offsetHeight;
  const fitsBelow = box.bottom + GAP + height <= window.innerHeight;
  const fitsAbove = box.top - GAP - height >= 0;
  const begin = at === undefined ? box.left : at + BESIDE_POINTER + width <= outer.right ? at + BESIDE_POINTER : at - BESIDE_POINTER - width;
  card.style.left = `${Math.max(0, Math.min(begin - outer.left, outer.width - width))}px`;
  card.style.top = `${(fitsBelow || !fitsAbove ? box.bottom + GAP : box.top - GAP - height) - outer.top}px`;
}
