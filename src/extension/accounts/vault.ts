/**
 * The accounts in SecretStorage: one JSON secret, read again before each write. Windows write it without knowing of each other, and what
 * one wrote reaches another a moment later: what was written over is noticed, and done again on what is there by then.
 */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { Queue } from '../queue';
import { AccountError } from './account';
import { type AccountChange, withChange } from './changes';
import { readStore, type StoredAccount, type StoreReading, writeStore } from './store';

/** The secret's name. */
export const SECRET = 'exotel.accounts';
/** What could not be read is kept here when accounts are written anew: a list of texts, the latest last. */
export const SECRET_SET_ASIDE = 'exotel.accounts.setAside';

/** So many texts are kept aside. */
const MOST_SET_ASIDE = 3;
/** A keyring that waits for its password may never answer: after so long that is said, and what is to be done goes on waiting. */
const PATIENCE_MS = 5000;
/** What another window wrote over is noticed within moments. */
const REMEMBERED_MS = 60_000;

export interface VaultOptions {
  readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'onDidChange'>;
  /** Hears that accounts changed, in this window or another, and that a keyring answered after all. */
  readonly onChange: () => void;
  /** Hears what kept a change from being done again. */
  readonly onError: (error: unknown) => void;
  readonly patienceMs?: number;
}

interface OwnChange {
  readonly number: number;
  readonly change: AccountChange;
  readonly at: number;
}

export class Vault {
  /** This window, among those that write. */
  readonly #me = randomUUID().slice(0, 8);
  readonly #writes = new Queue();
  readonly #subscription: vscode.Disposable;
  #own: readonly OwnChange[] = [];
  #lastNumber = 0;
  #isLate = false;
  /** What is read in this turn of the event loop, or was asked for in it. */
  #reading: Promise<StoreReading> | undefined;
  /** How often accounts changed, in this window or another. */
  #changes = 0;

  constructor(private readonly options: VaultOptions) {
    this.#subscription = options.secrets.onDidChange(({ key }) => {
      if (key !== SECRET) return;
      this.#forget();
      options.onChange();
      this.#writes.run(() => this.#repeatLost()).catch(options.onError);
    });
  }

  /** Rejects with {@link AccountError} when secrets cannot be read, or the system's keyring does not answer; with the signal's reason when aborted. */
  read(signal?: AbortSignal): Promise<StoreReading> {
    return this.#within(this.#reading ?? this.#readForAll(), 'The system’s keyring has not answered yet.', signal);
  }

  /**
   * Changes the accounts by what `decide` says, which may throw, in view of those that are there by then. Rejects with
   * {@link AccountError}; where it is `secretsPending`, the change is made once the keyring answers.
   */
  write(decide: (accounts: readonly StoredAccount[]) => AccountChange | undefined): Promise<void> {
    const written = this.#writes.run(async () => {
      const before = await this.#read();
      const base = this.#lost(before).reduce(withChange, before.accounts);
      const change = decide(base);
      if (change === undefined) return;
      const number = this.#lastNumber + 1;
      await this.#store(before, withChange(base, change), number);
      this.#lastNumber = number;
      this.#own = [...this.#remembered, { number, change, at: performance.now() }];
    });
    return this.#within(written, 'The system’s keyring has not answered yet: the change is made once it does.');
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  get #remembered(): readonly OwnChange[] {
    return this.#own.filter(({ at }) => performance.now() - at < REMEMBERED_MS);
  }

  /** What this window changed and whoever wrote last did not know of. Of what was not written by this program nothing is known. */
  #lost({ writes }: StoreReading): readonly AccountChange[] {
    if (writes === undefined) return [];
    const known = writes.find(([window]) => window === this.#me)?.[1] ?? 0;
    return this.#remembered.filter(({ number }) => number > known).map(({ change }) => change);
  }

  async #repeatLost(): Promise<void> {
    const before = await this.#read();
    const lost = this.#lost(before);
    if (lost.length > 0) await this.#store(before, lost.reduce(withChange, before.accounts), this.#lastNumber);
  }

  /** Whoever asks in the same turn as another, or in that in which it comes, has the same: nothing can have been heard of since. */
  #readForAll(): Promise<StoreReading> {
    const reading = this.#read();
    const changes = this.#changes;
    this.#share(reading);
    const share = (): void => {
      if (this.#changes === changes) this.#share(reading);
    };
    reading.then(share, () => undefined);
    return reading;
  }

  #share(reading: Promise<StoreReading>): void {
    this.#reading = reading;
    setImmediate(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
  }

  #forget(): void {
    this.#changes += 1;
    this.#reading = undefined;
  }

  async #read(): Promise<StoreReading> {
    try {
      return readStore(await this.options.secrets.get(SECRET));
    } catch (error) {
      throw new AccountError('secretsUnavailable', 'VS Code could not read its secret storage.', error);
    }
  }

  async #store(before: StoreReading, accounts: readonly StoredAccount[], number: number): Promise<void> {
    const others = (before.writes ?? []).filter(([window]) => window !== this.#me);
    try {
      if (before.unread !== undefined) await this.#setAside(before.unread);
      await this.options.secrets.store(SECRET, writeStore(accounts, [...others, [this.#me, number]]));
    } catch (error) {
      throw new AccountError('secretsUnavailable', 'VS Code could not write its secret storage: nothing was changed.', error);
    } finally {
      this.#forget();
    }
  }

  /** What was set aside before is not written over. */
  async #setAside(unread: string): Promise<void> {
    const { secrets } = this.options;
    const texts = textsOf(await secrets.get(SECRET_SET_ASIDE)).filter((text) => text !== unread);
    await secrets.store(SECRET_SET_ASIDE, JSON.stringify([...texts, unread].slice(-MOST_SET_ASIDE)));
  }

  /** What takes longer goes on, and is heard of once it is over. */
  #within<T>(work: Promise<T>, sentence: string, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        stop();
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        stop();
        this.#tellWhenOver(work);
        reject(new AccountError('secretsPending', sentence));
      }, this.options.patienceMs ?? PATIENCE_MS);
      if (signal?.aborted === true) return onAbort();
      signal?.addEventListener('abort', onAbort);
      work.finally(stop).then(resolve, reject);
    });
  }

  /** Once, however much waits. */
  #tellWhenOver(work: Promise<unknown>): void {
    if (this.#isLate) return;
    this.#isLate = true;
    const tell = (): void => {
      this.#isLate = false;
      this.options.onChange();
    };
    work.then(tell, tell);
  }
}

/** An earlier version kept one text as it was. */
function textsOf(kept: string | undefined): readonly string[] {
  if (kept === undefined) return [];
  try {
    const texts: unknown = JSON.parse(kept);
    if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts;
  } catch {
    return [kept];
  }
  return [kept];
}
