/** The other extension of `otherExtension.ts`, as tests use it. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root, temporaryFolder } from '../host/repository.mjs';

/**
 * What it is told to do: run a command and tell what came; look at what the extension gives away; read the open documents of the scheme
 * that `command` is; run a command whose failure nobody hears of, or throw it; die.
 */
export interface Order {
  readonly id: number;
  readonly does: 'run' | 'look' | 'read' | 'neglect' | 'throw' | 'die';
  readonly command: string;
  readonly args: readonly unknown[];
}

/** What came of an order, all of it as text. */
export interface Done {
  readonly id: number;
  readonly ok: boolean;
  readonly text: string;
}

export class OtherExtension {
  readonly #waiting = new Map<number, (done: Done) => void>();
  #socket: Promise<Socket>;
  #lastId = 0;

  private constructor(
    /** Where it lies. */
    readonly folder: string,
    private readonly server: Server,
  ) {
    this.#socket = this.#comes();
  }

  /** Makes its folder and waits for what will run it. */
  static async make(): Promise<OtherExtension> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('There is no port.');
    const folder = path.join(temporaryFolder(), 'other');
    mkdirSync(folder);
    copyFileSync(path.join(root, 'out', 'ui', 'otherExtension.js'), path.join(folder, 'main.js'));
    const manifest = { name: 'other', publisher: 'test', version: '1.0.0', engines: { vscode: '^1.100.0' }, extensionKind: ['workspace'], activationEvents: ['*'], main: './main.js', address: `127.0.0.1:${String(address.port)}` };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    return new OtherExtension(folder, server);
  }

  /** Runs a command, and gives what came of it. */
  run(command: string, ...args: readonly unknown[]): Promise<Done> {
    return this.#order('run', command, args);
  }

  /** What the extension under test gives to others. */
  look(): Promise<Done> {
    return this.#order('look');
  }

  /** The texts of the open documents of a scheme. */
  read(scheme: string): Promise<Done> {
    return this.#order('read', scheme);
  }

  /** Runs a command whose failure becomes an unhandled rejection, or an uncaught exception. */
  async fail(how: 'neglect' | 'throw', command: string, ...args: readonly unknown[]): Promise<void> {
    await this.#order(how, command, args);
  }

  /** Ends its extension host at once; resolves when it runs in another one. */
  async die(): Promise<void> {
    const next = this.#comes();
    void this.#order('die');
    this.#socket = next;
    await next;
  }

  close(): void {
    this.server.close();
  }

  async #order(does: Order['does'], command = '', args: readonly unknown[] = []): Promise<Done> {
    const socket = await this.#socket;
    const id = ++this.#lastId;
    const done = new Promise<Done>((resolve) => this.#waiting.set(id, resolve));
    socket.write(`${JSON.stringify({ id, does, command, args } satisfies Order)}\n`);
    return done;
  }

  #comes(): Promise<Socket> {
    return new Promise((resolve) => {
      this.server.once('connection', (socket) => {
        socket.on('error', () => undefined);
        createInterface({ input: socket }).on('line', (line) => {
          const done: Done = JSON.parse(line);
          this.#waiting.get(done.id)?.(done);
          this.#waiting.delete(done.id);
        });
        resolve(socket);
      });
    });
  }
}
