import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { type HistoryEntry, noted } from '../../../src/extension/historyEntries';
import { HistoryFile } from '../../../src/extension/historyFile';
import { withFileLock } from '../../../src/extension/fileLock';
import { fillDisk } from '../../support/fullDisk';

const call: Call = { resource: 'v2', sources: {}, reported: [], reportedLeftOut: 0 };

describe('The file of recent calls', () => {
  let folder = '';
  let aside: string[] = [];
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'history-')), 'storage');
    aside = [];
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(path.dirname(folder), { recursive: true, force: true });
  });

  const window = (): HistoryFile => new HistoryFile(folder, { onSetAside: (file) => aside.push(file) });
  const at = (name: string): string => path.join(folder, name);
  const note = (file: HistoryFile, sid: string): Promise<void> => file.update((entries) => noted(entries, { sid, account: 'one' }, call, 1));
  const sids = async (file: HistoryFile): Promise<readonly string[]> => (await file.read()).map(({ sid }) => sid);
  const names = (): readonly string[] => readdirSync(folder).toSorted();

  /** Another window: a process of its own, which notes so many calls of an account. */
  function start(account: string, count: number): ChildProcess {
    const child = spawn(process.execPath, [path.resolve('out/support/historyWriter.js'), folder, account, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  }

  it('loses no call that any of three windows notes while the others do', async () => {
    const ended = await Promise.all(['one', 'two', 'three'].map((account) => once(start(account, 40), 'exit')));
    assert.deepEqual(ended.map(([code]) => Number(code)), [0, 0, 0]);
    assert.equal(new Set(await sids(window())).size, 120);
    assert.deepEqual(names(), ['history.json']);
  });

  it('loses no change of two windows in whatever order they come to do their steps', async () => {
    const change = fc.record({ window: fc.constantFrom(0, 1), sid: fc.constantFrom('a', 'b', 'c', 'd'), kind: fc.constantFrom('note', 'remove') });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 8 }), async (changes) => {
        await rm(folder, { recursive: true, force: true });
        const windows = [window(), window()] as const;
        const order: string[] = [];
        let expected: readonly HistoryEntry[] = [];
        await Promise.all(
          changes.map(({ window: which, sid, kind }) =>
            windows[which].update((entries) => {
              assert.deepEqual(entries, expected, `what the other window wrote before is not lost: ${order.join()}`);
              order.push(`${String(which)}${kind}${sid}`);
              expected = kind === 'note' ? noted(entries, { sid, account: 'one' }, call, 1) : entries.filter((each) => each.sid !== sid);
              return expected;
            }),
          ),
        );
        for (const each of windows) assert.deepEqual(await each.read(), expected);
      }),
      { numRuns: 15 },
    );
  });

  it('is never half of one, whenever the window that writes it dies, and the next window goes on at once', async () => {
    for (const round of [1, 2, 3, 4, 5, 6]) {
      const child = start(`round-${String(round)}`, 1_000_000);
      if (child.stdout !== null) await once(child.stdout, 'data');
      const reader = window();
      const before = (await reader.read()).length;
      while ((await reader.read()).length < before + round) await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const list = await reader.read();
      await note(window(), `after-${String(round)}`);
      assert.deepEqual(await sids(reader), [`after-${String(round)}`, ...list.map(({ sid }) => sid)]);
    }
    assert.deepEqual(aside, []);
    assert.deepEqual(names(), ['history.json']);
  });

  it('is not waited for in vain where a window of another machine died over it', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(at('history.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', id: 'x' }));
    assert.equal(await withFileLock(at('history.lock'), () => Promise.resolve('done'), 30), 'done');
    assert.equal(existsSync(at('history.lock')), false);
  });

  it('is not taken from a window that is still at work', async () => {
    await mkdir(folder, { recursive: true });
    const order: string[] = [];
    let end = (): void => undefined;
    const first = withFileLock(at('history.lock'), async () => {
      order.push('first begins');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      order.push('first ends');
    });
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.match(readFileSync(at('history.lock'), 'utf8'), new RegExp(`"pid":${String(process.pid)},"host":"${hostname()}"`));
    const second = withFileLock(at('history.lock'), () => Promise.resolve(order.push('second')));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    end();
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first begins', 'first ends', 'second']);
  });

  const DAMAGED: readonly (readonly [what: string, make: (file: string) => Promise<void>])[] = [
    ['cut off in the middle', (file) => writeFile(file, '{"version":1,"calls":[{"sid":')],
    ['empty', (file) => writeFile(file, '')],
    ['full of NULs', (file) => writeFile(file, '\0'.repeat(4096))],
    ['JSON of another shape', (file) => writeFile(file, '{"version":1,"calls":[{"sid":5}]}')],
    ['of a version that nobody knows yet', (file) => writeFile(file, '{"version":99,"calls":[]}')],
    ['100 MB long', async (file) => writeFile(file, '[').then(() => truncate(file, 100_000_000))],
    ['a folder', async (file) => void (await mkdir(path.join(file, 'inside'), { recursive: true }))],
  ];

  for (const [what, make] of DAMAGED)
    it(`that is ${what} is set aside as it is, which is said once, and a new one is begun`, async () => {
      await mkdir(folder, { recursive: true });
      await make(at('history.json'));
      const [one, other] = [window(), window()];
      assert.deepEqual(await Promise.all([one.read(), other.read()]), [[], []]);
      const [where] = aside;
      assert.ok(aside.length === 1 && where !== undefined, 'by one of the windows alone');
      assert.deepEqual(names(), [path.basename(where)]);
      await note(one, 'begun-anew');
      assert.deepEqual(await sids(other), ['begun-anew']);
      assert.equal(aside.length, 1);
    });

  it('is set aside also by a window that only writes, with nothing of it lost', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(at('history.json'), '{"half');
    await note(window(), 'new');
    assert.deepEqual(await sids(window()), ['new']);
    assert.equal(await readFile(aside[0] ?? '', 'utf8'), '{"half');
  });

  it('leaves three damaged ones at most, the last ones', async () => {
    const file = window();
    for (const text of ['1', '2', '3', '4', '5']) {
      await note(file, 'some');
      await writeFile(at('history.json'), `{${text}`);
      await file.read();
    }
    const kept = names().filter((name) => name.startsWith('history.broken.'));
    assert.deepEqual(kept.map((name) => readFileSync(at(name), 'utf8')), ['{3', '{4', '{5']);
  });

  for (const code of ['ENOSPC', 'EDQUOT'])
    it(`stays as it was where there is no room for a new one, and nothing half is left: ${code}`, async () => {
      const file = window();
      await note(file, 'before');
      const makeRoom = await fillDisk({ code, writes: 1 });
      try {
        await assert.rejects(note(file, 'lost'), { code });
      } finally {
        makeRoom();
      }
      assert.deepEqual(await sids(file), ['before']);
      assert.deepEqual(names(), ['history.json']);
      await note(file, 'after');
      assert.deepEqual(await sids(file), ['after', 'before']);
    });

  it('leaves no lock behind where not even that could be written', async () => {
    const file = window();
    await note(file, 'before');
    const makeRoom = await fillDisk();
    await assert.rejects(note(file, 'lost'), { code: 'ENOSPC' });
    makeRoom();
    assert.deepEqual(names(), ['history.json']);
  });

  it('is begun anew where its folder was deleted under a window that runs', async () => {
    let made = 0;
    const file = new HistoryFile(folder, { onSetAside: () => undefined, onFolderMade: () => (made += 1) });
    await note(file, 'before');
    await rm(folder, { recursive: true });
    await note(file, 'after');
    assert.deepEqual([await sids(file), made], [['after'], 2]);
  });

  it('is an empty list where its folder cannot even be made', async () => {
    writeFileSync(folder, 'a file in its place');
    assert.deepEqual(await window().read(), []);
    await assert.rejects(note(window(), 'lost'), { code: 'EEXIST' });
  });

  it('can be read by its user alone', async () => {
    await note(window(), 'mine');
    assert.equal((await stat(at('history.json'))).mode & 0o777, 0o600);
  });
});
