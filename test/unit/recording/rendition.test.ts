import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import * as fc from 'fast-check';
import { clipOf } from '../../../src/recording/clip';
import { fileRendition, wavRendition } from '../../../src/recording/rendition';
import type { Sound, SoundFacts } from '../../../src/recording/sound';
import { WAV_HEADER_BYTES, wavHeader } from '../../../src/recording/wav';
import { WavSound } from '../../../src/recording/wavSound';
import { FedFile } from '../../support/fedFile';

const never = new AbortController().signal;

/** A sound of which frame `k` is the number `k` in each channel; what comes after `there` frames never comes. */
function counting(facts: SoundFacts, there = facts.frames): Sound {
  return {
    facts,
    isClosed: false,
    onFacts: () => () => undefined,
    async *read(from, to) {
      for (let at = from; at < Math.min(to, there); at += 7) {
        const frames = Math.min(7, Math.min(to, there) - at);
        const piece = Buffer.alloc(frames * facts.channels * 2);
        for (let frame = 0; frame < frames; frame += 1) {
          for (let channel = 0; channel < facts.channels; channel += 1) piece.writeInt16LE((at + frame) % 30_000, (frame * facts.channels + channel) * 2);
        }
        yield piece;
      }
    },
  };
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const got: Uint8Array[] = [];
  for await (const piece of pieces) got.push(piece);
  return Buffer.concat(got);
}

describe('a recording as a page plays it', () => {
  const facts: SoundFacts = { sampleRate: 8000, channels: 2, frames: 100, isFinal: true };

  it('is a WAV of exactly the length that it says', async () => {
    const rendition = wavRendition(counting(facts), facts);
    const bytes = await all(rendition.read(0, rendition.size ?? 0, never));
    assert.equal(bytes.length, 44 + 100 * 4);
    assert.equal(bytes.length, rendition.size);
    assert.equal(bytes.toString('latin1', 0, 4), 'RIFF');
    assert.equal(bytes.readUInt32LE(40), 400);
    assert.equal(bytes.readInt16LE(44 + 50 * 4), 50);
  });

  it('gives any part as the whole has it: a seek lands where it should', async () => {
    for (const channels of [1, 2] as const) {
      const own = { ...facts, channels };
      const rendition = wavRendition(counting(own), own);
      const size = rendition.size ?? 0;
      const whole = await all(rendition.read(0, size, never));
      await fc.assert(
        fc.asyncProperty(fc.nat(size), fc.nat(size + 20), async (start, end) => {
          assert.deepEqual(await all(rendition.read(start, end, never)), whole.subarray(start, Math.max(start, end)));
        }),
      );
    }
  });

  it('is silent where nothing comes, so that its length stays as promised', async () => {
    const rendition = wavRendition(counting(facts, 60), facts);
    const bytes = await all(rendition.read(0, rendition.size ?? 0, never));
    assert.equal(bytes.length, rendition.size);
    assert.ok(bytes.subarray(44 + 60 * 4).every((byte) => byte === 0));
    assert.equal(bytes.readInt16LE(44 + 59 * 4), 59);
  });

  it('breaks off where its decoder ended in the middle: silence is not passed off as the recording', async () => {
    const closed = { ...counting(facts, 60), isClosed: true };
    const rendition = wavRendition(closed, facts);
    await assert.rejects(all(rendition.read(0, rendition.size ?? 0, never)), /let go/);
  });

  it('breaks off where its file is shorter than what had come: WAV, and what is played as it came', async () => {
    const frames = 200_000;
    const file = FedFile.whole(Buffer.concat([wavHeader({ sampleRate: 8000, channels: 1, frames }), Buffer.alloc(frames * 2, 1)]));
    const sound = new WavSound(file);
    const renditions = [wavRendition(sound, { sampleRate: 8000, channels: 1, frames, isFinal: true }), fileRendition(file, 'audio/ogg')];
    for (const rendition of renditions) assert.equal((await all(rendition.read(0, rendition.size ?? 0, never))).length, 44 + frames * 2);
    await truncate(file.path, 100_000);
    for (const rendition of renditions) await assert.rejects(all(rendition.read(0, rendition.size ?? 0, never)), /cut off/);
    sound.close();
  });

  it('can be cut: a clip holds the frames between its ends, under a header of its own', async () => {
    const rendition = wavRendition(counting(facts), facts);
    const clip = await all(clipOf(rendition, facts, { from: 10 / 8000, to: 30 / 8000 }, never));
    assert.equal(clip.length, WAV_HEADER_BYTES + 20 * 4);
    assert.equal(clip.readUInt32LE(40), 80);
    assert.equal(clip.readInt16LE(WAV_HEADER_BYTES), 10);
    assert.equal(clip.readInt16LE(clip.length - 2), 29);
  });

  it('gives a clip that ends with the recording where more is asked for', async () => {
    const rendition = wavRendition(counting(facts), facts);
    assert.equal((await all(clipOf(rendition, facts, { from: 90 / 8000, to: 5 }, never))).length, WAV_HEADER_BYTES + 10 * 4);
    assert.equal((await all(clipOf(rendition, facts, { from: 5, to: 1 }, never))).length, WAV_HEADER_BYTES);
  });
});
