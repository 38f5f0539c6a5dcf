/** Type checks every world with the compiler options of its own. */
import path from 'node:path';
import { run } from './processes.mjs';
import { root } from './repository.mjs';
import { say } from './say.mjs';

const PROJECTS = ['src/call', 'src/shared', 'src/webview', 'src', 'test'];
const TIMEOUT_MS = 3 * 60_000;

/** Checks all projects, says what is wrong. @returns {Promise<number>} how many have errors. */
export async function check() {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  let broken = 0;
  for (const project of PROJECTS) {
    const { ok, ended } = await run(process.execPath, [compiler, '-p', project], { timeoutMs: TIMEOUT_MS, show: true });
    if (ok) continue;
    broken += 1;
    say(`${project}: ${ended}`);
  }
  return broken;
}

if (process.argv[1] === import.meta.filename) process.exitCode = (await check()) === 0 ? 0 : 1;
