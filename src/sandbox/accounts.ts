/** The sandbox's accounts: where their keys are known and what is enabled for them. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Credentials, Region } from '../exotel/account';
import type { SampleAccountId } from './samples';

/** What an account has; all of it unless said otherwise. */
export interface Enabled {
  /** v2 and v3. Without it they refuse the keys, good as they are. */
  readonly ccm?: boolean;
  readonly v1?: boolean;
  /** The legs resource, which accounts have to ask for. */
  readonly legs?: boolean;
}

export interface SandboxAccount {
  readonly id: SampleAccountId;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiToken: string;
  /** Signs links to recordings. */
  readonly signature: string;
  /** Where the keys are known. */
  readonly home: Region;
  readonly enabled: Enabled;
}

type Given = Partial<Pick<SandboxAccount, 'accountSid' | 'apiKey' | 'apiToken' | 'enabled'>>;

const TRAITS: Readonly<Record<SampleAccountId, Pick<SandboxAccount, 'accountSid' | 'home' | 'enabled'>>> = {
  sample: { accountSid: 'exotelsample1', home: 'singapore', enabled: {} },
  'sample-no-legs': { accountSid: 'exotelsample2', home: 'singapore', enabled: { legs: false } },
  'sample-no-ccm': { accountSid: 'exotelsample3', home: 'singapore', enabled: { ccm: false, legs: false } },
  'sample-other-region': { accountSid: 'exotelsample4', home: 'mumbai', enabled: {} },
};

/** All accounts, with keys made up anew. What is given is of the first. */
export function createAccounts(given: Given): Readonly<Record<SampleAccountId, SandboxAccount>> {
  return forEachAccount((id) => ({
    id,
    ...TRAITS[id],
    apiKey: randomBytes(20).toString('hex'),
    apiToken: randomBytes(20).toString('hex'),
    signature: randomBytes(32).toString('hex'),
    ...(id === 'sample' ? given : {}),
  }));
}

/** Something for each account. */
export function forEachAccount<T>(make: (id: SampleAccountId) => T): Readonly<Record<SampleAccountId, T>> {
  return {
    sample: make('sample'),
    'sample-no-legs': make('sample-no-legs'),
    'sample-no-ccm': make('sample-no-ccm'),
    'sample-other-region': make('sample-other-region'),
  };
}

/** An account as it is entered: everybody believes theirs to be in Singapore. */
export function credentialsOf({ accountSid, apiKey, apiToken }: SandboxAccount, origins: Readonly<Record<Region, string>>): Credentials {
  return { endpoint: { kind: 'sandbox', region: 'singapore', origins }, accountSid, apiKey, apiToken };
}

/** Whether a request carries an account's keys. */
export function hasKeysOf({ apiKey, apiToken }: SandboxAccount, request: IncomingMessage): boolean {
  return request.headers.authorization === `Basic ${Buffer.from(`${apiKey}:${apiToken}`, 'utf8').toString('base64')}`;
}
