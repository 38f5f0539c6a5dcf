import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_SECONDS } from '../../../src/call/levels';
import { Mp3Source } from '../../../src/recording/mp3Source';
import { MpegDecoder } from '../../../src/recording/mpegDecoder';
import { root } from '../../host/repository.mjs';
import { MP3S, readMp3, repeated } from '../../support/audioFiles';

const DECODER = path.join(root, 'dist', 'mpg123-decoder.min.js');
/** Far more than is measured in one slice of work. */
const FRAMES = 30_000;
const SAMPLES = 576;

describe('an MP3 that grows', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mp3-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is measured on where a seek that it grew past still waits: the waveform would end there, and seeks would go by another decoder’s guess', async () => {
    const bytes = repeated(readMp3(MP3S.vbr16k), FRAMES, { hasInfo: false });
    const file = path.join(folder, 'voice.mp3');
    writeFileSync(file, bytes);
    const [measuring, reading] = await Promise.all([MpegDecoder.from(DECODER), MpegDecoder.from(DECODER)]);
    const source = new Mp3Source(file, { prefix: 8192, size: bytes.length, isSettled: false }, { measuring, reading });
    const early = { prefix: 8192, size: bytes.length, isSettled: false };
    source.grow({ prefix: bytes.length, size: bytes.length, isSettled: true });
    let bins = 0;
    for (let isAtWork = true; isAtWork; ) {
      isAtWork = source.work();
      source.piece({ from: (FRAMES - 100) * SAMPLES, to: FRAMES * SAMPLES, extent: early, island: undefined, isInVain: false });
      bins += source.takeLevels()?.peaks[0]?.length ?? 0;
    }
    source.close();
    assert.ok(source.isMeasured);
    assert.ok(bins > (FRAMES * SAMPLES) / MP3S.vbr16k.sampleRate / BIN_SECONDS - 2, String(bins));
  });
});
