/** The accounts: one JSON secret in SecretStorage, the sample accounts by their setting, the active one per workspace. */
import * as vscode from 'vscode';
import type { DetailsResource } from '../../call/request';
import type { Credentials, Endpoint } from '../../exotel/account';
import { apiOrigin } from '../../exotel/origin';
import { Queue } from '../queue';
import { readSettings, SECTION, setSampleAccount } from '../settings';
import { type Account, AccountError, isSampleId, type KeptAccount, SAMPLE_ACCOUNTS } from './account';
import type { SampleServer } from './sample';
import { readStore, type StoredAccount, type StoreReading, withResource, writeStore } from './store';

const SECRET = 'exotel.accounts';
/** What could not be read is kept here when accounts are written anew. */
const SECRET_SET_ASIDE = 'exotel.accounts.setAside';
const ACTIVE = 'exotel.activeAccount';

export interface AccountList {
  readonly accounts: readonly Account[];
  /** The account that lookups use unless another is named. */
  readonly active: Account | undefined;
  /** Stored accounts could not be read, in whole or in part. */
  readonly isBroken: boolean;
}

/** What a person types for an account. */
export interface AccountDraft extends Credentials {
  readonly name: string;
}

export class Accounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #writes = new Queue();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when accounts or the active one changed, in this window or another. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'workspaceState'>,
    private readonly sample: SampleServer,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      context.secrets.onDidChange(({ key }) => {
        if (key === SECRET) this.#changed.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.sampleAccount`)) this.#changed.fire();
      }),
    );
  }

  /** Rejects with {@link AccountError} when secrets cannot be read. */
  async list(): Promise<AccountList> {
    const { accounts: stored, unread } = await this.#read();
    const accounts = [...stored.map(withoutSecrets), ...(readSettings().hasSampleAccount ? SAMPLE_ACCOUNTS : [])];
    const activeId = this.context.workspaceState.get<unknown>(ACTIVE);
    return { accounts, active: accounts.find(({ id }) => id === activeId) ?? accounts[0], isBroken: unread !== undefined };
  }

  async find(id: string): Promise<Account | undefined> {
    return (await this.list()).accounts.find((account) => account.id === id);
  }

  async setActive(id: string): Promise<void> {
    await this.context.workspaceState.update(ACTIVE, id);
    this.#changed.fire();
  }

  /** An account with its keys, for a request or for its form. Rejects with {@link AccountError} when it is not there. */
  async withKeys(id: string): Promise<StoredAccount> {
    const sample = readSettings().hasSampleAccount ? SAMPLE_ACCOUNTS.find((each) => each.id === id) : undefined;
    if (sample !== undefined) return { ...sample, ...(await this.sample.credentials(sample.id)), recordingHosts: [] };
    const account = (await this.#read()).accounts.find((each) => each.id === id);
    if (account === undefined) throw goneError();
    return account;
  }

  /** The account that is kept already at the same place under the same account SID. */
  async twinOf({ endpoint, accountSid }: Pick<AccountDraft, 'endpoint' | 'accountSid'>): Promise<KeptAccount | undefined> {
    const { accounts } = await this.#read();
    const twin = accounts.find((each) => each.accountSid === accountSid && isSameEndpoint(each.endpoint, endpoint));
    return twin && withoutSecrets(twin);
  }

  /** Keeps a new account and gives it back with its id. */
  async add(draft: AccountDraft): Promise<KeptAccount> {
    return this.#write((accounts) => {
      const added: StoredAccount = { ...fieldsOf(draft), id: freeId(draft.accountSid, accounts), recordingHosts: [] };
      return { accounts: [...accounts, added], result: withoutSecrets(added) };
    });
  }

  /** Changes a kept account; where it moves to another endpoint, the hosts allowed before are forgotten. Rejects when it is gone. */
  async update(id: string, change: Partial<AccountDraft>): Promise<void> {
    await this.#write((accounts) => {
      if (!accounts.some((account) => account.id === id)) throw goneError();
      return { accounts: accounts.map((account) => (account.id === id ? changed(account, change) : account)), result: undefined };
    });
  }

  /** From now on lookups of the account ask this resource alone for details; undefined: as they answer. Rejects when the account is gone. */
  async setResource(id: string, resource: DetailsResource | undefined): Promise<void> {
    await this.#write((accounts) => {
      if (!accounts.some((account) => account.id === id)) throw goneError();
      return { accounts: accounts.map((account) => (account.id === id ? withResource(account, resource) : account)), result: undefined };
    });
  }

  /** Removes an account; the sample accounts go together. */
  async remove(id: string): Promise<void> {
    if (isSampleId(id)) return setSampleAccount(false);
    await this.#write((accounts) => ({ accounts: accounts.filter((account) => account.id !== id), result: undefined }));
  }

  /** From now on the account's keys may go to this host for recordings. */
  async allowRecordingHost(id: string, host: string): Promise<void> {
    await this.#write((accounts) => ({
      accounts: accounts.map((account) =>
        account.id === id ? { ...account, recordingHosts: [...new Set([...account.recordingHosts, host])] } : account,
      ),
      result: undefined,
    }));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #read(): Promise<StoreReading> {
    return readStore(await this.#secret());
  }

  async #secret(): Promise<string | undefined> {
    try {
      return await this.context.secrets.get(SECRET);
    } catch (error) {
      throw new AccountError('secretsUnavailable', 'VS Code could not read its secret storage.', error);
    }
  }

  /** Reads again before it writes, one write at a time: other windows write too. */
  #write<T>(
    change: (accounts: readonly StoredAccount[]) => { readonly accounts: readonly StoredAccount[]; readonly result: T },
  ): Promise<T> {
    return this.#writes.run(async () => {
      const before = await this.#read();
      if (before.unread !== undefined) await this.context.secrets.store(SECRET_SET_ASIDE, before.unread);
      const { accounts, result } = change(before.accounts);
      await this.context.secrets.store(SECRET, writeStore(accounts));
      return result;
    });
  }
}

function goneError(): AccountError {
  return new AccountError('unknownAccount', 'This account is no longer there.');
}

function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return apiOrigin(one, 'v2') === apiOrigin(other, 'v2');
}

function changed(account: StoredAccount, change: Partial<AccountDraft>): StoredAccount {
  const moved = change.endpoint !== undefined && !isSameEndpoint(change.endpoint, account.endpoint);
  return { ...account, ...change, recordingHosts: moved ? [] : account.recordingHosts };
}

function withoutSecrets({ id, name, endpoint, accountSid, resource }: StoredAccount): KeptAccount {
  return { kind: 'kept', id, name, endpoint, accountSid, ...(resource === undefined ? {} : { resource }) };
}

function fieldsOf({ name, endpoint, accountSid, apiKey, apiToken }: AccountDraft): AccountDraft {
  return { name, endpoint, accountSid, apiKey, apiToken };
}

/** An id that a person can write into a keybinding: the account SID, with a number where that is taken. */
function freeId(accountSid: string, accounts: readonly StoredAccount[]): string {
  const taken = new Set<string>([...SAMPLE_ACCOUNTS.map(({ id }) => id), ...accounts.map(({ id }) => id)]);
  let id = accountSid;
  for (let number = 2; taken.has(id); number += 1) id = `${accountSid}-${String(number)}`;
  return id;
}
