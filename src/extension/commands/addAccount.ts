/** Guides through a new account. */
import * as vscode from 'vscode';
import type { Command } from '../parts';
import { doneStatus, shortName } from '../toast';

export const addAccount: Command = async ({ accounts, api }) => {
  const editing = await import('../accounts/editing');
  const added = await editing.addAccount(accounts, api.probe);
  if (added !== undefined) vscode.window.setStatusBarMessage(doneStatus(`Account “${shortName(added.name)}” is kept`), 5000);
};
