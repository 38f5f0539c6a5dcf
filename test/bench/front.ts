/** The server that is measured against: the sandbox, but its recordings are those of the bench, as fast as is wanted; and the page with a plain `<audio>`. */
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '../../src/exotel/account';
import { listenOnLoopback } from '../../src/recording/loopback';
import type { Sandbox } from '../../src/sandbox/server';
import type { BenchRecording } from './recordings';

/** An element with the two controls that the bench works the player by. */
const PLAIN_PAGE = `<!DOCTYPE html>
<audio preload="none"></audio><button class="play">Play</button><input class="seek" type="range" min="0" max="1" step="any">
<script>
  const audio = document.querySelector('audio');
  const seek = document.querySelector('.seek');
  audio.src = location.hash.slice(1);
  audio.addEventListener('durationchange', () => (seek.max = audio.duration));
  document.querySelector('.play').addEventListener('click', () => (audio.paused ? audio.play() : audio.pause()));
  seek.addEventListener('input', () => (audio.currentTime = seek.valueAsNumber));
</script>
`;

/** What is paced comes in steps of so many milliseconds. */
const STEP_MS = 20;
const PIECE_BYTES = 65_536;

interface Offer {
  readonly path: string;
  readonly recording: BenchRecording;
  bytesPerSecond: number | undefined;
  firstBytesAt: number | undefined;
}

/** A moment on the clock that all processes of this machine share, in milliseconds with fractions. */
export function instant(): number {
  return performance.timeOrigin + performance.now();
}

export class Front {
  #offer: Offer | undefined;
  #count = 0;

  private constructor(
    private readonly server: Server,
    readonly origin: string,
    private readonly sandbox: Sandbox,
  ) {}

  static async start(sandbox: Sandbox): Promise<Front> {
    const server = createServer();
    const front = new Front(server, `http://127.0.0.1:${String(await listenOnLoopback(server))}`, sandbox);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      front.#answer(request, response).catch(() => response.destroy());
    });
    return front;
  }

  /** Of the sandbox's first account, by way of this server. */
  get credentials(): Credentials {
    return { ...this.sandbox.credentials, endpoint: { kind: 'custom', origin: this.origin } };
  }

  /** When the first bytes of what is offered went out; see {@link instant}. */
  get firstBytesAt(): number {
    return this.#offer?.firstBytesAt ?? Number.NaN;
  }

  /** From now on every call has this recording, at an address that is new. Gives that address. */
  offer(recording: BenchRecording, bytesPerSecond?: number): string {
    this.#count += 1;
    this.#offer = { path: `/recordings/${String(this.#count)}/`, recording, bytesPerSecond, firstBytesAt: undefined };
    return `${this.origin}${this.#offer.path}sound`;
  }

  /** What is still to come comes as fast as it can. */
  hurry(): void {
    if (this.#offer !== undefined) this.#offer.bytesPerSecond = undefined;
  }

  plainPage(address: string): string {
    return `${this.origin}/plain#${address}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request;
    if (url === '/plain') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PLAIN_PAGE);
      return;
    }
    if (!url.startsWith('/recordings/')) return this.#forward(request, response);
    if (this.#offer === undefined || !url.startsWith(this.#offer.path)) {
      response.writeHead(404).end();
      return;
    }
    await deliver(this.#offer, request, response);
  }

  /** To the sandbox, which takes this server's address for its own; the recording that it names becomes the one on offer. */
  #forward(request: IncomingMessage, response: ServerResponse): void {
    const { port } = new URL(this.sandbox.origin);
    const passed = send({ host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, headers).end(Buffer.concat(pieces).toString('utf8').replaceAll('/recordings/', this.#offer?.path ?? '/recordings/'));
      });
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }
}

async function deliver(offer: Offer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bytes, kind } = offer.recording;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first ?? 0);
  const end = last === undefined || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  response.writeHead(first === undefined ? 200 : 206, {
    'Content-Type': kind === 'MP3' ? 'audio/mpeg' : 'audio/wav',
    'Content-Length': end - start,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    ETag: `"${offer.path}"`,
    ...(first === undefined ? {} : { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(bytes)}` }),
  });
  await pipeline(Readable.from(piecesOf(offer, start, end)), response);
}

async function* piecesOf(offer: Offer, start: number, end: number): AsyncIterable<Buffer> {
  const file = await open(offer.recording.file);
  try {
    for (let at = start; at < end; ) {
      const { bytesPerSecond } = offer;
      if (bytesPerSecond !== undefined && at > start) await sleep(STEP_MS);
      const step = bytesPerSecond === undefined ? PIECE_BYTES : Math.ceil((bytesPerSecond * STEP_MS) / 1000);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(step, end - at)), 0, Math.min(step, end - at), at);
      offer.firstBytesAt ??= instant();
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
