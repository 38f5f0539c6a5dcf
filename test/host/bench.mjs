/**
 * `npm run bench`: measures what the extension costs, and prints a table (`test/bench/README.md`).
 * Flags: `--runs N` (5), `--only PART,PART` (of those below), `--grep WORDS` (of recordings' names), `--save` (the figures into `test/bench/FIGURES.md`).
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS, run } from './processes.mjs';
import { requireNode, root } from './repository.mjs';
import { messageOf, say } from './say.mjs';

const TIMEOUT_MS = 60 * 60_000;
const PARTS = ['start', 'lookup', 'page', 'tree', 'scan', 'size', 'memory', 'host', 'window'];

async function main() {
  const { runs, grep, only, save } = parseArgs({
    options: { runs: { type: 'string', default: '5' }, grep: { type: 'string' }, only: { type: 'string' }, save: { type: 'boolean', default: false } },
  }).values;
  const parts = only?.split(',') ?? PARTS;
  const [stranger] = parts.filter((part) => !PARTS.includes(part));
  if (stranger !== undefined) throw new Error(`There is no part “${stranger}”, only ${PARTS.join(', ')}.`);
  requireNode();
  await installPackages(root);
  const [{ installHost }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  await installHost();
  await findBrowser();
  await build({ tests: true, production: true });
  const job = { runs: Number(runs), parts, saves: save, ...(grep !== undefined && { grep }) };
  const { ok, ended } = await run(process.execPath, [path.join('out', 'bench', 'bench.js'), JSON.stringify(job)], { timeoutMs: TIMEOUT_MS, show: true });
  if (!ok) throw new Error(`The bench did not come to its end (${ended}).`);
}

endOnSignals({ exitCode: 1, graceMs: GRACE_OF_SCRIPTS_MS });
try {
  await main();
  exit(0);
} catch (error) {
  say(messageOf(error));
  exit(1);
}
