import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_SECONDS } from '../../../src/call/levels';
import { type Analyst, createAnalyst } from '../../../src/recording/analyst';
import { transferRecording } from '../../../src/recording/fetch';
import { MediaServer } from '../../../src/recording/mediaServer';
import { StoredRecording } from '../../../src/recording/stored';
import { type Fault, SAMPLES, type SampleName } from '../../../src/sandbox/server';
import { clientOf, useSandbox } from '../../support/sandbox';

const never = new AbortController().signal;
const DIST = path.resolve('dist');
const PAGE = 'vscode-webview://page';

describe('a recording of the sandbox, fetched, measured and heard at once', () => {
  const sandbox = useSandbox();
  let folder = '';
  let analyst: Analyst | undefined;
  const open: StoredRecording[] = [];
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stored-'));
    analyst = createAnalyst({ workerFile: path.join(DIST, 'soundWorker.js'), decoderFile: path.join(DIST, 'mpg123-decoder.min.js') });
  });
  afterEach(() => Promise.all(open.splice(0).map((recording) => recording.close())));
  after(() => {
    analyst?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function recordingOf(name: SampleName): Promise<StoredRecording> {
    assert.ok(analyst !== undefined);
    const { recordingUrl: url } = await clientOf(sandbox()).getCall(SAMPLES[name].sid);
    assert.ok(url !== undefined);
    const { credentials } = sandbox();
    const recording = new StoredRecording({
      path: path.join(folder, `${name}-${Math.random()}.audio`),
      analyst,
      transfer: (plan) => transferRecording({ url, credentials, allowedHosts: [], fetch, now: Date.now, ...plan }),
      freshen: (standing) => Promise.resolve(standing),
      claim: () => Promise.resolve(undefined),
      pauseMs: 1,
    });
    open.push(recording);
    return recording;
  }

  /** Resolves once it is so. */
  function until(recording: StoredRecording, isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        stop();
        resolve();
      };
      const stop = recording.onChange(look);
      look();
    });
  }

  async function loudBins(recording: StoredRecording): Promise<readonly number[]> {
    const counts: number[] = [];
    for (let from = 0; ; ) {
      const { peaks, isWhole } = await recording.levels(from, never);
      peaks.forEach((bins, channel) => (counts[channel] = (counts[channel] ?? 0) + bins.filter((level) => level > 40).length));
      from += peaks[0]?.length ?? 0;
      if (isWhole) return counts;
    }
  }

  for (const [name, channels] of [
    ['completed', 1],
    ['dualChannel', 2],
  ] as const) {
    it(`is as long as they talked, and both voices are in it: ${name}`, async () => {
      const recording = await recordingOf(name);
      recording.start();
      await until(recording, () => recording.transfer.kind === 'whole' && recording.facts?.isFinal === true);
      assert.equal(recording.facts?.channels, channels);
      const { totalTalkTime } = (await clientOf(sandbox()).getCall(SAMPLES[name].sid)).call;
      assert.ok(Math.abs((recording.length ?? 0) - (totalTalkTime ?? 0)) < 0.1, String(recording.length));
      const loud = await loudBins(recording);
      assert.equal(loud.length, channels);
      for (const bins of loud) assert.ok(bins * BIN_SECONDS > 5, String(bins));
    });
  }

  it('is played as it came where it cannot be decoded here: it does not stay on its way for ever', async () => {
    const rubbish = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(20_000)]);
    const mend = sandbox().fail({ on: 'recordings', kind: 'answer', status: 200, body: rubbish });
    try {
      const recording = await recordingOf('completed');
      recording.start();
      await until(recording, () => recording.isPlayable);
      assert.equal(recording.isDecoded, false);
      assert.equal(recording.rendition()?.mime, 'audio/mpeg');
    } finally {
      mend();
    }
  });

  it('is heard before all of it came', async () => {
    const mend = sandbox().fail({ on: 'recordings', kind: 'throttle', bytesPerSecond: 100_000 } satisfies Fault);
    const server = new MediaServer();
    try {
      const port = await server.start();
      const recording = await recordingOf('dualChannel');
      recording.start();
      await until(recording, () => recording.isPlayable);
      const rendition = recording.rendition();
      assert.ok(rendition !== undefined);
      const { path: own } = server.serve(rendition, PAGE);
      const response = await fetch(`http://127.0.0.1:${port}${own}`, { headers: { Origin: PAGE, Range: 'bytes=0-' } });
      const reader = response.body?.getReader();
      const { value } = (await reader?.read()) ?? {};
      assert.equal(Buffer.from(value ?? []).toString('latin1', 0, 4), 'RIFF');
      assert.equal(recording.transfer.kind, 'coming');
      await reader?.cancel();
    } finally {
      mend();
      server.stop();
    }
  });

  /** All bytes that a page would be given from `at` on, after something happened to the file. */
  async function rest(recording: StoredRecording, at: number): Promise<Buffer> {
    const rendition = recording.rendition();
    assert.ok(rendition?.size !== undefined);
    const pieces: Uint8Array[] = [];
    for await (const piece of rendition.read(at, rendition.size, never)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  for (const name of ['completed', 'recordingMuLaw'] as const) {
    it(`is never passed off as silent where its file was cut off under the player: ${name}`, async () => {
      const recording = await recordingOf(name);
      recording.start();
      await until(recording, () => recording.transfer.kind === 'whole' && recording.facts?.isFinal === true);
      await recording.levels(0, never);
      await truncate(recording.path, 20_000);
      await assert.rejects(async () => {
        await rest(recording, 500_000);
        // The page opens what is left of the file as it came.
        await rest(recording, 0);
      }, /cut off|let go/);
    });
  }

  it('plays on to its end though its file was removed under the player', async () => {
    const recording = await recordingOf('completed');
    recording.start();
    await until(recording, () => recording.transfer.kind === 'whole' && recording.facts?.isFinal === true);
    const before = await rest(recording, 0);
    await rm(recording.path);
    const after = await rest(recording, 0);
    assert.equal(after.length, before.length);
    for (let at = 44; at < after.length; at += 2) assert.ok(Math.abs(after.readInt16LE(at) - before.readInt16LE(at)) <= 1, 'but for what a decoder rounds');
  });
});
