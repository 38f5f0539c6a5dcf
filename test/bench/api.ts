/** The API that lookups are measured against: the sandbox, as late as is wanted, with a customer's number that tells one answer from another. */
import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '../../src/exotel/account';
import { listenOnLoopback } from '../../src/recording/loopback';
import type { Sandbox } from '../../src/sandbox/server';

/** Of the customer in the sandbox's first calls. */
const CUSTOMER = '+915555010020';

export class BenchApi {
  /** How late each answer of the API is, in milliseconds. */
  delayMs = 0;
  /** The resources that were asked since this was emptied. */
  asked: string[] = [];
  #number = 100_000;

  private constructor(
    private readonly server: Server,
    readonly origin: string,
    private readonly sandbox: Sandbox,
  ) {}

  static async start(sandbox: Sandbox): Promise<BenchApi> {
    const server = createServer();
    const api = new BenchApi(server, `http://127.0.0.1:${String(await listenOnLoopback(server))}`, sandbox);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      api.#answer(request, response).catch(() => response.destroy());
    });
    return api;
  }

  /** Of the sandbox's first account, by way of this server. */
  get credentials(): Credentials {
    return { ...this.sandbox.credentials, endpoint: { kind: 'custom', origin: this.origin } };
  }

  /** Whom calls are with from now on: nobody that was there before. */
  nextNumber(): string {
    this.#number += 1;
    return this.number;
  }

  get number(): string {
    return `+915555${String(this.#number)}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request;
    const [, , resource] = /^\/(v\d)\/.*?(legs)?(?:\?.*)?$/.exec(url) ?? [];
    const isRecording = url.startsWith('/recordings/');
    if (!isRecording) {
      this.asked.push(resource ?? url.slice(1, 3));
      await sleep(this.delayMs);
    }
    this.#forward(request, response, isRecording ? (bytes) => bytes : (bytes) => Buffer.from(bytes.toString('utf8').replaceAll(CUSTOMER, this.number)));
  }

  /** To the sandbox, which takes this server's address for its own. */
  #forward(request: IncomingMessage, response: ServerResponse, change: (bytes: Buffer) => Buffer): void {
    const { port } = new URL(this.sandbox.origin);
    const passed = send({ host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, headers).end(change(Buffer.concat(pieces)));
      });
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }
}
