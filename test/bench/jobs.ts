/** What the bench has done inside the extension host, and what comes of it. Moments are those of `instant`, times are in milliseconds. */
import type { Credentials } from '../../src/exotel/account';

export type Job =
  /** Activates extensions, one after the other. */
  | { readonly work: 'activate'; readonly ids: readonly string[] }
  | { readonly work: 'addAccounts'; readonly accounts: readonly Credentials[] }
  /** By the command, as a keybinding has it. */
  | { readonly work: 'lookUp'; readonly sid: string; readonly account: string }
  /** Of the panel in front. */
  | { readonly work: 'refresh' }
  /** A panel with a text and nothing else. */
  | { readonly work: 'emptyPanel'; readonly text: string }
  | { readonly work: 'closePanels' }
  /** The same requests as a lookup sends, with `fetch` alone. */
  | { readonly work: 'fetch'; readonly urls: readonly string[]; readonly authorization: string }
  /** Writes the list of recent calls anew: so many calls, shared out among the accounts; the newest is with this number. */
  | { readonly work: 'fillHistory'; readonly accounts: readonly string[]; readonly count: number; readonly number: string }
  | { readonly work: 'showView' }
  | { readonly work: 'hideView' }
  /** Another call for the list. */
  | { readonly work: 'record'; readonly account: string; readonly sid: string; readonly number: string }
  | { readonly work: 'heap' }
  /** Ends this extension host; the window begins another. */
  | { readonly work: 'reload' };

export interface Activation {
  /** Reading the extension's code and running its modules. */
  readonly loadMs: number;
  /** In its `activate`. */
  readonly activateMs: number;
  /** From asking VS Code for it until it is active. */
  readonly readyMs: number;
  /** Of the whole process meanwhile, of all its threads. */
  readonly cpuMs: number;
  /** The files below `dist` that are loaded by then. */
  readonly files: readonly string[];
}

export interface Results {
  readonly activate: readonly Activation[];
  /** Their ids. */
  readonly addAccounts: readonly string[];
  readonly lookUp: Begun & { readonly files: readonly string[] };
  readonly refresh: Begun;
  readonly emptyPanel: Begun;
  readonly closePanels: null;
  readonly fetch: { readonly tookMs: number };
  readonly fillHistory: null;
  readonly showView: Begun;
  readonly hideView: null;
  readonly record: Begun;
  /** After garbage was collected. */
  readonly heap: { readonly megabytes: number };
  readonly reload: null;
}

export interface Begun {
  readonly began: number;
}

export type JobOf<W extends Job['work']> = Extract<Job, { readonly work: W }>;
