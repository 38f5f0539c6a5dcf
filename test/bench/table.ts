/** Figures and what they are held against, as one table. */

export interface Figure {
  readonly recording: string;
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 's';
  /** One for each run. */
  readonly values: readonly number[];
  /** What of the runs is shown: their median unless said otherwise. */
  readonly shown?: 'median' | 'most';
  /** Beside the figure, in words. */
  readonly note?: string;
  readonly floor?: Floor;
  readonly target?: Target;
}

/** What no player could be quicker or smaller than; undefined values: it could not be measured here, and why. */
export interface Floor {
  readonly name: string;
  readonly values: readonly number[];
  readonly missing?: string;
}

/** At most so much, and at most so many times the floor. */
export interface Target {
  readonly value?: number;
  readonly ratio?: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [['recording', 'figure', 'measured', 'floor', 'ratio', 'target', 'met'], Array.from({ length: 7 }, () => '---'), ...figures.map(rowOf)];
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function rowOf(figure: Figure): readonly string[] {
  const { recording, what, unit, note, floor, target } = figure;
  const { value, least, ratio } = readingOf(figure);
  const beside = note === undefined ? '' : ` (${note})`;
  const floorText = floor === undefined ? '' : (floor.missing ?? `${amount(least, unit)} ${floor.name}`);
  return [recording, what, `${amount(value, unit)}${beside}`, floorText, Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '', targetText(target, unit), verdictOf(figure)];
}

interface Reading {
  readonly value: number;
  /** Of the floor. */
  readonly least: number;
  readonly ratio: number;
}

function readingOf({ values, shown = 'median', floor }: Figure): Reading {
  const [value = Number.NaN, least = Number.NaN] = [values, floor?.values ?? []].map((each) => (shown === 'most' ? Math.max(...each.filter(Number.isFinite)) : median(each)));
  return { value, least, ratio: value / least };
}

function verdictOf(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return '';
  const { value, ratio } = readingOf(figure);
  const checks = [...(target.value === undefined ? [] : [[value, target.value] as const]), ...(target.ratio === undefined ? [] : [[ratio, target.ratio] as const])];
  if (checks.some(([measured]) => !Number.isFinite(measured))) return 'not known';
  return checks.every(([measured, most]) => measured <= most) ? 'yes' : '**no**';
}

function targetText(target: Target | undefined, unit: Figure['unit']): string {
  const parts = [...(target?.value === undefined ? [] : [`≤ ${amount(target.value, unit)}`]), ...(target?.ratio === undefined ? [] : [`≤ ${String(target.ratio)} ×`])];
  return parts.join(', ');
}

function amount(value: number, unit: Figure['unit']): string {
  if (!Number.isFinite(value)) return 'not known';
  return `${unit === 's' ? value.toFixed(2) : value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
