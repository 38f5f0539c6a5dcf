/** The list of calls as the text of its file, and back. Each call is a line of its own, so that one that stays as it was is not put into words anew. */
import type { HistoryEntry } from './historyEntries';
import { jsonValue } from './json';

const HEAD = '{"version":1,"calls":[\n';
const BETWEEN = ',\n';
const TAIL = '\n]}\n';

export class HistoryText {
  /** Of what was read or written last, and of some that went since. Entries never change: a change makes another one. */
  #lines = new Map<HistoryEntry, string>();

  /** undefined for what is no list. */
  read(text: string): readonly HistoryEntry[] | undefined {
    const lines = linesOf(text);
    if (lines === undefined) return entriesOf(jsonValue(text));
    this.#lines = lines;
    return [...lines.keys()];
  }

  write(entries: readonly HistoryEntry[]): string {
    const lines = entries.map((entry) => this.#lineOf(entry));
    if (this.#lines.size > 2 * entries.length) this.#lines = new Map(entries.map((entry) => [entry, this.#lineOf(entry)]));
    return `${HEAD}${lines.join(BETWEEN)}${TAIL}`;
  }

  #lineOf(entry: HistoryEntry): string {
    const known = this.#lines.get(entry);
    if (known !== undefined) return known;
    const line = JSON.stringify(entry);
    this.#lines.set(entry, line);
    return line;
  }
}

/** undefined where calls are not set out in lines: other hands wrote it, or there are none. */
function linesOf(text: string): Map<HistoryEntry, string> | undefined {
  if (!text.startsWith(HEAD) || !text.endsWith(TAIL)) return undefined;
  const lines = new Map<HistoryEntry, string>();
  for (const line of text.slice(HEAD.length, -TAIL.length).split(BETWEEN)) {
    const entry = jsonValue(line);
    if (!isEntry(entry)) return undefined;
    lines.set(entry, line);
  }
  return lines;
}

function entriesOf(list: unknown): readonly HistoryEntry[] | undefined {
  if (!isObject(list) || list['version'] !== 1) return undefined;
  const { calls } = list;
  return Array.isArray(calls) && calls.every(isEntry) ? calls : undefined;
}

/** By hand: thousands are read before any of them shows, and a schema takes several times as long. */
function isEntry(value: unknown): value is HistoryEntry {
  if (!isObject(value)) return false;
  const { sid, account, state, status, direction, party, startedAt, lookedUpAt, pinned } = value;
  const areTexts = typeof sid === 'string' && typeof account === 'string' && isTextOrAbsent(state) && isTextOrAbsent(status) && isTextOrAbsent(direction) && isTextOrAbsent(party);
  return areTexts && (startedAt === undefined || typeof startedAt === 'number') && typeof lookedUpAt === 'number' && typeof pinned === 'boolean';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
