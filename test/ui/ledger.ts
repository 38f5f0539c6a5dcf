/** Everything that was seen of the product while it was at work, to be searched for what must not be in it. */
import { createDecipheriv } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { type Canary, canariesIn } from '../support/canary';
import { dataDirIn } from './vscode';

interface Entry {
  readonly where: string;
  readonly content: string | Buffer;
  /** What was found there already, by the canaries that were looked for. */
  readonly found: Map<readonly Canary[], readonly string[]>;
}

export class Ledger {
  readonly #entries: Entry[] = [];

  add(where: string, content: string | Buffer): void {
    this.#entries.push({ where, content, found: new Map() });
  }

  /** The texts that were seen in a place. */
  textsOf(where: RegExp): readonly string[] {
    return this.#entries.filter((entry) => where.test(entry.where)).map(({ content }) => content.toString());
  }

  /** Where canaries were seen, and in which form: each once. */
  find(canaries: readonly Canary[], where = /(?:)/): readonly string[] {
    const entries = this.#entries.filter((entry) => where.test(entry.where));
    return [...new Set(entries.flatMap((entry) => foundIn(entry, canaries).map((found) => `${entry.where}: ${found}`)))];
  }
}

function foundIn({ content, found }: Entry, canaries: readonly Canary[]): readonly string[] {
  const known = found.get(canaries) ?? canariesIn(content, canaries);
  found.set(canaries, known);
  return known;
}

/** Tells the ledger of every message between VS Code and a page in it, in both directions, from the first one on. */
export async function hearMessages(browser: BrowserContext, ledger: Ledger): Promise<void> {
  await browser.exposeFunction('tellOfMessage', (way: string, text: string) => ledger.add(`message ${way} page`, text));
  await browser.addInitScript(() => {
    // The frame around the page hands its messages on by a port; the page's own is written into it.
    if (!location.pathname.includes('/webview/browser/pre/')) return;
    const bytesAsText = (_name: string, value: unknown): unknown => (value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCodePoint(byte)).join('') : value);
    const tell = (way: string, data: unknown): void => Reflect.get(window, 'tellOfMessage')(way, JSON.stringify(data, bytesAsText));
    const { prototype } = MessagePort;
    const onmessage = Object.getOwnPropertyDescriptor(prototype, 'onmessage');
    const post = Object.getOwnPropertyDescriptor(prototype, 'postMessage');
    Object.defineProperty(prototype, 'onmessage', {
      ...onmessage,
      set(this: MessagePort, listener: (event: MessageEvent) => unknown) {
        const hear = (event: MessageEvent): unknown => {
          tell('to', event.data);
          return listener.call(this, event);
        };
        onmessage?.set?.call(this, hear);
      },
    });
    Object.defineProperty(prototype, 'postMessage', {
      ...post,
      value(this: MessagePort, ...args: unknown[]) {
        tell('from', args[0]);
        return Reflect.apply(post?.value, this, args);
      },
    });
  });
}

/** What a person could read in any frame, the boxes that they see among it, and what is written beside it for tools. */
export async function everyDocument(page: Page): Promise<string> {
  const read = (): string => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input:not([type="password"]), textarea')].filter(({ offsetParent }) => offsetParent !== null);
    return [document.documentElement.outerHTML, ...boxes.map(({ value }) => value)].join('\n');
  };
  const texts = await Promise.all(page.frames().map((frame) => frame.evaluate(read).catch(() => 'a frame that has gone')));
  return texts.join('\n');
}

/** Where VS Code's page keeps secrets, by name: the one place where a secret may be. */
const SECRET_STORAGE = 'secrets.provider';

/** All that VS Code's page keeps but its secret storage: state, logs, what panels keep; and that storage's own content, decrypted. */
export async function storedByPage(page: Page, home: string): Promise<{ readonly rest: string; readonly secrets: string }> {
  const { rest, sealed } = await page.evaluate(async (secretStorage) => {
    const text = (_name: string, value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('The database cannot be read.')));
      });
    const kept: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        kept.push([name, store, await Promise.all([result(objects.getAllKeys()), result(objects.getAll())])]);
      }
      database.close();
    }
    const others = Object.entries(localStorage).filter(([key]) => key !== secretStorage);
    kept.push(others, Object.entries(sessionStorage), document.cookie);
    return { rest: JSON.stringify(kept, text), sealed: localStorage.getItem(secretStorage) ?? '' };
  }, SECRET_STORAGE);
  return { rest, secrets: unsealed(Buffer.from(sealed, 'base64'), readFileSync(path.join(dataDirIn(home), 'secret-key'))) };
}

/** As VS Code seals them: 32 bytes that hide the key behind the server's, 12 of the nonce, the text, 16 of its tag. */
function unsealed(sealed: Buffer, serverKey: Buffer): string {
  const key = sealed.subarray(0, 32).map((byte, index) => byte ^ (serverKey[index] ?? 0));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(32, 44)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(44, -16)), decipher.final()]).toString();
}

/** The command lines of all processes, and the environments of those that may be read. */
export function everyProcess(): string {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' });
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      // Another person's, or gone by now.
      return '';
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => read(`/proc/${pid}/cmdline`) + read(`/proc/${pid}/environ`)).join('\n');
}
