import type { JSX } from 'preact';
import type { SpanKind } from '../call/spans';
import { positionOf } from './axis';
import { partAttributes, useDrawing, type Drawing } from './chart-part';
import { Elided } from './elided';
import { Icon } from './icon';
import { placeBars, spreadOut, type Bar } from './layout';
import { barText, stateOf, timeOf, type Part, type Row } from './moments';

/** All lengths in CSS pixels. */
export const GUTTER = 176;
const BAR = 24;
const MARKS = 12;
const MARK_SIZE = 3.5;
const MARKS_APART = 10;
const LEAST_BAR = 4;
const CORNER = 2;
const TEXT_INSET = 8;
const IN_LANE = 4;

type Head = Extract<Part, { kind: 'lane' }>;
type SpanPart = Extract<Part, { kind: 'span' }>;
type LaneMarkPart = Extract<Part, { kind: 'laneMark' }>;

/** The kinds of spans that may be inferred. */
const HATCHED: readonly SpanKind[] = ['connecting', 'conversation', 'ongoing', 'untilUpdate', 'ringing', 'waiting', 'leg'];

/** What the spans that are inferred are filled with, one pattern for each kind: `id` and the kind. */
export function Hatches({ id }: { id: string }): JSX.Element {
  return (
    <svg width="0" height="0" class="hatches" aria-hidden="true">
      {HATCHED.map((kind) => (
        <pattern key={kind} id={`${id}-${kind}`} class={`is-${kind}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      ))}
    </svg>
  );
}

/** One row of the drawing: whose it is, and what happened on it. `hatch`: the id of its {@link Hatches}. */
export function ChartLane({ row, hatch }: { row: Row; hatch: string }): JSX.Element {
  const drawing = useDrawing();
  const { view, plot } = drawing;
  const head = row.parts.find((part): part is Head => part.kind === 'lane');
  const spans = row.parts.filter((part): part is SpanPart => part.kind === 'span');
  const marks = row.parts.filter((part): part is LaneMarkPart => part.kind === 'laneMark');
  const bars = placeBars(spans.map(({ span }) => span), view, plot, LEAST_BAR);
  const timed = [...spans, ...marks];
  return (
    <div class="lane" role="group" aria-label={laneName(row, head)}>
      <Label row={row} head={head} />
      <svg width={plot} height={BAR + (marks.length > 0 ? MARKS : 0)}>
        {timed.length === 0 && head !== undefined && (
          <text class="in-lane" x={IN_LANE} y={16}>
            {head.lane.status?.label}
          </text>
        )}
        {spans.map((part, index) => (
          <Span key={part.words.key} part={part} bar={bars[index] ?? stub(part, drawing)} hatch={hatch} />
        ))}
        <LaneMarks parts={marks} />
        <Beyond parts={timed} y={BAR / 2} />
      </svg>
    </div>
  );
}

function laneName({ label }: Row, head: Head | undefined): string {
  return head === undefined ? label : `${label}, ${stateOf(head.lane)}`;
}

/** Who it is and, below, what became of them. */
function Label({ row, head }: { row: Row; head: Head | undefined }): JSX.Element {
  const drawing = useDrawing();
  if (head === undefined)
    return (
      <div class="lane-label" aria-hidden="true">
        <Elided text={row.label} />
      </div>
    );
  const { status } = head.lane;
  return (
    <div {...partAttributes(head, 'lane-label', drawing)}>
      <Elided text={row.label} />{' '}
      <span class="lane-state">
        {status !== undefined && <Icon name={status.icon} severity={status.severity} />}
        <Elided text={stateOf(head.lane)} />
      </span>
    </div>
  );
}

/** A part that has the focus stays, at the edge beyond which it lies. */
function stub({ words: { key }, span }: SpanPart, { focused, view, plot }: Drawing): Bar | undefined {
  if (key !== focused) return undefined;
  return { x: span.from >= view.to ? plot - LEAST_BAR : 0, width: LEAST_BAR, cutStart: true, cutEnd: true };
}

function Span({ part, bar, hatch }: { part: SpanPart; bar: Bar | undefined; hatch: string }): JSX.Element | null {
  const drawing = useDrawing();
  if (bar === undefined) return null;
  const { span } = part;
  const isInferred = span.provenance === 'inferred';
  const box = { x: bar.x, y: 0, width: bar.width, height: BAR, rx: bar.cutStart || bar.cutEnd ? 0 : CORNER };
  return (
    <g {...partAttributes(part, `span is-${span.kind} is-${span.provenance}`, drawing)}>
      <rect class="bar" {...box} />
      {isInferred && <rect {...box} fill={`url(#${hatch}-${span.kind})`} />}
      <path class="edge" d={outlineOf(span.kind === 'ongoing' ? { ...bar, cutEnd: true } : bar)} />
      <text class={isInferred ? 'in-bar on-hatch' : 'in-bar'} x={bar.x + TEXT_INSET} y={16}>
        {barText(span.label, bar.width - 2 * TEXT_INSET, drawing.measure)}
      </text>
      <rect class="ring" x={bar.x - 1.5} y={-1.5} width={bar.width + 3} height={BAR + 3} rx={4} />
    </g>
  );
}

/** The outline of a bar: round at its corners, open where the span goes on beyond the drawing. */
function outlineOf({ x, width, cutStart, cutEnd }: Bar): string {
  const [left, right] = [cutStart ? x : x + 0.5, x + width - (cutEnd ? 0 : 0.5)];
  const [top, bottom] = [0.5, BAR - 0.5];
  const corner = Math.max(0, Math.min(CORNER, (right - left) / 2));
  const from = cutStart ? left : left + corner;
  const turn = (dx: number, dy: number): string => `a${corner} ${corner} 0 0 1 ${dx * corner} ${dy * corner}`;
  const end = cutEnd ? `M${right} ${bottom}` : `${turn(1, 1)}V${bottom - corner}${turn(-1, 1)}`;
  const start = cutStart ? '' : `${turn(-1, -1)}V${top + corner}${turn(1, -1)}`;
  return `M${from} ${top}H${cutEnd ? right : right - corner}${end}H${from}${start}`;
}

/** When a leg's record was made and last changed: below the bar, so that they hide none of it. */
function LaneMarks({ parts }: { parts: readonly LaneMarkPart[] }): JSX.Element {
  const drawing = useDrawing();
  const { view, plot, focused } = drawing;
  const shown = parts.filter(({ mark, words }) => words.key === focused || (mark.at >= view.from && mark.at <= view.to));
  const places = spreadOut(shown.map(({ mark }) => positionOf(mark.at, view, plot)), MARKS_APART, plot);
  return (
    <>
      {shown.map((part, index) => {
        const x = places[index] ?? 0;
        const y = BAR + MARKS / 2;
        const at = Math.max(0, Math.min(plot, positionOf(part.mark.at, view, plot)));
        return (
          <g key={part.words.key} {...partAttributes(part, `lane-mark is-${part.mark.provenance}`, drawing)}>
            <path class="stem" d={`M${at} ${BAR - 4}v4L${x} ${y}`} />
            <path class="diamond" d={diamond(x, y + 1, MARK_SIZE)} />
            <rect class="ring" x={x - 5} y={BAR - 1} width={10} height={MARKS + 3} rx={3} />
          </g>
        );
      })}
    </>
  );
}

/** A square on its corner. */
export function diamond(x: number, y: number, size: number): string {
  return `M${x} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`;
}

/** Says at the edges of the drawing that there is more of a row before and after what is drawn; where nothing of it is drawn, how much. */
export function Beyond({ parts, y }: { parts: readonly Part[]; y: number }): JSX.Element {
  const { view, plot } = useDrawing();
  const times = parts.flatMap((part) => timeOf(part) ?? []);
  const before = times.filter(({ to }) => to < view.from).length;
  const after = times.filter(({ from }) => from > view.to).length;
  const isEmpty = before + after === times.length;
  return (
    <g class="beyond" aria-hidden="true">
      {times.some(({ from }) => from < view.from) && <path d={`M-5 ${y - 4}l-4 4l4 4`} />}
      {times.some(({ to }) => to > view.to) && <path d={`M${plot + 5} ${y - 4}l4 4l-4 4`} />}
      {isEmpty && before > 0 && (
        <text x={IN_LANE} y={y + 4}>
          {before} earlier
        </text>
      )}
      {isEmpty && after > 0 && (
        <text x={plot - IN_LANE} y={y + 4} text-anchor="end">
          {after} later
        </text>
      )}
    </g>
  );
}
