import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Analyst } from '../../../src/recording/analyst';
import type { TransferPlan } from '../../../src/recording/download';
import { WindowFolder } from '../../../src/recording/folder';
import { type Held, type RecordingKey, RecordingLibrary, type RecordingSource } from '../../../src/recording/library';
import { cancelled, cutOff } from '../../../src/recording/problems';

const OGG = { name: 'Ogg', mime: 'audio/ogg', extension: 'ogg' } as const;
const LIMIT = 10_000;

/** Nothing is decoded here. */
const analyst: Analyst = { open: () => undefined, warm: () => undefined, dispose: () => undefined };

/** Its recordings have this many bytes. */
function sourceOf(size: number): RecordingSource & { readonly transfers: () => number } {
  let transfers = 0;
  return {
    transfers: () => transfers,
    freshen: (standing) => Promise.resolve(standing),
    transfer: async ({ onHead, write }) => {
      transfers += 1;
      onHead({ from: 0, total: size, acceptsRanges: true }, OGG);
      await write(new Uint8Array(size), 0);
      return { kind: 'done' };
    },
  };
}

function keyOf(sid: string, account = 'acme1'): RecordingKey {
  return { account, sid, location: `https://recordings.example/${sid}.ogg` };
}

/** Waits until no more of it comes. */
function settled({ recording }: Held): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (recording.transfer.kind === 'coming' && !recording.isClosed) return;
      stop();
      resolve();
    };
    const stop = recording.onChange(look);
    look();
  });
}

