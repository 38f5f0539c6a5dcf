/**
 * Processes that a run starts. Each leads a process group of its own, so that what it starts in turn ends with it,
 * and all of them end with the run, however that ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const windows = process.platform === 'win32';

/** @type {Set<ChildProcess>} */
const running = new Set();

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

/** Ends a process and all that it started: politely, then by force after three seconds. */
export async function end(/** @type {ChildProcess} */ child) {
  const exited = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
  await exited;
  clearTimeout(force);
  signalGroup(child, 'SIGKILL');
}

/**
 * Runs a process to its end. Its output goes on to ours when `show` is set, and is collected in any case (the last million characters).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   timeoutMs: number, show?: boolean, cwd?: string, env?: NodeJS.ProcessEnv,
 *   onMessage?: (message: string) => void,
 * }} options `onMessage` opens a channel for `process.send` (of text).
 * @returns {Promise<{ ok: boolean, output: string, ended: string }>} `ended` says how, in words: `exit code 1`, `took longer than 60 s`.
 */
export async function run(command, args, { timeoutMs, show = false, cwd, env, onMessage }) {
  const child = start(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? /** @type {const} */ (['ipc']) : [])],
  });
  let output = '';
  let late = false;
  const take = (/** @type {Buffer} */ chunk) => {
    output = (output + String(chunk)).slice(-1_000_000);
    if (show) process.stdout.write(chunk);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.on('message', (message) => {
    if (typeof message === 'string') onMessage?.(message);
  });
  child.once('exit', () => signalGroup(child, 'SIGKILL'));
  const watchdog = setTimeout(() => {
    late = true;
    void end(child);
  }, timeoutMs);
  try {
    const [code, signal] = await once(child, 'close');
    const ended = signal ? `ended by ${signal}` : `exit code ${code}`;
    return { ok: code === 0 && !late, output, ended: late ? `took longer than ${timeoutMs / 1000} s` : ended };
  } catch (error) {
    return { ok: false, output, ended: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(watchdog);
  }
}

/** Ends the run on Ctrl-C, on a polite request to end and when the terminal goes away; processes started here end with it. */
export function endOnSignals(/** @type {number} */ exitCode, beforeExit = () => {}) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      beforeExit();
      process.exit(exitCode);
    });
  }
}
