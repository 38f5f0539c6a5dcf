/** The calls that were looked up, newest first: a JSON file in the extension's own storage that every window reads and writes. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Call, Instant } from '../call/call';
import { bounded, type CallKey, type HistoryEntry, isSameCall, labelOf } from './historyEntries';
import { jsonValue } from './json';
import { Queue } from './queue';
import { readSettings } from './settings';

const FILE = 'history.json';
const SET_ASIDE = 'history.broken.json';

const schema = v.object({
  version: v.literal(1),
  calls: v.array(
    v.object({
      sid: v.string(),
      account: v.string(),
      state: v.exactOptional(v.string()),
      status: v.exactOptional(v.string()),
      direction: v.exactOptional(v.string()),
      party: v.exactOptional(v.string()),
      startedAt: v.exactOptional(v.number()),
      lookedUpAt: v.number(),
      pinned: v.boolean(),
    }),
  ),
});

export interface HistoryReading {
  /** Newest first, within the limit that is set. */
  readonly entries: readonly HistoryEntry[];
  /** Where the file is now that this window found damaged. */
  readonly setAside: vscode.Uri | undefined;
}

export class History implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #work = new Queue();
  #watcher: vscode.Disposable | undefined;
  #isDisposed = false;
  #setAside: vscode.Uri | undefined;

  /** Fires when the file changed, whichever window wrote it. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly folder: vscode.Uri) {}

  /** Rejects when the file is there and cannot be opened. */
  async read(): Promise<HistoryReading> {
    const entries = await this.#work.run(() => this.#load());
    return { entries: bounded(entries, readSettings().historyLimit), setAside: this.#setAside };
  }

  /** Notes that a call was looked up; pinned stays pinned. */
  async record(key: CallKey, call: Call, lookedUpAt: Instant): Promise<void> {
    await this.#update((entries) => {
      const before = entries.find((entry) => isSameCall(entry, key));
      const entry = { ...key, ...labelOf(call), lookedUpAt, pinned: before?.pinned ?? false };
      return [entry, ...entries.filter((each) => each !== before)];
    });
  }

  /** Brings what is listed of a call up to date, in its place; a call that is not listed stays so. */
  async follow(key: CallKey, call: Call): Promise<void> {
    await this.#update((entries) =>
      entries.map((entry) => (isSameCall(entry, key) ? { ...key, ...labelOf(call), lookedUpAt: entry.lookedUpAt, pinned: entry.pinned } : entry)),
    );
  }

  /** Pins a call or lets it go. One that is not listed is pinned from its answer, where there is one; else nothing is. */
  async setPinned(key: CallKey, pinned: boolean, answer?: { readonly call: Call; readonly askedAt: Instant }): Promise<void> {
    await this.#update((entries) => {
      if (entries.some((entry) => isSameCall(entry, key))) return entries.map((entry) => (isSameCall(entry, key) ? { ...entry, pinned } : entry));
      return pinned && answer !== undefined ? [{ ...key, ...labelOf(answer.call), lookedUpAt: answer.askedAt, pinned }, ...entries] : entries;
    });
  }

  async remove(key: CallKey): Promise<void> {
    await this.#update((entries) => entries.filter((entry) => !isSameCall(entry, key)));
  }

  /** Forgets every call of one account, or of all; then also that there was a file set aside, which stays where it is. */
  async clear(account?: string): Promise<void> {
    if (account === undefined) this.#setAside = undefined;
    await this.#update((entries) => (account === undefined ? [] : entries.filter((entry) => entry.account !== account)));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  async #update(change: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[]): Promise<void> {
    await this.#work.run(async () => {
      const calls = [...bounded(change(await this.#load()), readSettings().historyLimit)];
      await this.#replace(JSON.stringify({ version: 1, calls } satisfies v.InferInput<typeof schema>, null, 1));
    });
    this.#changed.fire();
  }

  async #load(): Promise<readonly HistoryEntry[]> {
    await mkdir(this.folder.fsPath, { recursive: true });
    this.#watch();
    const text = await readIfThere(this.#path(FILE));
    if (text === undefined) return [];
    const read = v.safeParse(schema, jsonValue(text));
    if (read.success) return read.output.calls;
    await moveAside(this.#path(FILE), this.#path(SET_ASIDE));
    this.#setAside = vscode.Uri.joinPath(this.folder, SET_ASIDE);
    return [];
  }

  /** Begun once the folder is there: a watcher of a folder that is not wakes up late. */
  #watch(): void {
    if (this.#watcher !== undefined || this.#isDisposed) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, FILE));
    const fire = (): void => this.#changed.fire();
    this.#watcher = vscode.Disposable.from(watcher, watcher.onDidChange(fire), watcher.onDidCreate(fire), watcher.onDidDelete(fire));
  }

  /** Another window sees the old file or the new one, never half of one. */
  async #replace(text: string): Promise<void> {
    const temporary = this.#path(`history.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, text, { mode: 0o600 });
      await renameOver(temporary, this.#path(FILE));
    } finally {
      await rm(temporary, { force: true });
    }
  }

  #path(name: string): string {
    return path.join(this.folder.fsPath, name);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another window may have moved it first. */
async function moveAside(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

const RENAME_ATTEMPTS = 5;

/** Windows refuses to replace a file that another window is just reading: that is over in a moment. */
async function renameOver(from: string, to: string, attempt = 1): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (attempt === RENAME_ATTEMPTS || !['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '')) throw error;
    await new Promise((resolve) => setTimeout(resolve, attempt * 20));
    await renameOver(from, to, attempt + 1);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
