/** The list of calls as the text of its file, and back. Each call is a line of its own, so that one that stays as it was is not put into words anew. */
import * as v from 'valibot';
import type { HistoryEntry } from './historyEntries';
import { jsonValue } from './json';

const entrySchema = v.object({
  sid: v.string(),
  account: v.string(),
  state: v.exactOptional(v.string()),
  status: v.exactOptional(v.string()),
  direction: v.exactOptional(v.string()),
  party: v.exactOptional(v.string()),
  startedAt: v.exactOptional(v.number()),
  lookedUpAt: v.number(),
  pinned: v.boolean(),
});

const listSchema = v.object({ version: v.literal(1), calls: v.array(entrySchema) });

const HEAD = '{"version":1,"calls":[\n';
const BETWEEN = ',\n';
const TAIL = '\n]}\n';

export class HistoryText {
  /** Of what was read or written last, and of some that went since. Entries never change: a change makes another one. */
  #lines = new Map<HistoryEntry, string>();

  /** undefined for what is no list. */
  read(text: string): readonly HistoryEntry[] | undefined {
    const lines = linesOf(text);
    if (lines === undefined) return entriesOf(text);
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
    if (!v.is(entrySchema, entry)) return undefined;
    lines.set(entry, line);
  }
  return lines;
}

function entriesOf(text: string): readonly HistoryEntry[] | undefined {
  const list = jsonValue(text);
  return v.is(listSchema, list) ? list.calls : undefined;
}
