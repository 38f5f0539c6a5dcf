/** Guides through a new account. */
import * as vscode from 'vscode';
import { addAccount as guide } from '../accounts/editing';
import type { Command } from '../parts';

export const addAccount: Command = async ({ accounts, api }) => {
  const added = await guide(accounts, api.probe);
  if (added !== undefined) vscode.window.setStatusBarMessage(`$(check) Account “${added.name}” is kept`, 5000);
};
