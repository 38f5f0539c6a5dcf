/** A timeline as a Gantt chart of Mermaid, which GitHub and others draw from text. */
import type { Instant } from './call';
import type { Span } from './spans';
import { plainText } from './text';
import { type TimeFormat, zoneOffsets } from './time';
import type { Lane, Timeline } from './timeline';

export interface Gantt {
  /** The source of the diagram, without a fence. */
  readonly source: string;
  /** How many spans and moments it had no room for. */
  readonly leftOut: number;
}

/** More rows than this nobody reads as a picture. */
const MAX_ROWS = 60;

const GUTTER_PX = 30;
const CHARACTER_PX = 6;

const DAY_MS = 24 * 3_600_000;
const SHORT_MS = 10_000;

/**
 * The diagram: a section for each lane, one for the moments of the call; undefined where nothing of it would be in the diagram. Mermaid shows times by the
 * clock of whoever looks: they are written as the chosen zone's own, without an offset, and so stand in that zone everywhere.
 */
export function ganttOf({ lanes, marks, range }: Timeline, format: TimeFormat): Gantt | undefined {
  if (range === undefined) return undefined;
  const clock = wallClock(range.from, format);
  const moments = marks.map(({ label, at }) => ({ section: 'Moments', task: task(label, ['milestone'], clock(at), '0ms') }));
  const spans = lanes.map((lane, index) => lane.spans.map((span) => ({ section: sectionOf(lane, index, lanes), task: spanTask(span, lane, clock) })));
  const [ofCall = [], ...ofLegs] = spans;
  const rows = [...ofCall, ...moments, ...ofLegs.flat()];
  if (rows.length === 0) return undefined;
  const shown = rows.slice(0, MAX_ROWS);
  const lines = shown.flatMap(({ section, task }, index) => [...(section === shown[index - 1]?.section ? [] : [`    section ${section}`]), `    ${task}`]);
  const head = headOf(range.to - range.from, shown.map(({ section }) => section));
  return { source: [...head, ...lines].join('\n'), leftOut: rows.length - shown.length };
}

/** The gutter is as wide as its longest label: Mermaid's own is too narrow for names. */
function headOf(length: number, sections: readonly string[]): readonly string[] {
  const gutter = GUTTER_PX + Math.max(...sections.map((section) => section.length)) * CHARACTER_PX;
  return [
    `%%{init: {"gantt": {"leftPadding": ${String(gutter)}}}}%%`,
    'gantt',
    '    dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    `    axisFormat ${length > DAY_MS ? '%d %b %H:%M' : '%H:%M:%S'}`,
    ...(length < SHORT_MS ? ['    tickInterval 1second'] : []),
    '    todayMarker off',
  ];
}

function spanTask(span: Span, lane: Lane, clock: (at: Instant) => string): string {
  const how = span.provenance === 'reported' ? '' : ` (${span.provenance})`;
  return task(`${span.label}${how}`, tagsOf(span, lane), clock(span.from), clock(span.to));
}

/** Mermaid's own ways to set spans apart: talk stands out, what is inferred stands back, what failed has a red edge. */
function tagsOf({ kind, provenance }: Span, { status }: Lane): readonly string[] {
  if (kind === 'conversation') return ['active'];
  const hasFailed = status?.severity === 'warning' || status?.severity === 'error';
  return [...(provenance === 'inferred' ? ['done'] : []), ...(hasFailed ? ['crit'] : [])];
}

function task(label: string, tags: readonly string[], from: string, to: string): string {
  return `${taskText(label)} :${[...tags, from, to].join(', ')}`;
}

/** Legs to the same person are sections of their own: Mermaid draws those of one name as one. */
function sectionOf(lane: Lane, index: number, lanes: readonly Lane[]): string {
  const text = sectionText(lane);
  const before = lanes.slice(0, index).filter((each) => sectionText(each) === text).length;
  return before === 0 ? text : `${text} (${String(before + 1)})`;
}

function sectionText({ label, side, status }: Lane): string {
  return labelText([label, side ?? '', status?.label ?? ''].filter((word) => word !== '').join(' · '));
}

const MAX_LABEL = 60;

/** Without the characters that end a label, begin a comment, or are markup to Mermaid. */
function labelText(label: string): string {
  return plainText(label, MAX_LABEL).replace(/[^\p{L}\p{M}\p{N} .,()+•·’'/@…−-]+/gu, ' ').trim() || '·';
}

/** A line that begins like one of Mermaid's own is set off. */
function taskText(label: string): string {
  const text = labelText(label);
  return KEYWORD.test(text) ? `· ${text}` : text;
}

const KEYWORD = /^(?:\d{4}-\d\d-\d\d|gantt|inclusiveEndDates|topAxis|acc|(?:dateFormat|axisFormat|tickInterval|includes|excludes|todayMarker|weekday|weekend|title|section|click|call|href)(?=\s|$))/i;

/** Instants as the zone's clocks showed them, all by the offset that held at the first: lengths stay true when clocks are changed meanwhile. */
function wallClock(first: Instant, { timeZone }: TimeFormat): (at: Instant) => string {
  const offset = zoneOffsets(timeZone)(first);
  return (at) => new Date(at + offset).toISOString().replace('T', ' ').replace('Z', '');
}
