/**
 * `npm test`: installs, builds, checks and tests everything, from a bare clone.
 * Flags: `--only unit,integration,…` (see `stages`), `--host newest` or `oldest` (else both), `--grep PATTERN` (of test titles).
 * The last line is `N passed, N failed`; the exit code is 0 only when all is well.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { chooseHost } from './choose.mjs';
import { environmentOf, HOST_NAMES, toHostName, versionOf } from './hosts.mjs';
import { installPackages } from './packages.mjs';
import { endOnSignals, exit, GRACE_OF_SCRIPTS_MS, run } from './processes.mjs';
import { failuresDir, requireNode, root } from './repository.mjs';
import { messageOf, say, seconds } from './say.mjs';

/** @typedef {import('./report.mjs').Tally} Tally */
/** @typedef {import('./hosts.mjs').HostName} HostName */

const LINT_TIMEOUT_MS = 5 * 60_000;

const { only, host, grep } = readFlags();

/**
 * A part of the run that needs no VS Code. `hasTests`: at least one must run.
 * @typedef {{ title: string, hasTests: boolean, run(): Promise<Tally> }} Stage
 */

/** A part of the run that is done in each VS Code. @typedef {{ title: (name: HostName) => string, run: (name: HostName) => Promise<Tally> }} StageInVSCode */

/** @type {Record<string, Stage>} */
const stages = {
  check: { title: 'Type check', hasTests: false, run: async () => ({ passed: 0, failed: await check() }) },
  lint: { title: 'Lint', hasTests: false, run: lint },
  unit: {
    title: 'Unit tests',
    hasTests: true,
    run: () => runMocha('unit', { reporter: 'dot', testMs: 30_000, stageMs: 5 * 60_000 }),
  },
};

/** @type {Record<string, StageInVSCode>} */
const stagesInVSCode = {
  integration: { title: (name) => `Integration tests, inside the ${name} VS Code`, run: runIntegration },
  ui: {
    title: (name) => `UI tests, on the workbench of the ${name} VS Code, ${versionOf(name)}`,
    run: (name) => runMocha('ui', { reporter: 'spec', testMs: 60_000, stageMs: 25 * 60_000, env: environmentOf(name) }),
  },
  package: {
    title: (name) => `Package tests, with the ${name} VS Code, ${versionOf(name)}`,
    run: (name) => runMocha('package', { reporter: 'spec', testMs: 120_000, stageMs: 8 * 60_000, env: environmentOf(name) }),
  },
};

function readFlags() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, host: { type: 'string' }, grep: { type: 'string' } } }).values;
  } catch (error) {
    say(`${messageOf(error)}\n\n0 passed, 1 failed`);
    process.exit(1);
  }
}

async function installVSCodes(/** @type {readonly HostName[]} */ names) {
  const [{ installHost }, { findBrowser }] = await Promise.all([import('./server.mjs'), import('./browser.mjs')]);
  for (const name of names) await installHost(name);
  say(`VS Code ${names.map(versionOf).join(' and ')} (server) in ${await findBrowser()}`);
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
 * @param {{ reporter: string, testMs: number, stageMs: number, env?: NodeJS.ProcessEnv }} options
 *   `testMs`, `stageMs`: how long one test and all may take.
 * @returns {Promise<Tally>}
 */
async function runMocha(folder, { reporter, testMs, stageMs, env }) {
  const suite = { files: suitesOf(folder), reporter, timeoutMs: testMs, ...(grep !== undefined && { grep }) };
  /** @type {Tally | undefined} */
  let tally;
  const { ended } = await run(process.execPath, [path.join('test', 'host', 'mocha.mjs'), JSON.stringify(suite)], {
    timeoutMs: stageMs,
    show: true,
    env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
    onMessage: (message) => {
      tally = JSON.parse(message);
    },
  });
  return tally ?? { passed: 0, failed: 0, problem: `The tests did not end by themselves: ${ended}` };
}

async function runIntegration(/** @type {HostName} */ name) {
  const integration = await import('./integration.mjs');
  return integration.runIntegration(name, await chooseHost({ name }), grep === undefined ? {} : { grep });
}

/** The names of the stages that were asked for. */
function stagesAskedFor() {
  const known = [...Object.keys(stages), ...Object.keys(stagesInVSCode)];
  const names = only?.split(',') ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no stage "${unknown}", only ${known.join(', ')}.`);
  return names;
}

/** What is to be run, stage by stage: the package tests come last, as they build anew for the package. @returns {readonly Stage[]} */
function toRun(/** @type {readonly string[]} */ names, /** @type {readonly HostName[]} */ hosts) {
  const isAskedFor = (/** @type {[string, unknown]} */ [name]) => names.includes(name);
  const once = Object.entries(stages).filter(isAskedFor).map(([, stage]) => stage);
  const inVSCode = Object.entries(stagesInVSCode).filter(isAskedFor).map(([, stage]) => stage);
  const inEach = inVSCode.flatMap(({ title, run }) => hosts.map((host) => ({ title: title(host), hasTests: true, run: () => run(host) })));
  return [...once, ...inEach];
}

/** Runs a stage. One that broke, or ran no test at all, counts as one failure. @returns {Promise<Tally>} */
async function runStage(/** @type {Stage} */ stage) {
  say(`\n── ${stage.title}`);
  const began = Date.now();
  const tally = await stage.run().catch((error) => ({ passed: 0, failed: 0, problem: messageOf(error) }));
  const isEmpty = stage.hasTests && tally.passed + tally.failed === 0 && grep === undefined;
  const problem = tally.problem ?? (isEmpty ? 'No test ran.' : undefined);
  if (problem) say(problem);
  const failed = problem ? Math.max(1, tally.failed) : tally.failed;
  say(`${summary(stage.hasTests, tally.passed, failed)} in ${seconds(Date.now() - began)}`);
  return { passed: tally.passed, failed };
}

function summary(/** @type {boolean} */ hasTests, /** @type {number} */ passed, /** @type {number} */ failed) {
  if (hasTests) return `${passed} passed, ${failed} failed`;
  return failed === 0 ? 'all well' : 'FAILED';
}

/** Runs what was asked for and returns the figures over all of it. @returns {Promise<Tally>} */
async function main() {
  const names = stagesAskedFor();
  const hosts = host === undefined ? HOST_NAMES : [toHostName(host)];
  requireNode();
  rmSync(failuresDir, { recursive: true, force: true });
  await installPackages(root);
  if (names.some((name) => name in stagesInVSCode)) await installVSCodes(hosts);
  await build({ tests: true });
  const total = { passed: 0, failed: 0 };
  for (const stage of toRun(names, hosts)) {
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
