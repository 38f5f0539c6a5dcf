import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatClock, zoneName, type TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import type { Range } from './axis';
import { Chart } from './chart';
import { ZOOM_STEP } from './chart-keys';
import { useHost } from './host';
import { Icon } from './icon';
import { useAxis } from './player/use-axis';
import { PlayerKeys } from './player/player-keys';
import { Section } from './section';
import { TimelineTable } from './timeline-table';
import type { Zoom } from './use-zoom';
import { readableInstant } from './viewport';

/** Everything of the call that has a time, on one axis, or as a table. */
export function TimelineSection({ timeline, format }: { timeline: Timeline; format: TimeFormat }): JSX.Element {
  const table = useRef<HTMLDivElement>(null);
  if (timeline.range !== undefined) return <Drawn timeline={timeline} range={timeline.range} format={format} />;
  return (
    <Section name="Timeline">
      {timeline.lanes.length > 0 && <TimelineTable timeline={timeline} format={format} element={table} />}
      <Notes timeline={timeline} />
    </Section>
  );
}

function Drawn({ timeline, range, format }: { timeline: Timeline; range: Range; format: TimeFormat }): JSX.Element {
  const { zoom } = useAxis();
  const onZoom = useSaidZoom(zoom, format);
  const [asTable, setAsTable] = useState(false);
  const [stop, setStop] = useState<string>();
  const content = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const isByKey = useRef(false);
  useLayoutEffect(() => {
    // What has the focus stands where the other was: nothing need be scrolled.
    if (isByKey.current) (asTable ? table.current : content.current?.querySelector<SVGElement>('[data-part][tabindex="0"]'))?.focus({ preventScroll: true });
    isByKey.current = false;
  }, [asTable]);

  const toggle = (): void => setAsTable(!asTable);
  const toggleByKey = (): void => {
    isByKey.current = true;
    toggle();
  };
  const aside = (
    <>
      <AxisNote timeline={timeline} at={range.from} format={format} />
      {!asTable && <Legend timeline={timeline} />}
      <button type="button" class="link" title={asTable ? 'Show as drawing (T)' : 'Show as table (T)'} onClick={toggle}>
        {asTable ? 'Show as drawing' : 'Show as table'}
      </button>
      {!asTable && <ZoomButtons zoom={zoom} onZoom={onZoom} />}
    </>
  );
  return (
    <Section name="Timeline" aside={aside}>
      <PlayerKeys element={content}>
        {asTable ? (
          <TimelineTable timeline={timeline} format={format} element={table} onDrawing={toggleByKey} />
        ) : (
          <Chart timeline={timeline} zoom={zoom} format={format} stop={stop} onStop={setStop} onZoom={onZoom} onTable={toggleByKey} />
        )}
      </PlayerKeys>
      <Notes timeline={timeline} />
    </Section>
  );
}

/** Zooms, and tells those who listen what is drawn then. */
function useSaidZoom({ view, isZoomed }: Zoom, format: TimeFormat): (change: () => void) => void {
  const host = useHost();
  const isAsked = useRef(false);
  // At once: an effect that waits for a paint would take the next change's asking for its own.
  useLayoutEffect(() => {
    if (!isAsked.current) return;
    isAsked.current = false;
    const [from, to] = [view.from, view.to].map((at) => formatClock(readableInstant(at, view, window.innerWidth), format));
    host.announce(isZoomed ? `Drawn from ${from ?? ''} to ${to ?? ''}` : 'All of the timeline is drawn');
  }, [view]);
  return (change) => {
    isAsked.current = true;
    change();
  };
}

const ZOOM_IN_HELP = 'Zoom in (+). The wheel with Ctrl or Cmd, and a pinch, zoom at the pointer; a double click or Z shows a part whole.';

/** Closer, farther, all of it. */
function ZoomButtons({ zoom, onZoom }: { zoom: Zoom; onZoom: (change: () => void) => void }): JSX.Element {
  return (
    <span class="zoom" role="group" aria-label="Zoom">
      <ZoomButton name="Zoom out" title="Zoom out (−)" isOff={!zoom.isZoomed} onClick={() => onZoom(() => zoom.around(undefined, 1 / ZOOM_STEP))}>
        <Icon name="zoom-out" />
      </ZoomButton>
      <ZoomButton name="Zoom in" title={ZOOM_IN_HELP} isOff={!zoom.canZoomIn} onClick={() => onZoom(() => zoom.around(undefined, ZOOM_STEP))}>
        <Icon name="zoom-in" />
      </ZoomButton>
      <ZoomButton name="Fit" title="Show all of the timeline (0)" isOff={!zoom.isZoomed} onClick={() => onZoom(zoom.fit)}>
        Fit
      </ZoomButton>
    </span>
  );
}

interface ZoomButtonProps {
  readonly name: string;
  readonly title: string;
  /** Nothing to do: it stays in the order of Tab, so that the focus is not lost. */
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

function ZoomButton({ name, title, isOff, onClick, children }: ZoomButtonProps): JSX.Element {
  return (
    <button type="button" class="tool" aria-label={name} title={title} aria-disabled={isOff} onClick={isOff ? undefined : onClick}>
      {children}
    </button>
  );
}

/** What could not be drawn, in words. */
function Notes({ timeline: { notes } }: { timeline: Timeline }): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>
          <Icon name="info" />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}

/** The axis' zone and, where there is room, what offsets count from. */
function AxisNote({ timeline: { marks, origin }, at, format }: { timeline: Timeline; at: number; format: TimeFormat }): JSX.Element {
  const first = marks.find((mark) => mark.at === origin);
  return (
    <span>
      {zoneName(at, format)}
      {first !== undefined && <span class="roomy"> · offsets from {first.label}</span>}
    </span>
  );
}

/** What hatching means, where there is any. */
function Legend({ timeline }: { timeline: Timeline }): JSX.Element | null {
  const inferred = timeline.lanes.some(({ spans }) => spans.some(({ provenance }) => provenance === 'inferred'));
  if (!inferred) return null;
  return (
    <span class="legend">
      <svg width="20" height="10" aria-hidden="true">
        <rect class="swatch" x="0.5" y="0.5" width="19" height="9" rx="2" />
        <path class="hatch" d="M2 9l8 -8M8 9l8 -8M14 9l5 -5" />
      </svg>{' '}
      inferred
    </span>
  );
}

/** The room that a call with two legs takes. */
export function TimelineSkeleton(): JSX.Element {
  return (
    <Section name="Timeline">
      <div class="chart-bone">
        <span class="bone" />
        <span class="bone" />
        <span class="bone" />
      </div>
    </Section>
  );
}
