import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { positionOf, type Range } from './axis';
import { Beyond, diamond } from './chart-lane';
import { partAttributes, useDrawing, type Drawing } from './chart-part';
import { placeFlags, type FlagPlace } from './layout';
import { flagText, type Part, type Row } from './moments';

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
          const flag = flags[index];
          return flag === undefined ? null : <Moment key={part.words.key} part={part} flag={flag} />;
        })}
        <Beyond parts={marks} y={TOP} />
      </svg>
    </div>
  );
}

interface Flagged extends FlagPlace {
  readonly x: number;
  readonly width: number;
}

function Moment({ part, flag }: { part: MarkPart; flag: Flagged }): JSX.Element {
  const drawing = useDrawing();
  const { mark } = part;
  const { x } = flag;
  const y = TOP + flag.row * FLAG_ROW;
  const onRight = flag.side === 'right';
  const { name, time } = flagText(mark, drawing.format);
  return (
    <g {...partAttributes(part, `mark is-${mark.id} is-${mark.provenance}`, drawing)}>
      <line class="stem" x1={x} x2={x} y1={0} y2={y} />
      <path class="diamond" d={diamond(x, y, SIZE)} />
      <text x={onRight ? x + FLAG_INSET : x - FLAG_INSET} y={y + 4} text-anchor={onRight ? 'start' : 'end'}>
        {name} <tspan class="when">{time}</tspan>
      </text>
      <rect class="ring" x={onRight ? x - 7 : x - flag.width} y={y - 9} width={flag.width + 7} height={18} rx={4} />
    </g>
  );
}

/** The labels' places and widths, in the order of the marks. */
function useFlags(marks: readonly MarkPart[], view: Range, { plot, format, measure }: Drawing): readonly Flagged[] {
  return useMemo(() => {
    const flags = marks.map(({ mark }) => {
      const { name, time } = flagText(mark, format);
      return { x: Math.max(0, Math.min(plot, positionOf(mark.at, view, plot))), width: Math.ceil(measure(`${name} ${time}`)) + FLAG_INSET + 4 };
    });
    return placeFlags(flags, plot).map((place, index) => ({ ...place, ...(flags[index] ?? { x: 0, width: 0 }) }));
  }, [marks, view.from, view.to, plot, format, measure]);
}
