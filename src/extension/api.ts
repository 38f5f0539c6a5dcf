/** The v2 API as the rest of the extension uses it: accounts by id, keys looked up at each use, every request in the log. */
import type { CallKey } from './historyEntries';
import type { Accounts } from './accounts/accounts';
import type { Probe } from './accounts/probe';
import type { Credentials } from '../exotel/account';
import type { Resource } from '../call/request';
import { type CallAnswer, type Client, createClient, type OneAnswer } from '../exotel/client';
import type { Log } from './log';
import { readSettings } from './settings';

export class Api {
  constructor(
    private readonly accounts: Accounts,
    private readonly log: Log,
  ) {}

  /** Rejects with `ApiError` or `AccountError`. */
  async getCall({ sid, account }: CallKey, signal: AbortSignal): Promise<CallAnswer> {
    return this.#client(await this.accounts.withKeys(account)).getCall(sid, {}, signal);
  }

  /** Asks for a call that cannot exist, to see whether the keys are taken. Rejects with nothing. */
  readonly probe: Probe = (credentials, signal) => this.#client(credentials).probe(signal);

  /** Asks one resource of any account, whatever the account is set to ask. Rejects with `ApiError` when cancelled. */
  askOne(credentials: Credentials, resource: Resource, sid: string, signal: AbortSignal): Promise<OneAnswer> {
    return this.#client(credentials).askOne(resource, sid, signal);
  }

  #client(credentials: Credentials): Client {
    return createClient({
      credentials,
      fetch: (url, init) => fetch(url, init),
      now: Date.now,
      timeoutMs: readSettings().requestTimeoutMs,
      onRequest: (note, { error }) => this.log.request(note, error),
    });
  }
}
