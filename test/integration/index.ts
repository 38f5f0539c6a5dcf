/** Runs the integration suites inside VS Code's extension host, and reports over a socket to the run that started it. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as net from 'node:net';
import * as path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';

const TEST_TIMEOUT_MS = 20_000;
const EVIDENCE_TIMEOUT_MS = 15_000;

interface Report {
  send(message: object): void;
  /** Sends, and waits for the answer. */
  ask(message: object): Promise<void>;
  end(): Promise<void>;
}

/** The entry point that VS Code calls. */
export async function run(): Promise<void> {
  const { VSCODE_SUITE_REPORT: address, VSCODE_SUITE_GREP: grep, VSCODE_SUITE_COLOURS: colours } = process.env;
  const report = await connect(address);
  report.send({ event: 'start', version: vscode.version });
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => report.send({ event: 'line', line: format(...words) });
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, color: colours === '1', forbidOnly: true, forbidPending: true });
  mocha.rootHooks({
    async afterEach(this: Mocha.Context) {
      this.timeout(EVIDENCE_TIMEOUT_MS);
      if (this.currentTest?.state === 'failed') await report.ask({ event: 'failed', title: this.currentTest.fullTitle() });
    },
  });
  if (grep) mocha.grep(new RegExp(grep));
  try {
    load(mocha);
    report.send({ event: 'end', ...(await tallyOf(mocha)) });
  } catch (error) {
    report.send({ event: 'end', passed: 0, failed: 1, problem: format(error) });
    throw error;
  } finally {
    await report.end();
  }
}

/** Loads every compiled suite beside this file. */
function load(mocha: Mocha): void {
  const require = createRequire(__filename);
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  for (const file of files.toSorted()) {
    const fullPath = path.join(__dirname, file);
    mocha.suite.emit('pre-require', globalThis, fullPath, mocha);
    mocha.suite.emit('require', require(fullPath), fullPath, mocha);
    mocha.suite.emit('post-require', globalThis, fullPath, mocha);
  }
}

function tallyOf(mocha: Mocha): Promise<{ passed: number; failed: number }> {
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
  });
}

function connect(address: string | undefined): Promise<Report> {
  if (!address) return Promise.resolve(reportToConsole);
  return new Promise((resolve, reject) => {
    const socket = net.connect(address);
    const send = (message: object) => socket.write(`${JSON.stringify(message)}\n`);
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        send,
        ask: (message) =>
          new Promise((answered) => {
            socket.once('data', () => answered());
            send(message);
          }),
        end: () => new Promise((ended) => socket.end(() => ended())),
      }),
    );
  });
}

/** Started by hand (F5 in VS Code): the debug console is where the results go. */
const reportToConsole: Report = {
  send(message) {
    if ('line' in message) process.stdout.write(`${String(message.line)}\n`);
  },
  ask: () => Promise.resolve(),
  end: () => Promise.resolve(),
};
