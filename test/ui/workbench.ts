/** VS Code's window as a person sees it: what they type, click and read. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ConsoleMessage, FrameLocator, Locator, Page } from 'playwright-core';
import { shortSid } from '../../src/call/sid';
import { assertSoon } from './soon';

/** A list that is there shows at once. */
const LISTED_TIMEOUT_MS = 5_000;
const READY_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 30_000;
const PALETTE_TIMEOUT_MS = 2500;

/** Colour themes by a name for people who start scripts: the label to pick, the class of a window that has it, and the kind that its webviews are told. */
export const THEMES = {
  dark: { label: 'Dark Modern', className: 'vs-dark', kind: 'vscode-dark' },
  light: { label: 'Light Modern', className: 'vs', kind: 'vscode-light' },
  'hc-dark': { label: 'Dark High Contrast', className: 'hc-black', kind: 'vscode-high-contrast' },
  'hc-light': { label: 'Light High Contrast', className: 'hc-light', kind: 'vscode-high-contrast-light' },
} as const;

export type Theme = keyof typeof THEMES;

export class Workbench {
  constructor(readonly page: Page) {}

  /** Waits until the window can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_TIMEOUT_MS });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get quickInputBox(): Locator {
    return this.quickInput.locator('.quick-input-box input');
  }

  quickInputRow(text: string | RegExp): Locator {
    return this.quickInput.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });
  }

  /** A button in the title of the quick input: *Back*, or one of its own. */
  quickInputButton(name: string): Locator {
    return this.quickInput.locator('.quick-input-titlebar').getByRole('button', { name });
  }

