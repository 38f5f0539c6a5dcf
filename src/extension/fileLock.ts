/** One at a time, also among windows: a file that only one of them can make. No clock is asked, for clocks are put forward and back. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../recording/disk';
import { isProcessAlive } from '../recording/folder';

/** Work under a lock takes milliseconds: a lock that stands for so long while it is watched was left behind. */
const LEFT_BEHIND_MS = 10_000;
/** It is signed at once by whoever makes it: one without a name was left behind much sooner. */
const UNSIGNED_MS = 500;
const LOOK_EVERY_MS = 8;

/** Runs `work` while no other window holds the lock at this path. Rejects with what the file system says, or with what `work` throws. */
export async function withFileLock<T>(file: string, work: () => Promise<T>, leftBehindMs = LEFT_BEHIND_MS): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  await acquire(file, mine, leftBehindMs);
  try {
    return await work();
  } finally {
    if ((await contentOf(file)) === mine) await rm(file, { force: true });
  }
}

async function acquire(file: string, mine: string, leftBehindMs: number): Promise<void> {
  let seen: string | undefined;
  let since = performance.now();
  while (!(await isMade(file, mine))) {
    const content = await contentOf(file);
    if (content !== seen) since = performance.now();
    seen = content;
    const isOverdue = performance.now() - since > (content === '' ? Math.min(UNSIGNED_MS, leftBehindMs) : leftBehindMs);
    if (content !== undefined && (isOverdue || isOfDeadProcess(content))) await takeAway(file, content);
    else if (isOverdue) throw new Error('The lock can neither be made nor read.');
    await sleep(LOOK_EVERY_MS * (1 + Math.random()));
  }
}

/** Windows says of a file that is just being removed that it may not be made. */
const TAKEN: readonly (string | undefined)[] = process.platform === 'win32' ? ['EEXIST', 'EPERM', 'EBUSY'] : ['EEXIST'];

/** False where another window has it. */
async function isMade(file: string, content: string): Promise<boolean> {
  try {
    await makeFile(file, content);
    return true;
  } catch (error) {
    if (TAKEN.includes(codeOf(error))) return false;
    throw error;
  }
}

async function makeFile(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Who looked at the same time may have taken it away already, and made another: that one is put back. */
async function takeAway(file: string, content: string): Promise<void> {
  const away = `${file}.${randomUUID()}`;
  try {
    await rename(file, away);
    if ((await contentOf(away)) !== content) await copyFile(away, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!['ENOENT', 'EEXIST', 'EPERM', 'EBUSY'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    await rm(away, { force: true });
  }
}

function isOfDeadProcess(content: string): boolean {
  const [, pid, host] = /^\{"pid":(\d+),"host":(".*"),"id"/.exec(content) ?? [];
  return host === JSON.stringify(hostname()) && !isProcessAlive(Number(pid));
}

async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
