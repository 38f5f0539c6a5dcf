/** What is done to the accounts, as data: so that it can be done again on what another window wrote over it. Pure. */
import type { DetailsResource } from '../../call/request';
import type { Credentials, Endpoint } from '../../exotel/account';
import { apiOrigin } from '../../exotel/origin';
import { SAMPLE_ACCOUNTS } from './account';
import { type StoredAccount, withResource } from './store';

/** What a person types for an account. */
export interface AccountDraft extends Credentials {
  readonly name: string;
}

export type AccountChange =
  | { readonly kind: 'add'; readonly account: StoredAccount }
  | { readonly kind: 'update'; readonly id: string; readonly change: Partial<AccountDraft> }
  | { readonly kind: 'setResource'; readonly id: string; readonly resource: DetailsResource | undefined }
  | { readonly kind: 'allowHost'; readonly id: string; readonly host: string }
  | { readonly kind: 'remove'; readonly id: string };

/** The accounts after a change. Made twice it does no more than made once; one to an account that is not there does nothing. */
export function withChange(accounts: readonly StoredAccount[], change: AccountChange): readonly StoredAccount[] {
  const onlyIn = (id: string, changed: (account: StoredAccount) => StoredAccount): readonly StoredAccount[] =>
    accounts.map((account) => (account.id === id ? changed(account) : account));
  switch (change.kind) {
    case 'add':
      return withAdded(accounts, change.account);
    case 'update':
      return onlyIn(change.id, (account) => updated(account, change.change));
    case 'setResource':
      return onlyIn(change.id, (account) => withResource(account, change.resource));
    case 'allowHost':
      return onlyIn(change.id, (account) => ({ ...account, recordingHosts: [...new Set([...account.recordingHosts, change.host])] }));
    case 'remove':
      return accounts.filter(({ id }) => id !== change.id);
  }
}

/** Whether two accounts are one and the same at Exotel. */
export function isSamePlace(one: Pick<AccountDraft, 'endpoint' | 'accountSid'>, other: Pick<AccountDraft, 'endpoint' | 'accountSid'>): boolean {
  return one.accountSid === other.accountSid && isSameEndpoint(one.endpoint, other.endpoint);
}

/** An id that a person can write into a keybinding: the account SID, with a number where that is taken. */
export function freeId(accountSid: string, accounts: readonly StoredAccount[]): string {
  const taken = new Set<string>([...SAMPLE_ACCOUNTS.map(({ id }) => id), ...accounts.map(({ id }) => id)]);
  let id = accountSid;
  for (let number = 2; taken.has(id); number += 1) id = `${accountSid}-${String(number)}`;
  return id;
}

/** Another window may have added the same account under the same id, or another one. */
function withAdded(accounts: readonly StoredAccount[], added: StoredAccount): readonly StoredAccount[] {
  const there = accounts.find(({ id }) => id === added.id);
  if (there === undefined) return [...accounts, added];
  if (isSamePlace(there, added)) return accounts.map((account) => (account === there ? added : account));
  return [...accounts, { ...added, id: freeId(added.accountSid, accounts) }];
}

/** Hosts that were allowed at another endpoint are forgotten. */
function updated(account: StoredAccount, change: Partial<AccountDraft>): StoredAccount {
  const moved = change.endpoint !== undefined && !isSameEndpoint(change.endpoint, account.endpoint);
  return { ...account, ...change, recordingHosts: moved ? [] : account.recordingHosts };
}

function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return apiOrigin(one, 'v2') === apiOrigin(other, 'v2');
}
