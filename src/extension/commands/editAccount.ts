/** Everything of a kept account, one step after the other. */
import * as vscode from 'vscode';
import type { Command } from '../parts';
import { keptAccountTarget } from './targets';

export const editAccount: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Edit Exotel Account');
  const editing = await import('../accounts/editing');
  const isKept = account !== undefined && (await editing.editAccount(parts.accounts, account.id, parts.api.probe));
  if (isKept) vscode.window.setStatusBarMessage('$(check) The account was changed', 4000);
};
