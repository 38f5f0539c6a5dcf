/** One call's panel: asks for the call, pushes what it knows to the page, does what the page asks for. */
import * as vscode from 'vscode';
import type { HeardRecording } from '../../call/audioFindings';
import type { Call } from '../../call/call';
import type { RecordingProblem } from '../../call/recording';
import { isOngoing, type OutcomeId, outcomeOf, type Severity } from '../../call/status';
import { shortSid } from '../../call/sid';
import { SNIPPET_LANGUAGES, type SnippetLanguage } from '../../call/snippets';
import type { AnswerBody, CallAnswer } from '../../exotel/client';
import { Watch } from '../../exotel/watch';
import { type DetailsResource, RESOURCES } from '../../call/request';
import { ApiError } from '../../exotel/errors';
import { dashboardUrl } from '../../exotel/origin';
import {
  type Failure,
  type HostMethods,
  type Lookup,
  MAX_COPIED,
  MAX_LINK,
  type PanelState,
  type PausePush,
  type RecordingState,
  type Reply,
  type StatePush,
} from '../../shared/protocol';
import { isAmount, isPlace, noArguments, oneOf, oneText, serve, type Service, several, textUpTo } from '../../shared/rpc';
import { type Account, AccountError, regionLabel } from '../accounts/account';
import { type Accounts, goneError } from '../accounts/accounts';
import type { Api } from '../api';
import type { History } from '../history';
import type { ChannelOrder } from '../channelOrder';
import { type CallKey, isSameLabel } from '../historyEntries';
import type { LiveCalls, LivePanel } from '../live';
import type { Log } from '../log';
import { shownLookup } from '../masks';
import { copyText, openLink, openProxySettings } from '../person';
import { failureOf } from '../report';
import { settings, SECTION, timeFormat, timeZoneProblem } from '../settings';
import type { DownloadOptions } from './download';
import { Latest } from './latest';
import type { Media, MediaLease } from './media';
import type { RawDocuments } from './rawDocuments';
import { RecordingHolder, type RecordingShelf } from './recordingHolder';

/** What a lookup came to, for keybindings, tasks and other extensions. */
export interface LookedUp extends CallKey {
  readonly state: string | null;
  readonly status: string | null;
  readonly outcome: OutcomeId;
}

export type LookupEnd =
  | { readonly kind: 'filled'; readonly call: LookedUp }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** Which resources a lookup asks: those that the account's setting and its last answers say, or all there are. */
export type LookupWay = 'usual' | 'all';

/** What a panel needs from the rest. */
export interface PanelParts {
  readonly accounts: Accounts;
  readonly api: Api;
  readonly history: History;
  readonly live: LiveCalls;
  readonly log: Log;
  readonly raw: RawDocuments;
  readonly media: Media;
  readonly recordings: RecordingShelf;
  readonly channels: ChannelOrder;
  /** The extension's own folder for icons, and its storage. */
  readonly extensionUri: vscode.Uri;
  readonly storage: vscode.Uri;
  readonly actions: PanelActions;
}

/** The last good answer, and what was measured of its recording where all of that is here. */
export interface Answered {
  readonly reply: Reply;
  readonly heard?: HeardRecording;
}

/** What a panel leaves to commands. */
export interface PanelActions {
  readonly copyAs: (key: CallKey, resource: DetailsResource, language: SnippetLanguage) => Promise<void>;
  /** Gives false when it was given up. */
  readonly updateCredentials: (account: string) => Promise<boolean>;
  /** Asks for another account to look this SID up with. */
  readonly lookUpElsewhere: (sid: string) => Promise<void>;
  readonly diagnose: (key: CallKey) => Promise<void>;
  readonly toggleMask: () => Promise<void>;
  readonly copyReport: (sid: string, answered: Answered) => Promise<void>;
  readonly saveReport: (sid: string, answered: Answered) => Promise<void>;
}

/** An answer, and how it was asked for. */
interface AnsweredWay {
  readonly answer: CallAnswer;
  readonly way: LookupWay;
}

