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
export type FailureAction = 'retry' | 'updateCredentials' | 'diagnose' | 'showLog' | 'openRawReply';

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

/** Where the recording stands. */
export type RecordingState =
  /** The lookup has not said yet. */
  | { readonly phase: 'unknown' }
  /** There is one to fetch; nothing was fetched yet. */
  | { readonly phase: 'idle' }
  | { readonly phase: 'loading'; readonly received: number; readonly total?: number }
  /** The bytes are with the host: the page asks for them by `id`. The same `id` after a refresh plays on undisturbed. */
  | { readonly phase: 'ready'; readonly id: string; readonly mime: string; readonly format: string; readonly bytes: number; readonly channels?: 1 | 2 }
  | {
      readonly phase: 'problem';
      readonly problem: RecordingProblem;
      /** What is the matter and what can be done: one or two sentences. */
      readonly sentence: string;
      readonly canRetry: boolean;
      readonly canDownload: boolean;
      /** With `askHost`: the host that would be given the account's key and token. */
      readonly host?: string;
    };

/** Everything the page shows. Holds no secret. */
export interface PanelState {
  /** The SID that was asked for. */
  readonly sid: string;
  /** `region` is empty as long as the account has not been read. */
  readonly account: { readonly id: string; readonly name: string; readonly region: string };
  readonly lookup: Lookup;
  readonly recording: RecordingState;
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
  updateCredentials(): void;
  showLog(): void;
  loadRecording(): void;
  cancelRecording(): void;
  /** After `askHost`: the person allows that host, for this account, from now on. The host asks once more. */
  allowRecordingHost(): void;
  /** The bytes of the recording that `ready` named. */
  recordingBytes(id: string): Uint8Array;
  downloadRecording(): void;
}

/** The longest text that `copy` takes; a longer value is in *Raw JSON*. */
export const MAX_COPIED = 1_000_000;

/** What the page keeps over *Reload Window*: enough to look the call up again, and where the person was. */
export interface KeptByPage {
  readonly sid: string;
  readonly account: string;
  readonly position?: number;
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
