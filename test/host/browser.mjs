/** A Chromium for the VS Code that runs in a browser: an installed one, else one fetched for the purpose. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEnd, run } from './processes.mjs';
import { root } from './repository.mjs';
import { say, seconds } from './say.mjs';

const INSTALL_TIMEOUT_MS = 15 * 60_000;

const LAUNCH_ARGS = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

/** Where Chrome, Chromium and Edge usually are on this system. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': programFiles86, LOCALAPPDATA } = process.env;
    const programs = [ProgramFiles, programFiles86, LOCALAPPDATA].filter((folder) => folder !== undefined);
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((folder) => names.map((name) => path.join(folder, name)));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable'];
  const folders = (process.env['PATH'] ?? '').split(':').concat('/usr/bin', '/opt/google/chrome');
  return names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => path.join(folder, name)));
}

/** An installed browser that Playwright can drive. `CHROMIUM_PATH` names one that is elsewhere. */
async function installedBrowser() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const { chromium } = await import('playwright-core');
  return [...usualPlaces(), chromium.executablePath()].find((file) => existsSync(file));
}

function isDebian() {
  return existsSync('/etc/debian_version') && !/^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Debian's package when this is root on Debian (Ubuntu's is a snap, which containers cannot run), else Playwright's own download. */
async function fetchBrowser() {
  const options = { timeoutMs: INSTALL_TIMEOUT_MS };
  const isRoot = process.getuid?.() === 0;
  if (isRoot && isDebian()) {
    say('No browser found. Installing Debian’s chromium …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { ...options, env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { ...options, env });
    if (await installedBrowser()) return;
  }
  say('No browser found. Downloading Playwright’s Chromium …');
  const playwright = path.join(root, 'node_modules', 'playwright-core', 'cli.js');
  await run(process.execPath, [playwright, 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium'], options);
}

/**
 * The path of a Chromium, fetched first when there is none.
 * @throws {Error} with one sentence for the person when none can be had.
 */
export async function findBrowser() {
  const found = await installedBrowser();
  if (found) return found;
  const began = Date.now();
  await fetchBrowser();
  const fetched = await installedBrowser();
  if (!fetched) throw new Error('No browser could be found or fetched: install Chrome, Chromium or Edge, or set CHROMIUM_PATH to one.');
  say(`Browser ready in ${seconds(Date.now() - began)}.`);
  return fetched;
}

/**
 * Starts a headless Chromium. Closing it is the caller's.
 * @param {{ profile: string, viewport?: { width: number, height: number } }} options `profile`: the folder of what it keeps, secrets among it.
 */
export async function launchBrowser({ profile, viewport = { width: 1400, height: 900 } }) {
  const { chromium } = await import('playwright-core');
  const options = { executablePath: await findBrowser(), args: LAUNCH_ARGS, viewport, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launchPersistentContext(profile, options);
  beforeEnd(() => browser.close());
  return browser;
}
