/** An account as everything but the requests sees it: no key, no token. */
import { type Endpoint, endpointLabel } from '../../exotel/account';

/** The sample account is resolved when used: its server, its port and its keys live as long as the window. */
export interface SampleAccountEntry {
  readonly kind: 'sample';
  readonly id: typeof SAMPLE_ID;
  readonly name: string;
}

/** An account of a person's own, whose keys are in SecretStorage. */
export interface KeptAccount {
  readonly kind: 'kept';
  readonly id: string;
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly accountSid: string;
}

export type Account = SampleAccountEntry | KeptAccount;

export const SAMPLE_ID = 'sample';

export const SAMPLE: SampleAccountEntry = { kind: 'sample', id: SAMPLE_ID, name: 'Sample' };

/** True for an account of a person's own: the sample account has no keys to change. */
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
    readonly kind: 'unknownAccount' | 'secretsUnavailable' | 'sampleUnavailable',
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
