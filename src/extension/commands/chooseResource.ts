/** Which resource a kept account asks for the details of its calls. */
import * as vscode from 'vscode';
import { askResource, resourceSentence } from '../accounts/resource';
import type { Command } from '../parts';
import { doneStatus } from '../toast';
import { keptAccountTarget } from './targets';

export const chooseResource: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Choose Resource');
  const chosen = account && (await askResource(account));
  if (account === undefined || chosen === undefined) return;
  await parts.accounts.setResource(account.id, chosen.resource);
  vscode.window.setStatusBarMessage(doneStatus(resourceSentence(chosen.resource)), 4000);
};
