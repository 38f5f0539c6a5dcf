/** A VS Code with the extension in it, for UI tests: its server, a window in a headless browser, and what went wrong in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { failuresDir, fileNameOf, root } from '../host/repository.mjs';
import { findHost, startServer, type Server } from '../host/server.mjs';
import { quietSettings, type Settings } from '../host/settings.mjs';
import { developExtension, keepSecrets, windowUrl } from '../host/window.mjs';
import { CallPanel } from './call-panel';
import { Workbench } from './workbench';

const START_TIMEOUT_MS = 120_000;
const EVIDENCE_TIMEOUT_MS = 20_000;
const VIEWPORT = { width: 1400, height: 900 };

export interface WindowOptions {
  /** User settings besides the quiet ones. */
  readonly settings?: Settings;
  /** The folder to open; absent: a new, empty one. */
  readonly folder?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Where user data and secrets are kept; absent: a new folder that goes with the window. */
  readonly dataDir?: string;
  /** The extension comes with the data folder: nothing is loaded from the clone. */
  readonly installed?: boolean;
}

/** A window, with all that it runs on. */
export class VSCodeWindow {
  /** What the page and the webviews in it said on their consoles. */
  readonly consoleLines: string[] = [];
  readonly workbench: Workbench;
  readonly panel: CallPanel;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly temporaryFolder: string | undefined,
  ) {
    this.workbench = new Workbench(page);
    this.panel = new CallPanel(this.workbench);
    page.on('console', (message) => this.consoleLines.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.consoleLines.push(`[page error] ${error.message}`));
  }

  /** Starts a server with user data of its own, and opens a window. */
  static async open(options: WindowOptions = {}): Promise<VSCodeWindow> {
    const temporaryFolder = options.folder === undefined ? mkdtempSync(path.join(os.tmpdir(), 'workspace-')) : undefined;
    const settings = { ...quietSettings, ...options.settings };
    const [server, browser] = await Promise.all([
      startServer(findHost(), { settings, ...(options.dataDir !== undefined && { dataDir: options.dataDir }) }),
      launchBrowser(),
    ]);
    const { port, dataDir } = server;
    const context = await browser.newContext({ viewport: options.viewport ?? VIEWPORT });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await keepSecrets(context, dataDir);
    if (!options.installed) await developExtension(context, { port, extension: root });
    const page = await context.newPage();
    const window = new VSCodeWindow(page, browser, server, temporaryFolder);
    await page.goto(windowUrl({ port, folder: options.folder ?? temporaryFolder ?? root }));
    await window.workbench.ready();
    return window;
  }

  /** The text on the clipboard. */
  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Leaves a picture, the console and the server's log in `out/failures`. */
  async keepEvidence(title: string): Promise<void> {
    mkdirSync(failuresDir, { recursive: true });
    const file = path.join(failuresDir, fileNameOf(title));
    writeFileSync(`${file}.log`, [...this.consoleLines, '', this.server.output()].join('\n'));
    await this.page.screenshot({ path: `${file}.png`, timeout: EVIDENCE_TIMEOUT_MS / 2 });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    if (this.temporaryFolder !== undefined) rmSync(this.temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Gives the tests of a `describe` one window; a failed test leaves a picture and a log of it. */
export function withWindow(options: WindowOptions | (() => WindowOptions) = {}): () => VSCodeWindow {
  let window: VSCodeWindow | undefined;
  before('VS Code opens', async function () {
    this.timeout(START_TIMEOUT_MS);
    window = await VSCodeWindow.open(typeof options === 'function' ? options() : options);
  });
  afterEach('evidence of a failure', async function () {
    this.timeout(EVIDENCE_TIMEOUT_MS);
    if (this.currentTest?.state === 'failed') await window?.keepEvidence(this.currentTest.fullTitle());
  });
  after('VS Code closes', async () => window?.close());
  return () => {
    if (!window) throw new Error('VS Code is not open yet');
    return window;
  };
}
