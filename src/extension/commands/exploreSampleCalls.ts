/** Adds the sample accounts and shows their calls in the view. */
import * as vscode from 'vscode';
import { SAMPLE } from '../accounts/account';
import type { Command } from '../parts';
import { setSampleAccount } from '../settings';

export const exploreSampleCalls: Command = async ({ accounts }) => {
  await setSampleAccount(true);
  await accounts.setActive(SAMPLE.id);
  await vscode.commands.executeCommand('exotel.calls.focus');
};
