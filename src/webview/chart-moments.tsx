import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { positionOf, type Range } from './axis';
import { Beyond, diamond } from './chart-lane';
import { partAttributes, useDrawing, type Drawing } from './chart-part';
import { placeFlags, type FlagPlace } from './layout';
import type { Part, Row } from './moments';

/** All lengths in CSS pixels. */
const TOP = 16;
const FLAG_ROW = 20;
const BOTTOM = 12;
const FLAG_INSET = 10;
const SIZE = 4;

type MarkPart = Extract<Part, { kind: 'mark' }>;

/** The moments of the call as a whole, each with its name and time of day below the lanes. */
export function ChartMoments({ row, range }: { row: Row; range: Range }): JSX.Element {
  const drawing = useDrawing();
  const { view, plot, focused } = drawing;
  const marks = useMemo(() => row.parts.filter((part): part is MarkPart => part.kind === 'mark'), [row]);
  const shown = useMemo(() => marks.filter(({ mark, words }) => words.key === focused || (mark.at >= view.from && mark.at <= view.to)), [marks, view, focused]);
  const flags = useFlags(shown, view, drawing);
  const flagsAtFit = useFlags(marks, range, drawing);
  // Zooming changes how the labels stand, but not how much room they have: nothing below moves.
  const deepest = Math.max(0, ...[...flags, ...flagsAtFit].map(({ row: depth }) => depth));
  return (
    <div class="moments" role="group" aria-label="Moments of the call">
      <svg width={plot} height={TOP + deepest * FLAG_ROW + BOTTOM}>
        {shown.map((part, index) => {
          const place = flags[index];
          return place === undefined ? null : <Moment key={part.words.key} part={part} place={place} />;
        })}
        <Beyond parts={marks} y={TOP} />
      </svg>
    </div>
  );
}

interface Placed extends FlagPlace {
  readonly x: number;
  readonly width: number;
}

function Moment({ part, place }: { part: MarkPart; place: Placed }): JSX.Element {
  const drawing = useDrawing();
  const { mark, flag: { name, time } } = part;
  const { x } = place;
  const y = TOP + place.row * FLAG_ROW;
  const onRight = place.side === 'right';
  return (
    <g {...partAttributes(part, `mark is-${mark.id} is-${mark.provenance}`, drawing)}>
      <line class="stem" x1={x} x2={x} y1={0} y2={y} />
      <path class="diamond" d={diamond(x, y, SIZE)} />
      <text x={onRight ? x + FLAG_INSET : x - FLAG_INSET} y={y + 4} text-anchor={onRight ? 'start' : 'end'}>
        {name} <tspan class="when">{time}</tspan>
      </text>
      <rect class="ring" x={onRight ? x - 7 : x - place.width} y={y - 9} width={place.width + 7} height={18} rx={4} />
    </g>
  );
}

/** The labels' places and widths, in the order of the marks. */
function useFlags(marks: readonly MarkPart[], view: Range, { plot, measure }: Drawing): readonly Placed[] {
  return useMemo(() => {
    const flags = marks.map(({ mark, flag: { name, time } }) => ({
      x: Math.max(0, Math.min(plot, positionOf(mark.at, view, plot))),
      width: Math.ceil(measure(`${name} ${time}`)) + FLAG_INSET + 4,
    }));
    return placeFlags(flags, plot).map((place, index) => ({ ...place, ...(flags[index] ?? { x: 0, width: 0 }) }));
  }, [marks, view.from, view.to, plot, measure]);
}
