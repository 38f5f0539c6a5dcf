/** Chooses, for this workspace, the account that lookups use. */
import * as vscode from 'vscode';
import type { Command } from '../parts';
import { doneStatus, shortName } from '../toast';
import { accountTarget } from './targets';

export const setActiveAccount: Command = async (parts, arg) => {
  const account = await accountTarget(parts, arg, 'Set Active Exotel Account');
  if (account === undefined) return;
  await parts.accounts.setActive(account.id);
  vscode.window.setStatusBarMessage(doneStatus(`Lookups use “${shortName(account.name)}”`), 4000);
};
