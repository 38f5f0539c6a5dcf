/** The report of a call, copied or saved; a call whose panel is not open is looked up first. */
import * as vscode from 'vscode';
import type { Reported } from '../callReport';
import type { Command, Parts } from '../parts';
import { callTarget } from './targets';

function withReport(act: 'copyReport' | 'saveReport'): Command {
  return async (parts, arg) => {
    const reported = await reportedBy(parts, arg);
    if (reported !== undefined) await (await import('../callReport'))[act](reported);
  };
}

async function reportedBy(parts: Parts, arg: unknown): Promise<Reported | undefined> {
  const key = callTarget(parts, arg);
  if (key === undefined) return undefined;
  if (parts.panels.find(key)?.reply === undefined) await parts.panels.lookUp(key);
  const answered = await parts.panels.find(key)?.answered();
  if (answered === undefined) vscode.window.setStatusBarMessage('There is no report: the lookup brought no call', 4000);
  return answered && { sid: key.sid, ...answered, versions: parts.versions, storage: parts.storage };
}

export const copyReport = withReport('copyReport');
export const saveReport = withReport('saveReport');
