/** The API as the rest of the extension uses it: accounts by id, keys looked up at each use, every request in the log. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { CLOCKS } from './clocks';
import type { CallKey } from './historyEntries';
import { isKept, SAMPLE } from './accounts/account';
import type { Accounts } from './accounts/accounts';
import type { Probe } from './accounts/probe';
import { ResourceMemory } from './accounts/resourceMemory';
import type { StoredAccount } from './accounts/store';
import type { Credentials } from '../exotel/account';
import type { Resource } from '../call/request';
import type { CallAnswer, Client, ClientOptions, FreshLink, KnownRecording, NoFreshLink, OneAnswer, RecordedCall, Retries } from '../exotel/client';
import { type Pace, paced, type Permit } from '../exotel/pacing';
import type { Log } from './log';
import { settings } from './settings';

const RETRIES: Retries = {
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  random: Math.random,
};

export class Api implements vscode.Disposable {
  readonly #memory: ResourceMemory;
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly accounts: Accounts,
    private readonly log: Log,
    private readonly pace: Pace,
    state: vscode.Memento,
  ) {
    this.#memory = new ResourceMemory(state);
    this.#subscription = accounts.onDidChange(() => void this.#tidy(() => this.#forgetTheGone()));
  }

  /**
   * Asks for a call as the account is set, else as it answered the last time. The first sample account is asked anew each time: its
   * calls are there to show every resource. `permit`: of a poll that nobody asked for. Rejects with `ApiError` or `AccountError`.
   */
  getCall({ sid, account }: CallKey, given: AbortSignal, permit?: Permit): Promise<CallAnswer> {
    return this.accounts.use(account, given, async (asked, signal) => {
      const { resource: only } = asked;
      const plan = this.#memory.planFor(asked);
      const client = await this.#clientOf(asked, permit);
      const answer = await client.getCall(sid, only === undefined ? plan : { ...plan, only }, signal);
      const remembers = only === undefined && account !== SAMPLE.id;
      await this.#tidy(() => (remembers ? this.#memory.learn(asked, answer) : this.#memory.learnLegs(asked, answer)));
      return answer;
    });
  }

  /** Asks every resource for a call. Rejects with `ApiError` or `AccountError`. */
  askAll({ sid, account }: CallKey, given: AbortSignal): Promise<CallAnswer> {
    return this.accounts.use(account, given, async (asked, signal) => {
      const client = await this.#clientOf(asked);
      const answer = await client.askAll(sid, this.#memory.planFor(asked), signal);
      await this.#tidy(() => this.#memory.learnLegs(asked, answer));
      return answer;
    });
  }

  /** Looks for a link to a call's recording that works now. Rejects with `ApiError` when cancelled, or with `AccountError`. */
  freshRecording({ sid, account }: CallKey, call: RecordedCall, known: KnownRecording, given: AbortSignal): Promise<FreshLink | NoFreshLink> {
    return this.accounts.use(account, given, async (asked, signal) => {
      const client = await this.#clientOf(asked);
      return client.freshRecording(call, sid, known, signal);
    });
  }

  /** True while the account's answers ask not to be asked: nothing goes out then but what its person asks for. */
  isHeldBack(account: string): boolean {
    return this.pace.heldMs(account) > 0;
  }

  /** Asks for a call that cannot exist, to see whether the keys are taken. Rejects with nothing. */
  readonly probe: Probe = async (credentials, signal) => {
    const client = await clientWith({ ...this.#options(credentials), retries: RETRIES });
    const result = await client.probe(signal);
    if (result.kind === 'good' && result.first !== undefined) {
      const { first } = result;
      await this.#tidy(() => this.#memory.learnFirst(credentials, first));
    }
    return result;
  };

  dispose(): void {
    this.#subscription.dispose();
  }

  /** A memory that cannot be written must not spoil a lookup. */
  async #tidy(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error('Which resource answered could not be remembered', error);
    }
  }

  async #forgetTheGone(): Promise<void> {
    const { accounts, isBroken, trouble } = await this.accounts.list();
    if (!isBroken && trouble === undefined) await this.#memory.keepOnly(accounts.filter(isKept));
  }

  /** Asks one resource, whatever the account is set to ask. `account`: whose requests they are counted with. Rejects with `ApiError` when cancelled. */
  async askOne(credentials: Credentials, resource: Resource, sid: string, signal: AbortSignal, account?: string): Promise<OneAnswer> {
    const options = this.#options(credentials);
    const client = await clientWith(account === undefined ? options : paced(options, this.pace, account));
    return client.askOne(resource, sid, signal);
  }

  /** Of an account whose requests are counted. */
  #clientOf(account: StoredAccount, permit?: Permit): Promise<Client> {
    return clientWith(paced({ ...this.#options(account), retries: RETRIES }, this.pace, account.id, permit));
  }

  #options(credentials: Credentials): ClientOptions {
    return {
      credentials,
      fetch: (url, init) => fetch(url, init),
      ...CLOCKS,
      timeoutMs: settings.requestTimeoutMs,
      onRequest: (note, { error }) => this.log.request(note, error),
    };
  }
}

async function clientWith(options: ClientOptions): Promise<Client> {
  const { createClient } = await import('../exotel/client');
  return createClient(options);
}
