/** All that crosses between the extension host and the page: the state pushed down, the methods the page may call. */
import type { Call, Instant } from '../call/call';
import type { Checkup, Diagnosis } from '../call/diagnosis';
import type { Live } from '../call/live';
import type { RecordingProblem } from '../call/recording';
import type { LegsReply, RequestNote, Resource } from '../call/request';
import type { SnippetLanguage } from '../call/snippets';

export type { Live } from '../call/live';

/** A filled answer: the call and how it was come by. */
export interface Reply {
  readonly call: Call;
  /** Every request of the lookup, in the order they were sent. */
  readonly requests: readonly RequestNote[];
  /** When the answer came, by this machine's clock. */
  readonly askedAt: Instant;
  readonly legs: LegsReply;
  /** How far this machine's clock is ahead of the server's, by the answer's `Date` header, in milliseconds; negative: behind. Absent: no `Date`. */
  readonly clockAheadMs?: number;
}

/** A button beside a failure. */
export type FailureAction = 'retry' | 'otherAccount' | 'updateCredentials' | 'diagnose' | 'openProxySettings' | 'showLog' | 'openRawReply';

/** Why a lookup failed, for a person. */
export interface Failure {
  /** The machine's word for it: an `ApiErrorKind` of `exotel/errors.ts`, an `AccountError`'s kind, or `internal`. */
  readonly kind: string;
  /** What failed: one sentence. */
  readonly sentence: string;
  /** The answer's own words. */
  readonly said?: string;
  /** What to do about it: one to three sentences. */
  readonly remedies: readonly string[];
  readonly actions: readonly FailureAction[];
  /** Every request of the lookup, in the order they were sent; empty where nothing was sent. */
  readonly requests: readonly RequestNote[];
}

/** Where the lookup stands. `reply` is the last good answer, which stays on the panel while a newer one is asked for or failed. */
export type Lookup =
  | { readonly phase: 'loading'; readonly reply?: Reply }
  | { readonly phase: 'cancelled'; readonly reply?: Reply }
  | { readonly phase: 'failed'; readonly failure: Failure; readonly reply?: Reply }
  | { readonly phase: 'filled'; readonly reply: Reply };

/** How much of a recording that can be played is here. */
export type RecordingTransfer =
  | { readonly kind: 'whole' }
  /** `isStalled`: nothing came for three seconds, and the host is doing something about it. */
  | { readonly kind: 'coming'; readonly received: number; readonly total?: number; readonly isStalled: boolean }
  /** What came can be played; why no more did, in a sentence. */
  | { readonly kind: 'cut'; readonly received: number; readonly total?: number; readonly sentence: string; readonly canRetry: boolean };

/** A recording that can be played, whole or as far as it came. */
export interface ReadyRecording {
  readonly phase: 'ready';
  /** The same `id` after a refresh plays on undisturbed. */
  readonly id: string;
  /** Counts up when the sound has to be opened anew, where it was: its length turned out otherwise, or more of it came after all. */
  readonly revision: number;
  /** `MP3`, `WAV (µ-law)`. */
  readonly format: string;
  /** Of the file, in bytes: all of it where that is known, else what came. */
  readonly bytes: number;
  readonly channels?: 1 | 2;
  /** Seconds. Absent: not known yet, or only the page's decoder can tell. */
  readonly length?: number;
  readonly transfer: RecordingTransfer;
  /** False for formats that the host cannot decode: there is no waveform, and no clip can be saved. */
  readonly isDecoded: boolean;
}

/** Where the recording stands. */
export type RecordingState =
  /** The lookup has not said yet. */
  | { readonly phase: 'unknown' }
  /** There is one to fetch; nothing was fetched yet. */
  | { readonly phase: 'idle' }
  /** On its way, but nothing that can be played has come yet. */
  | { readonly phase: 'loading'; readonly received: number; readonly total?: number; readonly isStalled: boolean }
  | ReadyRecording
  | {
      readonly phase: 'problem';
      readonly problem: RecordingProblem;
      /** What is the matter and what can be done: one or two sentences. */
      readonly sentence: string;
      readonly canRetry: boolean;
      readonly canDownload: boolean;
      /** With `askHost`: the host that would be given the account's key and token. */
      readonly host?: string;
      /** When the host tries again by itself. */
      readonly retriesAt?: Instant;
    };

/** Where the page hears a recording. */
export interface OpenedRecording {
  /** Addresses on this machine that an audio element with `crossorigin="anonymous"` can play, to be tried in order. Empty: only {@link HostMethods.recordingPiece} is left. */
  readonly urls: readonly string[];
  readonly mime: string;
}

/** The levels of a recording from one bin on, as far as they are known. See `call/levels.ts`. */
export interface LevelsPiece {
  /** The bin that the piece begins with. */
  readonly from: number;
  /** One array for each channel, all of the same length. */
  readonly peaks: readonly Uint8Array[];
  readonly rms: readonly Uint8Array[];
  /** True when no more will come after these. */
  readonly isWhole: boolean;
}

/** A piece of the recording as {@link OpenedRecording.urls} would serve it. */
export interface RecordingPiece {
  readonly bytes: Uint8Array;
  /** True for the last one. */
  readonly isLast: boolean;
}

