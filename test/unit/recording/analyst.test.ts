import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { amplitudeOf, CLIPPED } from '../../../src/call/levels';
import { type AnalysedRecording, type Analyst, createAnalyst } from '../../../src/recording/analyst';
import { formatOf } from '../../../src/recording/format';
import type { Levels } from '../../../src/call/levels';
import { root } from '../../host/repository.mjs';
import { framesOf, MP3S, type Mp3Fixture, readMp3, repeated, withoutInfo } from '../../support/audioFiles';
import { FedFile } from '../../support/fedFile';
import { secondHeard, toneSample } from '../../support/tones';
import { wavFile, type WavMade } from '../../support/wavFiles';

const { signal } = new AbortController();
setMaxListeners(0, signal);
const MP3 = { name: 'MP3', mime: 'audio/mpeg', extension: 'mp3' };
const WAV = { name: 'WAV', mime: 'audio/wav', extension: 'wav' };

describe('a recording’s sound and levels', () => {
  let analyst: Analyst;
  before(() => {
    analyst = createAnalyst({ workerFile: path.join(root, 'dist', 'soundWorker.js'), decoderFile: path.join(root, 'dist', 'mpg123-decoder.min.js') });
  });
  after(() => analyst.dispose());

  const opened = (file: FedFile, format = MP3): AnalysedRecording => analyst.open(file, format) ?? assert.fail('This kind is not opened.');

  /** A tone that changes every second, as a WAV. */
  const wavOfTones = (changes: Partial<WavMade> = {}): Buffer =>
    wavFile({ encoding: 'pcm16', sampleRate: 8000, channels: 2, frames: 8000 * 6, amplitude: (frame, channel) => toneSample(frame, channel === 0 ? 0 : 1, 8000), ...changes });

  describe('what is heard at a second is that second', () => {
    for (const [name, fixture] of Object.entries(MP3S)) {
      for (const isBare of [false, true]) {
        it(`${name}${isBare ? ', its Xing or Info frame taken away' : ''}: forwards and backwards`, async () => {
          const recording = opened(FedFile.whole(isBare ? withoutInfo(readMp3(fixture)) : readMp3(fixture)));
          for (const second of scattered(fixture.seconds)) assert.equal(await heardAt(recording, fixture, second), second);
          recording.close();
        });
      }
    }

    it('on the right channel as on the left', async () => {
      const recording = opened(FedFile.whole(readMp3(MP3S.cbr16kStereo)));
      const bytes = await soundOf(recording, 16_000 * 7.2, 16_000 * 7.4);
      assert.deepEqual([0, 1].map((channel) => secondHeard(bytes, { ...MP3S.cbr16kStereo, channel: channel === 0 ? 0 : 1 })), [7, 7]);
      recording.close();
    });

    it('in a WAV of µ-law as in one of 16 bits', async () => {
      for (const encoding of ['pcm16', 'muLaw'] as const) {
        const recording = opened(FedFile.whole(wavOfTones({ encoding })), encoding === 'pcm16' ? WAV : { ...WAV, name: 'WAV (µ-law)' });
        for (const second of [5, 0, 3]) assert.equal(await heardAt(recording, { sampleRate: 8000, channels: 2, seconds: 6 }, second), second);
        recording.close();
      }
    });

    it('and the same to the sample, whether read in one go or from the middle', async () => {
      const recording = opened(FedFile.whole(readMp3(MP3S.vbr16k)));
      const whole = await soundOf(recording, 0, 384_000);
      assert.equal(whole.length, 384_000 * 2);
      for (const from of [200_001, 0, 576, 1000, 383_000]) {
        const part = await soundOf(recording, from, from + 900);
        assert.ok(mostDifference(part, whole.subarray(from * 2, (from + 900) * 2)) <= 1, `from ${from}`);
      }
      recording.close();
    });

    it('for two recordings that are read by turns', async () => {
      const [one, other] = [opened(FedFile.whole(readMp3(MP3S.cbr8k))), opened(FedFile.whole(readMp3(MP3S.vbr16k)))];
      const heard = await Promise.all(scattered(20).flatMap((second) => [heardAt(one, MP3S.cbr8k, second), heardAt(other, MP3S.vbr16k, second)]));
      assert.deepEqual(heard, scattered(20).flatMap((second) => [second, second]));
      one.close();
      other.close();
    });
  });

  describe('while the file still grows', () => {
    it('levels come with its first bytes, and a read waits for what it wants', async () => {
      const bytes = readMp3(MP3S.vbr16k);
      const file = new FedFile(bytes.length);
      const recording = opened(file);
      const heard = heardAt(recording, MP3S.vbr16k, 20);
      file.put(0, bytes.subarray(0, 6000));
      const early = await recording.levels(0, signal);
      assert.ok((early.peaks[0]?.length ?? 0) > 0);
      assert.equal(early.isWhole, false);
      for (let at = 6000; at < bytes.length; at += 5000) file.put(at, bytes.subarray(at, at + 5000));
      file.settle();
      assert.equal(await heard, 20);
      assert.equal((await allLevels(recording)).peaks[0]?.length, 24 * 50);
      recording.close();
    });

    it('a far second of one bit rate is asked for by its byte, and heard before what lies between', async () => {
      const bytes = readMp3(MP3S.cbr16kStereo);
      const file = new FedFile(bytes.length);
      file.put(0, bytes.subarray(0, 9000));
      const recording = opened(file);
      await recording.levels(0, signal);
      const heard = heardAt(recording, MP3S.cbr16kStereo, 20);
      const wanted = await file.wantedFrom(50_000, signal);
      assert.ok(wanted < 20 * 3000, `${wanted}`);
      file.put(wanted, bytes.subarray(wanted, wanted + 6000));
      assert.equal(await heard, 20);
      recording.close();
    });

    it('a far second of several bit rates waits for the frames before it', async () => {
      const bytes = withoutInfo(readMp3(MP3S.vbr16k));
      const file = new FedFile(bytes.length);
      file.put(0, bytes.subarray(0, 12_000));
      const recording = opened(file);
      const heard = heardAt(recording, MP3S.vbr16k, 20);
      assert.equal(await file.wantedFrom(12_000, signal), 12_000);
      file.put(12_000, bytes.subarray(12_000));
      file.settle();
      assert.equal(await heard, 20);
      recording.close();
    });

    it('a WAV plays what is there and waits for the rest', async () => {
      const bytes = wavOfTones();
      const file = new FedFile(bytes.length);
      const recording = opened(file, WAV);
      const heard = heardAt(recording, { sampleRate: 8000, channels: 2, seconds: 6 }, 4);
      for (let at = 0; at < bytes.length; at += 9999) file.put(at, bytes.subarray(at, at + 9999));
      assert.equal(await heard, 4);
      file.settle();
      assert.deepEqual(recording.sound.facts, { sampleRate: 8000, channels: 2, frames: 48_000, isFinal: true });
      recording.close();
    });

    it('a read that nobody waits for any more ends at once', async () => {
      for (const format of [MP3, WAV]) {
        const recording = opened(new FedFile(undefined), format);
        const controller = new AbortController();
        const reading = soundOf(recording, 0, 1000, controller.signal);
        const measuring = recording.levels(0, controller.signal);
        controller.abort(new Error('not wanted'));
        await assert.rejects(reading, /not wanted/);
        await assert.rejects(measuring, /not wanted/);
        recording.close();
      }
    });
  });

  describe('what is broken is played as far as it goes', () => {
    for (const [name, bytes, format] of [
      ['an MP3', readMp3(MP3S.cbr44k), MP3],
      ['a WAV', wavFile({ encoding: 'pcm16', sampleRate: 8000, channels: 1, frames: 80_000, amplitude: (frame) => toneSample(frame, 0, 8000) }), WAV],
    ] as const) {
      it(`${name} that was cut off ends where it ends`, async () => {
        const file = new FedFile(bytes.length);
        file.put(0, bytes.subarray(0, 40_000));
        file.settle({ size: 40_000 });
        const recording = opened(file, format);
        const read = await soundOf(recording, 0, 1_000_000);
        assert.equal(read.length / 2, recording.sound.facts?.frames);
        assert.ok(read.length > 30_000);
        assert.equal(recording.problem, undefined);
        recording.close();
      });
    }

    it('rubbish and frames of another rate in the middle neither end nor shift the rest', async () => {
      const frames = framesOf(withoutInfo(readMp3(MP3S.vbr16k)));
      const half = Math.round((12 * 16_000) / 576);
      const foreign = framesOf(readMp3(MP3S.cbr44k)).slice(0, 5);
      const recording = opened(FedFile.whole(Buffer.concat([...frames.slice(0, half), Buffer.alloc(3000, 0xa5), ...foreign, ...frames.slice(half)])));
      for (const second of [3, 20]) assert.equal(await heardAt(recording, MP3S.vbr16k, second), second);
      assert.equal((await allLevels(recording)).isWhole, true);
      assert.equal(recording.problem, undefined);
      recording.close();
    });

    it('a page of text says that it holds no sound', async () => {
      const recording = opened(FedFile.whole(Buffer.from('<html>'.repeat(1000))));
      assert.deepEqual(await recording.levels(0, signal), { from: 0, peaks: [], rms: [], isWhole: true });
      assert.equal(recording.problem, 'No MP3 sound was found in the recording.');
      assert.equal((await soundOf(recording, 0, 1000)).length, 0);
    });

    it('a WAV of an encoding that is not known says so', async () => {
      const recording = opened(FedFile.whole(wavOfTones({ encoding: 'gsm' })), WAV);
      await recording.levels(0, signal);
      assert.match(recording.problem ?? '', /encoding that cannot be read/);
    });

    it('kinds that cannot be decoded here are not opened', () => {
      for (const head of ['OggS', 'fLaC', '#!AMR']) {
        const format = formatOf(Buffer.from(head.padEnd(64, '\0'))) ?? assert.fail();
        assert.equal(analyst.open(new FedFile(undefined), format), undefined);
      }
      assert.equal(analyst.open(new FedFile(undefined), { ...WAV, name: 'WAV (GSM)' }), undefined);
    });

    it('a decoder that is missing is a problem of the recording, not of the editor', async () => {
      const lame = createAnalyst({ workerFile: path.join(root, 'dist', 'soundWorker.js'), decoderFile: path.join(root, 'dist', 'nothing.js') });
      const recording = lame.open(FedFile.whole(readMp3(MP3S.cbr8k)), MP3) ?? assert.fail();
      assert.equal((await recording.levels(0, signal)).isWhole, true);
      assert.match(recording.problem ?? '', /could not be decoded/);
      lame.dispose();
    });
  });

  describe('levels', () => {
    it('are those of each channel, bin by bin: loud, silent, clipped', async () => {
      const amplitude = (frame: number, channel: number): number => (frame < 4000 ? (channel === 0 ? 0.5 : 0) : channel === 0 ? 0 : 1);
      const recording = opened(FedFile.whole(wavOfTones({ frames: 8000, amplitude })), WAV);
      const { peaks, rms } = await allLevels(recording);
      const [left = [], right = []] = peaks.map((bytes) => [bytes[10], bytes[40]]);
      assert.deepEqual(peaks.map(({ length }) => length), [50, 50]);
      assert.ok(Math.abs(amplitudeOf(left[0] ?? 0) - 0.5) < 0.01);
      assert.deepEqual([left[1], right[0], right[1]], [0, 0, CLIPPED]);
      assert.ok(Math.abs(amplitudeOf(rms[0]?.[10] ?? 0) - 0.5) < 0.01);
      recording.close();
    });

    it('clipping is seen at the loudest that µ-law can say', async () => {
      const recording = opened(FedFile.whole(wavOfTones({ encoding: 'muLaw', channels: 1, frames: 800, amplitude: () => 1 })), { ...WAV, name: 'WAV (µ-law)' });
      assert.equal((await allLevels(recording)).peaks[0]?.[2], CLIPPED);
      recording.close();
    });

    it('of an MP3 are as loud as the tone that was recorded, for its whole length', async () => {
      const recording = opened(FedFile.whole(repeated(readMp3(MP3S.cbr44k), 3000, { hasInfo: false })));
      const { peaks } = await allLevels(recording);
      const [mono = new Uint8Array()] = peaks;
      assert.equal(peaks.length, 1);
      assert.equal(mono.length, Math.ceil((3000 * 1152) / 882));
      const typical = [...mono].toSorted((one, other) => one - other)[mono.length >> 1] ?? 0;
      assert.ok(Math.abs(amplitudeOf(typical) - 0.5) < 0.05, `${amplitudeOf(typical)}`);
      recording.close();
    });
  });

  it('nothing is left running, and nobody left waiting, once the analyst is disposed', async () => {
    const own = createAnalyst({ workerFile: path.join(root, 'dist', 'soundWorker.js'), decoderFile: path.join(root, 'dist', 'mpg123-decoder.min.js') });
    const portsBefore = openPorts();
    const file = new FedFile(undefined);
    const recording = own.open(file, MP3) ?? assert.fail();
    assert.ok(openPorts() > portsBefore);
    const waiting = recording.levels(0, signal);
    own.dispose();
    assert.deepEqual(await waiting, { from: 0, peaks: [], rms: [], isWhole: true });
    assert.equal(own.open(file, MP3), undefined);
    while (openPorts() > portsBefore) await setImmediate();
  });
});

