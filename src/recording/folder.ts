/**
 * Where this window's recordings lie: a directory of its own below the extension's storage, readable by its user alone, gone with the
 * window. Those of windows that died are removed by the next one; those of living windows are never touched.
 */
import { createHash, randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as path from 'node:path';
import * as v from 'valibot';
import type { Instant } from '../call/call';
import { codeOf } from './disk';

/** Whose directory it is: the process, and the machine it runs on, for a storage may be shared with a container. */
const OWNER_FILE = 'owner.json';
const ownerSchema = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)), host: v.string() });

/** How often a window shows that it lives, in milliseconds. */
const SIGN_OF_LIFE_MS = 60_000;
/** After so long a silence a window is taken for dead: one of another machine; one whose process seems to live, for numbers of processes are used again. */
const DEAD_ELSEWHERE_MS = 24 * 3_600_000;
const DEAD_HERE_MS = 7 * 24 * 3_600_000;
/** A directory is made before its owner is written down. */
const NEWBORN_MS = 60_000;

export interface FolderOptions {
  /** The directory of all windows' directories. */
  readonly root: string;
  readonly now: () => Instant;
  readonly isAlive?: (pid: number) => boolean;
}

export class WindowFolder {
  readonly path: string;
  #made: Promise<void> | undefined;
  #signs: NodeJS.Timeout | undefined;
  #isRemoved = false;

  constructor(private readonly options: FolderOptions) {
    this.path = path.join(options.root, randomUUID());
  }

  /** The path for a recording; its name tells nothing of the call. Makes the directory where there is none. */
  async fileFor(...identity: readonly string[]): Promise<string> {
    await this.#make();
    this.#refuseAfterEnd();
    const name = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
    return path.join(this.path, `${name}-${randomUUID().slice(0, 8)}.audio`);
  }

  /** Removes the directories of windows that are dead. Throws nothing. */
  async removeDead(): Promise<void> {
    for (const name of await namesIn(this.options.root)) {
      const folder = path.join(this.options.root, name);
      if (folder !== this.path && (await this.#isDead(folder))) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** Bytes that other windows' recordings take. Throws nothing. */
  async othersBytes(): Promise<number> {
    let bytes = 0;
    for (const name of await namesIn(this.options.root)) {
      const folder = path.join(this.options.root, name);
      if (folder !== this.path) bytes += await bytesIn(folder);
    }
    return bytes;
  }

  /** At once: a window that closes waits for nothing. */
  dispose(): void {
    this.#isRemoved = true;
    clearInterval(this.#signs);
    if (this.#made !== undefined) removeNow(this.path);
  }

  #make(): Promise<void> {
    this.#refuseAfterEnd();
    this.#made ??= this.#makeNow().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    return this.#made;
  }

  #refuseAfterEnd(): void {
    if (this.#isRemoved) throw new Error('The window is closing.');
  }

  async #makeNow(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const owner = path.join(this.path, OWNER_FILE);
    await writeFile(owner, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
    if (this.#isRemoved) return removeNow(this.path);
    this.#signs = setInterval(() => void this.#showLife(owner), SIGN_OF_LIFE_MS);
    this.#signs.unref();
  }

  async #showLife(owner: string): Promise<void> {
    const now = new Date(this.options.now());
    await utimes(owner, now, now).catch(() => undefined);
  }

  async #isDead(folder: string): Promise<boolean> {
    const file = path.join(folder, OWNER_FILE);
    try {
      const { pid, host } = v.parse(ownerSchema, JSON.parse(await readFile(file, 'utf8')));
      const isHere = host === hostname();
      if (isHere && !(this.options.isAlive ?? isProcessAlive)(pid)) return true;
      return await this.#isOlderThan(file, isHere ? DEAD_HERE_MS : DEAD_ELSEWHERE_MS);
    } catch {
      return this.#isOlderThan(folder, NEWBORN_MS);
    }
  }

  async #isOlderThan(place: string, milliseconds: number): Promise<boolean> {
    try {
      return this.options.now() - (await stat(place)).mtimeMs > milliseconds;
    } catch {
      return false;
    }
  }
}

/** A file may be made in it this very moment: under another name nobody makes one. What cannot be removed is left to the next window. */
function removeNow(folder: string): void {
  const gone = `${folder}.gone`;
  try {
    renameSync(folder, gone);
  } catch {
    return removeQuietly(folder);
  }
  removeQuietly(gone);
}

function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 2, retryDelay: 20 });
  } catch {
    return;
  }
}

/** Whether a process of this machine is there. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process that may not be signalled is there all the same.
    return codeOf(error) === 'EPERM';
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = (await namesIn(folder)).map((name) => stat(path.join(folder, name)).then(({ size }) => size, () => 0));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
