/** What is handed to the person outside of this extension: their clipboard, their browser, VS Code's settings. */
import * as vscode from 'vscode';
import { plainText } from '../call/text';
import { readWebPage, type WebPage } from '../exotel/webPage';

/** Puts text on the clipboard and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('$(check) Copied', 2500);
}

/** Opens a page of Exotel's in the person's browser; any other one only once they agreed to its host. What is no web page is not opened. */
export async function openLink(link: string): Promise<void> {
  const page = readWebPage(link);
  if (page === undefined) vscode.window.setStatusBarMessage('Not opened: this is no link to a web page', 4000);
  else if (page.isExotels || (await isWanted(page))) await vscode.env.openExternal(vscode.Uri.parse(page.url, true));
}

const COPY = 'Copy Link';
const OPEN = 'Open';
/** Of an address, in UTF-16 units: the buttons below it must stay in sight. The host is named in full. */
const MAX_SHOWN = 500;

/** The first button is the one that Enter takes: it must not be the one that leads out. */
async function isWanted({ host, url }: WebPage): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(`Open a page at ${host} in your browser?`, { modal: true, detail: `It is not Exotel’s: ${plainText(url, MAX_SHOWN)}` }, COPY, OPEN);
  if (answer === COPY) await copyText(url);
  return answer === OPEN;
}

/** Opens VS Code's settings at `http.proxy` and what belongs to it. */
export async function openProxySettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
}
