import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallAnswer } from '../../../src/exotel/client';
import { RecordingHolder } from '../../../src/extension/panel/recordingHolder';
import { codeOf } from '../../../src/recording/disk';
import { type Analyst, createAnalyst } from '../../../src/recording/analyst';
import { WindowFolder } from '../../../src/recording/folder';
import { RecordingLibrary } from '../../../src/recording/library';
import { SAMPLES, type SampleName } from '../../../src/sandbox/server';
import { fillDisk } from '../../support/fullDisk';
import { clientFor, useSandbox } from '../../support/sandbox';

describe('the recording of a panel', () => {
  const sandbox = useSandbox();
  let folder = '';
  let analyst: Analyst | undefined;
  let library: RecordingLibrary | undefined;
  const holders: RecordingHolder[] = [];
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'holder-'));
    analyst = createAnalyst({ workerFile: path.resolve('dist/soundWorker.js'), decoderFile: path.resolve('dist/mpg123-decoder.min.js') });
    library = new RecordingLibrary({ folder: new WindowFolder({ root: folder, now: Date.now }), analyst, limitBytes: () => 500_000_000, now: Date.now });
  });
  afterEach(() => {
    for (const holder of holders.splice(0)) holder.dispose();
  });
  after(() => {
    library?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Held {
    readonly holder: RecordingHolder;
    /** Resolves once it is so. */
    readonly until: (isSo: () => boolean) => Promise<void>;
  }

  interface Holding {
    readonly sid?: string;
    readonly isHeldBack?: boolean;
    readonly onError?: (error: unknown) => void;
  }

  function held({ sid = 'any', isHeldBack = false, onError = (error) => assert.fail(String(error)) }: Holding = {}): Held {
    assert.ok(library !== undefined);
    const { credentials } = sandbox().accounts.sample;
    const listeners = new Set<() => void>();
    const holder = new RecordingHolder({
      key: { account: 'sample', sid },
      accounts: { withKeys: () => Promise.resolve({ ...credentials, id: 'sample', name: 'Sample', recordingHosts: [] }) },
      recordings: library,
      freshLink: (call, known, signal) => clientFor(sandbox(), 'recordingOnS3').freshRecording(call, SAMPLES.recordingOnS3.sid, known, signal),
      isHeldBack: () => isHeldBack,
      onChange: () => {
        for (const listener of listeners) listener();
      },
      onRequest: () => undefined,
      onError,
    });
    holders.push(holder);
    return {
      holder,
      until: (isSo) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!isSo()) return;
            listeners.delete(look);
            resolve();
          };
          listeners.add(look);
          look();
        }),
    };
  }

  function answerOf(name: SampleName): Promise<CallAnswer> {
    return clientFor(sandbox(), name).getCall(SAMPLES[name].sid);
  }

  const isWhole = ({ state }: RecordingHolder): boolean => state.phase === 'ready' && state.transfer.kind === 'whole';

  it('is that of the answer that came last, though another one was on its way', async () => {
    const { holder, until } = held();
    const [first, second] = [await answerOf('dualChannel'), await answerOf('shapeC')];
    const before = sandbox().requests.length;
    holder.follow(first);
    const one = holder.load();
    holder.follow(second);
    await Promise.all([one, holder.load()]);
    await until(() => isWhole(holder));
    const asked = sandbox().requests.slice(before).map(({ path: asked }) => asked);
    assert.ok(asked.some((each) => each.includes(SAMPLES.shapeC.sid)), asked.join());
    assert.equal(asked.filter((each) => each.includes(SAMPLES.shapeC.sid)).length, 1);
  });

  it('is not fetched after all where that was cancelled at once', async () => {
    const { holder } = held();
    holder.follow(await answerOf('inbound'));
    const loading = holder.load();
    holder.cancel();
    await loading;
    assert.equal(holder.state.phase, 'idle');
    assert.equal(holder.stored, undefined);
  });

  it('keeps the fresh link that it was given when the call is refreshed', async () => {
    const mend = sandbox().fail({ on: 'recordings', kind: 'breakOff', afterBytes: 60_000 });
    try {
      const { holder, until } = held();
      const answer = await answerOf('recordingOnS3');
      holder.follow(answer);
      await holder.load();
      await until(() => holder.state.phase === 'ready');
      holder.follow(answer);
      await until(() => holder.state.phase !== 'ready' || holder.state.transfer.kind !== 'coming');
      assert.ok(isWhole(holder), JSON.stringify(holder.state));
    } finally {
      mend();
    }
  });

  it('asks for no new link by itself while the account’s answers ask for a pause, and does when somebody wants it', async () => {
    const { holder, until } = held({ sid: 'held-back', isHeldBack: true });
    holder.follow(await answerOf('recordingOnS3'));
    const asked = (): number => sandbox().requests.filter(({ resource }) => resource !== 'recording').length;
    const before = asked();
    await holder.load(false);
    await until(() => holder.state.phase === 'problem');
    assert.equal(asked(), before);
    await holder.load();
    await until(() => isWhole(holder));
    assert.ok(asked() > before);
  });

  it('names no place of this machine to the page where its file cannot be written', async () => {
    const { credentials } = sandbox().accounts.sample;
    assert.ok(analyst !== undefined);
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const errors: unknown[] = [];
    const blocked = new RecordingLibrary({ folder: new WindowFolder({ root: path.join(file, 'recordings'), now: Date.now }), analyst, limitBytes: () => 1e9, now: Date.now });
    const holder = new RecordingHolder({
      key: { account: 'sample', sid: 'any' },
      accounts: { withKeys: () => Promise.resolve({ ...credentials, id: 'sample', name: 'Sample', recordingHosts: [] }) },
      recordings: blocked,
      freshLink: () => Promise.resolve({ kind: 'none', errors: [] }),
      isHeldBack: () => false,
      onChange: () => undefined,
      onRequest: () => undefined,
      onError: (error) => errors.push(error),
    });
    holder.follow(await answerOf('completed'));
    await holder.load();
    assert.ok(holder.state.phase === 'problem');
    assert.match(holder.state.sentence, /could not be kept on this machine/);
    assert.doesNotMatch(holder.state.sentence, /\/|ENOTDIR/);
    assert.equal(errors.length, 1);
    holder.dispose();
  });

  it('can be played as far as it came where the disk is full by then, and says so', async () => {
    const errors: unknown[] = [];
    const { holder, until } = held({ onError: (error) => errors.push(error) });
    holder.follow(await answerOf('dualChannel'));
    const makeRoom = await fillDisk({ writes: 3 });
    try {
      await holder.load();
      await until(() => holder.state.phase === 'ready' && holder.state.transfer.kind !== 'coming');
    } finally {
      makeRoom();
    }
    assert.ok(holder.state.phase === 'ready' && holder.state.transfer.kind === 'cut' && holder.state.transfer.canRetry);
    assert.equal(holder.state.transfer.sentence, 'The recording could not be kept on this machine: the disk is full. Make room on it, then try again. What came can be played.');
    assert.ok(holder.state.transfer.received > 0);
    assert.deepEqual(errors.map(codeOf), ['ENOSPC'], 'once in the log');
    await holder.load();
    await until(() => isWhole(holder));
  });

  for (const [what, damage] of [
    ['cut off', (file: string) => truncateSync(file, 5000)],
    ['removed', (file: string) => rmSync(file)],
  ] as const)
    it(`is fetched anew where its file was ${what} before its page opens it once more`, async () => {
      const { holder, until } = held();
      holder.follow(await answerOf('inbound'));
      await holder.load();
      await until(() => isWhole(holder));
      const { state, stored } = holder;
      assert.ok(state.phase === 'ready' && stored !== undefined);
      assert.equal((await holder.open(state.id, 'vscode-webview://page')).mime, 'audio/wav');
      damage(stored.path);
      await assert.rejects(holder.open(state.id, 'vscode-webview://page'), /not here any more/);
      await until(() => isWhole(holder));
      assert.ok(holder.state.phase === 'ready' && holder.state.id !== state.id);
      assert.equal((await holder.open(holder.state.id, 'vscode-webview://page')).mime, 'audio/wav');
    });
});
