/** A VS Code that does jobs for the bench inside its extension host (`inHost.ts`), and tells when what they bring is painted. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { failuresDir, root } from '../host/repository.mjs';
import { findHost, startServer, type Server as CodeServer } from '../host/server.mjs';
import { quietSettings, type Settings } from '../host/settings.mjs';
import { keepSecrets, windowUrl } from '../host/window.mjs';
import { dataDirIn } from '../ui/vscode';
import { listenOnLoopback } from '../../src/recording/loopback';
import type { Job, JobOf, Results } from './jobs';

const PATIENCE_MS = 60_000;

/** By which pages tell what they painted. */
const TOLD = 'benchPainted';

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T = void>(): Deferred<T> {
  let [resolve, reject]: [Deferred<T>['resolve'], Deferred<T>['reject']] = [() => undefined, () => undefined];
  const promise = new Promise<T>((...ways) => ([resolve, reject] = ways));
  return { promise, resolve, reject };
}

/** Where jobs are fetched and results are brought to. One job at a time. */
class Desk {
  #waiting: ((job: Job) => void) | undefined;
  #isThere = deferred();
  #result = deferred<string>();

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async open(): Promise<Desk> {
    const server = createServer();
    const desk = new Desk(server, `http://127.0.0.1:${String(await listenOnLoopback(server))}/`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void desk.#meet(request, response));
    return desk;
  }

  /** Ends the extension host, and waits for the next one. */
  async change(): Promise<void> {
    await this.#send({ work: 'reload' });
    await within(this.#isThere.promise, 'The window did not begin anew');
  }

  async do<W extends Job['work']>(job: JobOf<W> & { readonly work: W }): Promise<Results[W]> {
    this.#result = deferred();
    await this.#send(job);
    const { work }: Job = job;
    const text = await within(this.#result.promise, `The extension host did not end “${work}”`);
    const result: { readonly done: Results[W] } | { readonly problem: string } = JSON.parse(text);
    if ('done' in result) return result.done;
    throw new Error(`“${work}” failed in the extension host: ${result.problem}`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #send(job: Job): Promise<void> {
    await within(this.#isThere.promise, 'No extension host came to the bench’s desk');
    this.#isThere = deferred();
    this.#waiting?.(job);
  }

  async #meet(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = await text(request);
    this.#waiting = (job) => response.end(JSON.stringify(job));
    if (result !== 'null') this.#result.resolve(result);
    this.#isThere.resolve();
  }
}

export interface BenchWindowOptions {
  /** A folder for all that belongs to it. */
  readonly home: string;
  readonly settings?: Settings;
}

export class BenchWindow {
  readonly #painted = new Map<string, Deferred<number>>();

  private constructor(
    readonly page: Page,
    private readonly browser: BrowserContext,
    private readonly server: CodeServer,
    private readonly desk: Desk,
  ) {}

  static async open({ home, settings = {} }: BenchWindowOptions): Promise<BenchWindow> {
    const [folder, dataDir] = [path.join(home, 'workspace'), dataDirIn(home)];
    mkdirSync(folder, { recursive: true });
    const desk = await Desk.open();
    const [server, browser] = await Promise.all([
      startServer(findHost(), { dataDir, settings: { ...quietSettings, ...settings }, testDriver: true, environment: { BENCH_DESK: desk.address } }),
      launchBrowser({ profile: path.join(home, 'browser') }),
    ]);
    await keepSecrets(browser, dataDir);
    const tests = path.join(root, 'out', 'bench', 'inHost.js');
    const url = windowUrl({ port: server.port, folder, extension: root, tests });
    const window = new BenchWindow(await browser.newPage(), browser, server, desk);
    await window.#listen();
    await window.page.goto(url);
    return window;
  }

  /** Gives the result of a job once it has ended. */
  do<W extends Job['work']>(job: JobOf<W> & { readonly work: W }): Promise<Results[W]> {
    return this.desk.do<W>(job);
  }

  /** Has a job done that ends with a number painted: gives the milliseconds from its beginning until then, and its result. */
  async untilPainted<W extends 'lookUp' | 'refresh' | 'emptyPanel' | 'showView' | 'record'>(number: string, job: JobOf<W> & { readonly work: W }): Promise<{ readonly tookMs: number; readonly result: Results[W] }> {
    const painted = this.#whenPainted(number);
    const result = await this.do<W>(job);
    const at = await within(painted, `${number} was not painted`);
    return { tookMs: at - result.began, result };
  }

  /** *Reload Window*: the same window anew, with another extension host. */
  reload(): Promise<void> {
    return this.desk.change();
  }

  async keepEvidence(): Promise<void> {
    mkdirSync(failuresDir, { recursive: true });
    writeFileSync(path.join(failuresDir, 'bench.log'), this.server.output());
    await this.page.screenshot({ path: path.join(failuresDir, 'bench.png'), timeout: 10_000 });
  }

  async close(): Promise<void> {
    this.desk.close();
    await this.browser.close();
    await this.server.stop();
  }

  async #listen(): Promise<void> {
    // The workbench calls these two when what runs in the extension host logs, and when it has ended.
    await this.page.exposeFunction('codeAutomationLog', () => undefined);
    await this.page.exposeFunction('codeAutomationExit', () => undefined);
    await this.page.exposeFunction(TOLD, (number: string, at: number) => this.#meeting(number).resolve(at));
    await this.page.addInitScript(tellWhatIsPainted, TOLD);
  }

  #whenPainted(number: string): Promise<number> {
    return this.#meeting(number).promise;
  }

  #meeting(number: string): Deferred<number> {
    const known = this.#painted.get(number) ?? deferred<number>();
    this.#painted.set(number, known);
    return known;
  }
}

/**
 * In every page and frame: tells of each number of the bench's customer when the frame that first shows it is painted. It looks right before
 * each painting, and tells right after that.
 */
function tellWhatIsPainted(told: string): void {
  let last = '';
  const look = (): void => {
    requestAnimationFrame(look);
    // A webview's page is written into a frame of its frame, which forgets what was begun in it before.
    const places = window === window.top ? [document.querySelector('.part.sidebar')] : [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.body);
    const [number] = /\+915555\d{6}/.exec(places.map((place) => place?.textContent ?? '').join(' ')) ?? [];
    if (number === undefined || number === last) return;
    last = number;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => void Reflect.apply(Reflect.get(window, told), window, [number, performance.timeOrigin + performance.now()]));
    port1.start();
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

async function within<T>(wanted: Promise<T>, problem: string): Promise<T> {
  const late = deferred<never>();
  const timer = setTimeout(() => late.reject(new Error(`${problem} within ${String(PATIENCE_MS / 1000)} s.`)), PATIENCE_MS);
  try {
    return await Promise.race([wanted, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
