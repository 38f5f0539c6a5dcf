/**
 * A server on loopback that does to whoever asks what a test tells it to, down to the bytes of the connection, and notes what it was
 * sent. For what no demo needs: the sandbox (src/sandbox) has the faults that a person may want to see.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type Server as SocketServer, type Socket } from 'node:net';
import type { Credentials } from '../../src/exotel/account';
import { ACCOUNT_SID } from './scripted';

/** A request as it came in. */
export interface Seen {
  /** Whom it was for, as its `Host` header says. */
  readonly host: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface HostileServer {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly origin: string;
  readonly credentials: Credentials;
  readonly seen: Seen[];
  /** What becomes of each request from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** When the answer to the next request from now on has ended: all of it was sent, or its connection is closed. */
  left(): Promise<void>;
}

/** Starts a server before the suite and stops it after; each test begins with one that never answers. Call what it returns inside a test. */
export function useHostileServer(): () => HostileServer {
  let running: { readonly server: Server; readonly hostile: HostileServer } | undefined;
  before(async () => {
    running = await start();
  });
  beforeEach(() => {
    if (running === undefined) return;
    running.hostile.seen.length = 0;
    running.hostile.answer = neverAnswers;
  });
  after(() => {
    running?.server.close();
    running?.server.closeAllConnections();
  });
  return () => {
    if (running === undefined) throw new Error('The server is not running.');
    return running.hostile;
  };
}

const neverAnswers = (): void => undefined;

async function start(): Promise<{ readonly server: Server; readonly hostile: HostileServer }> {
  const server = createServer((request, response) => {
    hostile.seen.push({ host: request.headers.host ?? '', path: request.url ?? '', authorization: request.headers.authorization });
    hostile.answer(request, response);
  });
  server.on('connection', (socket) => socket.on('error', () => undefined));
  const host = await listening(server);
  const origin = `http://${host}`;
  const hostile: HostileServer = {
    host,
    origin,
    credentials: credentialsAt(origin),
    seen: [],
    answer: neverAnswers,
    left: () => new Promise((resolve) => server.once('request', (_request, response) => response.once('close', () => resolve()))),
  };
  return { server, hostile };
}

/** An account whose endpoint is an origin on this machine. */
export function credentialsAt(origin: string): Credentials {
  return { endpoint: { kind: 'custom', origin }, accountSid: ACCOUNT_SID, apiKey: 'key-5b1f0c7e9a3d42c6', apiToken: 'token-8e17b04d92fa631c' };
}

/** Starts, before the suite, what takes connections and never says a word on them: not even that of a TLS handshake. Gives its `host:port`. */
export function useDeadPort(): () => string {
  const sockets = new Set<Socket>();
  let server: SocketServer | undefined;
  let host = '';
  before(async () => {
    server = createSocketServer((socket) => sockets.add(socket.on('error', () => undefined)));
    host = await listening(server);
  });
  after(() => {
    server?.close();
    for (const socket of sockets) socket.destroy();
  });
  return () => host;
}

async function listening(server: SocketServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `127.0.0.1:${String(address.port)}`;
}

/** Sends these bytes as they are, in place of an answer, and leaves the connection open. */
export function sendsRaw(text: string): HostileServer['answer'] {
  return ({ socket }) => void socket.write(text);
}

/** Sends a text over and over, with room for whoever reads it to stop, until the connection ends. */
export function sendsForEver(text: string, start = '', status = 200): HostileServer['answer'] {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).write(start);
    pour(text, response);
  };
}

function pour(text: string, response: ServerResponse): void {
  let hasRoom = true;
  while (hasRoom && !response.destroyed) hasRoom = response.write(text);
  if (!response.destroyed) response.once('drain', () => pour(text, response));
}

/** Sends the start of something, then one byte at a time, without end. */
export function dripsAfter(start: string, byte: string, everyMs: number): HostileServer['answer'] {
  return ({ socket }) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(byte), everyMs);
    socket.once('close', () => clearInterval(timer));
  };
}
