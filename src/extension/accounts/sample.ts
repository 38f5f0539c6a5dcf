/** The sample accounts' server: started when first asked for, in this window; stopped with it. */
import type * as vscode from 'vscode';
import type { Credentials } from '../../exotel/account';
import type { SampleAccountId, SampleCall, Sandbox } from '../../sandbox/server';
import { AccountError } from './account';

export class SampleServer implements vscode.Disposable {
  #running: Promise<Sandbox> | undefined;

  /** The calls of a sample account that there are to look up besides those in a list. Starts nothing. */
  async callsBesides(account: SampleAccountId, listed: readonly { readonly sid: string }[]): Promise<readonly SampleCall[]> {
    const { samplesOf } = await import('../../sandbox/server');
    const sids = new Set(listed.map(({ sid }) => sid));
    return samplesOf(account).filter(({ sid }) => !sids.has(sid));
  }

  /** Starts the server if it is not running. Rejects with {@link AccountError}. */
  async credentials(account: SampleAccountId): Promise<Credentials> {
    this.#running ??= start();
    const running = this.#running;
    try {
      return (await running).accounts[account].credentials;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw new AccountError('sampleUnavailable', 'The sample server could not be started on this machine.', error);
    }
  }

  dispose(): void {
    void this.#running?.then(
      (sandbox) => sandbox.stop(),
      () => undefined,
    );
    this.#running = undefined;
  }
}

async function start(): Promise<Sandbox> {
  const { startSandbox } = await import('../../sandbox/server');
  return startSandbox();
}
