/** The recordings of this window, in the extension's own storage: see `recording/library.ts`. */
import * as vscode from 'vscode';
import { createAnalyst } from '../recording/analyst';
import { WindowFolder } from '../recording/folder';
import { RecordingLibrary } from '../recording/library';
import type { Accounts } from './accounts/accounts';
import type { Log } from './log';
import { readSettings } from './settings';

/** Starting comes first. */
const TIDIED_AFTER_MS = 2000;

export class Recordings implements vscode.Disposable {
  readonly library: RecordingLibrary;
  readonly #folder: WindowFolder;
  readonly #subscription: vscode.Disposable;
  readonly #tidying: NodeJS.Timeout;

  constructor(
    { globalStorageUri, extensionUri }: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'>,
    private readonly accounts: Accounts,
    private readonly log: Log,
  ) {
    const dist = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
    this.#folder = new WindowFolder({ root: vscode.Uri.joinPath(globalStorageUri, 'recordings').fsPath, now: Date.now });
    this.library = new RecordingLibrary({
      folder: this.#folder,
      analyst: createAnalyst({ workerFile: dist('soundWorker.js'), decoderFile: dist('mpg123-decoder.min.js') }),
      limitBytes: () => readSettings().recordingLimitBytes,
      now: Date.now,
    });
    this.#subscription = accounts.onDidChange(() => void this.#keepOnlyKnown());
    this.#tidying = setTimeout(() => void this.#folder.removeDead(), TIDIED_AFTER_MS);
  }

  dispose(): void {
    clearTimeout(this.#tidying);
    this.#subscription.dispose();
    this.library.dispose();
  }

  /** Accounts that cannot be read may still be there. */
  async #keepOnlyKnown(): Promise<void> {
    try {
      const { accounts, isBroken } = await this.accounts.list();
      if (!isBroken) await this.library.keepOnly(accounts.map(({ id }) => id));
    } catch (error) {
      this.log.error('The recordings of removed accounts were not removed', error);
    }
  }
}
