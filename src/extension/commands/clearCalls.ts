/** Empties the list of recent calls, after asking once. */
import * as vscode from 'vscode';
import type { Command } from '../parts';

export const clearCalls: Command = async ({ history }) => {
  const clear = 'Clear';
  const detail = 'Recent and pinned calls of every account go from this list. Nothing changes at Exotel.';
  const answer = await vscode.window.showWarningMessage('Clear the list of all calls?', { modal: true, detail }, clear);
  if (answer === clear) await history.clear();
};
