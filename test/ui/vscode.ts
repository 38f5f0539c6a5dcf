/** A VS Code with the extension in it, for UI tests: its server, a window in a headless browser, and what went wrong in it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { hostName } from '../host/hosts.mjs';
import { failuresDir, fileNameOf, root, temporaryFolder } from '../host/repository.mjs';
import { findHost, startServer, type Server } from '../host/server.mjs';
import { quietSettings, type Settings } from '../host/settings.mjs';
import { developExtension, keepSecrets, windowUrl } from '../host/window.mjs';
import { shortSid } from '../../src/call/sid';
import { CallPanel } from './call-panel';
import { type Theme, THEMES, Workbench } from './workbench';

const START_TIMEOUT_MS = 120_000;
const EVIDENCE_TIMEOUT_MS = 20_000;

/** An address that no page may reach. */
export const FORBIDDEN = 'http://127.0.0.1:9/';

export interface WindowOptions {
  /** User settings besides the quiet ones. */
  readonly settings?: Settings;
  /** The workspace; absent: an empty folder. */
  readonly folder?: string;
  /** Workspaces are trusted once the person says so; absent: from the beginning. */
  readonly asksForTrust?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A folder for user data, installed extensions and the browser's profile; absent: a new one. */
  readonly home?: string;
  /** Secrets belong to an origin: a window that is to have those of an earlier one needs its `home` and its `port`. */
  readonly port?: number;
  /** The extension is installed in `home`: it is not loaded from the clone. */
  readonly installed?: boolean;
  /** Folders of other extensions to load. */
  readonly others?: readonly string[];
  /** How much VS Code logs; `info` unless given. */
  readonly logLevel?: 'trace';
  /** What the browser is given before the page is opened. */
  readonly prepare?: (browser: BrowserContext) => Promise<void>;
}

interface FileThere {
  readonly file: string;
  readonly content: Buffer;
}

/** The data folder of the server, in a window's `home`. */
export function dataDirIn(home: string): string {
  return path.join(home, 'server');
}

/** A window, with all that it runs on. */
export class VSCodeWindow {
  /** What the page and the webviews in it said on their consoles. */
  readonly consoleLines: string[] = [];
  readonly workbench: Workbench;
  readonly panel: CallPanel;

