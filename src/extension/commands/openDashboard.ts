/** Exotel's dashboard of an account's region, in the person's browser. */
import * as vscode from 'vscode';
import { dashboardUrl } from '../../exotel/origin';
import type { Command } from '../parts';
import { openLink } from '../person';
import { keptAccountTarget } from './targets';

export const openDashboard: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Open Exotel Dashboard');
  if (account === undefined) return;
  const url = dashboardUrl(account.endpoint);
  if (url === undefined) vscode.window.setStatusBarMessage('No dashboard is known for a custom endpoint', 4000);
  else await openLink(url);
};
