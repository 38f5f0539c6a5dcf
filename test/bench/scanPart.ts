/** Looking for SIDs in text: the scan of a text, and of lines that are made to be slow; beside it a bare regular expression. */
import { randomBytes } from 'node:crypto';
import { findSids, sidsIn } from '../../src/call/sid';
import type { Figure, Floor, Target } from './table';

const SUBJECT = 'scan';
const MEGABYTE = 1_000_000;
const LOG_MEGABYTES = 8;
const LINE_MEGABYTES = 1;

/** What a scan for SIDs comes to at least. */
const BARE = /\b[0-9a-f]{30}[0-9a-z]{2}\b/g;

type Scan = (text: string) => unknown;

const bare: Scan = (text) => Array.from(text.matchAll(BARE), ([sid]) => sid);

/** One line each, without an end, as long as is wanted. */
const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  'hexadecimal digits': (length) => 'a0'.repeat(length / 2),
  'SIDs less one character': (length) => `${'0'.repeat(31)}-`.repeat(length / 32),
  'opening brackets': (length) => 'leg:{'.repeat(length / 5),
  'keys without values': (length) => 'call_sid="'.repeat(length / 10),
  'keys as long as they may be': (length) => `${'k'.repeat(64)}=`.repeat(length / 65),
  'paths of calls': (length) => '/calls/a'.repeat(length / 8),
  'spaces': (length) => `sid:${' '.repeat(length - 4)}`,
};

export function measureScan(runs: number): readonly Figure[] {
  const log = logOf(LOG_MEGABYTES * MEGABYTE);
  const rate = (scan: Scan): readonly number[] => repeat(runs, () => LOG_MEGABYTES / (timed(() => scan(log)) / 1000));
  const floor: Floor = { name: 'a bare regular expression', values: rate(bare) };
  return [
    { subject: SUBJECT, what: 'strict scan of a log', unit: 'MB/s', values: rate(findSids), floor, target: { leastRatio: 0.5 } },
    { subject: SUBJECT, what: 'pasted text read for its SIDs, by the keys they stand under', unit: 'MB/s', values: rate(sidsIn), floor },
    worstLine('strict scan of the worst line of 1 MB', findSids, runs, { leastRatio: 0.5 }),
    worstLine('pasted text, the worst line of 1 MB', sidsIn, runs),
    growth('strict scan, a hostile line four times as long takes', findSids, runs),
    growth('pasted text, a hostile line four times as long takes', sidsIn, runs),
  ];
}

/** The line for which a bare regular expression is quicker by most. */
function worstLine(what: string, scan: Scan, runs: number, target?: Target): Figure {
  const rates = Object.entries(HOSTILE).map(([name, make]) => {
    const line = make(LINE_MEGABYTES * MEGABYTE);
    const rate = (each: Scan): number => LINE_MEGABYTES / (best(runs, each, line) / 1000);
    return { name, ours: rate(scan), bare: rate(bare) };
  });
  const [worst] = rates.toSorted((one, other) => one.ours / one.bare - other.ours / other.bare);
  const [ours, least] = worst === undefined ? [[], []] : [[worst.ours], [worst.bare]];
  return { subject: SUBJECT, what, unit: 'MB/s', values: ours, note: worst?.name ?? '', floor: { name: 'a bare regular expression', values: least }, ...(target === undefined ? {} : { target }) };
}

/** The worst of all lines: 4 is in proportion. */
function growth(what: string, scan: Scan, runs: number): Figure {
  const times = Object.entries(HOSTILE).map(([name, make]) => {
    const [short, long] = [make(LINE_MEGABYTES * MEGABYTE), make(4 * LINE_MEGABYTES * MEGABYTE)];
    return { name, ratio: best(runs, scan, long) / best(runs, scan, short) };
  });
  const [worst] = times.toSorted((one, other) => other.ratio - one.ratio);
  return { subject: SUBJECT, what, unit: '×', values: [worst?.ratio ?? Number.NaN], note: worst?.name ?? '', target: { value: 5 } };
}

/** Lines as a service writes them; one in five has a SID. */
function logOf(length: number): string {
  const lines: string[] = [];
  for (let written = 0, index = 0; written < length; index += 1) {
    const id = randomBytes(16).toString('hex');
    const line = index % 5 === 0 ? `2026-11-24 10:00:00.123 INFO  dialer call placed CallSid=${id} to=+915555010020 status=queued` : `2026-11-24 10:00:00.456 DEBUG http.client pool=3 took=12ms path=/v2/health trace=${id.slice(0, 16)} ok`;
    lines.push(line);
    written += line.length + 1;
  }
  return lines.join('\n');
}

function best(runs: number, scan: Scan, text: string): number {
  return Math.min(...repeat(runs, () => timed(() => scan(text))));
}

function repeat(runs: number, measure: () => number): readonly number[] {
  measure();
  return Array.from({ length: runs }, measure);
}

/** Processor time: what else the machine does is not in it. In milliseconds. */
function timed(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
