import type { JSX, SVGAttributes } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import { placeFlags, placeTicks, positionOf, type Range } from './axis';
import { Card } from './card';
import { barText, flagText, partAfter, rowsOf, spoken, type Part, type Row } from './moments';

/** All lengths in CSS pixels. */
const GUTTER = 128;
const NARROW_BELOW = 560;
const AXIS = 24;
const BAR = 24;
const LANE_GAP = 16;
const LANE_LABEL = 20;
const FLAG_ROW = 20;
const FLAG_INSET = 10;
const MIN_BAR = 3;
const LEAVES_AFTER_MS = 150;

interface Box {
  readonly row: Row;
  readonly top: number;
}

/** What the pointer or the keyboard is on. */
interface Active {
  readonly part: Part;
  readonly x: number;
  readonly below: number;
}

interface ChartProps {
  readonly timeline: Timeline;
  readonly range: Range;
  readonly format: TimeFormat;
}

/** The timeline drawn at the size it has: relaid out, never scaled. */
export function Chart({ timeline, range, format }: ChartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const { width, measure } = useFrame(frame);
  const rows = useMemo(() => rowsOf(timeline, format), [timeline, format.timeZone, format.locale]);
  const narrow = width < NARROW_BELOW;
  const left = narrow ? 0 : GUTTER;
  const plot = Math.max(0, width - left);
  const hatch = useId();
  const [focused, setFocused] = useState<string>();
  const [hovered, setHovered] = useState<string>();
  const [dismissed, setDismissed] = useState(false);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);

  const enter = (key: string | undefined): void => {
    clearTimeout(leaving.current);
    if (key === undefined) return;
    setHovered(key);
    setDismissed(false);
  };
  const leave = (): void => {
    clearTimeout(leaving.current);
    leaving.current = setTimeout(() => setHovered(undefined), LEAVES_AFTER_MS);
  };

  const lanes = rows.filter(({ id }) => id !== 'marks');
  const marks = rows.find(({ id }) => id === 'marks')?.parts ?? [];
  const laneHeight = BAR + LANE_GAP + (narrow ? LANE_LABEL : 0);
  const boxes: readonly Box[] = lanes.map((row, index) => ({ row, top: AXIS + index * laneHeight + (narrow ? LANE_LABEL : 4) }));
  const lanesEnd = lanes.length === 0 ? AXIS : AXIS + lanes.length * laneHeight - LANE_GAP + (narrow ? 0 : 4);
  const flags = useFlags(marks, range, plot, format, measure);
  const flagsTop = lanesEnd + 16;
  const deepest = Math.max(0, ...flags.map(({ row }) => row));
  const height = flagsTop + (marks.length === 0 ? 0 : deepest * FLAG_ROW + 12);
  const x = (at: number): number => left + positionOf(at, range, plot);

  const tabStop = rows.some(({ parts }) => parts.some(({ words }) => words.key === focused)) ? focused : rows[0]?.parts[0]?.words.key;
  const shown = dismissed ? undefined : (hovered ?? focused);
  const active = activePart();

  function activePart(): Active | undefined {
    for (const { row, top } of boxes) {
      const part = row.parts.find(({ words }) => words.key === shown);
      if (part?.kind === 'span') return { part, x: x(part.span.from), below: top + BAR + 8 };
    }
    const index = marks.findIndex(({ words }) => words.key === shown);
    const part = marks[index];
    const flag = flags[index];
    return part?.kind === 'mark' && flag !== undefined ? { part, x: x(part.mark.at), below: flagsTop + flag.row * FLAG_ROW + 14 } : undefined;
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && shown !== undefined) {
      setDismissed(true);
      event.stopPropagation();
      return;
    }
    const next = tabStop === undefined ? undefined : partAfter(event.key, rows, tabStop);
    if (next === undefined) return;
    event.preventDefault();
    const target = [...(frame.current?.querySelectorAll<SVGElement>('[data-part]') ?? [])].find((element) => element.dataset['part'] === next);
    target?.focus();
  };
  const handlers = (key: string): SVGAttributes<SVGGElement> & { 'data-part': string } => ({
    'data-part': key,
    role: 'img',
    // Names of SVG attributes keep their case, and only this one is known to browsers.
    tabindex: key === tabStop ? 0 : -1,
    onFocus: () => {
      setFocused(key);
      setHovered(undefined);
      setDismissed(false);
    },
    onBlur: () => setFocused(undefined),
    onPointerEnter: () => enter(key),
    onPointerLeave: leave,
  });

  return (
    <div class="chart" ref={frame} onKeyDown={onKeyDown}>
      <svg width={width} height={height} role="group" aria-label="Drawing of the timeline. Arrow keys move between its parts.">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        <g aria-hidden="true">
          {placeTicks(range, plot, format, measure).map((tick) => (
            <g key={tick.at}>
              <line class="grid" x1={left + tick.x} x2={left + tick.x} y1={AXIS - 6} y2={lanesEnd + 4} />
              <text class="tick" x={left + tick.x} y={12} text-anchor={tick.anchor}>
                {tick.label}
              </text>
            </g>
          ))}
        </g>
        {boxes.map(({ row, top }) => (
          <g key={row.id}>
            <text class="lane" x={0} y={narrow ? top - 6 : top + 16} aria-hidden="true">
              {row.label}
            </text>
            {row.parts.map((part) => {
              if (part.kind !== 'span') return null;
              const { span, words } = part;
              const from = x(span.from);
              const length = Math.max(MIN_BAR, x(span.to) - from);
              return (
                <g key={words.key} class={`part span is-${span.kind} is-${span.provenance}`} aria-label={spoken(words)} {...handlers(words.key)}>
                  <rect class="bar" x={from + 0.5} y={top + 0.5} width={Math.max(1, length - 1)} height={BAR - 1} rx={2} />
                  {span.provenance === 'inferred' && <rect class="hatched" x={from + 0.5} y={top + 0.5} width={Math.max(1, length - 1)} height={BAR - 1} rx={2} fill={`url(#${hatch})`} />}
                  <text class={span.provenance === 'inferred' ? 'in-bar on-hatch' : 'in-bar'} x={from + 8} y={top + 16}>
                    {barText(span.label, length - 16, measure)}
                  </text>
                  <rect class="ring" x={from - 1.5} y={top - 1.5} width={length + 3} height={BAR + 3} rx={4} />
                </g>
              );
            })}
          </g>
        ))}
        {marks.map((part, index) => {
          const flag = flags[index];
          if (part.kind !== 'mark' || flag === undefined) return null;
          const { mark, words } = part;
          const at = x(mark.at);
          const y = flagsTop + flag.row * FLAG_ROW;
          const onRight = flag.side === 'right';
          const { name, time } = flagText(mark, format);
          return (
            <g key={words.key} class={`part mark is-${mark.id} is-${mark.provenance}`} aria-label={spoken(words)} {...handlers(words.key)}>
              <line class="stem" x1={at} x2={at} y1={lanesEnd} y2={y} />
              <path class="diamond" d={`M${at} ${y - 4}l4 4l-4 4l-4 -4z`} />
              <text x={onRight ? at + FLAG_INSET : at - FLAG_INSET} y={y + 4} text-anchor={onRight ? 'start' : 'end'}>
                {name} <tspan class="when">{time}</tspan>
              </text>
              <rect class="ring" x={onRight ? at - 7 : at - flag.width} y={y - 9} width={flag.width + 7} height={18} rx={4} />
            </g>
          );
        })}
      </svg>
      {active !== undefined && <Card words={active.part.words} x={active.x} y={active.below} within={width} follow={hovered === undefined} onEnter={() => enter(undefined)} onLeave={leave} />}
    </div>
  );
}

