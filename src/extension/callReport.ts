/** The report of a call on the clipboard or in a file: with numbers and names masked, unless the person asks for them. */
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { HeardRecording } from '../call/audioFindings';
import { reportOf } from '../call/report';
import type { Reply } from '../shared/protocol';
import { writeWhole } from './panel/saving';
import { copyText } from './person';
import { askChoice, type Choice } from './quickInput';
import { timeFormat } from './settings';
import { withoutLinks } from './toast';

/** What a report is about, and what it was made with. */
export interface Reported {
  readonly sid: string;
  /** As it came. */
  readonly reply: Reply;
  /** Where all of its recording is here. */
  readonly heard?: HeardRecording;
  readonly versions: string;
  /** A folder of the extension's own, for targets that are no local files. */
  readonly storage: vscode.Uri;
}

/** The masked report on the clipboard; the notification offers it with numbers. Resolves without waiting for an answer. */
export async function copyReport(reported: Reported): Promise<void> {
  await vscode.env.clipboard.writeText(textOf(reported, true));
  void offerNumbers(reported);
}

const WITH_NUMBERS = 'Copy With Numbers';

async function offerNumbers(reported: Reported): Promise<void> {
  const answer = await vscode.window.showInformationMessage('Report copied. Phone numbers and names in it are masked.', WITH_NUMBERS);
  if (answer === WITH_NUMBERS) await copyText(textOf(reported, false));
}

/** Asks how and where to, writes the file, and offers to open it. */
export async function saveReport(reported: Reported): Promise<void> {
  const masks = await askChoice({ title: 'Save Report', placeholder: 'Phone numbers and names in the report', choices: CHOICES });
  if (masks.kind !== 'answer') return;
  const target = await askForTarget(reported.sid);
  if (target === undefined) return;
  const problem = await writeWhole(target, reported.storage, async (file) => {
    await file.writeFile(textOf(reported, masks.value));
    return undefined;
  });
  if (problem === undefined) void offerToOpen(target);
  else void vscode.window.showErrorMessage(withoutLinks(`The report was not saved. ${problem}`));
}

const CHOICES: readonly Choice<boolean>[] = [
  { label: 'Masked (recommended)', description: 'the country code and the last two digits, the first letter', value: true },
  { label: 'As they are', description: 'whoever reads the report sees them', value: false },
];

/** Not the workspace: a report about people must not end up in a commit by accident. */
async function askForTarget(sid: string): Promise<vscode.Uri | undefined> {
  const name = `${sid.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.md`;
  return vscode.window.showSaveDialog({ title: 'Save Report', defaultUri: vscode.Uri.file(path.join(homedir(), name)), filters: { Markdown: ['md'] } });
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const answer = await vscode.window.showInformationMessage(withoutLinks(`Report saved as ${path.posix.basename(target.path)}.`), 'Open');
  if (answer !== 'Open') return;
  try {
    await vscode.window.showTextDocument(target);
  } catch {
    void vscode.window.showErrorMessage(withoutLinks(`${path.posix.basename(target.path)} cannot be opened: it may have been moved or removed.`));
  }
}

function textOf({ sid, reply, heard, versions }: Reported, masks: boolean): string {
  return reportOf({ ...reply, ...(heard === undefined ? {} : { heard }), sid, format: timeFormat(), madeAt: Date.now(), versions, masks });
}
