/** Where things are. Every script here runs at the clone's root: npm starts them there. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = process.cwd();

/** Screenshots and logs of what failed. */
export const failuresDir = path.join(root, 'out', 'failures');

/** What `npm start` keeps from one run to the next: profiles, settings, secrets. */
export const demoDir = path.join(root, 'out', 'demo');

/** The folder that `npm start` opens. */
export const sampleWorkspace = path.join(root, 'out', 'demo-workspace');

/** @throws {Error} with a sentence when this Node is older than the tools here allow. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
}

/** A new folder that goes when this process ends. Its path is short, as those of sockets must be. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'exotel-'));
  temporaryFolders.push(folder);
  return folder;
}

/** @type {string[]} */
const temporaryFolders = [];

process.once('exit', () => {
  for (const folder of temporaryFolders) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something still writes to it: the system clears its temporary folder some day.
    }
  }
});

/** A file name made of any text: `First run › welcomes` → `First-run-welcomes`. */
export function fileNameOf(/** @type {string} */ text) {
  const name = text.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');
  if (name.length <= 80) return name;
  return `${name.slice(0, 70)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
