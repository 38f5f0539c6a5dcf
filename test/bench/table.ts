/** Figures and what they are held against, as one table. */

export interface Figure {
  /** What it is of: a recording, or a part of the extension. */
  readonly subject: string;
  readonly what: string;
  readonly unit: Unit;
  /** One for each run. */
  readonly values: readonly number[];
  /** What of the runs is shown: their median unless said otherwise. */
  readonly shown?: 'median' | 'most';
  /** Beside the figure, in words. */
  readonly note?: string;
  readonly floor?: Floor;
  readonly target?: Target;
}

export type Unit = 'ms' | 'MB' | 's' | 'kB' | 'MB/s' | 'requests' | '×';

/** What nothing could be quicker or smaller than; `missing`: why it could not be measured here. */
export interface Floor {
  readonly name: string;
  readonly values: readonly number[];
  readonly missing?: string;
}

/** At most so much, and at most so many times the floor; or at least, or exactly, so many times. */
export interface Target {
  readonly value?: number;
  readonly ratio?: number;
  readonly leastRatio?: number;
  readonly exactly?: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [['of', 'figure', 'measured', 'floor', 'ratio', 'target', 'met'], Array.from({ length: 7 }, () => '---'), ...figures.map(rowOf)];
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function rowOf(figure: Figure): readonly string[] {
  const { subject, what, unit, note, floor, target } = figure;
  const { value, least, ratio } = readingOf(figure);
  const beside = note === undefined ? '' : ` (${note})`;
  const floorText = floor === undefined ? '' : (floor.missing ?? `${amount(least, unit)} ${floor.name}`);
  return [subject, what, `${amount(value, unit)}${beside}`, floorText, Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '', targetText(target, unit), verdictOf(figure)];
}

interface Reading {
  readonly value: number;
  /** Of the floor. */
  readonly least: number;
  readonly ratio: number;
}

function readingOf({ values, shown = 'median', floor }: Figure): Reading {
  const shownOf = (each: readonly number[]): number => (shown === 'most' && each.length > 0 ? Math.max(...each.filter(Number.isFinite)) : median(each));
  const [value, least] = [shownOf(values), shownOf(floor?.values ?? [])];
  return { value, least, ratio: value / least };
}

function verdictOf(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return '';
  const { value, ratio } = readingOf(figure);
  const checks: readonly (readonly [measured: number, isMet: boolean])[] = [
    ...(target.value === undefined ? [] : [[value, value <= target.value] as const]),
    ...(target.ratio === undefined ? [] : [[ratio, ratio <= target.ratio] as const]),
    ...(target.leastRatio === undefined ? [] : [[ratio, ratio >= target.leastRatio] as const]),
    ...(target.exactly === undefined ? [] : [[value, figure.values.every((each) => each === target.exactly)] as const]),
  ];
  if (checks.some(([measured]) => !Number.isFinite(measured))) return 'not known';
  return checks.every(([, isMet]) => isMet) ? 'yes' : '**no**';
}

function targetText(target: Target | undefined, unit: Unit): string {
  const { value, ratio, leastRatio, exactly } = target ?? {};
  return [
    ...(value === undefined ? [] : [`≤ ${amount(value, unit)}`]),
    ...(ratio === undefined ? [] : [`≤ ${String(ratio)} ×`]),
    ...(leastRatio === undefined ? [] : [`≥ ${String(leastRatio)} ×`]),
    ...(exactly === undefined ? [] : [amount(exactly, unit)]),
  ].join(', ');
}

function amount(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'not known';
  if (unit === 'requests') return String(value);
  const digits = unit === 's' ? 2 : value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
