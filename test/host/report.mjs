/** What the suite inside VS Code tells the run outside of it: one JSON object a line, over a socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * How a stage of tests went. `problem`: why its figures cannot be trusted (a crash, a time-out, nothing run).
 * @typedef {{ passed: number, failed: number, problem?: string }} Tally
 *
 * @typedef {{ event: 'start', version: string } | { event: 'line', line: string } | { event: 'failed', title: string }
 *   | ({ event: 'end' } & Tally)} SuiteEvent
 */

/** Where a suite can reach us: a named pipe on Windows, elsewhere a socket in a new folder (their paths must be short). */
export function newAddress() {
  if (process.platform === 'win32') return { address: `\\\\.\\pipe\\vscode-suite-${process.pid}-${Date.now()}`, dispose() {} };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'suite-'));
  return { address: path.join(folder, 's'), dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The suite waits for a word before it goes on. */
async function goOnAfter(/** @type {Promise<void>} */ work, /** @type {net.Socket} */ socket) {
  await work;
  socket.write('go on\n');
}

/**
 * Listens for one suite.
 * @param {{ onStart(version: string): void, onLine(line: string): void, onFailed(title: string): Promise<void> }} hear
 *   `onFailed`: the suite waits until it is done.
 */
export async function listenForSuite(hear) {
  const place = newAddress();
  /** @type {(tally: Tally) => void} */
  let settle = () => {};
  /** @type {Promise<Tally>} */
  const ended = new Promise((resolve) => {
    settle = resolve;
  });
  const server = net.createServer((socket) => {
    const lines = createInterface({ input: socket });
    lines.on('line', (text) => {
      /** @type {SuiteEvent} */
      const message = JSON.parse(text);
      if (message.event === 'start') hear.onStart(message.version);
      if (message.event === 'line') hear.onLine(message.line);
      if (message.event === 'failed') void goOnAfter(hear.onFailed(message.title), socket);
      if (message.event === 'end') settle(message);
    });
    lines.on('close', () => settle({ passed: 0, failed: 0, problem: 'VS Code’s extension host ended before the tests did' }));
    socket.on('error', () => {});
  });
  await new Promise((resolve) => server.listen(place.address, () => resolve(undefined)));
  return {
    address: place.address,
    ended,
    close() {
      server.close();
      place.dispose();
    },
  };
}
