/** *Diagnose Account* in a panel: makes the checks, shows each as it ends, offers what helps. */
import * as vscode from 'vscode';
import { type Checkup, type Cure, type Diagnosis, diagnosisReport } from '../../call/diagnosis';
import { formatWithZone, wholeSecond } from '../../call/time';
import { type Credentials, regionName } from '../../exotel/account';
import { diagnose } from '../../exotel/doctor';
import { ApiError } from '../../exotel/errors';
import { inOtherRegion } from '../../exotel/origin';
import type { DoctorMethods, DoctorState, StatePush } from '../../shared/protocol';
import { noArguments, serve, type Service } from '../../shared/rpc';
import { type Account, AccountError, accountRemedy, isKept, regionLabel } from '../accounts/account';
import type { Accounts } from '../accounts/accounts';
import type { Api } from '../api';
import { CLOCKS } from '../clocks';
import type { History } from '../history';
import type { Log } from '../log';
import { copyText } from '../person';
import { settings, timeFormat } from '../settings';
import { proxyThatIsSet } from './proxy';

/** What a diagnosis needs from the rest. */
export interface DoctorParts {
  readonly accounts: Accounts;
  readonly api: Api;
  readonly history: History;
  readonly log: Log;
  /** `Exotel Call Inspector 0.2.0, VS Code 1.105.0, linux`. */
  readonly versions: string;
  /** Gives false when it was given up. */
  readonly cures: Readonly<Record<'updateCredentials' | 'editAccount', (account: string) => Promise<boolean>>>;
}

type Progress = Pick<DoctorState, 'phase' | 'checkups' | 'failure' | 'at'> & { readonly diagnosis?: Diagnosis };

const BEGUN: Progress = { phase: 'running', checkups: [] };

export class DoctorPanel implements vscode.Disposable {
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #progress: Progress = BEGUN;
  #running: AbortController | undefined;
  #callSid: string | undefined;
  #isDisposed = false;

  readonly onDidClose = this.#closed.event;