  private constructor(
    readonly page: Page,
    private readonly browser: BrowserContext,
    private readonly server: Server,
    private readonly home: string,
  ) {
    this.workbench = new Workbench(page);
    this.panel = new CallPanel(this.workbench);
    page.on('console', (message) => this.consoleLines.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.consoleLines.push(`[page error] ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 400) this.consoleLines.push(`[response] ${String(response.status())} ${response.url()}`);
    });
  }

  /** Starts a server and a browser, and opens a window. */
  static async open({ home = temporaryFolder(), ...options }: WindowOptions = {}): Promise<VSCodeWindow> {
    const dataDir = dataDirIn(home);
    const folder = options.folder ?? path.join(home, 'workspace');
    mkdirSync(folder, { recursive: true });
    const [server, browser] = await Promise.all([
      startServer(findHost(), {
        dataDir,
        settings: { ...quietSettings, ...options.settings },
        ...(options.port !== undefined && { port: options.port }),
        ...(options.logLevel !== undefined && { logLevel: options.logLevel }),
        ...(options.asksForTrust !== undefined && { asksForTrust: options.asksForTrust }),
      }),
      launchBrowser({ profile: path.join(home, 'browser'), ...(options.viewport && { viewport: options.viewport }) }),
    ]);
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    await keepSecrets(browser, dataDir);
    if (!options.installed) await developExtension(browser, { port: server.port, extension: root, ...(options.others && { others: options.others }) });
    await options.prepare?.(browser);
    const window = new VSCodeWindow(await browser.newPage(), browser, server, home);
    await window.show({ folder, ...(options.logLevel && { logLevel: options.logLevel }) });
    return window;
  }

  /** Opens something else in the window: `folder`, a path or a URI; `workspace`, the path of a `.code-workspace` file; nothing. */
  async show(what: { readonly folder?: string; readonly workspace?: string; readonly logLevel?: string }): Promise<void> {
    await this.page.goto(windowUrl({ port: this.port, ...what }));
    await this.workbench.ready();
  }

  get port(): number {
    return this.server.port;
  }

  /** Looks a call up by the palette's command, and waits for its panel. */
  async lookUp(sid: string): Promise<void> {
    await this.workbench.runCommand('Lookup Exotel Call');
    await this.workbench.answer('Call SID, or text with one in it', sid);
    await this.workbench.selectedTab(shortSid(sid)).waitFor();
  }

  /** Picks a theme, and waits until the panel in front has it too. */
  async useTheme(theme: Theme): Promise<void> {
    await this.workbench.useTheme(theme);
    await this.panel.document.locator(`body[data-vscode-theme-kind="${THEMES[theme].kind}"]`).waitFor();
  }

  /** The SIDs of the calls in the view, as they stand there. */
  async callsInTree(): Promise<readonly string[]> {
    const labels = await this.workbench.treeRow(/^Call /).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    return labels.map((label) => /^Call ([^,]+)/.exec(label)?.[1] ?? '');
  }

  /** The files of user data, logs and browser profile that hold one of these texts. */
  filesWith(texts: readonly string[]): readonly string[] {
    const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
    return [...this.files()].filter(({ content }) => needles.some((needle) => content.includes(needle))).map(({ file }) => file);
  }

  /** Every file of user data, logs and browser profile. */
  files(): Iterable<FileThere> {
    return filesBelow(this.home);
  }

  /** The files in the storage of the extension. */
  storedFiles(): Iterable<FileThere> {
    return filesBelow(this.globalStorage);
  }

  /** What the server wrote to its output, that of its extension host included. */
  serverOutput(): string {
    return this.server.output();
  }

  /** Where the recordings of windows are kept: a folder for each. */
  recordingFolders(): readonly string[] {
    const storage = this.globalStorage;
    const roots = readdirSync(storage).map((name) => path.join(storage, name, 'recordings')).filter((folder) => existsSync(folder));
    return roots.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
  }

  private get globalStorage(): string {
    return path.join(dataDirIn(this.home), 'data', 'User', 'globalStorage');
  }

  /** The text on the clipboard. */
  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Leaves a picture, the console, what the frames hold and the server's log in `out/failures`. */
  async keepEvidence(title: string): Promise<void> {
    mkdirSync(failuresDir, { recursive: true });
    const file = path.join(failuresDir, `${hostName()}-${fileNameOf(title)}`);
    writeFileSync(`${file}.log`, [...this.consoleLines, '', ...(await this.#frames()), '', this.server.output()].join('\n'));
    if (!this.page.isClosed()) await this.page.screenshot({ path: `${file}.png`, timeout: EVIDENCE_TIMEOUT_MS / 2 });
  }

  async #frames(): Promise<readonly string[]> {
    const outline = (): string => `${document.readyState}, ${String(document.documentElement.outerHTML.length)} characters: ${document.body.className} ${document.body.innerText.slice(0, 100)}`;
    const pages = this.page.isClosed() ? [] : this.page.frames();
    const late = new Promise<string>((resolve) => setTimeout(resolve, EVIDENCE_TIMEOUT_MS / 4, 'gives no answer'));
    return Promise.all(pages.map(async (frame) => `[frame] ${frame.url().slice(0, 200)} ${await Promise.race([frame.evaluate(outline).catch(String), late])}`));
  }

  /** What a page asked for and its policy did not allow, in the browser's words; {@link FORBIDDEN} is asked for by tests. */
  get policyViolations(): readonly string[] {
    return this.consoleLines.filter((line) => isPolicyViolation(line) && !line.includes(FORBIDDEN));
  }

  /** The same, forgotten from now on: for a test that asks for what is not allowed. */
  takePolicyViolations(): readonly string[] {
    const taken = this.consoleLines.filter(isPolicyViolation);
    this.consoleLines.splice(0, Infinity, ...this.consoleLines.filter((line) => !isPolicyViolation(line)));
    return taken;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}

function isPolicyViolation(line: string): boolean {
  return /content security policy|trusted ?(?:types|html|script)/i.test(line);
}

/** Every file below a folder; none where that went meanwhile, and nothing in a file that did: a browser tidies its cache. */
function* filesBelow(folder: string): Iterable<FileThere> {
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true }), [])) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else if (entry.isFile()) yield { file, content: unlessGone(() => readFileSync(file), Buffer.alloc(0)) };
  }
}

function unlessGone<T>(read: () => T, gone: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return gone;
    throw error;
  }
}

/** A `describe` for the newest VS Code alone: of pictures, which the other would draw otherwise. */
export function describeInNewest(title: string, suite: () => void): void {
  if (hostName() === 'newest') describe(title, suite);
}

/** False: what the tests begin with failed. */
function hasBegun(suite: Mocha.Suite): boolean {
  const begun: Mocha.Test[] = [];
  suite.eachTest((test) => {
    if (test.state !== undefined) begun.push(test);
  });
  return begun.length > 0;
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
  after('VS Code closes, and no page had asked for what its policy does not allow', async function () {
    const suite = this.test?.parent;
    if (suite && !hasBegun(suite)) await window?.keepEvidence(`${suite.fullTitle()} before`);
    await window?.close();
    assert.deepEqual(window?.policyViolations ?? [], []);
  });
  return () => {
    if (!window) throw new Error('VS Code is not open yet');
    return window;
  };
}
