import type { JSX, RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Instant } from '../call/call';
import { formatClock, formatInstant, formatOffset } from '../call/time';
import { positionOf, type PlacedTick, type Range } from './axis';
import { useDrawing, type Drawing } from './chart-part';
import type { Measure } from './use-frame';
import { instantAt, readableInstant } from './viewport';

/** All lengths in CSS pixels. */
const HEIGHT = 24;
const OVERVIEW = 3;
const LEAST_THUMB = 8;
const CHIP_PADDING = 6;

const DAY_MS = 86_400_000;

/** The times above the lanes; while zoomed, also which part of the whole is drawn. */
export function ChartAxis({ ticks, range }: { ticks: readonly PlacedTick[]; range: Range }): JSX.Element {
  const { view, plot } = useDrawing();
  const start = positionOf(view.from, range, plot);
  const thumb = Math.max(LEAST_THUMB, positionOf(view.to, range, plot) - start);
  const isZoomed = view.to - view.from < range.to - range.from;
  return (
    <div class="axis" aria-hidden="true">
      <svg width={plot} height={HEIGHT}>
        {ticks.map(({ at, x, anchor, label }) => (
          <text key={at} class="tick" x={x} y={12} text-anchor={anchor}>
            {label}
          </text>
        ))}
        {isZoomed && (
          <g class="overview">
            <line x1={0} x2={plot} y1={HEIGHT - OVERVIEW / 2} y2={HEIGHT - OVERVIEW / 2} />
            <rect x={Math.min(start, plot - thumb)} y={HEIGHT - OVERVIEW} width={thumb} height={OVERVIEW} rx={OVERVIEW / 2} />
          </g>
        )}
      </svg>
    </div>
  );
}

/** The lines of the axis, and those of the moments, behind the lanes. */
export function ChartGrid({ ticks, moments }: { ticks: readonly PlacedTick[]; moments: readonly Instant[] }): JSX.Element {
  const { view, plot } = useDrawing();
  return (
    <svg class="grid" width={plot} height="100%" aria-hidden="true">
      {ticks.map(({ at, x }) => (
        <line key={at} x1={x} x2={x} y1="0" y2="100%" />
      ))}
      {moments
        .filter((at) => at >= view.from && at <= view.to)
        .map((at) => (
          <line key={`moment ${at}`} class="at-moment" x1={positionOf(at, view, plot)} x2={positionOf(at, view, plot)} y1="0" y2="100%" />
        ))}
    </svg>
  );
}

interface PointerLineProps {
  /** Over which the pointer is followed. */
  readonly area: RefObject<HTMLElement | null>;
  /** Where in it the drawing begins, and its width, in pixels. */
  readonly left: number;
  readonly plot: number;
  readonly measure: Measure;
  /** What is said of a place, in pixels from the drawing's left. */
  readonly textAt: (x: number) => string;
}

/** A line at the pointer, with what is there. */
export function PointerLine({ area, left, plot, measure, textAt }: PointerLineProps): JSX.Element | null {
  const [x, setX] = useState<number>();
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const follow = (event: PointerEvent): void => setX(event.pointerType === 'touch' ? undefined : event.clientX - element.getBoundingClientRect().left - left);
    const leave = (): void => setX(undefined);
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerleave', leave);
    };
  }, [area, left]);
  if (x === undefined || x < 0 || x > plot) return null;
  const text = textAt(x);
  const half = measure(text) / 2 + CHIP_PADDING;
  return (
    <div class="pointer" style={{ left: `${left + x}px` }} aria-hidden="true">
      <span class="chip" style={{ left: `${Math.max(half, Math.min(x, plot - half)) - x}px` }}>
        {text}
      </span>
    </div>
  );
}

/** The time at a place of a drawing, and how far it is from the origin. */
export function timeAt(x: number, { view, plot, format }: Pick<Drawing, 'view' | 'plot' | 'format'>, origin: Instant | undefined): string {
  const at = readableInstant(instantAt(x, view, plot), view, plot);
  const clock = view.to - view.from < DAY_MS ? formatClock(at, format) : formatInstant(at, format);
  return origin === undefined ? clock : `${clock}  ${formatOffset(at - origin)}`;
}