  constructor(
    private account: Account,
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: DoctorParts,
  ) {
    const answer = serve<DoctorMethods>(
      this.#service(),
      (message) => panel.webview.postMessage(message),
      (method, error) => parts.log.error(`The diagnosis’ “${method}” failed`, error),
    );
    this.#subscriptions = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => void answer(message)),
      panel.onDidDispose(() => this.dispose()),
    );
  }

  get accountId(): string {
    return this.account.id;
  }

  /** What was found out, when the last checks ended by themselves. */
  get diagnosis(): Diagnosis | undefined {
    return this.#progress.diagnosis;
  }

  /** Comes to the front, for the account as it is now. */
  reveal(account: Account): void {
    this.account = account;
    this.panel.reveal(undefined, false);
  }

  /** Makes the checks; checks under way are given up for these. `callSid`: a call of the account. Never rejects. */
  async run(callSid?: string): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#callSid = callSid ?? this.#callSid;
    this.#show(BEGUN);
    const isLatest = (): boolean => this.#running === running;
    try {
      // Of an account whose keys change meanwhile all is checked anew.
      const diagnosis = await this.parts.accounts.use(this.account.id, running.signal, (credentials, signal) => {
        if (isLatest()) this.#show(BEGUN);
        return this.#diagnose(credentials, signal, (checkup) => {
          if (isLatest()) this.#show({ ...this.#progress, checkups: [...this.#progress.checkups, checkup] });
        });
      });
      if (isLatest()) this.#show({ phase: 'done', checkups: diagnosis.checkups, diagnosis, at: Date.now() });
    } catch (error) {
      if (isLatest()) this.#show({ ...this.#progress, ...this.#endOf(error, running.signal) });
    }
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#running?.abort();
    this.#subscriptions.dispose();
    this.panel.dispose();
    this.#closed.fire();
    this.#closed.dispose();
  }

  async #diagnose(credentials: Credentials, signal: AbortSignal, onCheckup: (checkup: Checkup) => void): Promise<Diagnosis> {
    const { api } = this.parts;
    const callSid = this.#callSid ?? (await this.#lastCall());
    const proxy = proxyThatIsSet();
    return diagnose({
      credentials,
      ask: (keys, resource, sid, cancel) => api.askOne(keys, resource, sid, cancel, keys === credentials ? this.account.id : undefined),
      fetch: (url, init) => fetch(url, init),
      ...CLOCKS,
      timeoutMs: settings.requestTimeoutMs,
      mayAskOtherRegion: (hosts) => this.#mayAsk(hosts),
      onCheckup,
      signal,
      ...(callSid === undefined ? {} : { callSid }),
      ...(proxy === undefined ? {} : { proxy }),
    });
  }

  /** A list that cannot be read must not keep anybody from a diagnosis. */
  async #lastCall(): Promise<string | undefined> {
    const { entries } = await this.parts.history.read().catch(() => ({ entries: [] }));
    return entries.find(({ account }) => account === this.account.id)?.sid;
  }

  async #mayAsk(hosts: string): Promise<boolean> {
    const send = 'Send';
    const answer = await vscode.window.showWarningMessage(
      `Send the API key and token of “${this.account.name}” to ${hosts}?`,
      { modal: true, detail: 'This region does not accept them. They are sent once, to see whether they belong to the other region.' },
      send,
    );
    return answer === send;
  }

  #endOf(error: unknown, signal: AbortSignal): Pick<Progress, 'phase' | 'failure'> {
    if (signal.aborted) return { phase: 'cancelled' };
    if (error instanceof AccountError) return { phase: 'failed', failure: `${error.message} ${accountRemedy(error)}` };
    this.parts.log.error('The diagnosis failed', error);
    return { phase: 'failed', failure: error instanceof ApiError ? error.message : 'The checks failed inside this extension: the log says more.' };
  }

  #show(progress: Progress): void {
    this.#progress = progress;
    if (this.#isDisposed) return;
    void this.panel.webview.postMessage({ type: 'state', state: this.#state() } satisfies StatePush<DoctorState>);
  }

  #state(): DoctorState {
    const { diagnosis, ...progress } = this.#progress;
    const cure = this.#cureLabel(diagnosis?.cure);
    return {
      account: { name: this.account.name, region: regionLabel(this.account) },
      ...progress,
      ...(diagnosis === undefined ? {} : { diagnosis: { conclusion: diagnosis.conclusion, works: diagnosis.works } }),
      ...(cure === undefined ? {} : { cure }),
      ...timeFormat(),
    };
  }

  /** A sample account has nothing that could be changed. */
  #cureLabel(cure: Cure | undefined): string | undefined {
    if (cure === undefined || !isKept(this.account)) return undefined;
    if (cure === 'updateCredentials') return 'Update Credentials';
    if (cure === 'editAccount') return 'Edit Account';
    const other = inOtherRegion(this.account.endpoint);
    return other === undefined ? undefined : `Set Region to ${regionName(other.region)}`;
  }

  async #cure(): Promise<void> {
    const cure = this.diagnosis?.cure;
    if (cure === undefined || !isKept(this.account)) return;
    const isDone = cure === 'useOtherRegion' ? await this.#useOtherRegion(this.account) : await this.parts.cures[cure](this.account.id);
    if (!isDone) return;
    this.account = (await this.parts.accounts.find(this.account.id)) ?? this.account;
    await this.run();
  }

  async #useOtherRegion({ id, endpoint }: Extract<Account, { kind: 'kept' }>): Promise<boolean> {
    const other = inOtherRegion(endpoint);
    if (other === undefined) return false;
    await this.parts.accounts.update(id, { endpoint: other });
    return true;
  }

  async #copyReport(): Promise<void> {
    const { diagnosis, at } = this.#progress;
    if (diagnosis === undefined || at === undefined) return;
    const { accountSid } = await this.parts.accounts.withKeys(this.account.id);
    const when = formatWithZone(wholeSecond(at), timeFormat());
    await copyText(diagnosisReport(diagnosis, { region: regionLabel(this.account), accountSid, at: when, versions: this.parts.versions }));
  }

  #service(): Service<DoctorMethods> {
    return {
      getState: noArguments(() => this.#state()),
      run: noArguments(() => void this.run()),
      cancel: noArguments(() => this.#running?.abort()),
      cure: noArguments(() => this.#cure()),
      copyReport: noArguments(() => this.#copyReport()),
      showLog: noArguments(() => this.parts.log.show()),
    };
  }
}
