/** The bench inside VS Code's extension host: asks its desk for one job after the other (`jobs.ts`). */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { ForTests } from '../../src/extension/extension';
import { HistoryText } from '../../src/extension/historyText';
import type { Activation, Job, JobOf, Results } from './jobs';

const ID = 'exotel-call-inspector.exotel-call-inspector';

/** The entry point that VS Code calls. */
export async function run(): Promise<void> {
  const { BENCH_DESK: desk = '' } = process.env;
  let result: unknown = null;
  for (;;) {
    const answer = await fetch(desk, { method: 'POST', body: JSON.stringify(result) });
    const job: Job = JSON.parse(await answer.text());
    if (job.work === 'reload') {
      await vscode.commands.executeCommand('workbench.action.reloadWindow');
      return;
    }
    result = await doIt(job).then(
      (done) => ({ done }),
      (error: unknown) => ({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  }
}

const WORKS: { readonly [W in Exclude<Job['work'], 'reload'>]: (job: JobOf<W>) => Promise<Results[W]> } = {
  activate: async ({ ids }) => {
    const activations: Activation[] = [];
    for (const id of ids) activations.push(await activate(id));
    return activations;
  },
  addAccounts: async ({ accounts: wanted }) => {
    const { accounts } = await parts();
    const ids: string[] = [];
    for (const credentials of wanted) ids.push((await accounts.add({ ...credentials, name: `Bench ${credentials.accountSid}` })).id);
    return ids;
  },
  lookUp: async ({ sid, account }) => {
    const began = instant();
    await vscode.commands.executeCommand('exotel.lookupCall', { sid, account });
    return { began, files: loadedFiles() };
  },
  refresh: async () => {
    const began = instant();
    await vscode.commands.executeCommand('exotel.refreshCall');
    return { began };
  },
  emptyPanel: ({ text }) => {
    const began = instant();
    const panel = vscode.window.createWebviewPanel('bench.empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = `<!DOCTYPE html><html><body>${text}</body></html>`;
    return Promise.resolve({ began });
  },
  closePanels: async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    return null;
  },
  fetch: async ({ urls, authorization }) => {
    const began = performance.now();
    await Promise.all(urls.map(async (url) => JSON.parse(await (await fetch(url, { headers: { authorization } })).text())));
    return { tookMs: performance.now() - began };
  },
  fillHistory: async ({ accounts, count, number }) => {
    const { context } = await parts();
    const calls = Array.from({ length: count }, (_, index) => ({
      sid: sidOf(index),
      account: accounts[index % accounts.length] ?? '',
      state: 'terminal',
      status: 'completed',
      direction: 'outbound-api',
      party: index === 0 ? number : `Customer ${String(index)}`,
      startedAt: Date.now() - (index + 1) * 60_000,
      lookedUpAt: Date.now() - index * 60_000,
      pinned: false,
    }));
    await mkdir(context.globalStorageUri.fsPath, { recursive: true });
    await writeFile(path.join(context.globalStorageUri.fsPath, 'history.json'), new HistoryText().write(calls));
    return null;
  },
  showView: async () => {
    const began = instant();
    await vscode.commands.executeCommand('exotel.calls.focus');
    return { began };
  },
  hideView: async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    return null;
  },
  record: async ({ account, sid, number }) => {
    const { history } = await parts();
    const began = instant();
    await history.record({ sid, account }, { resource: 'v2', sid, state: 'terminal', status: 'completed', customer: { number }, sources: {}, reported: [], reportedLeftOut: 0 }, Date.now());
    return { began };
  },
  heap: () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    assert.ok(typeof collect === 'function');
    for (let round = 0; round < 3; round += 1) collect();
    const { heapUsed, external } = process.memoryUsage();
    return Promise.resolve({ megabytes: (heapUsed + external) / 2 ** 20 });
  },
};

function doIt(job: Exclude<Job, { readonly work: 'reload' }>): Promise<unknown> {
  const work: (job: never) => Promise<unknown> = WORKS[job.work];
  return Reflect.apply(work, undefined, [job]);
}

async function parts(): Promise<ForTests> {
  const given = await extension(ID).activate();
  assert.ok(isForTests(given), 'the extension does not know that it is being tested');
  return given;
}

function isForTests(value: unknown): value is ForTests {
  return typeof value === 'object' && value !== null && 'accounts' in value;
}

function extension(id: string): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>(id);
  assert.ok(found, `${id} is not installed`);
  return found;
}

interface ActivatedModule {
  activate(context: vscode.ExtensionContext): unknown;
}

/** Where Node has its own way to load a module, through which VS Code goes too. */
const LOAD = '_load';

type Load = (this: void, request: string, ...others: unknown[]) => unknown;

/** Watches VS Code load and activate an extension. */
async function activate(id: string): Promise<Activation> {
  const found = extension(id);
  assert.equal(found.isActive, false, `${id} is active already`);
  const { main }: { readonly main: string } = found.packageJSON;
  const file = createRequire(__filename).resolve(path.join(found.extensionPath, main));
  const times = { loadMs: Number.NaN, activateMs: Number.NaN };
  const load: Load = Reflect.get(Module, LOAD);
  const watching: Load = (request, ...others) => {
    if (request !== file) return load(request, ...others);
    const began = performance.now();
    const loaded = Object(load(request, ...others));
    times.loadMs = performance.now() - began;
    return Object.create(loaded, { activate: { value: (context: vscode.ExtensionContext) => timed(loaded, context) } });
  };
  const timed = (loaded: ActivatedModule, context: vscode.ExtensionContext): unknown => {
    const began = performance.now();
    const given = loaded.activate(context);
    times.activateMs = performance.now() - began;
    return given;
  };
  Reflect.set(Module, LOAD, watching);
  try {
    const cpu = process.cpuUsage();
    const began = performance.now();
    await found.activate();
    const readyMs = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return { ...times, readyMs, cpuMs: (user + system) / 1000, files: loadedFiles() };
  } finally {
    Reflect.set(Module, LOAD, load);
  }
}

function loadedFiles(): readonly string[] {
  const dist = path.join(extension(ID).extensionPath, 'dist', path.sep);
  return Object.keys(createRequire(__filename).cache).flatMap((file) => (file.startsWith(dist) ? [path.basename(file)] : []));
}

/** See `front.ts`. */
function instant(): number {
  return performance.timeOrigin + performance.now();
}

/** 32 characters, as SIDs are. */
function sidOf(index: number): string {
  return `be7c${String(index).padStart(26, '0')}1k`;
}
