/**
 * `npm start`: from a bare clone to a VS Code with the extension, the sample accounts and a workspace that mentions their calls.
 * Flags: `--web` (VS Code in a browser even where a desktop one could be had), `--empty` (no account),
 * `--prepare` (opens nothing: for F5 in VS Code), and `--shot FILE.png` (looks a sample call up in a headless browser, saves a
 * picture and ends) with `--theme dark|light|hc-dark|hc-light`, `--width PIXELS`, `--account ID` (of a sample account) and `--sid SID`.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { chooseHost } from './choose.mjs';
import { prepareProfile, writeSampleWorkspace } from './demo.mjs';
import { startDesktop } from './desktop.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS, listenTo, run } from './processes.mjs';
import { failuresDir, requireNode, root } from './repository.mjs';
import { messageOf, say, seconds } from './say.mjs';

const SHOT_TIMEOUT_MS = 5 * 60_000;

const FLAGS = /** @type {const} */ ({
  web: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  prepare: { type: 'boolean', default: false },
  shot: { type: 'string' },
  theme: { type: 'string' },
  width: { type: 'string' },
  account: { type: 'string' },
  sid: { type: 'string' },
});

async function prepare(/** @type {{ tests: boolean }} */ { tests }) {
  requireNode();
  await installPackages(root);
  const began = Date.now();
  await build({ tests });
  say(`Built the extension in ${seconds(Date.now() - began)}.`);
}

/** Opens desktop VS Code and waits until it is closed. */
async function openDesktop(/** @type {string} */ executable, /** @type {boolean} */ empty) {
  const child = startDesktop(executable, { profile: prepareProfile('desktop', { empty }), folder: writeSampleWorkspace() });
  say('VS Code is open. Close it, or press Ctrl-C here, to end.');
  const ended = await listenTo(child).ended;
  if (child.exitCode !== 0) throw new Error(`VS Code ended: ${ended}.`);
}

/** Starts VS Code's server for a browser and waits until it ends, which it does not by itself. */
async function openWeb(/** @type {boolean} */ empty) {
  const [{ installHost }, { startWeb, openInBrowser }] = await Promise.all([import('./server.mjs'), import('./web.mjs')]);
  const { url, ended } = await startWeb(await installHost(), { profile: prepareProfile('web', { empty }), folder: writeSampleWorkspace(), keepPort: !empty });
  say(`VS Code is open at ${url}`);
  say('Press Ctrl-C to end.');
  openInBrowser(url);
  throw new Error(`VS Code’s server ended: ${await ended}.`);
}

/** Does the main job in a headless browser and saves a picture of it. */
async function takeShot(/** @type {string} */ file, /** @type {{ theme?: string, width?: string, account?: string, sid?: string }} */ { theme, width, ...which }) {
  const [{ installHost }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  await installHost();
  await findBrowser();
  writeSampleWorkspace();
  rmSync(failuresDir, { recursive: true, force: true });
  const { INIT_CWD = process.cwd() } = process.env;
  const job = { file: path.resolve(INIT_CWD, file), theme: theme ?? 'dark', width: Number(width ?? 1400), ...which };
  const { ok, ended } = await run(process.execPath, [path.join('out', 'ui', 'shot.js'), JSON.stringify(job)], { timeoutMs: SHOT_TIMEOUT_MS, show: true });
  if (!ok) throw new Error(`The main job was not done (${ended}). Where it got to: ${path.relative(root, failuresDir)}`);
}

async function main() {
  const { web, empty, prepare: onlyPrepare, shot, ...look } = parseArgs({ options: FLAGS }).values;
  if (shot !== undefined) {
    await prepare({ tests: true });
    await takeShot(shot, look);
    return;
  }
  await prepare({ tests: false });
  if (onlyPrepare) {
    prepareProfile('desktop', { empty });
    writeSampleWorkspace();
    return;
  }
  const choice = await chooseHost(web ? { wanted: 'server' } : {});
  if (choice.kind === 'desktop') await openDesktop(choice.executable, empty);
  else {
    if (!web) say(`VS Code in a browser, because: ${choice.why}.`);
    await openWeb(empty);
  }
}

endOnSignals({ exitCode: 0, graceMs: GRACE_OF_SCRIPTS_MS });
try {
  await main();
  exit(0);
} catch (error) {
  say(messageOf(error));
  exit(1);
}
