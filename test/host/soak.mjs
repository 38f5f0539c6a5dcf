/**
 * `npm run soak`: a long day of work in VS Code, and whether anything of it stays (`test/soak/README.md`).
 * `--short`: as much as `npm test` does of it. The last line is `N passed, N failed`; the exit code is 0 only when all is well.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { chooseHost } from './choose.mjs';
import { hostName } from './hosts.mjs';
import { runIntegration } from './integration.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS } from './processes.mjs';
import { failuresDir, requireNode, root } from './repository.mjs';
import { messageOf, say } from './say.mjs';

const TIMEOUT_MS = 90 * 60_000;

/** @returns {Promise<import('./report.mjs').Tally>} */
async function soak() {
  const { short } = parseArgs({ options: { short: { type: 'boolean', default: false } } }).values;
  requireNode();
  rmSync(failuresDir, { recursive: true, force: true });
  await installPackages(root);
  const [{ installHost }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  await installHost();
  await findBrowser();
  await build({ tests: true });
  return runIntegration(hostName(), await chooseHost({ wanted: 'server' }), { grep: '^A long day', timeoutMs: TIMEOUT_MS, variables: { EXOTEL_SOAK: short ? 'short' : 'full' } });
}

endOnSignals({ exitCode: 130, graceMs: GRACE_OF_SCRIPTS_MS });
const { passed, failed, problem } = await soak().catch((error) => ({ passed: 0, failed: 1, problem: messageOf(error) }));
if (problem) say(problem);
const failures = problem ? Math.max(1, failed) : failed;
say(`\n${passed} passed, ${failures} failed`);
exit(failures === 0 && passed > 0 ? 0 : 1);
