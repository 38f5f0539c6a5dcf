import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import { placeTicks } from './axis';
import { Card } from './card';
import { ChartAxis, ChartGrid, PointerLine } from './chart-axis';
import { chartAct, type ChartAct } from './chart-keys';
import { ChartLane, GUTTER, Hatches } from './chart-lane';
import { ChartMoments } from './chart-moments';
import { DrawingProvider, type Drawing } from './chart-part';
import { useHost } from './host';
import { partAfter, rowsOf, timeOf, type Part, type Row } from './moments';
import { isSelected, isWhole } from './selected';
import { useSelection } from './selection';
import { useActive } from './use-active';
import { useFrame } from './use-frame';
import { useGestures } from './use-gestures';
import type { Zoom } from './use-zoom';

/** In a narrower drawing the lanes' labels stand above them, in CSS pixels. */
const NARROW_BELOW = 560;

/** With more lanes than the second, only so many are drawn at first. */
const LANES_AT_FIRST = 12;
const LANES_AT_MOST = 14;

const KEYS = 'Arrow keys move between its parts, Enter selects the fields of one, plus, minus and 0 zoom, Z zooms to a part, T shows the table.';

interface ChartProps {
  readonly timeline: Timeline;
  readonly zoom: Zoom;
  readonly format: TimeFormat;
  /** The part that Tab leads to; the first one where there is none such. */
  readonly stop: string | undefined;
  readonly onStop: (key: string) => void;
  readonly onZoom: (change: () => void) => void;
  readonly onTable: () => void;
}

/** The timeline drawn at the size it has: relaid out, never scaled. */
export function Chart({ timeline, zoom, format, stop, onStop, onZoom, onTable }: ChartProps): JSX.Element {
  const host = useHost();
  const selection = useSelection();
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
  const rows = useMemo(() => (showsAll ? allRows : firstOf(allRows)), [allRows, showsAll]);
  const parts = useMemo(() => new Map(rows.flatMap((row) => row.parts.map((part): [string, Part] => [part.words.key, part]))), [rows]);
  const ticks = useMemo(() => placeTicks(zoom.view, plot, format, measure), [zoom.view, plot, format, measure]);
  const tabStop = stop !== undefined && parts.has(stop) ? stop : firstStop(rows);
  const shown = gestures.isDragging ? undefined : parts.get(active.shown ?? '');

  const focusLost = active.focused !== undefined && !parts.has(active.focused);
  useLayoutEffect(() => {
    if (focusLost) partElement(frame.current, tabStop)?.focus({ preventScroll: true });
  }, [focusLost, tabStop]);

  // A part out of view is drawn only once it has the focus, or is about to.
  const goingTo = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (goingTo.current === undefined) return;
    partElement(frame.current, goingTo.current)?.focus();
    goingTo.current = undefined;
  });

  const moveTo = (part: Part | undefined): void => {
    if (part === undefined) return;
    const time = timeOf(part);
    if (time !== undefined) zoom.reveal(time);
    active.focus(part.words.key);
    goingTo.current = part.words.key;
  };
  const showAll = (): void => {
    setShowsAll(true);
    goingTo.current = allRows[LANES_AT_FIRST]?.parts[0]?.words.key;
  };
  const select = ({ words: { sources } }: Part): void => {
    const fields = sources.map(({ field }) => field);
    if (fields.length === 0) return;
    if (!isWhole(selection.fields, fields)) return selection.select(fields);
    selection.clear();
    host.announce('Nothing selected');
  };
  const zoomTo = (part: Part): void => {
    const time = timeOf(part);
    if (time !== undefined) onZoom(() => zoom.to(time));
  };
  /** False: there was nothing to do, and the key is somebody else's. */
  const perform = (act: ChartAct, key: string): boolean => {
    const part = parts.get(tabStop ?? '');
    switch (act.kind) {
      case 'move':
        moveTo(parts.get(partAfter(key, rows, tabStop ?? '') ?? ''));
        return true;
      case 'zoom':
        onZoom(() => zoom.around(part && timeOf(part), act.factor));
        return true;
      case 'pan':
        onZoom(() => zoom.pan(act.share * (zoom.view.to - zoom.view.from)));
        return true;
      case 'fit':
        onZoom(zoom.fit);
        return true;
      case 'zoomToPart':
        if (part !== undefined) zoomTo(part);
        return true;
      case 'select':
        if (part !== undefined) select(part);
        return true;
      case 'table':
        onTable();
        return true;
      case 'dismiss':
        if (active.dismiss()) return true;
        if (selection.fields.size === 0) return false;
        selection.clear();
        return true;
    }
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.target instanceof HTMLButtonElement) return;
    const act = chartAct(event);
    if (act === undefined || !perform(act, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onClick = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest('[data-part], .card, button') === null) selection.clear();
  };

  const drawing: Drawing = {
    view: zoom.view,
    plot,
    measure,
    format,
    tabStop,
    focused: active.focused,
    selected: selection.fields,
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
  const isSelecting = [...parts.values()].some(({ words }) => isSelected(selection.fields, words.sources.map(({ field }) => field)));
  const classes = ['chart', isNarrow && 'is-narrow', isSelecting && 'is-selecting', zoom.isZoomed && 'is-zoomed', gestures.isDragging && 'is-dragging'];
  const lanes = rows.filter(({ id }) => id !== MOMENTS);
  const moments = rows.find(({ id }) => id === MOMENTS);
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
        </div>
        {allRows.length > rows.length && (
          <button type="button" class="link more-lanes" onClick={showAll}>
            Show all {timeline.lanes.length} lanes
          </button>
        )}
        {moments !== undefined && <ChartMoments row={moments} range={zoom.range} />}
        <PointerLine area={frame} left={left} origin={timeline.origin} />
        {shown !== undefined && <Card words={shown.words} time={timeOf(shown)} format={format} at={active.at} frame={frame} onEnter={active.stay} onLeave={active.leave} />}
      </div>
    </DrawingProvider>
  );
}

const MOMENTS = 'marks';

/** The rows that are drawn at first: all of them, unless they are many. */
function firstOf(rows: readonly Row[]): readonly Row[] {
  const lanes = rows.filter(({ id }) => id !== MOMENTS);
  if (lanes.length <= LANES_AT_MOST) return rows;
  return [...lanes.slice(0, LANES_AT_FIRST), ...rows.filter(({ id }) => id === MOMENTS)];
}

function firstStop(rows: readonly Row[]): string | undefined {
  const parts = rows.flatMap((row) => row.parts);
  return (parts.find(({ kind }) => kind !== 'lane') ?? parts[0])?.words.key;
}

/** The element that a part is drawn as. */
function partElement(frame: HTMLElement | null, key: string | undefined): HTMLElement | SVGElement | undefined {
  return [...(frame?.querySelectorAll<HTMLElement | SVGElement>('[data-part]') ?? [])].find((element) => element.dataset['part'] === key);
}
