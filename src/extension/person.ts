/** What is handed to the person outside of VS Code's windows: their clipboard, their browser. */
import * as vscode from 'vscode';

/** Puts text on the clipboard and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('$(check) Copied', 2500);
}

/** Opens Exotel's dashboard in the person's browser. */
export async function openDashboard(url: string | undefined): Promise<void> {
  if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
