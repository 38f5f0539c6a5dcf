/** Removes an account with its keys and its recent calls, after asking once. */
import * as vscode from 'vscode';
import type { Command } from '../parts';
import { accountTarget } from './targets';

export const removeAccount: Command = async (parts, arg) => {
  const account = await accountTarget(parts, arg, 'Remove Exotel Account');
  if (account === undefined) return;
  const remove = 'Remove';
  const detail =
    account.kind === 'sample'
      ? 'Its list of recent calls goes too.'
      : 'Its API key and token are deleted from the secret storage, and its list of recent calls goes too. Nothing changes at Exotel.';
  const answer = await vscode.window.showWarningMessage(`Remove the account “${account.name}”?`, { modal: true, detail }, remove);
  if (answer !== remove) return;
  await parts.accounts.remove(account.id);
  await parts.history.clear(account.id);
};
