/** Extensions from their source folders, as if they were installed. */
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root } from './repository.mjs';

/**
 * Puts an extension among the installed ones, by a link: a rebuild and *Reload Window* show a change.
 * @param {string} installed the folder of installed extensions
 * @param {string} source the extension's own folder: this clone's when absent
 */
export function linkExtension(installed, source = root) {
  /** @type {{ publisher: string, name: string, version: string }} */
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  const link = path.join(installed, `${publisher}.${name}-${version}`);
  mkdirSync(installed, { recursive: true });
  // VS Code lists what is in the folder only when it has no list of it yet.
  rmSync(path.join(installed, 'extensions.json'), { force: true });
  rmSync(link, { force: true });
  symlinkSync(source, link, 'junction');
}
