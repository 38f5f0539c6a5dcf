/** Round positions of a recording to write above its waveform. Pure. */
import { positionOf, type Range } from '../axis';
import { clockText } from '../text';
import { instantOf, positionAt, type Placed } from './placed';

/** In seconds. */
const STEPS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
const GAP = 28;

export interface RulerTick {
  readonly x: number;
  readonly label: string;
}

/** As many round positions as have room for their labels in a drawing `width` pixels wide. `measure` gives a label's width. */
export function rulerTicks(placed: Placed, view: Range, width: number, measure: (text: string) => number): readonly RulerTick[] {
  const from = Math.max(0, positionAt(view.from, placed));
  const to = Math.min(placed.length, positionAt(view.to, placed));
  if (to <= from) return [];
  const perSecond = (width * 1000) / (view.to - view.from);
  const step = STEPS.find((each) => each * perSecond >= measure(labelOf(to, each)) + GAP) ?? to;
  const first = Math.ceil(from / step - 1e-6);
  const count = Math.max(0, Math.floor(to / step + 1e-6) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const position = (first + index) * step;
    return { x: positionOf(instantOf(position, placed), view, width), label: labelOf(position, step) };
  });
}

function labelOf(position: number, step: number): string {
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const exact = position.toFixed(digits);
  return `${clockText(Math.floor(Number(exact) + 1e-6))}${digits === 0 ? '' : exact.slice(-digits - 1)}`;
}
