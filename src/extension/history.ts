/** The calls that were looked up, newest first: a JSON file in the extension's own storage that every window reads and writes. */
import * as vscode from 'vscode';
import type { Call, Instant } from '../call/call';
import { diskTrouble } from '../recording/disk';
import { bounded, type CallKey, type HistoryEntry, isSameCall, labelOf, noted } from './historyEntries';
import { HISTORY_FILE, HistoryFile } from './historyFile';
import { settings } from './settings';

/** What is the matter with the list. */
export interface HistoryTroubles {
  /** Where the file is now that this window found damaged. */
  readonly setAside: vscode.Uri | undefined;
  /** Why the last change of the list could not be written, in two sentences. */
  readonly unwritten: string | undefined;
}

/** The list could not be read or written. The message is for a person. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';

  constructor(
    readonly kind: 'unreadable' | 'unwritable',
    cause: unknown,
  ) {
    const { why, remedy } = diskTrouble(cause);
    super(`The list of calls could not be ${kind === 'unreadable' ? 'read' : 'written'}: ${why}. ${remedy}`, { cause });
  }
}

export class History implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #file: HistoryFile;
  #watcher: vscode.Disposable | undefined;
  #isDisposed = false;
  #setAside: vscode.Uri | undefined;
  #unwritten: string | undefined;

  /**
   * Fires when the file changed, whichever window wrote it, and when it could not be written: with the account whose calls changed where
   * that is all.
   */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly folder: vscode.Uri) {
    this.#file = new HistoryFile(folder.fsPath, {
      onSetAside: (file) => {
        this.#setAside = vscode.Uri.file(file);
        this.#changed.fire(undefined);
      },
      onFolderMade: () => this.#watchAnew(),
    });
  }

  /** As far as this window knows; {@link onDidChange} fires when that changes. */
  get troubles(): HistoryTroubles {
    return { setAside: this.#setAside, unwritten: this.#unwritten };
  }

  /** Newest first, within the limit that is set. Rejects with {@link HistoryError} when the file is there and cannot be opened. */
  async read(): Promise<{ readonly entries: readonly HistoryEntry[] }> {
    const entries = await this.#file.read().catch((error: unknown) => {
      throw new HistoryError('unreadable', error);
    });
    if (this.#watcher === undefined) this.#watchAnew();
    return { entries: bounded(entries, settings.historyLimit) };
  }

  /**
   * Notes that a call was looked up; pinned stays pinned. `isWanted` is asked at the last moment: nothing is noted of an account that
   * went meanwhile. This, and all below, rejects with {@link HistoryError} when the file cannot be written.
   */
  async record(key: CallKey, call: Call, lookedUpAt: Instant, isWanted: () => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
    await this.#update(key.account, async (entries) => ((await isWanted()) ? noted(entries, key, call, lookedUpAt) : entries));
  }

  /** Brings what is listed of a call up to date, in its place; a call that is not listed stays so. */
  async follow(key: CallKey, call: Call): Promise<void> {
    await this.#update(key.account, (entries) =>
      entries.map((entry) => (isSameCall(entry, key) ? { ...key, ...labelOf(call), lookedUpAt: entry.lookedUpAt, pinned: entry.pinned } : entry)),
    );
  }

  /** Pins a call or lets it go. One that is not listed is pinned from its answer, where there is one; else nothing is. */
  async setPinned(key: CallKey, pinned: boolean, answer?: { readonly call: Call; readonly askedAt: Instant }): Promise<void> {
    await this.#update(key.account, (entries) => {
      if (entries.some((entry) => isSameCall(entry, key))) return entries.map((entry) => (isSameCall(entry, key) ? { ...entry, pinned } : entry));
      return pinned && answer !== undefined ? [{ ...key, ...labelOf(answer.call), lookedUpAt: answer.askedAt, pinned }, ...entries] : entries;
    });
  }

  async remove(key: CallKey): Promise<void> {
    await this.#update(key.account, (entries) => entries.filter((entry) => !isSameCall(entry, key)));
  }

  /** Forgets every call of one account, or of all; then also that there was a file set aside, which stays where it is. */
  async clear(account?: string): Promise<void> {
    if (account === undefined) this.#setAside = undefined;
    await this.#update(account, (entries) => (account === undefined ? [] : entries.filter((entry) => entry.account !== account)));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  async #update(account: string | undefined, change: (entries: readonly HistoryEntry[]) => readonly HistoryEntry[] | Promise<readonly HistoryEntry[]>): Promise<void> {
    const before = this.#unwritten;
    try {
      await this.#file.update(async (entries) => bounded(await change(entries), settings.historyLimit));
      this.#unwritten = undefined;
    } catch (error) {
      const failed = new HistoryError('unwritable', error);
      this.#unwritten = failed.message;
      throw failed;
    } finally {
      this.#changed.fire(this.#unwritten === before ? account : undefined);
    }
  }

  /** Begun once the folder is there, and again where it is made anew: a watcher of a folder that is not wakes up late. */
  #watchAnew(): void {
    this.#watcher?.dispose();
    if (this.#isDisposed) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, HISTORY_FILE));
    const hear = (): void => void this.#tellOfOthers();
    this.#watcher = vscode.Disposable.from(watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear), watcher.onDidDelete(hear));
  }

  /** What this window wrote was told when it was written. */
  async #tellOfOthers(): Promise<void> {
    if ((await this.#file.isOwn()) || this.#isDisposed) return;
    this.#changed.fire(undefined);
  }
}
