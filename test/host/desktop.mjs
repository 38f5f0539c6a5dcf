/** Desktop VS Code: find one, fetch one, start one. */
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { start, withoutVSCode } from './processes.mjs';
import { root } from './repository.mjs';

const DOWNLOAD_SERVER = 'https://update.code.visualstudio.com/api/releases/stable?released=true';
const DOWNLOAD_SERVER_TIMEOUT_MS = 4000;

/**
 * Where a desktop VS Code comes from: one that is there, one that can be fetched, or why there is none.
 * @typedef {{ executable: string, why: string } | { fetch(): Promise<string>, why: string } | { problem: string }} Desktop
 */

/** Looks for a desktop VS Code that can be used here: `VSCODE_PATH`, `code` on the PATH, an earlier download, the download server. @returns {Promise<Desktop>} */
export async function findDesktop() {
  const { VSCODE_PATH, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_PATH) return { executable: VSCODE_PATH, why: 'VSCODE_PATH names it' };
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return { problem: 'no display for a desktop VS Code' };
  const installed = installedExecutable();
  if (installed) return { executable: installed, why: 'it is installed' };
  const cache = path.join(root, '.vscode-test');
  const isFetched = existsSync(cache) && readdirSync(cache).some((name) => existsSync(path.join(cache, name, 'is-complete')));
  if (isFetched) return { fetch: fetchDesktop, why: 'it was downloaded before' };
  try {
    const answer = await fetch(DOWNLOAD_SERVER, { signal: AbortSignal.timeout(DOWNLOAD_SERVER_TIMEOUT_MS) });
    if (answer.ok) return { fetch: fetchDesktop, why: 'it can be downloaded' };
    return { problem: `the download server of desktop VS Code answers ${answer.status}` };
  } catch {
    return { problem: 'no desktop VS Code installed, and its download server does not answer' };
  }
}

/** Downloads the newest VS Code into `.vscode-test`, unless it is there. */
async function fetchDesktop() {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ version: 'stable', extractSync: true });
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
