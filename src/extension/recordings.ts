/** The recordings of this window, in the extension's own storage: see `recording/library.ts`, loaded with the first of them. */
import * as vscode from 'vscode';
import { WindowFolder } from '../recording/folder';
import type * as getting from '../recording/getting';
import type { Held, RecordingKey, RecordingLibrary, RecordingSource } from '../recording/library';
import type { Accounts } from './accounts/accounts';
import type { Log } from './log';
import { settings } from './settings';

/** Starting comes first. */
const TIDIED_AFTER_MS = 2000;

export class Recordings implements vscode.Disposable {
  readonly #folder: WindowFolder;
  readonly #subscription: vscode.Disposable;
  readonly #tidying: NodeJS.Timeout;
  #library: RecordingLibrary | undefined;
  #isDisposed = false;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'>,
    private readonly accounts: Accounts,
    private readonly log: Log,
  ) {
    this.#folder = new WindowFolder({ root: vscode.Uri.joinPath(context.globalStorageUri, 'recordings').fsPath, now: Date.now });
    this.#subscription = accounts.onDidChange(() => void this.#keepOnlyKnown());
    this.#tidying = setTimeout(() => void this.#folder.removeDead(), TIDIED_AFTER_MS);
  }

  /** The recording that is here already, or one that begins to come. Rejects with what the file system says. */
  async hold(key: RecordingKey, source: RecordingSource): Promise<Held> {
    const parts = await import('../recording/getting');
    if (this.#isDisposed) throw new Error('The window is closing.');
    this.#library ??= this.#create(parts);
    return this.#library.hold(key, source);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#tidying);
    this.#subscription.dispose();
    this.#library?.dispose();
    this.#folder.dispose();
  }

  #create({ createAnalyst, RecordingLibrary }: typeof getting): RecordingLibrary {
    const dist = (name: string): string => vscode.Uri.joinPath(this.context.extensionUri, 'dist', name).fsPath;
    return new RecordingLibrary({
      folder: this.#folder,
      analyst: createAnalyst({ workerFile: dist('soundWorker.js'), decoderFile: dist('mpg123-decoder.min.js') }),
      limitBytes: () => settings.recordingLimitBytes,
      now: Date.now,
    });
  }

  /** Accounts that cannot be read may still be there. */
  async #keepOnlyKnown(): Promise<void> {
    try {
      const { accounts, isBroken, trouble } = await this.accounts.list();
      if (!isBroken && trouble === undefined) await this.#library?.keepOnly(accounts.map(({ id }) => id));
    } catch (error) {
      this.log.error('The recordings of removed accounts were not removed', error);
    }
  }
}
