/** Adds the sample account and shows its calls in the view. */
import * as vscode from 'vscode';
import { SAMPLE_ID } from '../accounts/account';
import type { Command } from '../parts';
import { setSampleAccount } from '../settings';

export const exploreSampleCalls: Command = async ({ accounts }) => {
  await setSampleAccount(true);
  await accounts.setActive(SAMPLE_ID);
  await vscode.commands.executeCommand('exotel.calls.focus');
};
