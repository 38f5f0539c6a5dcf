/** The columns of a waveform's drawing: which part of the recording each of them stands for, and where it is. Pure. */
import type { Seconds } from '../../call/call';
import type { Range } from '../axis';
import { positionAt, type Placed } from './placed';

/** A column and the gap after it, in CSS pixels. */
export const PITCH = 3;

/** Columns of {@link PITCH} side by side. */
export interface Columns {
  readonly count: number;
  /** The left edge of the first one, in pixels from the left of the drawing; it may lie outside. */
  readonly x: number;
  /** What they divide. */
  readonly from: Seconds;
  readonly to: Seconds;
}

/**
 * The columns of the part of a recording that shows in a view `width` pixels wide. They stand for the same parts while the view moves, so that
 * nothing shimmers: a column begins at a multiple of its own length from the recording's start.
 */
export function columnsIn(placed: Placed, view: Range, width: number): Columns {
  const step = width > 0 ? ((view.to - view.from) / 1000 / width) * PITCH : 0;
  if (step <= 0) return { count: 0, x: 0, from: 0, to: 0 };
  const left = positionAt(view.from, placed);
  const first = Math.max(0, Math.floor(left / step));
  const last = Math.ceil(Math.min(placed.length, positionAt(view.to, placed)) / step);
  return { count: Math.max(0, last - first), x: (first - left / step) * PITCH, from: first * step, to: Math.max(first, last) * step };
}
