/** The accounts: those that are kept in SecretStorage, the sample accounts by their setting, the active one per workspace. */
import * as vscode from 'vscode';
import type { DetailsResource } from '../../call/request';
import { SAMPLE_ACCOUNT, setSampleAccount, settings } from '../settings';
import { type Account, AccountError, isSampleId, type KeptAccount, SAMPLE, SAMPLE_ACCOUNTS, type SampleAccountEntry } from './account';
import { type AccountChange, type AccountDraft, freeId, isSamePlace } from './changes';
import type { SampleServer } from './sample';
import type { StoredAccount, StoreReading } from './store';
import { Vault } from './vault';

export type { AccountDraft } from './changes';

const ACTIVE = 'exotel.activeAccount';

export interface AccountList {
  readonly accounts: readonly Account[];
  /** The account that lookups use unless another is named; undefined also where it may be one that cannot be read. */
  readonly active: Account | undefined;
  /** Stored accounts could not be read, in whole or in part. */
  readonly isBroken: boolean;
  /** Why no kept account is among them, though there may be some. */
  readonly trouble?: AccountError;
}

/** Work that is done with an account's keys. */
interface Use {
  readonly account: StoredAccount;
  readonly outdated: AbortController;
}

export class Accounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #removed = new vscode.EventEmitter<readonly string[]>();
  readonly #vault: Vault;
  readonly #subscriptions: vscode.Disposable;
  readonly #uses = new Set<Use>();
  /** The kept accounts as they were last read whole. */
  #known: readonly string[] | undefined;
  /** Ends when everything that the last change means for work under way was done. */
  #settled: Promise<void> = Promise.resolve();

  /** Fires when accounts or the active one changed, in this window or another. */
  readonly onDidChange = this.#changed.event;
  /** Fires with the ids of kept accounts that are gone, whichever window removed them. */
  readonly onDidRemove = this.#removed.event;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'workspaceState'>,
    private readonly sample: SampleServer,
    onError: (error: unknown) => void,
  ) {
    this.#vault = new Vault({ secrets: context.secrets, onChange: () => this.#onChange(), onError });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#removed,
      this.#vault,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SAMPLE_ACCOUNT)) this.#onChange();
      }),
    );
  }

  /** Never rejects: where secrets cannot be read, the sample accounts are there all the same. */
  async list(): Promise<AccountList> {
    const samples = shownSamples();
    const activeId = this.context.workspaceState.get<unknown>(ACTIVE);
    try {
      const { accounts: stored, unread } = await this.#read();
      const accounts = [...stored.map(withoutSecrets), ...samples];
      return { accounts, active: accounts.find(({ id }) => id === activeId) ?? accounts[0], isBroken: unread !== undefined };
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      return { accounts: samples, active: samples.find(({ id }) => id === activeId), isBroken: false, trouble: error };
    }
  }

  /** Rejects with {@link AccountError} when secrets cannot be read, with the signal's reason when aborted. */
  async find(id: string, signal?: AbortSignal): Promise<Account | undefined> {
    if (isSampleId(id)) return shownSamples().find((each) => each.id === id);
    const account = (await this.#read(signal)).accounts.find((each) => each.id === id);
    return account && withoutSecrets(account);
  }

  async setActive(id: string): Promise<void> {
    await this.context.workspaceState.update(ACTIVE, id);
    this.#changed.fire();
  }

  /** Shows the sample accounts and makes the first one active, in one change: VS Code 1.100 loses a click on a line that is taken anew. Rejects, with nothing changed, when the setting cannot be written. */
  async exploreSamples(): Promise<void> {
    if (settings.hasSampleAccount) return this.setActive(SAMPLE.id);
    const { workspaceState } = this.context;
    const before = workspaceState.get<unknown>(ACTIVE);
    await workspaceState.update(ACTIVE, SAMPLE.id);
    try {
      await setSampleAccount(true);
    } catch (error) {
      await workspaceState.update(ACTIVE, before);
      throw error;
    }
  }

  /** An account with its keys, for a request or for its form. Rejects with {@link AccountError} when it is not there. */
  async withKeys(id: string, signal?: AbortSignal): Promise<StoredAccount> {
    const sample = shownSamples().find((each) => each.id === id);
    if (sample !== undefined) return { ...sample, ...(await this.sample.credentials(sample.id)), recordingHosts: [] };
    const account = (await this.#read(signal)).accounts.find((each) => each.id === id);
    if (account === undefined) throw goneError();
    return account;
  }

  /**
   * Does something with an account's keys. Where they change meanwhile, it is ended and begun anew with the new ones; where the account
   * goes, it is ended, and this rejects with {@link AccountError}: nothing that was asked with its keys comes back.
   */
  async use<T>(id: string, signal: AbortSignal, work: (account: StoredAccount, signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      const use: Use = { account: await this.withKeys(id, signal), outdated: new AbortController() };
      this.#uses.add(use);
      try {
        const result = await work(use.account, AbortSignal.any([signal, use.outdated.signal]));
        await this.#settled;
        if (!use.outdated.signal.aborted) return result;
      } catch (error) {
        if (signal.aborted || !use.outdated.signal.aborted) throw error;
      } finally {
        this.#uses.delete(use);
      }
    }
  }

  /** The account that is kept already at the same place under the same account SID. Rejects with {@link AccountError} when secrets cannot be read. */
  async twinOf(draft: Pick<AccountDraft, 'endpoint' | 'accountSid'>): Promise<KeptAccount | undefined> {
    const { accounts } = await this.#read();
    const twin = accounts.find((each) => isSamePlace(each, draft));
    return twin && withoutSecrets(twin);
  }

  /** Keeps a new account and gives it back with its id; one that is there exactly so already is given back. */
  async add(draft: AccountDraft): Promise<KeptAccount> {
    let added: StoredAccount | undefined;
    await this.#vault.write((accounts) => {
      added = accounts.find((account) => isSameDraft(account, draft));
      if (added !== undefined) return undefined;
      added = { ...fieldsOf(draft), id: freeId(draft.accountSid, accounts), recordingHosts: [] };
      return { kind: 'add', account: added };
    });
    if (added === undefined) throw goneError();
    return withoutSecrets(added);
  }

  /** Changes a kept account; where it moves to another endpoint, the hosts allowed before are forgotten. Rejects when it is gone. */
  async update(id: string, change: Partial<AccountDraft>): Promise<void> {
    await this.#change({ kind: 'update', id, change });
  }

  /** From now on lookups of the account ask this resource alone for details; undefined: as they answer. Rejects when the account is gone. */
  async setResource(id: string, resource: DetailsResource | undefined): Promise<void> {
    await this.#change({ kind: 'setResource', id, resource });
  }

  /** Removes an account; the sample accounts go together. */
  async remove(id: string): Promise<void> {
    if (isSampleId(id)) return setSampleAccount(false);
    await this.#vault.write((accounts) => (accounts.some((account) => account.id === id) ? { kind: 'remove', id } : undefined));
  }

  /** From now on the account's keys may go to this host for recordings. Rejects when the account is gone. */
  async allowRecordingHost(id: string, host: string): Promise<void> {
    await this.#change({ kind: 'allowHost', id, host });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #change(change: Exclude<AccountChange, { kind: 'add' }>): Promise<void> {
    await this.#vault.write((accounts) => {
      if (!accounts.some(({ id }) => id === change.id)) throw goneError();
      return change;
    });
  }

  async #read(signal?: AbortSignal): Promise<StoreReading> {
    const reading = await this.#vault.read(signal);
    if (reading.unread === undefined) this.#known ??= idsOf(reading);
    return reading;
  }

  #onChange(): void {
    this.#settled = this.#settled.then(() => this.#settle());
    this.#changed.fire();
  }

  /** Ends what is done with keys that are no longer the account's, and tells who is gone. What cannot be read may still be there. Never rejects. */
  async #settle(): Promise<void> {
    const reading = await this.#vault.read().catch(() => undefined);
    for (const { account, outdated } of this.#uses) if (isOutdated(account, reading)) outdated.abort();
    if (reading === undefined || reading.unread !== undefined) return;
    const [before = [], now] = [this.#known, idsOf(reading)];
    this.#known = now;
    const gone = before.filter((id) => !now.includes(id));
    if (gone.length > 0) this.#removed.fire(gone);
  }
}

