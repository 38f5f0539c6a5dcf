/** New key and token for a kept account. */
import * as vscode from 'vscode';
import type { Command } from '../parts';
import { keptAccountTarget } from './targets';

export const rotateKeys: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Update Exotel API Key and Token');
  const editing = await import('../accounts/editing');
  const isKept = account !== undefined && (await editing.rotateKeys(parts.accounts, account.id, parts.api.probe));
  if (isKept) vscode.window.setStatusBarMessage('$(check) The key and token were changed', 4000);
};
