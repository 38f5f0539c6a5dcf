/** An account as everything but the requests sees it: no key, no token. */
import type { DetailsResource } from '../../call/request';
import { type Endpoint, endpointLabel } from '../../exotel/account';
import type { SampleAccountId } from '../../sandbox/server';
import { withoutLinks } from '../toast';

/** A sample account is resolved when used: its server, its ports and its keys live as long as the window. */
export interface SampleAccountEntry {
  readonly kind: 'sample';
  readonly id: SampleAccountId;
  readonly name: string;
}

/** An account of a person's own, whose keys are in SecretStorage. */
export interface KeptAccount {
  readonly kind: 'kept';
  readonly id: string;
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly accountSid: string;
  /** The one resource that lookups ask for details; absent: as they answer. */
  readonly resource?: DetailsResource;
}

export type Account = SampleAccountEntry | KeptAccount;

const SAMPLE_NAMES: Readonly<Record<SampleAccountId, string>> = {
  sample: 'Sample',
  'sample-no-legs': 'Sample without legs',
  'sample-no-ccm': 'Sample without CCM',
  'sample-other-region': 'Sample in the other region',
};

/** The account that has nearly every sample call. */
export const SAMPLE: SampleAccountEntry = { kind: 'sample', id: 'sample', name: SAMPLE_NAMES.sample };

/** All sample accounts, {@link SAMPLE} first: they come and go together. Each of the others shows one thing that accounts differ in. */
export const SAMPLE_ACCOUNTS: readonly SampleAccountEntry[] = Object.entries(SAMPLE_NAMES).flatMap(([id, name]) =>
  isSampleId(id) ? [{ kind: 'sample', id, name }] : [],
);

/** True for the id of a sample account. */
export function isSampleId(id: string): id is SampleAccountId {
  return Object.hasOwn(SAMPLE_NAMES, id);
}

/** True for an account of a person's own: a sample account has no keys to change. */
export function isKept(account: Account): account is KeptAccount {
  return account.kind === 'kept';
}

/** Where an account lives, in a word or two: `Singapore`, `this machine`, a custom endpoint's host. */
export function regionLabel(account: Account): string {
  return account.kind === 'sample' ? 'this machine' : endpointLabel(account.endpoint);
}

/** The codicon of an account. */
export function accountIcon({ kind }: Account): string {
  return kind === 'sample' ? 'beaker' : 'organization';
}

/** The keys of an account cannot be had: it was removed, or the place where secrets are kept did not answer. */
export class AccountError extends Error {
  override readonly name = 'AccountError';

  constructor(
    readonly kind: 'unknownAccount' | 'secretsUnavailable' | 'secretsPending' | 'sampleUnavailable',
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** What to do about it, in a sentence. */
export function accountRemedy({ kind }: AccountError): string {
  return REMEDIES[kind];
}

/** What a command throws, as VS Code shows it in a notification: with what to do, where that is known, and nothing in it to click. */
export function forPerson(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const shown = withoutLinks(error instanceof AccountError ? `${error.message} ${accountRemedy(error)}` : error.message);
  return shown === error.message ? error : new Error(shown, { cause: error });
}

const REMEDIES: Readonly<Record<AccountError['kind'], string>> = {
  unknownAccount: 'Look the call up again with another account, or add the account again.',
  secretsUnavailable: 'The system’s keyring may be locked or missing: unlock it and try again.',
  secretsPending: 'It may be asking for its password in a window of its own: once it is unlocked, this goes on by itself.',
  sampleUnavailable: 'Something on this machine keeps programs from opening a local port. Try again.',
};
