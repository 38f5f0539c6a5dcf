/** Desktop VS Code: find one, fetch one, start one. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { versionOf } from './hosts.mjs';
import { start, withoutVSCode } from './processes.mjs';
import { root } from './repository.mjs';

const DOWNLOAD_SERVER = 'https://update.code.visualstudio.com/api/releases/stable?released=true';
const DOWNLOAD_SERVER_TIMEOUT_MS = 4000;

/**
 * Where a desktop VS Code comes from: one that is there, one that can be fetched, or why there is none.
 * @typedef {{ executable: string, why: string } | { fetch(): Promise<string>, why: string } | { problem: string }} Desktop
 */

/**
 * Looks for a desktop VS Code that can be used here: an earlier download, or the download server; before these, as the newest,
 * `VSCODE_PATH` and `code` on the PATH.
 * @param {import('./hosts.mjs').HostName} name
 * @returns {Promise<Desktop>}
 */
export async function findDesktop(name) {
  const { VSCODE_PATH, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_PATH && name === 'newest') return { executable: VSCODE_PATH, why: 'VSCODE_PATH names it' };
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return { problem: 'no display for a desktop VS Code' };
  const installed = name === 'newest' ? installedExecutable() : undefined;
  if (installed) return { executable: installed, why: 'it is installed' };
  const cache = cacheOf(name);
  const isFetched = existsSync(cache) && readdirSync(cache).some((folder) => existsSync(path.join(cache, folder, 'is-complete')));
  const get = () => fetchDesktop(name);
  if (isFetched) return { fetch: get, why: 'it was downloaded before' };
  try {
    const answer = await fetch(DOWNLOAD_SERVER, { signal: AbortSignal.timeout(DOWNLOAD_SERVER_TIMEOUT_MS) });
    if (answer.ok) return { fetch: get, why: 'it can be downloaded' };
    return { problem: `the download server of desktop VS Code answers ${answer.status}` };
  } catch {
    return { problem: 'no desktop VS Code installed, and its download server does not answer' };
  }
}

/** A folder for each: without network the newest of those in its folder is taken for the newest. */
function cacheOf(/** @type {import('./hosts.mjs').HostName} */ name) {
  return path.join(root, '.vscode-test', name);
}

/** Downloads a VS Code, unless it is there: the newest, or the very version that the server of the same name is. */
async function fetchDesktop(/** @type {import('./hosts.mjs').HostName} */ name) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const cachePath = cacheOf(name);
  mkdirSync(cachePath, { recursive: true });
  return downloadAndUnzipVSCode({ version: name === 'newest' ? 'stable' : versionOf(name), cachePath, extractSync: true });
}

/** The program behind `code` on the PATH (which is a script beside it), or one in the usual place of macOS. */
function installedExecutable() {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  if (process.platform === 'win32') return firstProgram(folders.map((folder) => path.join(folder, '..', 'Code.exe')));
  const scripts = folders.map((folder) => path.join(folder, 'code')).filter((file) => existsSync(file));
  const bins = scripts.map((file) => path.dirname(realpathSync(file)));
  if (process.platform === 'linux') return firstProgram(bins.map((bin) => path.join(bin, '..', 'code')));
  const contents = [...bins.map((bin) => path.join(bin, '..', '..', '..')), '/Applications/Visual Studio Code.app/Contents'];
  return firstProgram(contents.flatMap((folder) => ['Code', 'Electron'].map((name) => path.join(folder, 'MacOS', name))));
}

function firstProgram(/** @type {readonly string[]} */ files) {
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Starts desktop VS Code with the extension of this clone and a profile of its own.
 * @param {string} executable
 * @param {{ profile: string, folder: string, tests?: string, environment?: Readonly<Record<string, string>> }} options
 *   `profile`: the folder that holds its `user-data` and `extensions`. `tests`: the entry of a suite to run in it.
 */
export function startDesktop(executable, { profile, folder, tests, environment }) {
  const args = [
    folder,
    '--new-window',
    '--disable-updates',
    '--disable-workspace-trust',
    '--skip-release-notes',
    '--skip-welcome',
    `--extensionDevelopmentPath=${root}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    `--user-data-dir=${path.join(profile, 'user-data')}`,
    ...(tests === undefined ? [] : [`--extensionTestsPath=${tests}`]),
    // Downloads have no sandbox helper that root owns, and not every machine has a keyring.
    ...(process.platform === 'linux' ? ['--no-sandbox', '--disable-gpu-sandbox', '--password-store=basic'] : []),
  ];
  return start(executable, args, { env: { ...withoutVSCode(process.env), ...environment } });
}