  /** Opens the command palette, types a command's title and takes its row. */
  async runCommand(title: string): Promise<void> {
    const row = this.quickInputRow(title).first();
    const deadline = Date.now() + COMMAND_TIMEOUT_MS;
    for (;;) {
      await this.leaveWebview();
      await this.page.keyboard.press('F1');
      try {
        await this.quickInputBox.fill(`>${title}`, { timeout: PALETTE_TIMEOUT_MS });
        await row.waitFor({ timeout: PALETTE_TIMEOUT_MS });
        break;
      } catch (error) {
        // A webview took the key after all, or: it lists the commands known when it opened, and those of an extension that is still
        // loading come with the next opening.
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await row.click();
    // Resting where the row was, it would bring up the tooltip of what is below.
    await this.page.mouse.move(0, 0);
    await this.paletteGone();
  }

  /** A focused webview takes the keyboard, and takes the focus back when the palette closes. */
  async leaveWebview(): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur();
      window.focus();
    });
  }

  /** The palette's own input, still closing, must not take what is typed into the next one. */
  private async paletteGone(): Promise<void> {
    await this.page.waitForFunction(() => {
      const inputs = [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget .quick-input-box input')];
      return !inputs.some((input) => input.offsetParent !== null && input.value.startsWith('>'));
    });
  }

  /** The quick input that asks this, in its title, its message or its box's hint. */
  question(text: string): Locator {
    return this.quickInput.filter({ hasText: text }).or(this.quickInput.filter({ has: this.page.getByPlaceholder(text) }));
  }

  /** Waits for a question, types the answer (without one: takes what stands there) and waits until it is asked no more. */
  async answer(question: string, text?: string): Promise<void> {
    await this.question(question).waitFor();
    if (text !== undefined) await this.quickInputBox.fill(text);
    await this.quickInputBox.press('Enter');
    await this.question(question).waitFor({ state: 'hidden' });
  }

  /** Clicks a row of the quick pick that is open, and waits until it has gone. */
  async pick(text: string): Promise<void> {
    const row = this.quickInputRow(text).first();
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Types a file's path into VS Code's own save dialog, into a folder that has something in it: the dialog writes over what is typed
   * while it still opens, and takes it only once it shows that folder.
   */
  async saveAs(title: string, file: string): Promise<void> {
    await this.question(title).waitFor();
    const rows = readdirSync(path.dirname(file));
    if (rows.length === 0) throw new Error('An empty folder looks like one that is not shown yet.');
    await assertSoon(async () => {
      if ((await this.quickInputBox.inputValue()) !== file) await this.quickInputBox.fill(file);
      const shown = (await this.quickInputRow(/./).allInnerTexts()).map((row) => row.trim());
      return rows.every((row) => shown.includes(row)) && (await this.quickInputBox.inputValue()) === file;
    });
    await this.quickInput.getByRole('button', { name: 'OK' }).click();
    await this.question(title).waitFor({ state: 'hidden' });
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** A modal dialog. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  get statusBar(): Locator {
    return this.page.locator('.part.statusbar');
  }

  /** An entry of the activity bar. A click on the one that is open already closes it. */
  activity(title: string): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: title, exact: true });
  }

  /** Shows a view container, whether or not it is open. */
  async openView(title: string): Promise<void> {
    await this.runCommand(`View: Show ${title}`);
  }

  /** The side bar's view: welcome text, tree, title buttons. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** Opens a call by a click on its line. At one on a line that is just taken anew VS Code 1.100 does nothing, which only its console tells: then again. */
  async openFromTree(line: string | RegExp, sid: string): Promise<void> {
    const row = this.treeRow(line).first();
    let clickedAgain = Promise.resolve();
    const clickAgain = (message: ConsoleMessage): void => {
      if (message.text().includes('Actual command not found')) clickedAgain = clickedAgain.then(() => row.click());
    };
    this.page.on('console', clickAgain);
    try {
      await row.click();
      await this.selectedTab(shortSid(sid)).waitFor();
      await clickedAgain;
    } finally {
      this.page.off('console', clickAgain);
    }
  }

  treeRow(text: string | RegExp): Locator {
    return this.sideBar.getByRole('treeitem', { name: text });
  }

  /** Takes an entry of the context menu of something; a row that is drawn anew at that moment closes its menu, which is then opened again. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    const isOpen = async (): Promise<boolean> => {
      await target.click({ button: 'right' });
      return isListed(this.menuEntry(entry));
    };
    while (!(await isOpen())) await this.page.keyboard.press('Escape');
    await this.takeFromMenu(entry);
  }

  private menuEntry(entry: string): Locator {
    return this.page.locator('.monaco-menu').getByRole('menuitem', { name: new RegExp(`^${entry}`) });
  }

  /** By mouse and Enter: a menu that has just opened takes no clicks yet. */
  private async takeFromMenu(entry: string): Promise<void> {
    await this.menuEntry(entry).hover();
    await this.page.keyboard.press('Enter');
  }

  /** Selects the last word of an editor's line with a double click, and takes an entry of the context menu there. */
  async contextMenuOfLastWord(line: string, entry: string): Promise<void> {
    const text = this.page.locator('.part.editor .view-line').filter({ hasText: line }).locator('> span');
    let position = { x: 0, y: 0 };
    // An editor that has just opened has lines without a width.
    await assertSoon(async () => {
      const { width, height } = (await text.boundingBox()) ?? { width: 0, height: 0 };
      position = { x: width - 8, y: height / 2 };
      return position.x > 0;
    });
    await text.dblclick({ position });
    await text.click({ position, button: 'right' });
    await this.takeFromMenu(entry);
  }

  editorTab(text: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: text });
  }

  /** The tab in front. */
  selectedTab(text: string | RegExp): Locator {
    return this.page.locator('.tabs-container [role="tab"][aria-selected="true"]').filter({ hasText: text });
  }

  /** The text of the editor in front, as far as it is drawn. */
  get editorText(): Locator {
    return this.page.locator('.part.editor .view-lines:visible').first();
  }

  /** Waits until the output channel that is shown has this, wherever its lines are wrapped. */
  async outputHas(text: string): Promise<void> {
    const lines = this.page.locator('.part.panel .view-lines').first();
    await assertSoon(async () => (await lines.innerText()).replaceAll(/\s/g, '').includes(text.replaceAll(/\s/g, '')));
  }

  /** The document inside the webview that is in front. */
  get webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').contentFrame().locator('iframe#active-frame').contentFrame();
  }

  async useTheme(theme: Theme): Promise<void> {
    const { label, className } = THEMES[theme];
    while (!(await this.pickerLists(label))) {
      await this.quickInputBox.press('Escape');
      await this.quickInput.waitFor({ state: 'hidden' });
    }
    await this.answer('Color Theme');
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Opens the picker of themes at one of them. False: it was opened before the themes were read, and does not get them any more. */
  private async pickerLists(label: string): Promise<boolean> {
    await this.runCommand('Preferences: Color Theme');
    await this.question('Color Theme').waitFor();
    await this.quickInputBox.fill(label);
    return isListed(this.quickInputRow(label).first());
  }

  /** Types a file name into *Go to File* and opens it: again while it does not list it, as it knows the folders there were when it opened. */
  async openFile(name: string): Promise<void> {
    const row = this.quickInputRow(name).first();
    const isFound = async (): Promise<boolean> => {
      await this.leaveWebview();
      await this.page.keyboard.press('ControlOrMeta+P');
      await this.quickInputBox.fill(name);
      return isListed(row);
    };
    while (!(await isFound())) await this.page.keyboard.press('Escape');
    await row.click();
    await this.editorTab(name).waitFor();
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: READY_TIMEOUT_MS });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }
}

/** Whether a row of a list or a menu shows. */
export async function isListed(row: Locator): Promise<boolean> {
  return row.waitFor({ timeout: LISTED_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}
