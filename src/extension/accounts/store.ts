/** The one secret that holds every account: its JSON and how it is read back. */
import * as v from 'valibot';
import { DETAILS_RESOURCES, type DetailsResource } from '../../call/request';
import type { Credentials } from '../../exotel/account';
import { readOrigin } from '../../exotel/origin';
import { jsonValue } from '../json';

const endpoint = v.variant('kind', [
  v.object({ kind: v.literal('region'), region: v.picklist(['singapore', 'mumbai']) }),
  v.object({
    kind: v.literal('custom'),
    origin: v.pipe(
      v.string(),
      v.check((origin) => readOrigin(origin).ok),
    ),
  }),
]);

const storedAccount = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.string(),
  endpoint,
  accountSid: v.string(),
  apiKey: v.string(),
  apiToken: v.string(),
  /** Hosts under exotel.com that may be given this account's keys, for recordings. */
  recordingHosts: v.array(v.string()),
  /** What an older or a newer version wrote must not cost the account. */
  resource: v.optional(v.fallback(v.union([v.picklist(DETAILS_RESOURCES), v.undefined()]), undefined)),
});

/** How many changes of each window are in what was written: of the last windows that wrote, the latest last. */
export type Writes = readonly (readonly [window: string, changes: number])[];

/** Windows that write at the same time are few. */
const MOST_WRITERS = 12;

const envelope = v.object({
  version: v.literal(1),
  accounts: v.array(v.unknown()),
  /** Absent in what an older version wrote. */
  writes: v.optional(v.fallback(v.union([v.array(v.tuple([v.string(), v.number()])), v.undefined()]), undefined)),
});

/** An account with its secrets. It leaves the extension host in SecretStorage and in `Authorization` headers only. */
export interface StoredAccount extends Credentials {
  readonly id: string;
  readonly name: string;
  readonly recordingHosts: readonly string[];
  /** The one resource that lookups ask for details; absent: as they answer. */
  readonly resource?: DetailsResource;
}

/** The account set to one resource, or to none. */
export function withResource(account: StoredAccount, resource: DetailsResource | undefined): StoredAccount {
  const { resource: _before, ...others } = account;
  return resource === undefined ? others : { ...others, resource };
}

export interface StoreReading {
  readonly accounts: readonly StoredAccount[];
  /** What cannot be read as accounts, as text, without those that can: the secret in whole or in part. */
  readonly unread?: string;
  /** Absent where that is not known. */
  readonly writes?: Writes;
}

/** Reads the secret; what can be read of a broken one is used. Throws nothing. */
export function readStore(text: string | undefined): StoreReading {
  if (text === undefined) return { accounts: [] };
  const read = v.safeParse(envelope, jsonValue(text));
  if (!read.success) return { accounts: [], unread: text };
  const accounts = new Map<string, StoredAccount>();
  const unread: unknown[] = [];
  for (const entry of read.output.accounts) {
    const account = v.safeParse(storedAccount, entry);
    if (account.success && !accounts.has(account.output.id)) {
      const { resource, ...others } = account.output;
      accounts.set(others.id, withResource(others, resource));
    } else unread.push(entry);
  }
  const { writes } = read.output;
  return {
    accounts: [...accounts.values()],
    ...(unread.length === 0 ? {} : { unread: JSON.stringify(unread) }),
    ...(writes === undefined ? {} : { writes }),
  };
}

/** The accounts as the text of the secret, which {@link readStore} reads back. */
export function writeStore(accounts: readonly StoredAccount[], writes: Writes = []): string {
  return JSON.stringify({ version: 1, accounts, ...(writes.length === 0 ? {} : { writes: writes.slice(-MOST_WRITERS) }) });
}
