/** Builds the parts, hands them to each other, registers, returns: nothing is read, asked for or waited for here. */
import * as v from 'valibot';
import * as vscode from 'vscode';
import { Pace } from '../exotel/pacing';
import { forPerson } from './accounts/account';
import { Accounts } from './accounts/accounts';
import { SampleServer } from './accounts/sample';
import { Api } from './api';
import { ChannelOrder } from './channelOrder';
import { Clock } from './clocks';
import { COMMAND_IDS, type CommandId } from './commands/ids';
import { Doctors } from './doctor/doctors';
import { History } from './history';
import { LiveCalls } from './live';
import { Log } from './log';
import { toggleMask } from './masking';
import { Media } from './panel/media';
import { Panels } from './panel/panels';
import { RawDocuments } from './panel/rawDocuments';
import type { Parts } from './parts';
import { Recordings } from './recordings';
import { CallsTree } from './tree/callsTree';

/** What the integration tests reach that no command gives. Other extensions get nothing: accounts hold keys. */
export interface ForTests extends Pick<Parts, 'accounts' | 'history' | 'live' | 'tree' | 'panels' | 'doctors' | 'raw'> {
  readonly context: vscode.ExtensionContext;
  readonly clock: Clock;
}

/** What VS Code calls when the extension is first needed. */
export function activate(context: vscode.ExtensionContext): ForTests | undefined {
  const log = new Log();
  const sample = new SampleServer();
  const raw = new RawDocuments();
  const accounts = new Accounts(context, sample, (error) => log.error('A change of the accounts could not be made again', error));
  const { globalStorageUri: storage } = context;
  const history = new History(storage);
  const clock = new Clock();
  const pace = new Pace(clock);
  const api = new Api(accounts, log, pace, context.globalState);
  const live = new LiveCalls(pace, clock, log);
  const updateCredentials = async (account: string): Promise<boolean> => (await import('./accounts/editing')).rotateKeys(accounts, account, api.probe);
  const versions = versionsOf(context.extension);
  const doctors = new Doctors(context.extensionUri, {
    accounts,
    api,
    history,
    log,
    versions,
    cures: { updateCredentials, editAccount: async (account) => (await import('./accounts/editing')).editAccount(accounts, account, api.probe) },
  });
  const media = new Media(log);
  const recordings = new Recordings(context, accounts, log);
  const channels = new ChannelOrder(context.globalState);
  const panels = new Panels({
    accounts,
    api,
    history,
    live,
    log,
    raw,
    media,
    recordings,
    channels,
    extensionUri: context.extensionUri,
    storage,
    actions: {
      copyAs: async (key, resource, language) => (await import('./lookingUp')).copyRequest(accounts, key, resource, language),
      updateCredentials,
      lookUpElsewhere: async (sid) => (await import('./lookingUp')).lookUpElsewhere(parts, sid),
      diagnose: ({ sid, account }) => diagnoseFor(accounts, doctors, account, sid),
      toggleMask,
      copyReport: async (sid, answered) => (await import('./callReport')).copyReport({ sid, ...answered, versions, storage }),
      saveReport: async (sid, answered) => (await import('./callReport')).saveReport({ sid, ...answered, versions, storage }),
    },
  });
  const tree = new CallsTree({ accounts, history, sample, log });
  const parts: Parts = { accounts, sample, api, history, live, log, panels, doctors, raw, tree, versions, storage };
  const commands = COMMAND_IDS.map((id) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => (isLostRow(args) ? askToChooseAgain() : runCommand(id, parts, args))),
  );
  const forgetting = accounts.onDidRemove((ids) => void forgetCalls(history, ids, log));
  context.subscriptions.push(...commands, forgetting, panels, doctors, live, tree, raw, media, recordings, channels, history, api, accounts, sample, log);
  return context.extensionMode === vscode.ExtensionMode.Test ? { context, clock, accounts, history, live, tree, panels, doctors, raw } : undefined;
}

async function runCommand(id: CommandId, parts: Parts, args: readonly unknown[]): Promise<unknown> {
  try {
    const { COMMANDS } = await import('./lookingUp');
    return await COMMANDS[id](parts, ...args);
  } catch (error) {
    throw forPerson(error);
  }
}

/** Whichever window removed an account: what another one noted of it at that moment goes too. */
async function forgetCalls(history: History, accounts: readonly string[], log: Log): Promise<void> {
  try {
    for (const account of accounts) await history.clear(account);
  } catch (error) {
    log.error('The calls of a removed account could not be taken off the list', error);
  }
}

/** What a report says that it was made with. */
function versionsOf({ packageJSON }: vscode.Extension<unknown>): string {
  const { version } = v.parse(v.object({ version: v.string() }), packageJSON);
  return `Exotel Call Inspector ${version}, VS Code ${vscode.version}, ${process.platform}`;
}

async function diagnoseFor(accounts: Accounts, doctors: Doctors, id: string, callSid: string): Promise<void> {
  const account = await accounts.find(id);
  if (account !== undefined) await doctors.diagnose(account, callSid);
}

/**
 * The view's context menu hands over a row and the rows selected. A row that a refresh replaced while the menu was open comes as
 * nothing: whatever is in front instead must not be taken for it.
 */
function isLostRow(args: readonly unknown[]): boolean {
  return args.length > 1 && (args[0] === undefined || args[0] === null);
}

function askToChooseAgain(): void {
  vscode.window.setStatusBarMessage('The list has just changed: choose again', 4000);
}
