/** Installs npm packages where they are missing or not those of the lock file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './processes.mjs';
import { root } from './repository.mjs';
import { say, seconds } from './say.mjs';

const TIMEOUT_MS = 15 * 60_000;

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** The packages of a lock file by their folder, or none when it cannot be read. */
function lockedPackages(/** @type {string} */ file) {
  try {
    /** @type {{ packages: LockedPackages }} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return lock.packages;
  } catch {
    return {};
  }
}

/** Whether what npm last installed in a folder (it writes that down) is what the lock file asks for. */
function isInstalled(/** @type {string} */ folder) {
  const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
  const present = lockedPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  const isThere = (/** @type {string} */ where) => present[where] !== undefined && present[where].version === wanted[where]?.version;
  return (
    Object.entries(wanted).every(([where, { optional }]) => where === '' || (optional && !present[where]) || isThere(where)) &&
    Object.keys(present).every((where) => wanted[where] !== undefined)
  );
}

/**
 * Runs npm: the one that started this run, where one did.
 * @param {readonly string[]} args
 * @param {{ timeoutMs: number, cwd?: string }} options
 */
export function runNpm(args, options) {
  const { npm_execpath: script } = process.env;
  return script ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}

/** `npm ci` in a folder, unless what is there is right already. Install scripts are never run. */
export async function installPackages(/** @type {string} */ folder) {
  if (isInstalled(folder)) return;
  const name = path.relative(root, folder) || 'the project';
  say(`Installing npm packages of ${name} …`);
  const began = Date.now();
  const { ok, output, ended } = await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { timeoutMs: TIMEOUT_MS, cwd: folder });
  if (!ok) throw new Error(`npm could not install the packages of ${name} (${ended}):\n${output.slice(0, 3000)}`);
  say(`Installed in ${seconds(Date.now() - began)}.`);
}
