/**
 * Recordings as one page hears them: HTTP on 127.0.0.1, because nothing else plays at once and seeks at any size. Each has a path that
 * cannot be guessed, and is served to one page's origin alone, under the authorities that the server itself goes by.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { urlOf } from '../exotel/links';
import { listenOnLoopback } from './loopback';
import { askedRange } from './range';
import type { Rendition } from './rendition';

/** One recording as it is served. */
export interface Served {
  /** Begins with a slash. */
  readonly path: string;
  /** From then on it is not there, and nobody is sent any more of it. */
  end(): void;
}

interface Entry {
  readonly rendition: Rendition;
  /** The page's. */
  readonly origin: string;
  readonly ended: AbortController;
}

export class MediaServer {
  readonly #entries = new Map<string, Entry>();
  readonly #authorities = new Set<string>();
  #server: Server | undefined;
  #port: number | undefined;

  /** Listens on the port that is wanted, where that is free, else on a random one; gives it. Rejects where none can be had. */
  async start(wanted = 0): Promise<number> {
    const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    server.maxConnections = 64;
    this.#server = server;
    this.#port = await listenOnLoopback(server, wanted).catch(() => listenOnLoopback(server));
    this.allow(`127.0.0.1:${String(this.#port)}`);
    return this.#port;
  }

  /** Undefined before it listens. */
  get port(): number | undefined {
    return this.#port;
  }

  /** An authority (`host:port`) that a page may reach it by, as where it is forwarded to. */
  allow(authority: string): void {
    this.#authorities.add(authority.toLowerCase());
  }

  /** Serves a recording to the page of this origin. */
  serve(rendition: Rendition, origin: string): Served {
    const path = `/${randomBytes(24).toString('base64url')}`;
    const ended = new AbortController();
    this.#entries.set(path, { rendition, origin, ended });
    return {
      path,
      end: () => {
        this.#entries.delete(path);
        ended.abort();
      },
    };
  }

  /** Ends every connection. */
  stop(): void {
    for (const { ended } of this.#entries.values()) ended.abort();
    this.#entries.clear();
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#authorities.has((request.headers.host ?? '').toLowerCase())) return refuse(response, 421);
    const entry = this.#entries.get(request.url ?? '');
    if (entry === undefined) return refuse(response, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, { Allow: 'GET, HEAD' });
    if (!isFrom(entry.origin, request)) return refuse(response, 403);
    await send(entry, request, response);
  }
}

/** Whether the page of this origin asks. Where it is served under its own authority, a browser names no origin. */
function isFrom(page: string, { headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return headers.origin === page;
  return headers['sec-fetch-site'] === 'same-origin' && urlOf(page)?.host === headers.host;
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers }).end();
}

async function send({ rendition, origin, ended }: Entry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { size, mime } = rendition;
  const range = size === undefined ? undefined : askedRange(request.headers.range, size);
  const common = {
    'Content-Type': mime,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': origin,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    Vary: 'Origin',
    ...(size === undefined ? {} : { 'Accept-Ranges': 'bytes' }),
  };
  if (range === 'unsatisfiable') return refuse(response, 416, { ...common, 'Content-Range': `bytes */${String(size)}` });
  const { start, end } = range ?? { start: 0, end: size ?? Number.POSITIVE_INFINITY };
  response.writeHead(range === undefined ? 200 : 206, {
    ...common,
    ...(size === undefined ? {} : { 'Content-Length': end - start }),
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(size)}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, ended.signal]);
  let left = end - start;
  const counted = async function* (): AsyncGenerator<Uint8Array, void> {
    for await (const piece of rendition.read(start, end, signal)) {
      left -= piece.byteLength;
      yield piece;
    }
    // What was promised never comes: the page is to see an end, not to wait for it.
    if (size !== undefined && left > 0) throw new Error('The recording is shorter than it was.');
  };
  await pipeline(Readable.from(counted(), { objectMode: false }), response, { signal });
}
