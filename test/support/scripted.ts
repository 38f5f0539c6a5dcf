/** A server that answers by a script, for tests that are about which requests are sent: it knows nothing of Exotel. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Credentials } from '../../src/exotel/account';
import { type Client, type ClientOptions, createClient } from '../../src/exotel/client';

/** What comes for a path. */
export interface ScriptedAnswer {
  /** 200 unless given. */
  readonly status?: number;
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer comes once this is settled: never, for a promise that is not. */
  readonly after?: Promise<unknown>;
  /** The connection is closed instead of all of the answer, or in the middle of it. */
  readonly breaks?: 'atOnce' | 'inTheMiddle';
}

export interface Scripted {
  readonly origin: string;
  readonly credentials: Credentials;
  /** Path and query of each request, in the order they came. */
  readonly requests: string[];
  /** Paths of requests that whoever sent them gave up. */
  readonly givenUp: string[];
  /** What is answered from now on; undefined: a page that says 404. */
  script: (path: string) => ScriptedAnswer | undefined;
  /** When the path is asked for. */
  asked(path: string): Promise<void>;
  /** When a request for the path was given up. */
  dropped(path: string): Promise<void>;
}

export const ACCOUNT_SID = 'acme1';

/** Starts a server before the suite and stops it after; each test begins with an empty script. Call what it returns inside a test. */
export function useScriptedServer(): () => Scripted {
  let running: { readonly server: Server; readonly scripted: Scripted; readonly reset: () => void } | undefined;
  before(async () => {
    running = await start();
  });
  beforeEach(() => running?.reset());
  after(() => {
    running?.server.close();
    running?.server.closeAllConnections();
  });
  return () => {
    if (running === undefined) throw new Error('The server is not running.');
    return running.scripted;
  };
}

async function start(): Promise<{ readonly server: Server; readonly scripted: Scripted; readonly reset: () => void }> {
  const waiting = new Map<string, () => void>();
  const on = (what: string): Promise<void> => new Promise((resolve) => waiting.set(what, resolve));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    scripted.requests.push(path);
    waiting.get(`asked ${path}`)?.();
    response.once('close', () => {
      if (response.writableEnded) return;
      scripted.givenUp.push(path);
      waiting.get(`dropped ${path}`)?.();
    });
    void answer(scripted.script(path) ?? NOTHING_THERE, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${String(address.port)}`;
  const scripted: Scripted = {
    origin,
    credentials: { endpoint: { kind: 'custom', origin }, accountSid: ACCOUNT_SID, apiKey: 'key-5b1f0c7e9a3d42c6', apiToken: 'token-8e17b04d92fa631c' },
    requests: [],
    givenUp: [],
    script: () => undefined,
    asked: (path) => on(`asked ${path}`),
    dropped: (path) => on(`dropped ${path}`),
  };
  const reset = (): void => {
    scripted.requests.length = 0;
    scripted.givenUp.length = 0;
    scripted.script = () => undefined;
    waiting.clear();
  };
  return { server, scripted, reset };
}

const NOTHING_THERE: ScriptedAnswer = { status: 404, body: '<!DOCTYPE html><html><h1>Not Found</h1></html>' };

async function answer({ status = 200, body = '', headers = {}, after, breaks }: ScriptedAnswer, response: ServerResponse): Promise<void> {
  await after;
  if (response.destroyed) return;
  if (breaks === 'atOnce') return void response.destroy();
  if (breaks === 'inTheMiddle') return void response.writeHead(status, { 'Content-Length': 1000 }).write('{', () => response.destroy());
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A client of the scripted server's account. */
export function clientOfScripted(scripted: Scripted, overrides: Partial<ClientOptions> = {}): Client {
  return createClient({ credentials: scripted.credentials, fetch, now: Date.now, elapsed: () => performance.now(), timeoutMs: 5000, ...overrides });
}
