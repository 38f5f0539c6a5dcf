/** The recording of one panel: fetched with the account's keys where they may go, heard by its page, let go with the panel. */
import { randomUUID } from 'node:crypto';
import type { HeardRecording } from '../../call/audioFindings';
import type { Call } from '../../call/call';
import type { RequestNote } from '../../call/request';
import { measuresOf } from '../../call/speech';
import type { CallAnswer, FreshLink, KnownRecording, NoFreshLink } from '../../exotel/client';
import { isUsualPlace } from '../../recording/address';
import type { RecordingRequest } from '../../recording/fetch';
import { extensionOfLink } from '../../recording/format';
import type { Held, RecordingLibrary } from '../../recording/library';
import { failure, notKept, nothingToFetch, type RecordingFailure, retryAt, withoutFreshLink } from '../../recording/problems';
import type { StoredRecording } from '../../recording/stored';
import type { LevelsPiece, OpenedRecording, RecordingPiece, RecordingState, RecordingTransfer } from '../../shared/protocol';
import { AccountError, accountRemedy } from '../accounts/account';
import type { Accounts } from '../accounts/accounts';
import type { CallKey } from '../historyEntries';
import type { Heard, MediaLease } from './media';

const PROGRESS_EVERY_MS = 200;
const MAX_PIECE_BYTES = 4_000_000;

/** A page's origin: of VS Code's own scheme, or where its workbench is on the web. */
const PAGE_ORIGIN = /^(?:vscode-webview|https?):\/\/[\w.:[\]-]{1,255}$/;

/** What is needed to fetch it: the link is a secret when it is signed. */
interface Source {
  readonly url: string;
  readonly call: Call;
}

/** Where recordings are kept. */
export type RecordingShelf = Pick<RecordingLibrary, 'hold'>;

export interface HolderParts {
  readonly key: CallKey;
  readonly accounts: Pick<Accounts, 'withKeys'>;
  readonly recordings: RecordingShelf;
  readonly freshLink: (call: Call, known: KnownRecording, signal: AbortSignal) => Promise<FreshLink | NoFreshLink>;
  /** True while the account's answers ask not to be asked. */
  readonly isHeldBack: () => boolean;
  readonly onChange: () => void;
  readonly onRequest: (note: RequestNote) => void;
  readonly onError: (error: unknown) => void;
}

export class RecordingHolder {
  #state: RecordingState = { phase: 'unknown' };
  #source: Source | undefined;
  /** A link that was given in place of one that had expired, to the recording at this place. */
  #fresh: { readonly location: string; readonly url: string } | undefined;
  /** Counts up when what is being fetched is not wanted any more. */
  #turn = 0;
  #held: { readonly id: string; readonly held: Held; readonly stopHearing: () => void } | undefined;
  #heard: Heard | undefined;
  #media: MediaLease | undefined;
  /** Ends what waits on behalf of the page. */
  #waits = new AbortController();
  #retry: NodeJS.Timeout | undefined;
  #attempts = 0;
  /** What is in the log already. */
  #toldDiskError: unknown;
  /** Somebody asked for it, after it had been fetched unasked, if it had. */
  #isAsked = false;
  #told: { readonly at: number; readonly timer?: NodeJS.Timeout } = { at: 0 };
  #isDisposed = false;

  constructor(private readonly parts: HolderParts) {}

  get state(): RecordingState {
    return this.#state;
  }

  /** What is here of it. */
  get stored(): StoredRecording | undefined {
    return this.#held?.held.recording;
  }

