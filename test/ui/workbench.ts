/** VS Code's window as a person sees it: what they type, click and read. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

const READY_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 30_000;
const PALETTE_TIMEOUT_MS = 2500;

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

  /** Opens the command palette, types a command's title and takes its row. */
  async runCommand(title: string): Promise<void> {
    const row = this.quickInputRow(title).first();
    const deadline = Date.now() + COMMAND_TIMEOUT_MS;
    for (;;) {
      await this.leaveWebview();
      await this.page.keyboard.press('F1');
      await this.quickInputBox.fill(`>${title}`);
      try {
        await row.waitFor({ timeout: PALETTE_TIMEOUT_MS });
        break;
      } catch (error) {
        // It lists the commands known when it opened: those of an extension that is still loading come with the next opening.
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await row.click();
    await this.paletteGone();
  }

  /** A focused webview takes the keyboard, and takes the focus back when the palette closes. */
  async leaveWebview(): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur();
    });
  }

  /** The palette's own input, still closing, must not take what is typed into the next one. */
  private async paletteGone(): Promise<void> {
    await this.page.waitForFunction(() => {
      const inputs = [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget .quick-input-box input')];
      return !inputs.some((input) => input.offsetParent !== null && input.value.startsWith('>'));
    });
  }

  /** Types into the quick input that is open and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInputBox.fill(text);
    await this.quickInputBox.press('Enter');
  }

  /** Clicks a row of the quick pick that is open. */
  async pick(row: string | RegExp): Promise<void> {
    await this.quickInputRow(row).first().click();
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

  /** Shows a view container from the activity bar. */
  async openView(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title, exact: true });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** The side bar's view: welcome text, tree, title buttons. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  treeRow(text: string | RegExp): Locator {
    return this.sideBar.getByRole('treeitem', { name: text });
  }

  /** Takes an entry of the context menu of something. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    await target.click({ button: 'right' });
    await this.page.locator('.monaco-menu').getByRole('menuitem', { name: entry }).click();
  }

  editorTab(text: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: text });
  }

  /** The text of the editor or output channel that is shown, as far as it is drawn. */
  editorText(part: '.editor' | '.panel' = '.editor'): Locator {
    return this.page.locator(`.part${part} .view-lines:visible`).first();
  }

  /** The document inside the webview that is in front. */
  get webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').contentFrame().locator('iframe#active-frame').contentFrame();
  }

  /** Types a file name into *Go to File* and opens it. */
  async openFile(name: string): Promise<void> {
    await this.leaveWebview();
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.quickInputBox.fill(name);
    await this.quickInputRow(name).first().click();
    await this.editorTab(name).waitFor();
  }

  /** Reloads the window, as *Developer: Reload Window* does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }
}
