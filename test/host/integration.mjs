/** Runs the compiled integration suite inside a real VS Code: a desktop one, or the server in a headless browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startDesktop } from './desktop.mjs';
import { listenForQuestions } from './outside.mjs';
import { end, listenTo } from './processes.mjs';
import { listenForSuite } from './report.mjs';
import { failuresDir, fileNameOf, root, temporaryFolder } from './repository.mjs';
import { say } from './say.mjs';
import { findHost, startServer } from './server.mjs';
import { quietSettings, writeSettings } from './settings.mjs';
import { windowUrl } from './window.mjs';

const START_TIMEOUT_MS = 90_000;
const SUITE_TIMEOUT_MS = 8 * 60_000;

/** The entry of the suite inside VS Code. */
const TESTS = path.join(root, 'out', 'integration', 'index.js');

/**
 * A VS Code that has been told to run the suite.
 * @typedef {{
 *   readonly ended: Promise<string>, readonly page?: import('playwright-core').Page, screenshot(file: string): Promise<void>, log(): string, close(): Promise<void>,
 * }} RunningSuite `ended`: how VS Code ended, in words. `page`: its window, where that is one of a browser.
 */

/**
 * @param {import('./hosts.mjs').HostName} name
 * @param {import('./choose.mjs').Choice} choice
 * @param {{ grep?: string, timeoutMs?: number, variables?: Readonly<Record<string, string>> }} options `timeoutMs`: how long the tests may
 *   take. `variables`: of the environment that they run in.
 * @returns {Promise<import('./report.mjs').Tally>}
 */
export async function runIntegration(name, choice, { grep, timeoutMs = SUITE_TIMEOUT_MS, variables = {} }) {
  const home = temporaryFolder();
  /** @type {RunningSuite | undefined} */
  let vscode;
  /** @type {(problem: string) => void} */
  let giveUp = () => {};
  /** @type {Promise<import('./report.mjs').Tally>} */
  const broken = new Promise((resolve) => {
    giveUp = (problem) => resolve({ passed: 0, failed: 0, problem });
  });
  const late = (/** @type {string} */ what, /** @type {number} */ ms) => setTimeout(giveUp, ms, `${what} within ${ms / 1000} s`);
  let watchdog = late('VS Code did not begin the tests', START_TIMEOUT_MS);
  const keepEvidence = async (/** @type {string} */ title) => {
    mkdirSync(failuresDir, { recursive: true });
    const file = path.join(failuresDir, `integration-${name}-${fileNameOf(title)}`);
    writeFileSync(`${file}.log`, vscode?.log() ?? '');
    await vscode?.screenshot(`${file}.png`).catch(() => {});
  };
  const suite = await listenForSuite({
    onStart(version) {
      say(`VS Code ${version}, ${choice.kind === 'desktop' ? 'desktop' : 'server in Chromium'} (${choice.why})`);
      clearTimeout(watchdog);
      watchdog = late('The tests did not end', timeoutMs);
    },
    onLine: say,
    onFailed: keepEvidence,
  });
  const outside = await listenForQuestions(home);
  try {
    const environment = { VSCODE_SUITE_REPORT: suite.address, VSCODE_SUITE_GREP: grep ?? '', VSCODE_SUITE_COLOURS: process.stdout.isTTY ? '1' : '', VSCODE_SUITE_OUTSIDE: outside.address, ...variables };
    vscode = choice.kind === 'desktop' ? beginInDesktop(choice.executable, home, environment) : await beginInServer(findHost(name), home, environment);
    if (vscode.page) await outside.lookAt(vscode.page);
    void tellEnd(vscode, giveUp);
    const tally = await Promise.race([suite.ended, broken]);
    if (tally.problem) await keepEvidence(tally.problem);
    return tally;
  } finally {
    clearTimeout(watchdog);
    suite.close();
    outside.close();
    await vscode?.close();
  }
}

async function tellEnd(/** @type {RunningSuite} */ vscode, /** @type {(problem: string) => void} */ giveUp) {
  giveUp(`VS Code ended before the tests did (${await vscode.ended})`);
}

/** An empty workspace. */
function workspaceIn(/** @type {string} */ home) {
  const folder = path.join(home, 'workspace');
  mkdirSync(folder);
  return folder;
}

/**
 * @param {string} executable
 * @param {string} home a folder for the profile
 * @param {Readonly<Record<string, string>>} environment
 * @returns {RunningSuite}
 */
function beginInDesktop(executable, home, environment) {
  writeSettings(path.join(home, 'user-data'), quietSettings);
  const child = startDesktop(executable, { profile: home, folder: workspaceIn(home), tests: TESTS, environment });
  const { output, ended } = listenTo(child);
  return {
    ended,
    screenshot: async () => {},
    log: output,
    close: () => end(child),
  };
}

/**
 * @param {import('./server.mjs').Host} host
 * @param {string} home a folder for the profile
 * @param {Readonly<Record<string, string>>} environment
 * @returns {Promise<RunningSuite>}
 */
async function beginInServer(host, home, environment) {
  const [server, browser] = await Promise.all([
    startServer(host, { dataDir: home, testDriver: true, environment }),
    launchBrowser({ profile: path.join(home, 'browser') }),
  ]);
  const page = await browser.newPage();
  /** @type {string[]} */
  const messages = [];
  page.on('console', (message) => messages.push(message.text()));
  // The workbench calls these two when a suite logs and when it has ended.
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', () => {});
  await page.goto(windowUrl({ port: server.port, folder: workspaceIn(home), extension: root, tests: TESTS }));
  return {
    page,
    ended: Promise.race([
      server.ended,
      new Promise((resolve) => page.once('crash', () => resolve('its page crashed'))),
      new Promise((resolve) => browser.once('close', () => resolve('its browser ended'))),
    ]),
    screenshot: async (file) => {
      await page.screenshot({ path: file, timeout: 10_000 });
    },
    log: () => [...messages.slice(-500), '', server.output()].join('\n'),
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}
