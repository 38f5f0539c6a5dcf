/** The VS Codes that the extension is tested in: each a folder here, with an npm package that carries it as a server. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './repository.mjs';

/** @typedef {'newest' | 'oldest'} HostName */

/** @type {readonly HostName[]} */
export const HOST_NAMES = ['newest', 'oldest'];

/** What tells the processes of a run which VS Code is theirs. */
const VARIABLE = 'VSCODE_TEST_VERSION';

/** The VS Code of this run: the newest when `VSCODE_TEST_VERSION` names none. @throws {Error} for one that does not exist. */
export function hostName() {
  return toHostName(process.env[VARIABLE] || 'newest');
}

/** @returns {HostName} @throws {Error} for one that does not exist. */
export function toHostName(/** @type {string} */ text) {
  const name = HOST_NAMES.find((known) => known === text);
  if (!name) throw new Error(`There is no VS Code "${text}" here, only ${HOST_NAMES.join(' and ')}.`);
  return name;
}

/** The environment in which `hostName` names this one. @returns {Readonly<Record<string, string>>} */
export function environmentOf(/** @type {HostName} */ name) {
  return { [VARIABLE]: name };
}

export function folderOf(/** @type {HostName} */ name) {
  return path.join(root, 'test', 'host', name);
}

/** The npm package inside a host's folder. */
export function packageOf(/** @type {HostName} */ name) {
  return path.join(folderOf(name), 'node_modules', 'code-server');
}

/** `1.139.1`: the VS Code that an installed one is. @returns {string} */
export function versionOf(/** @type {HostName} */ name) {
  return JSON.parse(readFileSync(path.join(packageOf(name), 'lib', 'vscode', 'package.json'), 'utf8')).version;
}
