/** The list of calls as a file that every window reads and writes: none loses what another one wrote, and none ever sees half of it. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { codeOf } from '../recording/disk';
import { withFileLock } from './fileLock';
import type { HistoryEntry } from './historyEntries';
import { HistoryText } from './historyText';
import { Queue } from './queue';

/** The file's name in its folder. */
export const HISTORY_FILE = 'history.json';
const LOCK_FILE = 'history.lock';

/** Many times what a list can be: what is longer is none, and is not read. */
const MAX_BYTES = 32_000_000;
/** So many damaged files are kept. */
const MOST_SET_ASIDE = 3;
const SET_ASIDE = /^history\.broken\..*json$/;
const UNFINISHED = /^history\.[\da-f-]{36}\.tmp$/;

type Loaded = { readonly kind: 'read'; readonly entries: readonly HistoryEntry[] } | { readonly kind: 'damaged' };

export interface HistoryFileOptions {
  /** Hears where the file is now that was found damaged: once for each. */
  readonly onSetAside: (file: string) => void;
  /** Hears that the folder was made, the first time or anew. */
  readonly onFolderMade?: () => void;
}

export class HistoryFile {
  readonly #work = new Queue();
  readonly #text = new HistoryText();
  #isTidied = false;
  /** What was read or written last: it holds for as long as the file is that one. */
  #known: { readonly stamp: string; readonly entries: readonly HistoryEntry[] } | undefined;
  /** The file that was written from here last. */
  #written: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly options: HistoryFileOptions,
  ) {}

  /** The entries as they stand in the file. A damaged file is set aside. Rejects with what the file system says. */
  read(): Promise<readonly HistoryEntry[]> {
    return this.#work.run(async () => {
      // What cannot be made is not there: the list is empty then.
      await this.#makeFolder().catch(() => undefined);
      const loaded = await this.#load();
      return loaded.kind === 'read' ? loaded.entries : this.#locked(() => this.#loadOrSetAside());
    });
  }

  /** Replaces the entries by what `change` makes of them, which may look at what is true by then. Rejects with what the file system says. */
  update(change: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[] | Promise<readonly HistoryEntry[]>): Promise<void> {
    return this.#work.run(async () => {
      await this.#makeFolder();
      await this.#locked(async () => {
        await this.#tidyOnce();
        const entries = await change(await this.#loadOrSetAside());
        const stamp = await this.#replace(this.#text.write(entries));
        this.#known = { stamp, entries };
        this.#written = stamp;
      });
    });
  }

  /** Whether the file is the one that was written from here last. Rejects with nothing. */
  async isOwn(): Promise<boolean> {
    try {
      const { stamp } = await lookAt(this.#path(HISTORY_FILE));
      return stamp === this.#written;
    } catch {
      return false;
    }
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return withFileLock(this.#path(LOCK_FILE), work);
  }

  async #makeFolder(): Promise<void> {
    const made = await mkdir(this.folder, { recursive: true });
    if (made !== undefined) this.options.onFolderMade?.();
  }

  async #load(): Promise<Loaded> {
    const file = this.#path(HISTORY_FILE);
    try {
      const { size, isFile, stamp } = await lookAt(file);
      if (!isFile || size > MAX_BYTES) return { kind: 'damaged' };
      if (stamp === this.#known?.stamp) return { kind: 'read', entries: this.#known.entries };
      const entries = this.#text.read(await readFile(file, 'utf8'));
      if (entries === undefined) return { kind: 'damaged' };
      this.#known = { stamp, entries };
      return { kind: 'read', entries };
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return { kind: 'read', entries: [] };
      throw error;
    }
  }

  /** Under the lock: another window may have set it aside, and begun anew, a moment ago. */
  async #loadOrSetAside(): Promise<readonly HistoryEntry[]> {
    const loaded = await this.#load();
    if (loaded.kind === 'read') return loaded.entries;
    await this.#setAside();
    return [];
  }

  async #setAside(): Promise<void> {
    const time = new Date().toISOString().replaceAll(/[^\d]/g, '');
    const aside = this.#path(`history.broken.${time}-${randomUUID().slice(0, 4)}.json`);
    await rename(this.#path(HISTORY_FILE), aside);
    this.options.onSetAside(aside);
    const older = (await readdir(this.folder)).filter((name) => SET_ASIDE.test(name) && name !== path.basename(aside)).toSorted();
    for (const name of older.slice(0, Math.max(0, older.length - MOST_SET_ASIDE + 1))) await removed(this.#path(name));
  }

  /** What windows left that died while they wrote: whoever holds the lock is the only one who writes. */
  async #tidyOnce(): Promise<void> {
    if (this.#isTidied) return;
    this.#isTidied = true;
    for (const name of await readdir(this.folder)) if (UNFINISHED.test(name)) await removed(this.#path(name));
  }

  /** Another window sees the old file or the new one, never half of one; nor does anybody after a power cut. Gives the new one's stamp. */
  async #replace(text: string): Promise<string> {
    const temporary = this.#path(`history.${randomUUID()}.tmp`);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const { stamp } = await lookAt(temporary);
      await renameOver(temporary, this.#path(HISTORY_FILE));
      return stamp;
    } catch (error) {
      await removed(temporary);
      throw error;
    }
  }

  #path(name: string): string {
    return path.join(this.folder, name);
  }
}

/** `stamp`: another file, or the same with something else in it, has another. */
async function lookAt(file: string): Promise<{ readonly size: number; readonly isFile: boolean; readonly stamp: string }> {
  const found = await stat(file, { bigint: true });
  return { size: Number(found.size), isFile: found.isFile(), stamp: [found.ino, found.size, found.mtimeNs].join(' ') };
}

/** What cannot be removed, and folders, stay. */
async function removed(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
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
