import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Download, type DownloadOptions, type DownloadState, type TransferPlan } from '../../../src/recording/download';
import type { TransferHead } from '../../../src/recording/fetch';
import { fillDisk } from '../../support/fullDisk';
import { cancelled, cutOff, failure, type RecordingFailure } from '../../../src/recording/problems';

const MB = 1024 * 1024;
const WAV = { name: 'WAV', mime: 'audio/wav', extension: 'wav' } as const;
const never = new AbortController().signal;

/** A server in the test's hands: what each connection brings is told one by one. */
type Script = (plan: TransferPlan, connection: number) => Promise<{ readonly kind: 'done' } | RecordingFailure>;

/** Each byte tells its place. */
function bytesAt(from: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => placeByte(from + index));
}

const placeByte = (at: number): number => (at * 31 + (at >> 8)) & 255;

/** Ends as a transfer does whose signal is aborted. */
function aborted(signal: AbortSignal): Promise<RecordingFailure> {
  return new Promise((resolve) => {
    const end = (): void => resolve(cancelled());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

function headOf(from: number, total: number | undefined, acceptsRanges = true): TransferHead {
  return { from, acceptsRanges, ...(total === undefined ? {} : { total }), etag: '"one"' };
}

/** Sends all from where it is asked to begin, in pieces of 64 kB, as long as it is wanted. */
async function sendAll(plan: TransferPlan, total: number, end = total): Promise<{ readonly kind: 'done' } | RecordingFailure> {
  plan.onHead(headOf(plan.from, total), plan.from === 0 ? WAV : undefined);
  for (let at = plan.from; at < end; at += 65_536) {
    if (plan.signal.aborted) return cancelled();
    await plan.write(bytesAt(at, Math.min(65_536, end - at)), at);
  }
  if (plan.signal.aborted) return cancelled();
  return end < total ? cutOff('recordings.example') : { kind: 'done' };
}

describe('a recording on its way', () => {
  let folder = '';
  const running: Download[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'download-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((download) => download.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  function download(script: Script, overrides: Partial<DownloadOptions> = {}): { readonly it: Download; readonly asked: readonly number[]; readonly states: readonly DownloadState[] } {
    const asked: number[] = [];
    const states: DownloadState[] = [];
    const it: Download = new Download({
      path: path.join(folder, 'voice.audio'),
      transfer: (plan) => script(plan, asked.push(plan.from) - 1),
      freshen: (standing) => Promise.resolve(standing),
      claim: () => Promise.resolve(undefined),
      onChange: () => states.push(it.state),
      pauseMs: 1,
      ...overrides,
    });
    running.push(it);
    return { it, asked, states };
  }

  async function assertWhole(it: Download, total: number): Promise<void> {
    assert.equal(it.state.kind, 'whole');
    assert.deepEqual(await readFile(it.path), Buffer.from(bytesAt(0, total)));
    assert.equal(it.size, total);
    assert.equal(it.reach(0), total);
  }

  it('lands in a file that its user alone can read', async () => {
    const { it } = download((plan) => sendAll(plan, 200_000));
    await it.start();
    await assertWhole(it, 200_000);
    assert.equal(statSync(it.path).mode & 0o777, 0o600);
    assert.deepEqual(it.format, WAV);
  });

  it('can be read while it comes, up to what is there', async () => {
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const { it } = download(async (plan) => {
      plan.onHead(headOf(0, 2000), WAV);
      await plan.write(bytesAt(0, 1000), 0);
      await gate;
      await plan.write(bytesAt(1000, 1000), 1000);
      return { kind: 'done' };
    });
    const end = it.start();
    assert.equal(await it.wait(10, never), 1000);
    const later = it.wait(1500, never);
    goOn();
    assert.equal(await later, 2000);
    await end;
  });

  it('jumps to where it is wanted, and fetches what it skipped afterwards: no byte twice', async () => {
    const total = 8 * MB;
    let sent = 0;
    let wanted: Promise<number> | undefined;
    const { it, asked } = download(async (plan, connection) => {
      if (connection > 0) return sendAll({ ...plan, write: (piece, at) => ((sent += piece.length), plan.write(piece, at)) }, total);
      plan.onHead(headOf(0, total), WAV);
      await plan.write(bytesAt(0, 65_536), 0);
      sent += 65_536;
      wanted = it.wait(7 * MB, never);
      return aborted(plan.signal);
    });
    await it.start();
    assert.deepEqual(asked, [0, 7 * MB, 65_536]);
    assert.ok(((await wanted) ?? 0) > 7 * MB);
    assert.ok(sent <= total + 65_536, `${sent}`);
    await assertWhole(it, total);
  });

  it('does not jump for what comes in a moment anyway', async () => {
    const { it, asked } = download(async (plan) => {
      plan.onHead(headOf(0, MB), WAV);
      const wanted = it.wait(100_000, never);
      for (let at = 0; at < MB; at += 65_536) await plan.write(bytesAt(at, 65_536), at);
      await wanted;
      return { kind: 'done' };
    });
    await it.start();
    assert.deepEqual(asked, [0]);
  });

  it('jumps for what is near too where the server would take seconds to come to it', async () => {
    let now = 0;
    let wanted: Promise<number> | undefined;
    const { it, asked } = download(
      async (plan, connection) => {
        if (connection > 0) return sendAll(plan, MB);
        plan.onHead(headOf(0, MB), WAV);
        await plan.write(bytesAt(0, 65_536), 0);
        now += 500;
        wanted = it.wait(300_000, never);
        return aborted(plan.signal);
      },
      { now: () => now },
    );
    await it.start();
    assert.deepEqual(asked, [0, 300_000, 65_536]);
    assert.ok(((await wanted) ?? 0) > 300_000);
    await assertWhole(it, MB);
  });

  it('takes turns between two places that are wanted: they do not take the connection from each other at every piece', async () => {
    const total = 8 * MB;
    let clock = 0;
    const readers = new AbortController();
    /** Reads piece after piece, and never has enough. */
    const read = async (from: number): Promise<void> => {
      for (let at = from; at < total; ) at = await it.wait(at, readers.signal);
    };
    const { it, asked } = download(
      (plan) =>
        sendAll({ ...plan, write: async (piece, at) => {
          await plan.write(piece, at);
          clock += 20;
        } }, total),
      { now: () => clock },
    );
    const end = it.start();
    await Promise.all([read(0), read(6 * MB), end]);
    await assertWhole(it, total);
    assert.ok(asked.length > 2 && asked.length < 16, `${asked.length} requests for ${total / 65_536} pieces`);
  });

  it('is waited for at a server that cannot begin in the middle', async () => {
    const total = 2 * MB;
    const { it, asked } = download(async (plan) => {
      plan.onHead(headOf(0, total, false), WAV);
      const wanted = it.wait(total - 10, never);
      for (let at = 0; at < total; at += 65_536) await plan.write(bytesAt(at, 65_536), at);
      assert.equal(await wanted, total);
      return { kind: 'done' };
    });
    await it.start();
    assert.deepEqual(asked, [0]);
    await assertWhole(it, total);
  });

  it('goes on where it broke off, as often as that brings it further', async () => {
    const total = 10 * 65_536;
    const { it, asked } = download((plan) => sendAll(plan, total, Math.min(total, plan.from + 65_536)));
    await it.start();
    assert.equal(asked.length, 10);
    await assertWhole(it, total);
  });

  it('gives up a server that breaks off in vain, and keeps what came', async () => {
    const { it, asked } = download((plan) => sendAll(plan, MB, 65_536));
    await it.start();
    assert.ok(it.state.kind === 'failed' && it.state.failure.problem === 'cutOff');
    assert.equal(it.state.received, 65_536);
    assert.ok(asked.length > 1 && asked.length < 8, String(asked.length));
    assert.equal(it.size, 65_536);
    assert.equal(await it.wait(70_000, never), 70_000);
  });

  it('says that nothing comes, and tries another connection by itself', async () => {
    const total = 200_000;
    const { it, asked, states } = download(
      async (plan, connection) => {
        if (connection > 0) return sendAll(plan, total);
        plan.onHead(headOf(0, total), WAV);
        await plan.write(bytesAt(0, 1000), 0);
        return aborted(plan.signal);
      },
      { stallMs: 20 },
    );
    await it.start();
    assert.ok(states.some((state) => state.kind === 'coming' && state.isStalled));
    assert.deepEqual(asked, [0, 1000]);
    await assertWhole(it, total);
  });

  it('goes on with a fresh link where the old one expired on the way, from where it was', async () => {
    const expired = failure('expired', { sentence: 'Expired.', canRetry: true });
    let isFresh = false;
    const { it, asked } = download(
      async (plan, connection) => {
        if (connection === 0) return sendAll(plan, 200_000, 65_536);
        return isFresh ? sendAll(plan, 200_000) : expired;
      },
      {
        freshen: () => {
          isFresh = true;
          return Promise.resolve(undefined);
        },
      },
    );
    await it.start();
    assert.deepEqual(asked, [0, 65_536, 65_536]);
    await assertWhole(it, 200_000);
  });

  it('asks for a fresh link once, not for ever', async () => {
    let freshened = 0;
    const { it } = download(() => Promise.resolve(failure('expired', { sentence: 'Expired.', canRetry: true })), {
      freshen: () => {
        freshened += 1;
        return Promise.resolve(undefined);
      },
    });
    await it.start();
    assert.equal(freshened, 1);
    assert.ok(it.state.kind === 'failed' && it.state.failure.problem === 'expired');
  });

  it('keeps within the room there is, by its size or, where that is not told, by what came', async () => {
    const limit = 100_000;
    const claim = (bytes: number): Promise<number | undefined> => Promise.resolve(bytes > limit ? limit : undefined);
    const told = download((plan) => sendAll(plan, 600 * MB), { claim });
    await told.it.start();
    assert.ok(told.it.state.kind === 'failed' && told.it.state.failure.problem === 'tooLarge');
    assert.equal(told.it.state.received, 0);
    const untold = download(
      async (plan) => {
        plan.onHead(headOf(0, undefined), WAV);
        for (let at = 0; !plan.signal.aborted; at += 65_536) await plan.write(bytesAt(at, 65_536), at);
        return cancelled();
      },
      { claim, path: path.join(folder, 'untold.audio') },
    );
    await untold.it.start();
    assert.ok(untold.it.state.kind === 'failed' && untold.it.state.failure.problem === 'tooLarge');
  });

  it('can be begun again after it failed, and fetches only what is missing', async () => {
    const { it, asked } = download((plan, connection) =>
      connection === 0 ? sendAll(plan, 200_000, 65_536).then(() => failure('failed', { sentence: 'Error 500.', canRetry: true })) : sendAll(plan, 200_000),
    );
    await it.start();
    assert.equal(it.state.kind, 'failed');
    await it.start();
    assert.deepEqual(asked, [0, 65_536]);
    await assertWhole(it, 200_000);
  });

  it('takes the whole file again from a server that does not go on in the middle after all', async () => {
    const { it, asked } = download(async (plan, connection) => {
      if (connection === 0) return sendAll(plan, 200_000, 65_536);
      plan.onHead(headOf(0, 200_000), WAV);
      for (let at = 0; at < 200_000; at += 50_000) await plan.write(bytesAt(at, 50_000), at);
      return { kind: 'done' };
    });
    await it.start();
    assert.deepEqual(asked, [0, 65_536]);
    assert.equal(it.generation, 0);
    await assertWhole(it, 200_000);
  });

  describe('to a file that is another by now', () => {
    const other = (from: number, length: number): Uint8Array => bytesAt(from + 7, length);
    const head = (tag: string): TransferHead => ({ from: 0, total: 150_000, acceptsRanges: true, etag: tag });

    it('begins anew: two recordings are never joined', async () => {
      const { it } = download(async (plan, connection) => {
        if (connection === 0) return sendAll(plan, 200_000, 65_536);
        plan.onHead(head('"two"'), WAV);
        await plan.write(other(0, 150_000), 0);
        return { kind: 'done' };
      });
      await it.start();
      assert.equal(it.state.kind, 'whole');
      assert.equal(it.generation, 1);
      assert.deepEqual(await readFile(it.path).then((bytes) => bytes.subarray(0, 150_000)), Buffer.from(other(0, 150_000)));
      assert.equal(it.size, 150_000);
    });

    it('gives up where it changes again and again', async () => {
      const { it, asked } = download(async (plan, connection) => {
        plan.onHead(head(`"${connection}"`), WAV);
        if (plan.signal.aborted) return cancelled();
        await plan.write(other(0, 1000), 0);
        return cutOff('recordings.example');
      });
      await it.start();
      assert.ok(it.state.kind === 'failed' && it.state.failure.cause === 'otherPart');
      assert.equal(asked.length, 3);
    });
  });

  it('goes on with what is missing where the file turns out to end before the place that was wanted', async () => {
    const { it, asked } = download(async (plan, connection) => {
      if (connection === 1) return failure('failed', { cause: 'nothingThere', size: 3 * MB, sentence: '416', canRetry: true });
      if (connection > 1) return sendAll(plan, 3 * MB);
      plan.onHead(headOf(0, undefined), WAV);
      await plan.write(bytesAt(0, 65_536), 0);
      void it.wait(9 * MB, never);
      return aborted(plan.signal);
    });
    await it.start();
    assert.deepEqual(asked, [0, 9 * MB, 65_536]);
    await assertWhole(it, 3 * MB);
  });

  it('asks again where there is no answer at all', async () => {
    const { it, asked, states } = download((plan, connection) => (connection === 0 ? aborted(plan.signal) : sendAll(plan, 1000)), { stallMs: 10 });
    await it.start();
    assert.deepEqual(asked, [0, 0]);
    assert.ok(states.some((state) => state.kind === 'coming' && state.isStalled));
    await assertWhole(it, 1000);
  });

  it('tells those who wait, whatever they wait by, that it was let go', async () => {
    const { it } = download(async (plan) => {
      plan.onHead(headOf(0, MB), WAV);
      return aborted(plan.signal);
    });
    void it.start();
    const reader = it.wait(5, never);
    const told = assert.rejects(reader);
    await it.stop();
    await told;
  });

  it('ends where all is here, though nobody said how much that is', async () => {
    const { it } = download(async (plan) => {
      plan.onHead(headOf(0, undefined, false), WAV);
      await plan.write(bytesAt(0, 5000), 0);
      return { kind: 'done' };
    });
    await it.start();
    await assertWhole(it, 5000);
  });

  it('leaves nobody waiting when it is stopped', async () => {
    const { it } = download(async (plan) => {
      plan.onHead(headOf(0, MB), WAV);
      return aborted(plan.signal);
    });
    void it.start();
    const waiting = new AbortController();
    const reader = it.wait(5, waiting.signal);
    waiting.abort();
    await assert.rejects(reader);
    await it.stop();
  });

  for (const [code, words] of [
    ['ENOSPC', 'the disk is full. Make room'],
    ['EDQUOT', 'the disk is full. Make room'],
    ['EROFS', 'this user may not write there'],
  ] as const)
    it(`stays as far as it came where the disk takes no more, says why, and goes on from there once it does: ${code}`, async () => {
      const total = 5 * 65_536;
      const makeRoom = await fillDisk({ writes: 2, code });
      const { it, asked } = download((plan) => sendAll(plan, total));
      try {
        await it.start();
      } finally {
        makeRoom();
      }
      assert.ok(it.state.kind === 'failed' && it.state.failure.cause === 'notKept');
      assert.match(it.state.failure.sentence, new RegExp(`could not be kept on this machine: ${words}`));
      assert.equal(it.state.received, 2 * 65_536);
      assert.equal(it.reach(0), 2 * 65_536, 'what came can be played');
      assert.equal(asked.length, 1, 'it is not asked for again and again');
      await it.start();
      assert.deepEqual(asked, [0, 2 * 65_536]);
      assert.equal(it.diskError, undefined);
      await assertWhole(it, total);
    });

  it('begins anew where its file was removed before it goes on', async () => {
    let isBroken = true;
    const { it, asked } = download(async (plan) => {
      if (!isBroken) return sendAll(plan, 300_000);
      await sendAll(plan, 300_000, 100_000);
      return failure('failed', { sentence: 'An error.', canRetry: true });
    });
    await it.start();
    isBroken = false;
    rmSync(it.path);
    await it.start();
    assert.equal(asked.at(-1), 0);
    await assertWhole(it, 300_000);
  });

  it('says so where there is no folder for it any more', async () => {
    const { it } = download((plan) => sendAll(plan, 1000), { path: path.join(folder, 'gone', 'voice.audio') });
    await it.start();
    assert.ok(it.state.kind === 'failed');
    assert.match(it.state.failure.sentence, /its folder is not there any more/);
    assert.doesNotMatch(it.state.failure.sentence, /voice|ENOENT/);
  });
});