/** Everything the page shows. Holds no secret. */
export interface PanelState {
  /** The SID that was asked for. */
  readonly sid: string;
  /** `region` is empty as long as the account has not been read. */
  readonly account: { readonly id: string; readonly name: string; readonly region: string };
  readonly lookup: Lookup;
  readonly recording: RecordingState;
  /** True where this account's recordings have the customer on the left and the agent on the right. */
  readonly swapsChannels: boolean;
  /** An IANA zone name in which times are shown. */
  readonly timeZone: string;
  /** Why that is not the zone that is set: one sentence. */
  readonly timeZoneProblem?: string;
  /** A BCP 47 tag for dates and numbers. */
  readonly locale: string;
  readonly hasDashboard: boolean;
  /** The resources whose answer, good or bad, *Raw JSON* can show. */
  readonly raw: readonly Resource[];
  readonly live: Live;
  /** True while phone numbers and names are masked: the call then holds them masked already. */
  readonly masksNumbers: boolean;
}

/** What the host sends unasked, at each change of the state. */
export interface StatePush<State = PanelState> {
  readonly type: 'state';
  readonly state: State;
}

/** What the host sends when another panel begins to play: one recording is heard at a time. */
export interface PausePush {
  readonly type: 'pause';
}

/** What the page may ask of the host, and nothing else. */
export interface HostMethods {
  /** The state now; from then on each change is pushed. */
  getState(): PanelState;
  refresh(): void;
  cancel(): void;
  /** Puts text on the clipboard and says so in the status bar. At most {@link MAX_COPIED} UTF-16 units. */
  copy(text: string): void;
  copyAs(language: SnippetLanguage): void;
  openRawJson(resource: Resource): void;
  /** Asks v2, v3, v1 and legs, and compares them. */
  askAllResources(): void;
  toggleMask(): void;
  /** The report as Markdown on the clipboard. */
  copyReport(): void;
  saveReport(): void;
  /** *Diagnose Account*, for this call's account. */
  diagnose(): void;
  openDashboard(): void;
  /** Opens a page of Exotel's in the browser, another one once the person agreed. At most {@link MAX_LINK} UTF-16 units. */
  openLink(url: string): void;
  updateCredentials(): void;
  /** *Lookup Exotel Call* with this SID in it, for another account. */
  lookUpElsewhere(): void;
  /** VS Code's settings, at `http.proxy`. */
  openProxySettings(): void;
  showLog(): void;
  loadRecording(): void;
  cancelRecording(): void;
  /** After `askHost`: the person allows that host, for this account, from now on. The host asks once more. */
  allowRecordingHost(): void;
  /** Where the recording that `ready` named is heard. `origin`: the page's own, to which alone it is served. */
  openRecording(id: string, origin: string): OpenedRecording;
  /** The bytes from `at` on, at most 4 MB of them: for a page that cannot reach the addresses. Waits for those that are still to come. */
  recordingPiece(id: string, at: number): RecordingPiece;
  /** The levels from bin `from` on. Waits until there are any, or it is clear that there will be none. */
  recordingLevels(id: string, from: number): LevelsPiece;
  downloadRecording(): void;
  /** Saves a stretch of the recording, in seconds from its beginning, as a WAV file. */
  saveClip(from: number, to: number): void;
  /** The page begins to play: every other panel pauses. */
  startsPlaying(): void;
  /** Swaps left and right for this account, from now on. */
  swapChannels(): void;
}

/** The longest text that `copy` takes; a longer value is in *Raw JSON*. */
export const MAX_COPIED = 1_000_000;

/** The longest link that `openLink` takes. */
export const MAX_LINK = 2000;

/** What the page keeps over *Reload Window*: enough to look the call up again, and where the person was. */
export interface KeptByPage {
  readonly sid: string;
  readonly account: string;
  /** Where playing stopped, in seconds. */
  readonly position?: number;
  /** By how many seconds the person moved the recording along the timeline. */
  readonly shift?: number;
  readonly speed?: number;
  /** From 0 to 1. */
  readonly volume?: number;
  readonly skipsSilence?: boolean;
}

/** Everything that the page of *Diagnose Account* shows. Holds no secret. */
export interface DoctorState {
  readonly account: { readonly name: string; readonly region: string };
  readonly phase: 'running' | 'done' | 'cancelled' | 'failed';
  /** The checks that ended, in the order of the table. */
  readonly checkups: readonly Checkup[];
  /** With `done`. */
  readonly diagnosis?: Pick<Diagnosis, 'conclusion' | 'works'>;
  /** With `done`: the label of what helps most and can be done from here. */
  readonly cure?: string;
  /** With `failed`: one sentence. */
  readonly failure?: string;
  /** With `done`: when the checks ended. */
  readonly at?: Instant;
  readonly timeZone: string;
  readonly locale: string;
}

/** What the page of *Diagnose Account* may ask of the host, and nothing else. */
export interface DoctorMethods {
  getState(): DoctorState;
  run(): void;
  cancel(): void;
  /** Does what helps most, and runs the checks again. */
  cure(): void;
  copyReport(): void;
  showLog(): void;
}