export class CallPanel implements vscode.Disposable {
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #recording: RecordingHolder;
  readonly #watch: Watch<CallAnswer>;
  #account: Account | undefined;
  #lookup: Lookup = { phase: 'loading' };
  readonly #latest = new Latest<AnsweredWay, LookupEnd>(
    { answered: ({ answer, way }) => this.#fill(answer, way), failed: (error) => this.#fail(error), cancelled: () => this.#cancel() },
    { kind: 'cancelled' },
  );
  /** The last good answers, which *Raw JSON* shows where a failure brought nothing. */
  #bodies: readonly AnswerBody[] = [];
  #shownMood: Mood | undefined;
  #isPushing = false;
  #isDisposed = false;

  readonly onDidClose = this.#closed.event;

  constructor(
    readonly key: CallKey,
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: PanelParts,
    private readonly onPlays: () => void,
  ) {
    this.#recording = new RecordingHolder({
      key,
      accounts: parts.accounts,
      recordings: parts.recordings,
      freshLink: (call, known, signal) => parts.api.freshRecording(key, call, known, signal),
      isHeldBack: () => parts.api.isHeldBack(key.account),
      onChange: () => this.#onRecording(),
      onRequest: (note) => parts.log.request(note),
      onError: (error) => parts.log.error('The recording was not fetched', error),
    });
    const watched: LivePanel = {
      key,
      ask: (signal, permit) => parts.api.getCall(key, signal, permit),
      onChange: (answer) => (answer === undefined ? this.#push() : this.#follow(answer)),
      sentenceOf: (error) => failureOf(error, this.#account).sentence,
      isVisible: panel.visible,
      reveal: () => this.reveal(),
    };
    this.#watch = parts.live.watch(watched, (options) => new Watch(options));
    const answer = serve<HostMethods>(
      this.#service(),
      (message) => panel.webview.postMessage(message),
      (method, error) => this.#onFailure(method, error),
    );
    this.#subscriptions = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => void answer(message)),
      panel.onDidChangeViewState(() => this.#onVisible()),
      panel.onDidDispose(() => this.dispose()),
      parts.accounts.onDidChange(() => void this.#onAccountsChanged()),
      parts.channels.onDidChange(() => this.#push()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) this.#push();
      }),
    );
    this.#entitle();
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  /** The last good answer. */
  get reply(): Reply | undefined {
    return this.#lookup.reply;
  }

  /** Why the last lookup failed; undefined where none did. */
  get failure(): Failure | undefined {
    return this.#lookup.phase === 'failed' ? this.#lookup.failure : undefined;
  }

  /** Takes what its page hears recordings by. Gives false, and lets it go, when the panel was closed meanwhile. */
  hear(media: MediaLease): boolean {
    if (this.#isDisposed) media.dispose();
    else this.#recording.setMedia(media);
    return !this.#isDisposed;
  }

  /** Its recording is paused, where it is heard. */
  pause(): void {
    void this.panel.webview.postMessage({ type: 'pause' } satisfies PausePush);
  }

  /** What a report tells of; undefined before there was a good answer. */
  async answered(): Promise<Answered | undefined> {
    const { reply } = this;
    const heard = await this.#recording.heard(this.parts.channels.isSwapped(this.key.account));
    return reply && { reply, ...(heard === undefined ? {} : { heard }) };
  }

  /** Comes to the front where it is. */
  reveal(): void {
    this.panel.reveal(undefined, false);
  }

  /**
   * Asks for the call and shows what comes. A lookup under way is given up for this one, and ends as this one does.
   * Never rejects: how it failed is on the panel and in what it gives. Of a panel that was closed meanwhile nothing is asked.
   */
  lookUp(way: LookupWay = 'usual'): Promise<LookupEnd> {
    return this.#latest.ask((signal, isLatest) => this.#ask(way, signal, isLatest));
  }

  /** Looks up unless that was done or is under way: for a panel that came back after a restart. */
  lookUpIfNeeded(): void {
    if (this.panel.visible && this.#latest.isUntouched) void this.lookUp();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#latest.dispose();
    this.parts.live.release(this.#watch);
    this.#recording.dispose();
    this.parts.raw.set(this.key, []);
    this.#subscriptions.dispose();
    this.panel.dispose();
    this.#closed.fire();
    this.#closed.dispose();
  }

  async #ask(way: LookupWay, signal: AbortSignal, isLatest: () => boolean): Promise<AnsweredWay> {
    const { accounts, api } = this.parts;
    this.#watch.interrupt();
    this.#show(withReply({ phase: 'loading' }, this.#lookup.reply));
    const coming = way === 'all' ? api.askAll(this.key, signal) : api.getCall(this.key, signal);
    // Waited for below: by then it may have failed.
    coming.catch(() => undefined);
    const account = await accounts.find(this.key.account, signal);
    if (isLatest()) this.#account = account ?? this.#account;
    return { way, answer: await coming };
  }

  async #fill(answer: CallAnswer, way: LookupWay): Promise<LookupEnd> {
    const { call } = answer;
    this.#recording.follow(answer);
    this.#watch.take(answer);
    if (way === 'all') this.#watch.stop('Live updates stopped, so that this comparison stays as it is. Refresh goes on.');
    this.#showAnswer(answer);
    this.#loadRecording();
    await this.#remember(answer);
    const { id: outcome } = outcomeOf(call);
    return { kind: 'filled', call: { ...this.key, state: call.state ?? null, status: call.status ?? null, outcome } };
  }

  /** What a poll brought: shown in place of what was there before. */
  #follow(answer: CallAnswer): void {
    const before = this.reply?.call;
    const isNews = before === undefined || !isSameRecording(before, answer.call) || !isOngoing(answer.call);
    if (isNews) this.#recording.follow(answer);
    this.#showAnswer(answer);
    if (isNews) this.#loadRecording();
    if (before === undefined || !isSameLabel(before, answer.call)) void this.#note(() => this.parts.history.follow(this.key, answer.call));
  }

  #showAnswer({ call, requests, askedAt, legs, clockAheadMs, bodies }: CallAnswer): void {
    this.#bodies = bodies;
    this.parts.raw.set(this.key, bodies, call);
    const reply: Reply = { call, requests, askedAt, legs, ...(clockAheadMs === undefined ? {} : { clockAheadMs }) };
    this.#show({ phase: 'filled', reply });
  }

  /** Of an account that was removed meanwhile nothing is kept. */
  async #remember({ call, askedAt }: CallAnswer): Promise<void> {
    const { accounts, history } = this.parts;
    await this.#note(() => history.record(this.key, call, askedAt, async () => (await accounts.find(this.key.account)) !== undefined));
  }

  /** A list that cannot be written must not spoil the lookup. */
  async #note(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.parts.log.error('The list of recent calls could not be written', error);
    }
  }

  #cancel(): LookupEnd {
    this.#watch.resume();
    this.#show(withReply({ phase: 'cancelled' }, this.#lookup.reply));
    return { kind: 'cancelled' };
  }

  #fail(error: unknown): LookupEnd {
    if (!(error instanceof ApiError) && !isGone(error)) this.parts.log.error('The lookup failed', error);
    const bodies = error instanceof ApiError ? (error.details.bodies ?? []) : [];
    this.parts.raw.set(this.key, bodies.length === 0 ? this.#bodies : bodies, this.reply?.call);
    const failure = failureOf(error, this.#account);
    this.#watch.fail(error);
    this.#show(withReply({ phase: 'failed', failure }, this.#lookup.reply));
    return { kind: 'failed', failure };
  }

  #show(lookup: Lookup): void {
    this.#lookup = lookup;
    this.#entitle();
    this.#push();
  }

  #entitle(): void {
    const mood = this.#mood();
    if (mood === this.#shownMood) return;
    this.#shownMood = mood;
    this.panel.title = shortSid(this.key.sid);
    this.panel.iconPath = vscode.Uri.joinPath(this.parts.extensionUri, 'media', 'status', `${mood}.svg`);
  }

  #mood(): Mood {
    if (this.#lookup.phase === 'failed') return 'error';
    const { reply } = this.#lookup;
    return reply === undefined ? 'loading' : outcomeOf(reply.call).severity;
  }

  /** What changes at once is told once: the page draws all of itself at each push. */
  #push(): void {
    if (this.#isPushing) return;
    this.#isPushing = true;
    queueMicrotask(() => {
      this.#isPushing = false;
      if (!this.#isDisposed) void this.panel.webview.postMessage({ type: 'state', state: this.#state() } satisfies StatePush);
    });
  }

  #state(): PanelState {
    const account = this.#account;
    const zoneProblem = timeZoneProblem();
    return {
      sid: this.key.sid,
      account: { id: this.key.account, name: account?.name ?? this.key.account, region: account === undefined ? '' : regionLabel(account) },
      lookup: shownLookup(this.#lookup),
      recording: this.#shownRecording(),
      swapsChannels: this.parts.channels.isSwapped(this.key.account),
      ...timeFormat(),
      ...(zoneProblem === undefined ? {} : { timeZoneProblem: zoneProblem }),
      hasDashboard: this.#dashboard() !== undefined,
      raw: this.parts.raw.resources(this.key),
      live: this.#watch.live,
      masksNumbers: settings.masksNumbers,
    };
  }

  /** A recording that the record does not name yet comes with another answer. */
  #shownRecording(): RecordingState {
    const { state } = this.#recording;
    const { live } = this.#watch;
    const isExpected = state.phase === 'problem' && state.problem === 'processing' && state.retriesAt === undefined;
    return isExpected && 'nextAt' in live ? { ...state, retriesAt: live.nextAt } : state;
  }

  #dashboard(): string | undefined {
    return this.#account?.kind === 'kept' ? dashboardUrl(this.#account.endpoint) : undefined;
  }

  async #openDashboard(): Promise<void> {
    const url = this.#dashboard();
    if (url !== undefined) await openLink(url);
  }

  #onVisible(): void {
    this.#watch.setVisible(this.panel.visible);
    this.lookUpIfNeeded();
    this.#loadRecording();
  }

  #onRecording(): void {
    const { state } = this.#recording;
    const isLate = state.phase === 'problem' && state.problem === 'processing';
    if (isLate && this.reply?.call.recording?.location !== undefined) this.#watch.expectRecording();
    this.#push();
  }

  #loadRecording(): void {
    if (!this.panel.visible || this.#hasSentNothing || !settings.loadsRecordings) return;
    this.#recording.loadUnasked().catch((error: unknown) => {
      if (!this.#isDisposed) this.parts.log.error('The recording was not fetched', error);
    });
  }

  /** Where the record named no recording, or one that is over, only another answer can help. */
  async #loadRecordingAsked(): Promise<void> {
    const { state } = this.#recording;
    if (state.phase === 'problem' && CURED_BY_ANOTHER_ANSWER.includes(state.problem)) await this.lookUp();
    await this.#recording.load();
  }

  async #updateCredentials(): Promise<void> {
    if (await this.parts.actions.updateCredentials(this.key.account)) await this.lookUp();
  }

  /** What failed before anything was sent is tried again. Keys that were refused are not: this change may be about another account. */
  async #onAccountsChanged(): Promise<void> {
    const { accounts, isBroken, trouble } = await this.parts.accounts.list();
    const account = accounts.find(({ id }) => id === this.key.account);
    if (this.#isDisposed) return;
    const isGone = account === undefined && !isBroken && trouble === undefined;
    this.#account = account ?? this.#account;
    if (isGone) return this.#onGone();
    const isBack = this.failure?.kind === 'unknownAccount' && account !== undefined;
    if (isBack && this.reply !== undefined) this.#show({ phase: 'filled', reply: this.reply });
    else if (this.#hasSentNothing && this.panel.visible) void this.lookUp();
    else this.#push();
  }

  /** A lookup under way ends by itself. What is shown stays, with the sentence. */
  #onGone(): void {
    if (this.#lookup.phase === 'filled' || this.#lookup.phase === 'cancelled') this.#fail(goneError());
    else this.#push();
  }

  get #hasSentNothing(): boolean {
    return this.failure !== undefined && NOTHING_SENT.includes(this.failure.kind);
  }

  #service(): Service<HostMethods> {
    const { accounts, actions, log, raw } = this.parts;
    return {
      getState: noArguments(() => this.#state()),
      refresh: noArguments(() => void this.lookUp()),
      cancel: noArguments(() => this.#latest.cancel()),
      copy: oneText(MAX_COPIED, copyText),
      copyAs: oneOf(SNIPPET_LANGUAGES, (language) => actions.copyAs(this.key, this.reply?.call.resource ?? 'v2', language)),
      openRawJson: oneOf(RESOURCES, (resource) => raw.show(this.key, resource)),
      askAllResources: noArguments(() => void this.lookUp('all')),
      toggleMask: noArguments(actions.toggleMask),
      copyReport: noArguments(() => this.#report(actions.copyReport)),
      saveReport: noArguments(() => this.#report(actions.saveReport)),
      diagnose: noArguments(() => actions.diagnose(this.key)),
      openDashboard: noArguments(() => this.#openDashboard()),
      openLink: oneText(MAX_LINK, openLink),
      updateCredentials: noArguments(() => this.#updateCredentials()),
      lookUpElsewhere: noArguments(() => actions.lookUpElsewhere(this.key.sid)),
      openProxySettings: noArguments(openProxySettings),
      showLog: noArguments(() => log.show()),
      loadRecording: noArguments(() => this.#loadRecordingAsked()),
      cancelRecording: noArguments(() => this.#recording.cancel()),
      allowRecordingHost: noArguments(() => this.#allowRecordingHost(accounts)),
      openRecording: several([textUpTo(100), textUpTo(300)], (id, origin) => this.#recording.open(id, origin)),
      recordingPiece: several([textUpTo(100), isPlace], (id, at) => this.#recording.piece(id, at)),
      recordingLevels: several([textUpTo(100), isPlace], (id, from) => this.#recording.levels(id, from)),
      downloadRecording: noArguments(async () => (await import('./download')).downloadRecording(this.#download())),
      saveClip: several([isAmount, isAmount], async (from, to) => (await import('./download')).saveClip(this.#download(), from, to)),
      startsPlaying: noArguments(() => this.onPlays()),
      swapChannels: noArguments(() => this.parts.channels.swap(this.key.account)),
    };
  }

  async #report(make: PanelActions['copyReport']): Promise<void> {
    const answered = await this.answered();
    if (answered !== undefined) await make(this.key.sid, answered);
  }

  #download(): DownloadOptions {
    return { sid: this.key.sid, holder: this.#recording, storage: this.parts.storage };
  }

  async #allowRecordingHost(accounts: Accounts): Promise<void> {
    const { state } = this.#recording;
    if (state.phase !== 'problem' || state.host === undefined) return;
    const { host } = state;
    const allow = 'Allow';
    const answer = await vscode.window.showWarningMessage(
      `Send the API key and token of “${this.#account?.name ?? this.key.account}” to ${host}?`,
      { modal: true, detail: 'They are sent to fetch recordings, now and from now on, for this account only.' },
      allow,
    );
    if (answer !== allow) return;
    await accounts.allowRecordingHost(this.key.account, host);
    await this.#recording.load();
  }

  /** What was under way for a page that is gone, or for a recording that is another by now, is no failure. */
  #onFailure(method: string, error: unknown): void {
    if (this.#isDisposed || isAbort(error)) return;
    this.parts.log.error(`The panel’s “${method}” failed`, error);
  }
}

/** The icon of the panel's tab. */
type Mood = Severity | 'loading';

function isSameRecording({ recording: one }: Call, { recording: other }: Call): boolean {
  return one?.location === other?.location && one?.available === other?.available;
}

const CURED_BY_ANOTHER_ANSWER: readonly RecordingProblem[] = ['none', 'processing', 'expired'];

const NOTHING_SENT: readonly string[] = ['unknownAccount', 'secretsUnavailable', 'secretsPending'] satisfies readonly AccountError['kind'][];

/** That an account was removed is no failure of anything. */
function isGone(error: unknown): boolean {
  return error instanceof AccountError && error.kind === 'unknownAccount';
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function withReply<L extends Lookup>(lookup: L, reply: Reply | undefined): L {
  return reply === undefined ? lookup : { ...lookup, reply };
}
