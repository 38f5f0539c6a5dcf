/**
 * `npm test`: installs, builds, checks and tests everything, from a bare clone.
 * Flags: `--only unit,integration,…` (see `stages`), `--grep PATTERN` (of test titles).
 * The last line is `N passed, N failed`; the exit code is 0 only when all is well.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { chooseHost } from './choose.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS, run } from './processes.mjs';
import { failuresDir, requireNode, root } from './repository.mjs';
import { messageOf, say, seconds } from './say.mjs';

/** @typedef {import('./report.mjs').Tally} Tally */

const LINT_TIMEOUT_MS = 5 * 60_000;

const { only, grep } = readFlags();

/**
 * A part of the run. `kind`: whether it has tests (at least one must run), and whether they need a VS Code.
 * @typedef {{ title: string, kind: 'check' | 'tests' | 'testsInVSCode', run(): Promise<Tally> }} Stage
 */

/** @type {Record<string, Stage>} */
const stages = {
  check: { title: 'Type check', kind: 'check', run: async () => ({ passed: 0, failed: await check() }) },
  lint: { title: 'Lint', kind: 'check', run: lint },
  unit: {
    title: 'Unit tests',
    kind: 'tests',
    run: () => runMocha('unit', { reporter: 'dot', testMs: 30_000, stageMs: 5 * 60_000 }),
  },
  integration: { title: 'Integration tests, inside VS Code', kind: 'testsInVSCode', run: runIntegration },
  ui: {
    title: 'UI tests, on the workbench',
    kind: 'testsInVSCode',
    run: () => runMocha('ui', { reporter: 'spec', testMs: 60_000, stageMs: 15 * 60_000 }),
  },
  package: {
    title: 'Package tests',
    kind: 'testsInVSCode',
    run: () => runMocha('package', { reporter: 'spec', testMs: 120_000, stageMs: 8 * 60_000 }),
  },
};

function readFlags() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } }).values;
  } catch (error) {
    say(`${messageOf(error)}\n\n0 passed, 1 failed`);
    process.exit(1);
  }
}

async function installVSCode() {
  const [{ installHost, versionOf }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  const host = await installHost();
  say(`VS Code ${versionOf(host)} (server) in ${await findBrowser()}`);
}

async function lint() {
  const oxlint = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { ok, ended } = await run(process.execPath, [oxlint, '--type-aware', '--deny-warnings'], { timeoutMs: LINT_TIMEOUT_MS, show: true });
  if (!ok) say(`oxlint: ${ended}`);
  return { passed: 0, failed: ok ? 0 : 1 };
}

/** The compiled suites of a folder of `test/`. */
function suitesOf(/** @type {string} */ folder) {
  const compiled = path.join(root, 'out', folder);
  if (!existsSync(compiled)) return [];
  const names = readdirSync(compiled, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  return names.toSorted().map((name) => path.join(compiled, name));
}

/**
 * Runs the suites of a folder in a Node process of their own.
 * @param {string} folder
 * @param {{ reporter: string, testMs: number, stageMs: number }} options `testMs`, `stageMs`: how long one test and all may take.
 * @returns {Promise<Tally>}
 */
async function runMocha(folder, { reporter, testMs, stageMs }) {
  const suite = { files: suitesOf(folder), reporter, timeoutMs: testMs, ...(grep !== undefined && { grep }) };
  /** @type {Tally | undefined} */
  let tally;
  const { ended } = await run(process.execPath, [path.join('test', 'host', 'mocha.mjs'), JSON.stringify(suite)], {
    timeoutMs: stageMs,
    show: true,
    env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    onMessage: (message) => {
      tally = JSON.parse(message);
    },
  });
  return tally ?? { passed: 0, failed: 0, problem: `The tests did not end by themselves: ${ended}` };
}

async function runIntegration() {
  const integration = await import('./integration.mjs');
  return integration.runIntegration(await chooseHost(), grep === undefined ? {} : { grep });
}

/** The stages that were asked for. @returns {readonly Stage[]} */
function stagesAskedFor() {
  const names = only?.split(',') ?? Object.keys(stages);
  return names.map((name) => {
    const stage = stages[name];
    if (!stage) throw new Error(`There is no stage "${name}", only ${Object.keys(stages).join(', ')}.`);
    return stage;
  });
}

/** Runs a stage. One that broke, or ran no test at all, counts as one failure. @returns {Promise<Tally>} */
async function runStage(/** @type {Stage} */ stage) {
  say(`\n── ${stage.title}`);
  const began = Date.now();
  const tally = await stage.run().catch((error) => ({ passed: 0, failed: 0, problem: messageOf(error) }));
  const hasTests = stage.kind !== 'check';
  const isEmpty = hasTests && tally.passed + tally.failed === 0 && grep === undefined;
  const problem = tally.problem ?? (isEmpty ? 'No test ran.' : undefined);
  if (problem) say(problem);
  const failed = problem ? Math.max(1, tally.failed) : tally.failed;
  say(`${summary(hasTests, tally.passed, failed)} in ${seconds(Date.now() - began)}`);
  return { passed: tally.passed, failed };
}

function summary(/** @type {boolean} */ hasTests, /** @type {number} */ passed, /** @type {number} */ failed) {
  if (hasTests) return `${passed} passed, ${failed} failed`;
  return failed === 0 ? 'all well' : 'FAILED';
}

/** Runs what was asked for and returns the figures over all of it. @returns {Promise<Tally>} */
async function main() {
  const todo = stagesAskedFor();
  requireNode();
  rmSync(failuresDir, { recursive: true, force: true });
  await installPackages(root);
  if (todo.some(({ kind }) => kind === 'testsInVSCode')) await installVSCode();
  await build({ tests: true });
  const total = { passed: 0, failed: 0 };
  for (const stage of todo) {
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
  }
  if (grep !== undefined && total.passed + total.failed === 0) throw new Error(`No test matches ${grep}.`);
  return total;
}

endOnSignals({ exitCode: 130, graceMs: GRACE_OF_SCRIPTS_MS });
const total = await main().catch((error) => {
  say(messageOf(error));
  return { passed: 0, failed: 1 };
});
if (existsSync(failuresDir)) say(`\nScreenshots and logs of failures: ${path.relative(root, failuresDir)}`);
say(`\n${total.passed} passed, ${total.failed} failed`);
exit(total.failed === 0 ? 0 : 1);
