/** Whether numbers and names show. What is kept and worked with stays as it came. */
import * as vscode from 'vscode';
import type { HistoryEntry } from './historyEntries';
import { settings, setMasking } from './settings';

/** Calls of the list as their lines show them. */
export async function shownEntries(entries: readonly HistoryEntry[]): Promise<readonly HistoryEntry[]> {
  if (!settings.masksNumbers) return entries;
  const { maskedEntry } = await import('./masks');
  return entries.map(maskedEntry);
}

/** Masks numbers and names, or shows them again, and says so in the status bar. */
export async function toggleMask(): Promise<void> {
  const masks = !settings.masksNumbers;
  await setMasking(masks);
  vscode.window.setStatusBarMessage(masks ? '$(eye-closed) Numbers and names are masked' : '$(eye) Numbers and names are shown', 4000);
}
