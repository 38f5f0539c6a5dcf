/** Adds the sample accounts and shows their calls in the view. */
import * as vscode from 'vscode';
import type { Command } from '../parts';

export const exploreSampleCalls: Command = async ({ accounts }) => {
  await accounts.exploreSamples();
  await vscode.commands.executeCommand('exotel.calls.focus');
};
