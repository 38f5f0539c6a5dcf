/** Which stretch of a timeline is drawn: zooming and panning. Times and lengths in milliseconds. Pure. */
import type { Instant } from '../call/call';
import type { Range } from './axis';

/** No shorter stretch is drawn: the API's times are hardly finer. */
export const LEAST_VIEW_MS = 100;

/** How much of a stretch is left free on either side of what it was made for. */
const MARGIN = 0.08;

/** A stretch of a range. Absent: all of it, however it grows. */
export type View = Range | undefined;

/** The stretch to draw of a range that may have changed since the stretch was chosen: never outside of it, never too short. */
export function within(view: View, range: Range): Range {
  if (view === undefined) return range;
  return placed(view.from, Math.max(lengthOf(view), leastIn(range)), range);
}

/** The stretch `factor` times as close (below 1: farther), `about` keeping its place as far as the range lets it. */
export function zoomed(view: View, range: Range, factor: number, about: Instant): View {
  const now = within(view, range);
  const length = Math.max(lengthOf(now) / factor, leastIn(range));
  const share = lengthOf(now) > 0 ? (about - now.from) / lengthOf(now) : 0;
  return settled(placed(about - share * length, length, range), range);
}

/** The stretch `factor` times as close (below 1: farther), in its middle what was there or, where it is not longer than the stretch, a part. */
export function zoomedAround(view: View, range: Range, factor: number, part?: Range): View {
  const now = within(view, range);
  const length = Math.max(lengthOf(now) / factor, leastIn(range));
  const middle = part !== undefined && lengthOf(part) <= lengthOf(now) ? part : now;
  return settled(placed((middle.from + middle.to - length) / 2, length, range), range);
}

/** The stretch moved by so much, as far as the range lets it. */
export function panned(view: View, range: Range, by: number): View {
  const now = within(view, range);
  return settled(placed(now.from + by, lengthOf(now), range), range);
}

/** The stretch that shows a part of the range as large as it can be, with a margin. */
export function zoomedTo(part: Range, range: Range): View {
  const length = Math.max(lengthOf(part) * (1 + 2 * MARGIN), leastIn(range));
  return settled(placed((part.from + part.to - length) / 2, length, range), range);
}

/** The stretch moved just so far that a part of the range shows: all of it where it fits, else its beginning. */
export function revealing(view: View, range: Range, part: Range): View {
  const now = within(view, range);
  const margin = lengthOf(now) * MARGIN;
  if (part.from >= now.from && part.to <= now.to) return settled(now, range);
  const tooLong = lengthOf(part) + 2 * margin > lengthOf(now);
  const from = tooLong || part.from < now.from ? part.from - margin : part.to + margin - lengthOf(now);
  return settled(placed(from, lengthOf(now), range), range);
}

/** True when there is a shorter stretch to draw. */
export function canZoomIn(view: View, range: Range): boolean {
  return lengthOf(within(view, range)) > leastIn(range);
}

/** The instant at `x` of a drawing `width` pixels wide. */
export function instantAt(x: number, view: Range, width: number): Instant {
  return width > 0 ? view.from + (x / width) * lengthOf(view) : view.from;
}

/** An instant as exactly as a drawing can be pointed at: whole seconds, tenths or less where a pixel is shorter than that. */
export function readableInstant(at: Instant, view: Range, width: number): Instant {
  const perPixel = lengthOf(view) / Math.max(1, width);
  const unit = [1, 10, 100, 1000].find((each) => each >= perPixel) ?? 1000;
  return Math.round(at / unit) * unit;
}

function placed(from: Instant, wanted: number, range: Range): Range {
  const length = Math.min(wanted, lengthOf(range));
  const start = Math.min(Math.max(from, range.from), range.to - length);
  return { from: start, to: start + length };
}

/** A stretch that is all of the range stays so when the range grows. */
function settled(view: Range, range: Range): View {
  return lengthOf(view) >= lengthOf(range) ? undefined : view;
}

function leastIn(range: Range): number {
  return Math.min(LEAST_VIEW_MS, lengthOf(range));
}

function lengthOf({ from, to }: Range): number {
  return to - from;
}

/** What a turn of the wheel does to the drawing: zooms `factor` times closer, pans by pixels. */
export type WheelAct = { readonly kind: 'zoom'; readonly factor: number } | { readonly kind: 'pan'; readonly by: number };

const LINE_PIXELS = 16;
const ZOOM_PER_PIXEL = 0.01;
const MOST_ZOOM = 0.25;

/**
 * With Ctrl or Cmd, which is also how a pinch arrives, the wheel zooms; to the side, or with Shift, it pans a drawing that is zoomed.
 * Undefined: it is the page's, which scrolls.
 */
export function wheelAct(wheel: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey'>, isZoomed: boolean): WheelAct | undefined {
  const pixels = wheel.deltaMode === 0 ? 1 : LINE_PIXELS;
  const [x, y] = [wheel.deltaX * pixels, wheel.deltaY * pixels];
  if (wheel.ctrlKey || wheel.metaKey) return { kind: 'zoom', factor: Math.exp(Math.max(-MOST_ZOOM, Math.min(MOST_ZOOM, -y * ZOOM_PER_PIXEL))) };
  const aside = Math.abs(x) > Math.abs(y) ? x : wheel.shiftKey ? y : 0;
  return isZoomed && aside !== 0 ? { kind: 'pan', by: aside } : undefined;
}
