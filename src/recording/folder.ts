/**
 * Where this window's recordings lie: a directory of its own below the extension's storage, readable by its user alone, gone with the
 * window. Those of windows that died are removed by the next one; those of living windows are never touched.
 */
import { createHash, randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Resolves after so long, by a clock that is never set. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export class WindowFolder {
  readonly path: string;
  /** True as soon as it may be there. */
  #isMade = false;
  #isOwned = false;
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

  /**
   * Removes the directories of windows that are dead, and after a while those of windows that only seem to be by their silence: a clock
   * that was put forward, or a machine that slept, makes the living look silent for long. Throws nothing.
   */
  async removeDead(): Promise<void> {
    const silent: Silent[] = [];
    for (const name of await namesIn(this.options.root)) {
      const folder = path.join(this.options.root, name);
      const standing = folder === this.path ? 'living' : await this.#standingOf(folder);
      if (standing === 'dead') await removeAll(folder);
      else if (standing !== 'living') silent.push(standing);
    }
    if (silent.length === 0) return;
    await (this.options.wait ?? wait)(3 * SIGN_OF_LIFE_MS);
    for (const { folder, file, lastSign } of silent) if (!this.#isRemoved && (await signOf(file)) === lastSign) await removeAll(folder);
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
    if (this.#isMade) removeNow(this.path);
  }

  #refuseAfterEnd(): void {
    if (this.#isRemoved) throw new Error('The window is closing.');
  }

  /** Anew where somebody removed it under a window that runs. */
  async #make(): Promise<void> {
    this.#refuseAfterEnd();
    this.#isMade = true;
    const isNew = (await mkdir(this.path, { recursive: true, mode: 0o700 })) !== undefined;
    const owner = path.join(this.path, OWNER_FILE);
    if (isNew || !this.#isOwned) await writeFile(owner, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
    this.#isOwned = true;
    if (this.#isRemoved) return removeNow(this.path);
    if (this.#signs !== undefined) return;
    this.#signs = setInterval(() => void this.#showLife(owner), SIGN_OF_LIFE_MS);
    this.#signs.unref();
  }

  async #showLife(owner: string): Promise<void> {
    const now = new Date(this.options.now());
    await utimes(owner, now, now).catch(() => undefined);
  }

  async #standingOf(folder: string): Promise<'dead' | 'living' | Silent> {
    const file = path.join(folder, OWNER_FILE);
    try {
      const { pid, host } = v.parse(ownerSchema, JSON.parse(await readFile(file, 'utf8')));
      const isHere = host === hostname();
      if (isHere && !(this.options.isAlive ?? isProcessAlive)(pid)) return 'dead';
      return await this.#silenceOf(folder, file, isHere ? DEAD_HERE_MS : DEAD_ELSEWHERE_MS);
    } catch {
      return this.#silenceOf(folder, folder, NEWBORN_MS);
    }
  }

  async #silenceOf(folder: string, file: string, longest: number): Promise<'living' | Silent> {
    const lastSign = await signOf(file);
    return lastSign !== undefined && this.options.now() - lastSign > longest ? { folder, file, lastSign } : 'living';
  }
}

/** A window that has not shown for long that it lives. */
interface Silent {
  readonly folder: string;
  /** What it touches to show it. */
  readonly file: string;
  readonly lastSign: Instant;
}

async function signOf(file: string): Promise<Instant | undefined> {
  return stat(file).then(({ mtimeMs }) => mtimeMs, () => undefined);
}

async function removeAll(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function wait(milliseconds: number): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false });
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