describe('the recordings of a window', () => {
  let root = '';
  let clock = 0;
  let library = new RecordingLibrary({ folder: new WindowFolder({ root, now: () => clock }), analyst, limitBytes: () => LIMIT, now: () => clock });
  beforeEach(() => {
    root = path.join(mkdtempSync(path.join(tmpdir(), 'library-')), 'recordings');
    const folder = new WindowFolder({ root, now: () => clock });
    library = new RecordingLibrary({ folder, analyst, limitBytes: () => LIMIT, now: () => (clock += 1) });
  });
  afterEach(() => {
    library.dispose();
    rmSync(path.dirname(root), { recursive: true, force: true });
  });

  async function fetched(sid: string, size: number, account?: string): Promise<Held> {
    const held = await library.hold(keyOf(sid, account), sourceOf(size));
    await settled(held);
    return held;
  }

  const files = (): readonly string[] => readdirSync(root).flatMap((window) => readdirSync(path.join(root, window)).filter((name) => name.endsWith('.audio')));

  it('keep nothing of the panel that got them once nobody shows them', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: unknown = runInNewContext('gc');
    const got = await (async () => {
      const source = sourceOf(1000);
      const held = await library.hold(keyOf('a'), source);
      await settled(held);
      held.release();
      return new WeakRef(source.transfer);
    })();
    await new Promise((resolve) => setTimeout(resolve));
    assert.ok(typeof collectGarbage === 'function');
    collectGarbage();
    assert.equal(got.deref(), undefined);
    const again = await library.hold(keyOf('a'), sourceOf(1000));
    assert.equal(again.recording.transfer.kind, 'whole');
  });

  it('are fetched once, however often a call is opened while the window lives', async () => {
    const source = sourceOf(1000);
    const first = await library.hold(keyOf('a'), source);
    await settled(first);
    first.release();
    const second = await library.hold(keyOf('a'), source);
    assert.equal(second.recording, first.recording);
    assert.equal(second.recording.transfer.kind, 'whole');
    assert.equal(source.transfers(), 1);
  });

  it('are told apart by account, call and address', async () => {
    const keys = [keyOf('a'), keyOf('b'), keyOf('a', 'other'), { ...keyOf('a'), location: 'https://recordings.example/again.ogg' }];
    const held = await Promise.all(keys.map((key) => library.hold(key, sourceOf(10))));
    assert.equal(new Set(held.map(({ recording }) => recording)).size, keys.length);
  });

  it('are one fetch for two who ask at the same moment', async () => {
    const source = sourceOf(1000);
    const [one, other] = await Promise.all([library.hold(keyOf('a'), source), library.hold(keyOf('a'), source)]);
    assert.equal(one.recording, other.recording);
    await settled(one);
    assert.equal(source.transfers(), 1);
  });

  it('make room for a new one, the oldest first', async () => {
    for (const sid of ['a', 'b', 'c']) (await fetched(sid, 4000)).release();
    assert.equal(files().length, 2);
    const again = sourceOf(4000);
    await settled(await library.hold(keyOf('a'), again));
    assert.equal(again.transfers(), 1);
    const kept = sourceOf(4000);
    await settled(await library.hold(keyOf('c'), kept));
    assert.equal(kept.transfers(), 0);
  });

  it('are not taken from a panel that shows them: the new one is too large then', async () => {
    const shown = await fetched('a', 6000);
    const late = await fetched('b', 6000);
    assert.ok(late.recording.transfer.kind === 'failed' && late.recording.transfer.failure.problem === 'tooLarge');
    assert.equal(shown.recording.transfer.kind, 'whole');
  });

  it('go with their account, and leave others alone', async () => {
    const gone = await fetched('a', 100, 'removed');
    const kept = await fetched('b', 100, 'kept');
    await library.keepOnly(['kept']);
    assert.equal(gone.recording.isClosed, true);
    assert.equal(existsSync(gone.recording.path), false);
    assert.equal(existsSync(kept.recording.path), true);
  });

  it('are not kept half: one whose panel closes while it comes is ended and removed', async () => {
    let signal: AbortSignal | undefined;
    const held = await library.hold(keyOf('a'), {
      freshen: (standing) => Promise.resolve(standing),
      transfer: async (plan: TransferPlan) => {
        plan.onHead({ from: 0, total: 100, acceptsRanges: true }, OGG);
        await plan.write(new Uint8Array(10), 0);
        signal = plan.signal;
        if (!plan.signal.aborted) await once(plan.signal, 'abort');
        return cancelled();
      },
    });
    const closed = new Promise<void>((resolve) => held.recording.onChange(() => (held.recording.isClosed ? resolve() : undefined)));
    held.release();
    await closed;
    assert.equal(signal?.aborted ?? true, true);
    const again = sourceOf(100);
    await settled(await library.hold(keyOf('a'), again));
    assert.equal(again.transfers(), 1);
  });

  it('that were cut off go on where they were when asked again', async () => {
    const asked: number[] = [];
    const held = await library.hold(keyOf('a'), {
      freshen: (standing) => Promise.resolve(standing),
      transfer: async ({ from, onHead, write }) => {
        asked.push(from);
        onHead({ from, total: 100, acceptsRanges: false }, OGG);
        await write(new Uint8Array(asked.length === 1 ? 40 : 100), from);
        return asked.length === 1 ? cutOff('recordings.example') : { kind: 'done' };
      },
    });
    await settled(held);
    assert.equal(held.recording.transfer.kind, 'failed');
    const before = held.recording.revision;
    held.recording.start();
    await settled(held);
    assert.equal(held.recording.transfer.kind, 'whole');
    assert.ok(held.recording.revision > before, 'the page opens it anew');
  });

  it('are not removed from under a panel that opens one while room is made for another', async () => {
    for (const sid of ['a', 'b']) (await fetched(sid, 4000)).release();
    const [, reopened] = await Promise.all([library.hold(keyOf('c'), sourceOf(8000)), library.hold(keyOf('b'), sourceOf(4000))]);
    await settled(reopened);
    assert.equal(reopened.recording.isClosed, false);
  });

  for (const [what, damage] of [
    ['removed', (file: string) => rmSync(file)],
    ['cut off', (file: string) => truncateSync(file, 10)],
  ] as const)
    it(`are fetched again where their file was ${what} while nobody showed it`, async () => {
      const first = await fetched('a', 1000);
      first.release();
      damage(first.recording.path);
      const again = await fetched('a', 1000);
      assert.notEqual(again.recording, first.recording);
      assert.equal(again.recording.transfer.kind, 'whole');
      assert.equal(statSync(again.recording.path).size, 1000);
    });

  it('are fetched though the folder of all of them was removed while the window runs', async () => {
    await fetched('a', 100);
    rmSync(path.dirname(root), { recursive: true });
    const held = await fetched('b', 100);
    assert.equal(held.recording.transfer.kind, 'whole');
    assert.ok(existsSync(path.join(path.dirname(held.recording.path), 'owner.json')), 'no other window takes it for dead');
  });

  it('give back what decoding takes while nobody shows them, and decode again once somebody does', async () => {
    const open: string[] = [];
    const counting: Analyst = {
      open: (file) => {
        open.push(file.path);
        return {
          sound: { facts: undefined, isClosed: false, onFacts: () => () => undefined, read: () => assert.fail('Nothing is read.') },
          problem: undefined,
          onProblem: () => undefined,
          levels: () => Promise.resolve({ from: 0, peaks: [], rms: [], isWhole: true }),
          close: () => void open.pop(),
        };
      },
      warm: () => undefined,
      dispose: () => undefined,
    };
    library.dispose();
    library = new RecordingLibrary({ folder: new WindowFolder({ root, now: () => clock }), analyst: counting, limitBytes: () => LIMIT, now: () => (clock += 1) });
    const first = await fetched('a', 100);
    assert.equal(open.length, 1);
    first.release();
    assert.equal(open.length, 0);
    await library.hold(keyOf('a'), sourceOf(100));
    assert.equal(open.length, 1);
  });

  it('leave nothing behind also where they were only being begun when the window closed', async () => {
    for (let round = 0; round < 30; round += 1) {
      const folder = new WindowFolder({ root, now: () => clock });
      const closing = new RecordingLibrary({ folder, analyst, limitBytes: () => LIMIT, now: () => clock });
      await Promise.all(['a', 'b', 'c', 'd'].map((sid) => closing.hold(keyOf(sid), sourceOf(10))));
      closing.dispose();
    }
    assert.deepEqual(readdirSync(root), []);
  });

  it('leave nothing behind when the window closes', async () => {
    await fetched('a', 100);
    library.dispose();
    assert.deepEqual(readdirSync(root), []);
  });
});