/** What keeps this process alive for the sake of a thread. */
function openPorts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
}

/** Every second once, in an order that jumps about. */
function scattered(seconds: number): readonly number[] {
  const STEP = 7;
  return Array.from({ length: seconds }, (_, place) => (place * STEP + 3) % seconds).filter((second, place, all) => all.indexOf(second) === place);
}

async function soundOf({ sound }: AnalysedRecording, from: number, to: number, until = signal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of sound.read(from, to, until)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Which second is heard from 0.2 to 0.4 s into this second. */
async function heardAt(recording: AnalysedRecording, heard: Pick<Mp3Fixture, 'sampleRate' | 'channels' | 'seconds'>, second: number): Promise<number | undefined> {
  const at = (seconds: number): number => Math.round(seconds * heard.sampleRate);
  return secondHeard(await soundOf(recording, at(second + 0.2), at(second + 0.4)), heard);
}

/** All levels, in as many pieces as they come. */
async function allLevels(recording: AnalysedRecording): Promise<Levels> {
  for (let known = 0; ; ) {
    const { peaks, isWhole } = await recording.levels(known, signal);
    if (isWhole) return recording.levels(0, signal);
    known += peaks[0]?.length ?? 0;
  }
}

function mostDifference(one: Buffer, other: Buffer): number {
  assert.equal(one.length, other.length);
  return Math.max(...Array.from({ length: one.length / 2 }, (_, sample) => Math.abs(one.readInt16LE(sample * 2) - other.readInt16LE(sample * 2))));
}
