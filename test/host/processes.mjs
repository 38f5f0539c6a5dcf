/**
 * Processes that a run starts. Each leads a process group of its own, so that what it starts in turn ends with it,
 * and all of them end with the run, however that ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const windows = process.platform === 'win32';

const GRACE_MS = 3000;

/** For a script of ours, which ends what it started before it ends itself. */
export const GRACE_OF_SCRIPTS_MS = 10_000;

/** @type {Set<ChildProcess>} */
const running = new Set();

/** @type {(() => Promise<void>)[]} */
const farewells = [];

let isEnding = false;

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/**
 * Starts a process that ends with this one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: !windows });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** What a terminal inside VS Code adds to the environment would send the new window to the old one. */
export function withoutVSCode(/** @type {NodeJS.ProcessEnv} */ environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE'));
}

/** Sends a signal to a process and all that it started. One that is gone already is no error. */
function signalGroup(/** @type {ChildProcess} */ child, /** @type {NodeJS.Signals} */ signal) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // gone
  }
}

/** Ends a process and all that it started: politely, then by force. */
export async function end(/** @type {ChildProcess} */ child, graceMs = GRACE_MS) {
  if (child.pid === undefined) return;
  const exited = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(force);
  signalGroup(child, 'SIGKILL');
}

/** Hears a process: the last of what it said, and how it ended, in words (`exit code 1`). */
export function listenTo(/** @type {ChildProcess} */ child) {
  let output = '';
  const take = (/** @type {unknown} */ chunk) => {
    output = (output + String(chunk)).slice(-1_000_000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  return { output: () => output, ended };
}

/**
 * Runs a process to its end. Its output is collected, and goes on to ours when `show` is set.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeoutMs: number, show?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, onMessage?: (message: string) => void }} options
 *   `onMessage` opens a channel for `process.send` (of text).
 * @returns {Promise<{ ok: boolean, output: string, ended: string }>} `ended` says how, in words.
 */
export async function run(command, args, { timeoutMs, show = false, cwd, env, onMessage }) {
  const child = start(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? /** @type {const} */ (['ipc']) : [])],
  });
  const heard = listenTo(child);
  if (show) {
    child.stdout?.on('data', (chunk) => process.stdout.write(chunk));
    child.stderr?.on('data', (chunk) => process.stdout.write(chunk));
  }
  child.on('message', (message) => {
    if (typeof message === 'string') onMessage?.(message);
  });
  // What it left running would keep its output open.
  child.once('exit', () => signalGroup(child, 'SIGKILL'));
  let late = false;
  const watchdog = setTimeout(() => {
    late = true;
    void end(child, GRACE_OF_SCRIPTS_MS);
  }, timeoutMs);
  const ended = await heard.ended;
  clearTimeout(watchdog);
  if (late) return { ok: false, output: heard.output(), ended: `took longer than ${timeoutMs / 1000} s` };
  return { ok: child.exitCode === 0, output: heard.output(), ended };
}

/**
 * Starts a process and waits until it says that it is ready.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ name: string, ready: RegExp, timeoutMs: number, env: NodeJS.ProcessEnv }} options `ready`: its words; their first group is the result's `said`.
 * @throws {Error} with its output when it ends or stays silent instead.
 */
export async function startService(command, args, { name, ready, timeoutMs, env }) {
  const child = start(command, args, { env });
  const { output, ended } = listenTo(child);
  /** @type {(problem: string) => void} */
  let fail = () => {};
  const silence = setTimeout(() => fail(`nothing heard for ${timeoutMs / 1000} s`), timeoutMs);
  try {
    /** @type {string} */
    const said = await new Promise((resolve, reject) => {
      fail = (how) => reject(new Error(`${name} did not start (${how}):\n${output().slice(-3000)}`));
      void ended.then((how) => fail(how));
      const look = () => {
        const match = ready.exec(output());
        if (match) resolve(match[1] ?? '');
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
    });
    return { child, said, output, ended };
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    clearTimeout(silence);
  }
}

/** Does something more before the run ends on a signal. */
export function beforeEnd(/** @type {() => Promise<void>} */ work) {
  farewells.push(work);
}

/**
 * Ends the run, and first all that it started, on Ctrl-C, on a polite request to end and when the terminal goes away.
 * @param {{ exitCode: number, graceMs?: number }} options
 */
export function endOnSignals({ exitCode, graceMs = GRACE_MS }) {
  const endAll = async () => {
    isEnding = true;
    await Promise.allSettled([...farewells.map((work) => work()), ...[...running].map((child) => end(child, graceMs))]);
    process.exit(exitCode);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void endAll());
  if (process.env['npm_lifecycle_event']) onceOrphaned(() => void endAll());
}

/** The shell that npm puts between does not pass on the signal that ends it. */
function onceOrphaned(/** @type {() => void} */ act) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, 1000).unref();
}

/** Ends this process, unless a signal is ending it already. */
export function exit(/** @type {number} */ exitCode) {
  if (!isEnding) process.exit(exitCode);
}