  /** The extension to save it under: by its first bytes, else by its link's own name. */
  get extension(): string {
    return this.stored?.format?.extension ?? extensionOfLink(this.#source?.url ?? '');
  }

  /** How the page reaches it, once that is known. */
  setMedia(media: MediaLease): void {
    this.#media = media;
  }

  /** Takes over a new answer. The same recording as before plays on undisturbed; its link may be a fresh one. */
  follow({ call, recordingUrl }: CallAnswer): void {
    const before = this.#source?.call.recording?.location;
    const isSame = before !== undefined && before === call.recording?.location;
    this.#source = recordingUrl === undefined ? undefined : { url: recordingUrl, call };
    if (isSame && (this.#state.phase === 'ready' || this.#state.phase === 'loading')) return;
    this.#drop();
    if (!isSame) this.#attempts = 0;
    const nothing = nothingToFetch(call, Date.now());
    this.#set(nothing === undefined ? { phase: 'idle' } : problemState(nothing));
  }

  /** Fetches it, unless it is here or on its way; goes on where it was cut off. */
  async load(isAsked = true): Promise<void> {
    this.#isAsked = isAsked;
    if (this.#source === undefined || this.#state.phase === 'loading') return;
    if (this.#held !== undefined) return this.#held.held.recording.start();
    await this.#hold(this.#source);
  }

  /** Fetches it unasked, unless it is at a place that only the record names: then somebody has to ask for it. */
  async loadUnasked(): Promise<void> {
    const source = this.#source;
    if (source === undefined || this.#state.phase !== 'idle') return;
    const { endpoint } = await this.parts.accounts.withKeys(this.parts.key.account);
    if (this.#source === source && isUsualPlace(source.url, endpoint)) await this.load(false);
  }

  cancel(): void {
    const isComing = this.#state.phase === 'loading' || this.stored?.transfer.kind === 'coming';
    if (!isComing) return;
    this.#drop();
    this.#set({ phase: 'idle' });
  }

  /** Where the page of this origin hears the recording that `ready` named. One whose file is damaged by now is fetched anew, under another name. */
  async open(id: string, origin: string): Promise<OpenedRecording> {
    if (!(await this.#ready(id).isIntact())) {
      this.#drop();
      this.#set({ phase: 'idle' });
      void this.load();
    }
    const rendition = this.#ready(id).rendition();
    if (rendition === undefined) throw new Error('There is nothing to hear yet.');
    this.#heard?.end();
    this.#heard = PAGE_ORIGIN.test(origin) ? this.#media?.serve(rendition, origin) : undefined;
    return { urls: this.#heard?.urls ?? [], mime: rendition.mime };
  }

  /** A piece of what {@link open} names, in a buffer of its own. */
  async piece(id: string, at: number): Promise<RecordingPiece> {
    const rendition = this.#ready(id).rendition();
    if (rendition === undefined) throw new Error('There is nothing to hear yet.');
    const end = Math.min(rendition.size ?? Number.POSITIVE_INFINITY, at + MAX_PIECE_BYTES);
    const pieces: Uint8Array[] = [];
    for await (const piece of rendition.read(at, end, this.#waits.signal)) pieces.push(piece);
    const bytes = new Uint8Array(Buffer.concat(pieces));
    return { bytes, isLast: at + bytes.byteLength < end || end === rendition.size };
  }

  levels(id: string, from: number): Promise<LevelsPiece> {
    return this.#ready(id).levels(from, this.#waits.signal);
  }

  /** What was measured of the recording; undefined where not all of it is here, or nothing of it is decoded. Throws nothing. */
  async heard(swapsChannels: boolean): Promise<HeardRecording | undefined> {
    const { stored } = this;
    if (stored?.length === undefined || stored.transfer.kind !== 'whole') return undefined;
    const levels = await stored.levels(0, this.#waits.signal).catch(() => undefined);
    const measures = levels?.isWhole === true && levels.peaks.length > 0 ? measuresOf(levels) : undefined;
    return { length: stored.length, isWhole: true, swapsChannels, ...(measures === undefined ? {} : { measures }) };
  }

  /** What a fetch of any kind needs; undefined where the answer named no recording. Rejects with `AccountError`. */
  async request(signal: AbortSignal): Promise<RecordingRequest | undefined> {
    const source = this.#source;
    return source && this.#requestFor(source, signal);
  }

  /** Looks for another link after a refusal. Gives the failure that stands; undefined: {@link request} has another link from now on. */
  async freshen(refusal: RecordingFailure, signal: AbortSignal): Promise<RecordingFailure | undefined> {
    return this.#source === undefined ? refusal : this.#freshen(this.#source, refusal, signal);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#drop();
    this.#source = undefined;
    this.#media?.dispose();
  }

  #ready(id: string): StoredRecording {
    if (this.#held?.id !== id) throw new Error('This recording is not here any more.');
    return this.#held.held.recording;
  }

  async #hold(source: Source): Promise<void> {
    const { key, recordings } = this.parts;
    const turn = this.#turn;
    this.#set({ phase: 'loading', received: 0, isStalled: false });
    try {
      const held = await recordings.hold({ ...key, location: placeOf(source) }, {
        transfer: async (plan) => {
          const { transferRecording } = await import('../../recording/getting');
          return transferRecording({ ...(await this.#requestFor(this.#latest(source), plan.signal)), ...plan });
        },
        freshen: (refusal, signal) => this.#freshen(source, refusal, signal),
      });
      if (this.#isDisposed || turn !== this.#turn) return held.release();
      const stopHearing = held.recording.onChange(() => this.#onStored());
      this.#held = { id: randomUUID(), held, stopHearing };
      this.#onStored();
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  /** The recording of `source` as the last answer links to it, where that is about the same one. */
  #latest(source: Source): Source {
    return this.#source !== undefined && placeOf(this.#source) === placeOf(source) ? this.#source : source;
  }

  async #freshen(known: Source, refusal: RecordingFailure, signal: AbortSignal): Promise<RecordingFailure | undefined> {
    if (!this.#isAsked && this.parts.isHeldBack()) return refusal;
    const source = this.#latest(known);
    try {
      const { channels } = this.stored?.format ?? {};
      const link = await this.parts.freshLink(source.call, { url: this.#linkTo(source), ...(channels === undefined ? {} : { channels }) }, signal);
      if (link.kind === 'none') return withoutFreshLink(refusal, link.status);
      this.#fresh = { location: placeOf(source), url: link.url };
      return undefined;
    } catch (error) {
      if (!signal.aborted) this.parts.onError(error);
      return refusal;
    }
  }

  #fail(error: unknown): void {
    this.parts.onError(error);
    this.#drop();
    this.#set(problemState(error instanceof AccountError ? failure('failed', { sentence: `${error.message} ${accountRemedy(error)}`, canRetry: true }) : notKept(error)));
  }

  #onStored(): void {
    const { stored } = this;
    if (stored === undefined) return;
    if (stored.problem !== undefined) return this.#fail(stored.problem);
    if (stored.diskError !== this.#toldDiskError) {
      this.#toldDiskError = stored.diskError;
      if (stored.diskError !== undefined) this.parts.onError(stored.diskError);
    }
    if (stored.isClosed) {
      this.#drop();
      return this.#set({ phase: 'idle' });
    }
    const { transfer } = stored;
    if (transfer.kind === 'failed' && stored.isUseless) return this.#refuse(transfer.failure);
    const state = this.#stateOf(stored);
    if (transfer.kind === 'coming' && isSameButProgress(state, this.#state)) this.#setSoon(state);
    else this.#set(state);
  }

  /** Nothing of it can be heard. What is still being processed is asked for again. */
  #refuse(refusal: RecordingFailure): void {
    this.#drop();
    const endedAt = this.#source?.call.endTime;
    const at = refusal.problem === 'processing' && endedAt !== undefined ? retryAt(endedAt, Date.now(), this.#attempts) : undefined;
    this.#set({ ...problemState(refusal), ...(at === undefined ? {} : { retriesAt: at }) });
    if (at === undefined) return;
    this.#attempts += 1;
    this.#retry = setTimeout(() => void this.load(false), Math.max(0, at - Date.now()));
  }

  #stateOf(stored: StoredRecording): RecordingState {
    const { transfer, format, length } = stored;
    if (!stored.isPlayable || format === undefined || this.#held === undefined) {
      return { phase: 'loading', received: transfer.received, ...totalOf(transfer), isStalled: transfer.kind === 'coming' && transfer.isStalled };
    }
    const channels = stored.facts?.channels ?? format.channels;
    return {
      phase: 'ready',
      id: this.#held.id,
      revision: stored.revision,
      format: format.name,
      bytes: totalOf(transfer).total ?? transfer.received,
      ...(channels === undefined ? {} : { channels }),
      ...(length === undefined ? {} : { length }),
      transfer: shownTransfer(transfer),
      isDecoded: stored.isDecoded,
    };
  }

  #linkTo(source: Source): string {
    return this.#fresh?.location === placeOf(source) ? this.#fresh.url : source.url;
  }

  async #requestFor(source: Source, signal: AbortSignal): Promise<RecordingRequest> {
    const { recordingHosts, ...credentials } = await this.parts.accounts.withKeys(this.parts.key.account);
    const { call } = source;
    return {
      url: this.#linkTo(source),
      credentials,
      allowedHosts: recordingHosts,
      fetch: (target, init) => fetch(target, init),
      signal,
      now: Date.now,
      onRequest: this.parts.onRequest,
      ...(call.endTime === undefined ? {} : { endedAt: call.endTime }),
    };
  }

  #drop(): void {
    this.#turn += 1;
    clearTimeout(this.#retry);
    clearTimeout(this.#told.timer);
    this.#waits.abort();
    this.#waits = new AbortController();
    this.#heard?.end();
    this.#heard = undefined;
    this.#held?.stopHearing();
    this.#held?.held.release();
    this.#held = undefined;
  }

  #setSoon(state: RecordingState): void {
    this.#state = state;
    if (this.#told.timer !== undefined) return;
    const wait = Math.max(0, this.#told.at + PROGRESS_EVERY_MS - Date.now());
    this.#told = { ...this.#told, timer: setTimeout(() => this.#tell(), wait) };
  }

  #set(state: RecordingState): void {
    this.#state = state;
    clearTimeout(this.#told.timer);
    this.#tell();
  }

  #tell(): void {
    this.#told = { at: Date.now() };
    if (!this.#isDisposed) this.parts.onChange();
  }
}

/** Which recording it is, without what signs its link. */
function placeOf({ url, call }: Source): string {
  return call.recording?.location ?? url;
}

function isSameButProgress(one: RecordingState, other: RecordingState): boolean {
  return JSON.stringify(withoutProgress(one)) === JSON.stringify(withoutProgress(other));
}

function withoutProgress(state: RecordingState): unknown {
  if (state.phase === 'loading') return { ...state, received: 0 };
  return state.phase === 'ready' ? { ...state, bytes: 0, transfer: { ...state.transfer, received: 0 } } : state;
}

function totalOf(transfer: StoredRecording['transfer']): { readonly total?: number } {
  return 'total' in transfer && transfer.total !== undefined ? { total: transfer.total } : {};
}

function shownTransfer(transfer: StoredRecording['transfer']): RecordingTransfer {
  if (transfer.kind === 'whole') return { kind: 'whole' };
  const { received } = transfer;
  if (transfer.kind === 'coming') return { kind: 'coming', received, ...totalOf(transfer), isStalled: transfer.isStalled };
  const { sentence, canRetry } = transfer.failure;
  return { kind: 'cut', received, ...totalOf(transfer), sentence: `${sentence} What came can be played.`, canRetry };
}

function problemState({ problem, sentence, canRetry, canDownload, host }: RecordingFailure): Extract<RecordingState, { phase: 'problem' }> {
  return { phase: 'problem', problem, sentence, canRetry, canDownload, ...(host === undefined ? {} : { host }) };
}