function shownSamples(): readonly SampleAccountEntry[] {
  return settings.hasSampleAccount ? SAMPLE_ACCOUNTS : [];
}

function idsOf({ accounts }: StoreReading): readonly string[] {
  return accounts.map(({ id }) => id);
}

/** Whether an account is gone by now, or has other keys. */
function isOutdated(used: StoredAccount, reading: StoreReading | undefined): boolean {
  if (isSampleId(used.id)) return shownSamples().every(({ id }) => id !== used.id);
  if (reading === undefined) return false;
  const now = reading.accounts.find(({ id }) => id === used.id);
  if (now === undefined) return reading.unread === undefined;
  return !isSamePlace(now, used) || now.apiKey !== used.apiKey || now.apiToken !== used.apiToken;
}

/** What is asked for is no longer there. */
export function goneError(): AccountError {
  return new AccountError('unknownAccount', 'This account is no longer there.');
}

function isSameDraft(account: StoredAccount, draft: AccountDraft): boolean {
  return isSamePlace(account, draft) && account.name === draft.name && account.apiKey === draft.apiKey && account.apiToken === draft.apiToken;
}

function withoutSecrets({ id, name, endpoint, accountSid, resource }: StoredAccount): KeptAccount {
  return { kind: 'kept', id, name, endpoint, accountSid, ...(resource === undefined ? {} : { resource }) };
}

function fieldsOf({ name, endpoint, accountSid, apiKey, apiToken }: AccountDraft): AccountDraft {
  return { name, endpoint, accountSid, apiKey, apiToken };
}
