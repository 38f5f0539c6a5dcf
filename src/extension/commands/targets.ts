/** Which call or account a command is about: the line of the view it was chosen on, or the panel in front, or a question. */
import * as vscode from 'vscode';
import { type Account, isKept, type KeptAccount } from '../accounts/account';
import { chooseAccount, chooseKeptAccount } from '../accounts/choosing';
import type { CallKey } from '../historyEntries';
import type { Parts } from '../parts';
import { AccountNode, CallNode, SampleCallNode } from '../tree/nodes';

/** The call of a line in the view, or of the panel in front. */
export function callTarget({ panels }: Parts, arg: unknown): CallKey | undefined {
  if (arg instanceof CallNode || arg instanceof SampleCallNode) return arg.key;
  const key = panels.active?.key;
  if (key === undefined) vscode.window.setStatusBarMessage('Open a call first: Lookup Exotel Call', 4000);
  return key;
}

/** The account of a line in the view, or one that is asked for. */
export async function accountTarget({ accounts }: Parts, arg: unknown, title: string): Promise<Account | undefined> {
  if (arg instanceof AccountNode) return arg.account;
  return chooseAccount(accounts, title);
}

/** The same for what can be done to kept accounts only. Says so where there is none. */
export async function keptAccountTarget({ accounts }: Parts, arg: unknown, title: string): Promise<KeptAccount | undefined> {
  if (arg instanceof AccountNode) return isKept(arg.account) ? arg.account : undefined;
  const account = await chooseKeptAccount(accounts, title);
  if (account === undefined && !(await accounts.list()).accounts.some(isKept))
    void vscode.window.showInformationMessage('There is no account yet. Add one with “Exotel: Add Account”.');
  return account;
}
