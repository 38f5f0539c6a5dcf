/**
 * `npm run bench`: measures the recording player and prints a table (`test/bench/README.md`).
 * Flags: `--runs N` (5), `--grep WORDS` (of recordings' names), `--only host` or `--only window`.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS, run } from './processes.mjs';
import { requireNode, root } from './repository.mjs';
import { messageOf, say } from './say.mjs';

const TIMEOUT_MS = 60 * 60_000;

async function main() {
  const { runs, grep, only } = parseArgs({ options: { runs: { type: 'string', default: '5' }, grep: { type: 'string' }, only: { type: 'string' } } }).values;
  requireNode();
  await installPackages(root);
  const [{ installHost }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  await installHost();
  await findBrowser();
  await build({ tests: true });
  const job = { runs: Number(runs), parts: only === undefined ? ['host', 'window'] : [only], ...(grep !== undefined && { grep }) };
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
