import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type FolderOptions, WindowFolder } from '../../../src/recording/folder';

const HOUR = 3_600_000;

describe('where a window keeps its recordings', () => {
  let root = '';
  const open: WindowFolder[] = [];
  beforeEach(() => {
    root = path.join(mkdtempSync(path.join(tmpdir(), 'recordings-')), 'recordings');
  });
  afterEach(() => {
    for (const folder of open.splice(0)) folder.dispose();
    rmSync(path.dirname(root), { recursive: true, force: true });
  });

  function folder(options: Partial<FolderOptions> = {}): WindowFolder {
    const made = new WindowFolder({ root, now: Date.now, wait: () => Promise.resolve(), ...options });
    open.push(made);
    return made;
  }

  /** Another window's directory, with an owner as it would be written. */
  async function window(name: string, owner: unknown, aged = 0): Promise<string> {
    const where = path.join(root, name);
    await mkdir(where, { recursive: true });
    await writeFile(path.join(where, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner));
    await writeFile(path.join(where, 'voice.audio'), 'x'.repeat(1000));
    const then = new Date(Date.now() - aged);
    await utimes(path.join(where, 'owner.json'), then, then);
    await utimes(where, then, then);
    return where;
  }

  it('can be read by its user alone, and its names tell nothing of the call', async () => {
    const file = await folder().fileFor('acme1', 'f1ca1057692d586b23b4e7ffcc3216mk', 'https://recordings.example/a.mp3');
    await writeFile(file, '', { mode: 0o600 });
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(path.dirname(file), 'owner.json')).mode & 0o777, 0o600);
    assert.doesNotMatch(path.basename(file), /acme1|f1ca|example/);
  });

  it('makes nothing before there is a recording, and leaves nothing when the window closes', async () => {
    const idle = folder();
    idle.dispose();
    assert.equal(existsSync(root), false);
    const used = folder();
    await writeFile(await used.fileFor('a'), 'voice');
    used.dispose();
    assert.deepEqual(await readdir(root), []);
    await assert.rejects(async () => used.fileFor('b'));
  });

  it('is removed by the next window once its own died, and never while that lives', async () => {
    const dead = await window('dead', { pid: 4242, host: hostname() });
    const living = await window('living', { pid: 4243, host: hostname() }, 48 * HOUR);
    await folder({ isAlive: (pid) => pid === 4243 }).removeDead();
    assert.equal(existsSync(dead), false);
    assert.equal(existsSync(living), true);
  });

  it('is told to be this process’s own, which lives, by the system itself', async () => {
    const own = folder();
    const file = await own.fileFor('a');
    await folder().removeDead();
    assert.equal(existsSync(path.dirname(file)), true);
    assert.deepEqual(JSON.parse(await readFile(path.join(path.dirname(file), 'owner.json'), 'utf8')), { pid: process.pid, host: hostname() });
  });

  it('of another machine, as a container shares it, is left alone until it has shown no life for a day', async () => {
    const silent = await window('silent', { pid: 1, host: 'elsewhere' }, 25 * HOUR);
    const recent = await window('recent', { pid: 1, host: 'elsewhere' }, 23 * HOUR);
    await folder({ isAlive: () => false }).removeDead();
    assert.equal(existsSync(silent), false);
    assert.equal(existsSync(recent), true);
  });

  for (const [whose, owner] of [
    ['this machine', { pid: 4243, host: hostname() }],
    ['another machine', { pid: 1, host: 'elsewhere' }],
  ] as const)
    it(`of a window that lives is left alone though the clock was put forward by years: of ${whose}`, async () => {
      const living = await window('living', owner);
      let years = 10 * 365 * 24 * HOUR;
      const showsLife = async (): Promise<void> => utimes(path.join(living, 'owner.json'), new Date(Date.now() + years), new Date(Date.now() + years));
      const next = folder({ isAlive: () => true, now: () => Date.now() + years, wait: showsLife });
      await next.removeDead();
      assert.equal(existsSync(living), true);
      years = -years;
      await next.removeDead();
      assert.equal(existsSync(living), true, 'nor where it was put back');
    });

  it('without a readable owner goes, unless it is being made this moment', async () => {
    const broken = await window('broken', '{', 2 * HOUR);
    const odd = await window('odd', { pid: 'many' }, 2 * HOUR);
    const newborn = await window('newborn', '');
    await folder().removeDead();
    assert.deepEqual([broken, odd, newborn].map(existsSync), [false, false, true]);
  });

  it('counts what other windows take', async () => {
    await window('one', { pid: 1, host: 'elsewhere' });
    const own = folder();
    await writeFile(await own.fileFor('a'), 'x'.repeat(5000));
    const bytes = await own.othersBytes();
    assert.ok(bytes >= 1000 && bytes < 1200, String(bytes));
  });
});
