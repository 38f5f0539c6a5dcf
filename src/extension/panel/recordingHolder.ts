/** The recording of one panel: fetched with the account's keys where they may go, held in memory, gone with the panel. */
import { randomUUID } from 'node:crypto';
import type { Call } from '../../call/call';
import type { RequestNote } from '../../call/request';
import type { CallAnswer } from '../../exotel/client';
import type { RecordingState } from '../../shared/protocol';
import { isUsualPlace } from '../../recording/address';
import { fetchRecording, type RecordingRequest } from '../../recording/fetch';
import { extensionOfLink } from '../../recording/format';
import { nothingToFetch, type RecordingFailure } from '../../recording/problems';
import type { Accounts } from '../accounts/accounts';

/** Larger ones are not played in the panel, only downloaded. */
const MAX_BYTES = 25_000_000;
const PROGRESS_EVERY_MS = 200;

/** What is needed to fetch it: the link is a secret when it is signed. */
interface Source {
  readonly url: string;
  readonly call: Call;
}

interface Held {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly extension: string;
}

export class RecordingHolder {
  #state: RecordingState = { phase: 'unknown' };
  #source: Source | undefined;
  #held: Held | undefined;
  #loading: AbortController | undefined;

  constructor(
    private readonly account: string,
    private readonly accounts: Accounts,
    private readonly onChange: () => void,
    private readonly onRequest: (note: RequestNote) => void,
  ) {}

  get state(): RecordingState {
    return this.#state;
  }

  /** What is in memory, when all of it is. */
  get held(): Held | undefined {
    return this.#held;
  }

  /** The extension to save it under: by its first bytes, else by its link's own name. */
  get extension(): string {
    return this.#held?.extension ?? extensionOfLink(this.#source?.url ?? '');
  }

  /** Takes over a new answer. The same recording as before plays on undisturbed; its link may be a fresh one. */
  follow({ call, recordingUrl }: CallAnswer): void {
    const before = this.#source?.call.recording?.location;
    const isSame = before !== undefined && before === call.recording?.location;
    this.#source = recordingUrl === undefined ? undefined : { url: recordingUrl, call };
    if (isSame && (this.#state.phase === 'ready' || this.#state.phase === 'loading')) return;
    this.#drop();
    const nothing = nothingToFetch(call, Date.now());
    this.#set(nothing === undefined ? { phase: 'idle' } : problemState(nothing));
  }

  /** Fetches it, unless it is here or on its way. */
  async load(): Promise<void> {
    if (this.#source === undefined || this.#state.phase === 'loading' || this.#state.phase === 'ready') return;
    const loading = new AbortController();
    this.#loading = loading;
    this.#set({ phase: 'loading', received: 0 });
    const source = this.#source;
    const next = await this.#fetch(source, loading.signal);
    if (this.#loading !== loading) return;
    this.#loading = undefined;
    this.#set(next);
  }

  /** Fetches it unasked, unless it is at a place that only the record names: then somebody has to ask for it. */
  async loadUnasked(): Promise<void> {
    const source = this.#source;
    if (source === undefined || this.#state.phase !== 'idle') return;
    const { endpoint } = await this.accounts.withKeys(this.account);
    if (this.#source === source && isUsualPlace(source.url, endpoint)) await this.load();
  }

  cancel(): void {
    if (this.#loading === undefined) return;
    this.#drop();
    this.#set({ phase: 'idle' });
  }

  /** The bytes of the recording that `ready` named. */
  bytes(id: string): Uint8Array {
    if (this.#held?.id !== id) throw new Error('This recording is not here any more.');
    return this.#held.bytes;
  }

  /** What a fetch of any kind needs; undefined where the answer named no recording. Rejects with `AccountError`. */
  async request(signal: AbortSignal): Promise<RecordingRequest | undefined> {
    return this.#source && this.#requestFor(this.#source, signal);
  }

  dispose(): void {
    this.#drop();
    this.#source = undefined;
  }

  async #fetch(source: Source, signal: AbortSignal): Promise<RecordingState> {
    try {
      const request = await this.#requestFor(source, signal);
      const result = await fetchRecording({ ...request, maxBytes: MAX_BYTES, onProgress: this.#progress(signal) });
      if (result.kind === 'problem') return problemState(result);
      if (signal.aborted) return { phase: 'idle' };
      const { bytes, format } = result;
      this.#held = { id: randomUUID(), bytes, extension: format.extension };
      return {
        phase: 'ready',
        id: this.#held.id,
        mime: format.mime,
        format: format.name,
        bytes: bytes.byteLength,
        ...(format.channels === undefined ? {} : { channels: format.channels }),
      };
    } catch (error) {
      return {
        phase: 'problem',
        problem: 'failed',
        sentence: error instanceof Error ? error.message : 'The recording could not be fetched.',
        canRetry: true,
        canDownload: false,
      };
    }
  }

  async #requestFor({ url, call }: Source, signal: AbortSignal): Promise<RecordingRequest> {
    const { recordingHosts, ...credentials } = await this.accounts.withKeys(this.account);
    return {
      url,
      credentials,
      allowedHosts: recordingHosts,
      fetch: (target, init) => fetch(target, init),
      signal,
      now: Date.now,
      onRequest: this.onRequest,
      ...(call.endTime === undefined ? {} : { endedAt: call.endTime }),
    };
  }

  #progress(signal: AbortSignal): (received: number, total?: number) => void {
    let shownAt = 0;
    return (received, total) => {
      const now = Date.now();
      if (signal.aborted || now - shownAt < PROGRESS_EVERY_MS) return;
      shownAt = now;
      this.#set({ phase: 'loading', received, ...(total === undefined ? {} : { total }) });
    };
  }

  #drop(): void {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#held = undefined;
  }

  #set(state: RecordingState): void {
    this.#state = state;
    this.onChange();
  }
}

function problemState({ problem, sentence, canRetry, canDownload, host }: RecordingFailure): RecordingState {
  return { phase: 'problem', problem, sentence, canRetry, canDownload, ...(host === undefined ? {} : { host }) };
}