/** The labels' places and widths, in the order of the marks. */
function useFlags(marks: readonly Part[], range: Range, plot: number, format: TimeFormat, measure: (text: string) => number): readonly { row: number; side: 'left' | 'right'; width: number }[] {
  return useMemo(() => {
    const flags = marks.flatMap((part) => {
      if (part.kind !== 'mark') return [];
      const { name, time } = flagText(part.mark, format);
      return { x: positionOf(part.mark.at, range, plot), width: Math.ceil(measure(`${name} ${time}`)) + FLAG_INSET + 4 };
    });
    return placeFlags(flags, plot).map((place, index) => ({ ...place, width: flags[index]?.width ?? 0 }));
  }, [marks, range.from, range.to, plot, format.timeZone, format.locale, measure]);
}

/** The size there is, and the width of a text in the drawing's own font. */
function useFrame(frame: { readonly current: HTMLDivElement | null }): { width: number; measure: (text: string) => number } {
  const [width, setWidth] = useState(0);
  const [measure, setMeasure] = useState<(text: string) => number>(() => (text: string) => text.length * 7);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const { fontFamily, fontSize } = getComputedStyle(element);
    const context = document.createElement('canvas').getContext('2d');
    if (context !== null) {
      context.font = `${fontSize} ${fontFamily}`;
      setMeasure(() => (text: string) => context.measureText(text).width);
    }
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return { width, measure };
}
