/** The parts of the extension that commands work with. */
import type * as vscode from 'vscode';
import type { Accounts } from './accounts/accounts';
import type { SampleServer } from './accounts/sample';
import type { Api } from './api';
import type { Doctors } from './doctor/doctors';
import type { History } from './history';
import type { LiveCalls } from './live';
import type { Log } from './log';
import type { Panels } from './panel/panels';
import type { RawDocuments } from './panel/rawDocuments';
import type { CallsTree } from './tree/callsTree';

export interface Parts {
  readonly accounts: Accounts;
  readonly sample: SampleServer;
  readonly api: Api;
  readonly history: History;
  readonly live: LiveCalls;
  readonly log: Log;
  readonly panels: Panels;
  readonly doctors: Doctors;
  readonly raw: RawDocuments;
  readonly tree: CallsTree;
  /** The programs that a report is made with. */
  readonly versions: string;
  /** The extension's own folder for files. */
  readonly storage: vscode.Uri;
}

/** What a command does with the arguments it was called with, which come from anybody. */
export type Command = (parts: Parts, ...args: readonly unknown[]) => unknown;
