/** Everything of a kept account, one step after the other. */
import * as vscode from 'vscode';
import { editAccount as edit } from '../accounts/editing';
import type { Command } from '../parts';
import { keptAccountTarget } from './targets';

export const editAccount: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Edit Exotel Account');
  const isKept = account !== undefined && (await edit(parts.accounts, account.id, parts.api.probe));
  if (isKept) vscode.window.setStatusBarMessage('$(check) The account was changed', 4000);
};
