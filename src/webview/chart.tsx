import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Instant } from '../call/call';
import type { TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import { placeTicks } from './axis';
import { Card } from './card';
import { ChartAxis, ChartGrid, PointerLine, timeAt } from './chart-axis';
import { ChartLane, GUTTER, Hatches } from './chart-lane';
import { ChartMoments } from './chart-moments';
import { DrawingProvider, type Drawing } from './chart-part';
import { firstLanes, isMoments, LANES_AT_FIRST, rowsOf, stopIn, timeOf, type Part } from './moments';
import { Playhead } from './player/playhead';
import { useHeardTimeline } from './player/use-heard-timeline';
import { isSelected } from './selected';
import { useSelection } from './selection';
import { useActive } from './use-active';
import { useChartActs } from './use-chart-acts';
import { useFrame } from './use-frame';
import { useGestures } from './use-gestures';
import { useGoing } from './use-going';
import type { Zoom } from './use-zoom';
import { instantAt } from './viewport';

/** In a narrower drawing the lanes' labels stand above them, in CSS pixels. */
export const NARROW_BELOW = 560;

const KEYS = 'Arrow keys move between its parts, Enter selects the fields of one, plus, minus and 0 zoom, Z zooms to a part, T shows the table.';

interface ChartProps {
  readonly timeline: Timeline;
  readonly zoom: Zoom;
  readonly format: TimeFormat;
  /** The part that Tab leads to; absent, or no longer there: another one is found. */
  readonly stop: string | undefined;
  readonly onStop: (key: string) => void;
  /** Zooms, and says what is drawn then. */
  readonly onZoom: (change: () => void) => void;
  readonly onTable: () => void;
}

/** The timeline drawn at the size it has: relaid out, never scaled. */
export function Chart({ timeline, zoom, format, stop, onStop, onZoom, onTable }: ChartProps): JSX.Element {
  const { fields: selected } = useSelection();
  const frame = useRef<HTMLDivElement>(null);
  const { width, measure } = useFrame(frame);
  const hatch = useId();
  const [showsAll, setShowsAll] = useState(false);
  const active = useActive();
  const isNarrow = width < NARROW_BELOW;
  const left = isNarrow ? 0 : GUTTER;
  const plot = Math.max(0, width - left);
  const gestures = useGestures(frame, zoom, left, plot);

  const allRows = useMemo(() => rowsOf(timeline, format), [timeline, format]);
  const rows = useMemo(() => (showsAll ? allRows : firstLanes(allRows)), [allRows, showsAll]);
  const parts = useMemo(() => new Map(rows.flatMap((row) => row.parts.map((part): [string, Part] => [part.words.key, part]))), [rows]);
  const ticks = useMemo(() => placeTicks(zoom.view, plot, format, measure), [zoom.view, plot, format, measure]);
  const tabStop = stopIn(rows, stop);
  const isLost = active.focused !== undefined && !parts.has(active.focused);
  const goTo = useGoing(frame, isLost ? tabStop : undefined);
  const { placed, ...heard } = useHeardTimeline();
  const instantOf = (clientX: number): Instant | undefined => {
    const x = clientX - (frame.current?.getBoundingClientRect().left ?? 0) - left;
    return x < 0 || x > plot ? undefined : instantAt(x, zoom.view, plot);
  };
  const { select, zoomTo, onKeyDown, onClick } = useChartActs({ rows, parts, tabStop, zoom, active, goTo, onZoom, onTable, instantOf, ...heard });
  const shown = gestures.isDragging ? undefined : parts.get(active.shown ?? '');

  const showAll = (): void => {
    setShowsAll(true);
    goTo(allRows[LANES_AT_FIRST]?.parts[0]?.words.key);
  };
  const drawing: Drawing = {
    view: zoom.view,
    plot,
    measure,
    format,
    tabStop,
    focused: active.focused,
    selected,
    onFocus: (key) => {
      active.focus(key);
      onStop(key);
    },
    onBlur: active.blur,
    onEnter: active.enter,
    onLeave: active.leave,
    onSelect: select,
    onZoomTo: zoomTo,
  };
  const isSelecting = [...parts.values()].some(({ words }) => isSelected(selected, words.sources.map(({ field }) => field)));
  const classes = ['chart', isNarrow && 'is-narrow', isSelecting && 'is-selecting', zoom.isZoomed && 'is-zoomed', gestures.isDragging && 'is-dragging'];
  const lanes = rows.filter((row) => !isMoments(row));
  const moments = rows.find(isMoments);
  return (
    <DrawingProvider value={drawing}>
      <div
        ref={frame}
        class={classes.filter((name) => name !== false).join(' ')}
        style={{ '--gutter': `${left}px` }}
        role="group"
        aria-label={`Drawing of the timeline. ${KEYS}`}
        onKeyDown={onKeyDown}
        onClick={onClick}
        {...gestures.handlers}
      >
        <Hatches id={hatch} />
        <ChartAxis ticks={ticks} range={zoom.range} />
        <div class="lanes">
          <ChartGrid ticks={ticks} moments={timeline.marks.map(({ at }) => at)} />
          {lanes.map((row) => (
            <ChartLane key={row.id} row={row} hatch={hatch} />
          ))}
          {placed !== undefined && <Playhead placed={placed} view={zoom.view} width={plot} left={left} />}
        </div>
        {allRows.length > rows.length && (
          <button type="button" class="link more-lanes" onClick={showAll}>
            Show all {allRows.length - (moments === undefined ? 0 : 1)} lanes
          </button>
        )}
        {moments !== undefined && <ChartMoments row={moments} range={zoom.range} />}
        <PointerLine area={frame} left={left} plot={plot} measure={measure} textAt={(x) => timeAt(x, drawing, timeline.origin)} />
        {shown !== undefined && <Card words={shown.words} time={timeOf(shown)} format={format} at={active.at} frame={frame} onEnter={active.stay} onLeave={active.leave} />}
      </div>
    </DrawingProvider>
  );
}
