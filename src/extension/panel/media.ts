/** The way by which pages hear recordings: a server on this machine, there as long as a panel is open. */
import * as vscode from 'vscode';
import type { MediaServer, Served } from '../../recording/mediaServer';
import type { Rendition } from '../../recording/rendition';
import type { Log } from '../log';

/** How long a panel waits to hear where its page can reach the server. */
const FORWARDED_WITHIN_MS = 1500;

/** A recording as one page hears it. */
export interface Heard {
  readonly urls: readonly string[];
  end(): void;
}

/** What a panel holds while it is open. */
export interface MediaLease extends vscode.Disposable {
  /** What its page's policy must allow; none: the page gets its bytes by messages alone. */
  readonly origins: readonly string[];
  serve(rendition: Rendition, origin: string): Heard;
}

interface Running {
  readonly server: MediaServer;
  /** Where a page may reach it, the likeliest first; none ends with a slash. */
  readonly addresses: readonly string[];
}

export class Media implements vscode.Disposable {
  #running: Promise<Running | undefined> | undefined;
  #leases = 0;
  /** The last one. A remote window forwards each port that it is told of, and keeps it: there should be one. */
  #port: number | undefined;

  constructor(private readonly log: Log) {}

  /** Starts the server where it is not running. Never rejects: without it there are messages. */
  async lease(): Promise<MediaLease> {
    this.#leases += 1;
    this.#running ??= this.#start();
    const running = await this.#running;
    let isOver = false;
    return {
      origins: running?.addresses.map((address) => new URL(address).origin) ?? [],
      serve: (rendition, origin) => (running === undefined ? NOTHING_HEARD : heard(running, rendition, origin)),
      dispose: () => {
        if (isOver) return;
        isOver = true;
        this.#leases -= 1;
        if (this.#leases === 0) this.#stop();
      },
    };
  }

  dispose(): void {
    this.#stop();
  }

  async #start(): Promise<Running | undefined> {
    const { MediaServer } = await import('../../recording/mediaServer');
    const server = new MediaServer();
    try {
      const port = await server.start(this.#port);
      this.#port = port;
      const local = `http://127.0.0.1:${String(port)}`;
      const external = await within(FORWARDED_WITHIN_MS, vscode.env.asExternalUri(vscode.Uri.parse(local)));
      const forwarded = external?.toString(true).replace(/\/+$/, '') ?? local;
      server.allow(new URL(forwarded).host);
      return { server, addresses: addressesOf(local, forwarded) };
    } catch (error) {
      this.log.error('Recordings cannot be served to panels; they get them by messages', error);
      server.stop();
      return undefined;
    }
  }

  #stop(): void {
    void this.#running?.then((running) => running?.server.stop());
    this.#running = undefined;
  }
}

/** A page on this machine needs no way round; one elsewhere has only that. */
function addressesOf(local: string, forwarded: string): readonly string[] {
  const isHere = ['127.0.0.1', 'localhost'].includes(new URL(forwarded).hostname);
  return [...new Set(isHere ? [local, forwarded] : [forwarded, local])];
}

const NOTHING_HEARD: Heard = { urls: [], end: () => undefined };

function heard({ server, addresses }: Running, rendition: Rendition, origin: string): Heard {
  const served: Served = server.serve(rendition, origin);
  return { urls: addresses.map((address) => `${address}${served.path}`), end: () => served.end() };
}

/** Undefined where it takes longer. */
async function within<T>(milliseconds: number, wanted: Thenable<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    clearTimeout(timer);
  }
}
