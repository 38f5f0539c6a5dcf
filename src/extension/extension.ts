/** Builds the parts, hands them to each other, registers, returns: nothing is read, asked for or waited for here. */
import * as vscode from 'vscode';
import { rotateKeys } from './accounts/editing';
import { Accounts } from './accounts/accounts';
import { SampleServer } from './accounts/sample';
import { Api } from './api';
import { COMMANDS } from './commands/index';
import { copyRequest } from './commands/copyAs';
import { History } from './history';
import { Log } from './log';
import { Panels } from './panel/panels';
import { RawDocuments } from './panel/rawDocuments';
import type { Parts } from './parts';
import { CallsTree } from './tree/callsTree';

/** What the integration tests reach that no command gives. Other extensions get nothing: accounts hold keys. */
export interface ForTests extends Pick<Parts, 'accounts' | 'history' | 'tree' | 'panels'> {
  readonly context: vscode.ExtensionContext;
}

/** What VS Code calls when the extension is first needed. */
export function activate(context: vscode.ExtensionContext): ForTests | undefined {
  const log = new Log();
  const sample = new SampleServer();
  const raw = new RawDocuments();
  const accounts = new Accounts(context, sample);
  const history = new History(context.globalStorageUri);
  const api = new Api(accounts, log);
  const panels = new Panels({
    accounts,
    api,
    history,
    log,
    raw,
    extensionUri: context.extensionUri,
    storage: context.globalStorageUri,
    actions: {
      copyAs: (key, language) => copyRequest(accounts, key, language),
      updateCredentials: (account) => rotateKeys(accounts, account, api.probe),
    },
  });
  const tree = new CallsTree({ accounts, history, sample, log });
  const parts: Parts = { accounts, sample, api, history, log, panels, raw, tree };
  const commands = Object.entries(COMMANDS).map(([id, run]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => (isLostRow(args) ? askToChooseAgain() : run(parts, ...args))),
  );
  context.subscriptions.push(...commands, panels, tree, raw, history, accounts, sample, log);
  return context.extensionMode === vscode.ExtensionMode.Test ? { context, accounts, history, tree, panels } : undefined;
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
