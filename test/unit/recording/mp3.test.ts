import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { FrameIndex, readFrameHeader } from '../../../src/recording/mp3';
import { framesOf, MP3S, readMp3, repeated, withoutInfo } from '../../support/audioFiles';

function indexOf(file: Uint8Array, pieceBytes = file.length): FrameIndex {
  const index = new FrameIndex();
  for (let at = 0; at < file.length; at += Math.max(1, pieceBytes)) index.feed(file.subarray(at, at + Math.max(1, pieceBytes)));
  index.end();
  return index;
}

const offsetsOf = (index: FrameIndex): readonly (number | undefined)[] => Array.from({ length: index.count }, (_, frame) => index.offsetOf(frame));

/** An ID3v2 tag with sync bits in it, and its length in four bytes of seven bits. */
const tagged = (file: Buffer, size = 700): Buffer => Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, size >> 7, size & 0x7f]), Buffer.alloc(size, 0xff), file]);

describe('the header of an MP3 frame', () => {
  const cases: readonly (readonly [name: string, bytes: readonly number[], facts: readonly [number, number, number, number] | undefined])[] = [
    ['MPEG-1, 128 kbit/s, 44.1 kHz, mono', [0xff, 0xfb, 0x90, 0xc4], [44_100, 1, 1152, 417]],
    ['MPEG-2, 32 kbit/s, 16 kHz, joint stereo', [0xff, 0xf3, 0x48, 0x44], [16_000, 2, 576, 144]],
    ['MPEG-2.5, 8 kbit/s, 8 kHz, with a byte of padding', [0xff, 0xe3, 0x1a, 0xc4], [8000, 1, 576, 73]],
    ['a version that is reserved', [0xff, 0xeb, 0x90, 0xc4], undefined],
    ['layer II', [0xff, 0xfd, 0x90, 0xc4], undefined],
    ['a bit rate that is not said', [0xff, 0xfb, 0x00, 0xc4], undefined],
    ['a sample rate that is reserved', [0xff, 0xfb, 0x9c, 0xc4], undefined],
    ['cut off', [0xff, 0xfb, 0x90], undefined],
  ];
  for (const [name, bytes, facts] of cases) {
    it(name, () => {
      const header = readFrameHeader(Uint8Array.from(bytes), 0);
      assert.deepEqual(header && [header.sampleRate, header.channels, header.samples, header.bytes], facts);
    });
  }
});

describe('every frame of a recording is found, at its byte', () => {
  for (const [name, fixture] of Object.entries(MP3S)) {
    it(`${name}, with tags around it, in pieces of any size`, () => {
      const sound = withoutInfo(readMp3(fixture));
      const frames = framesOf(sound).length;
      const file = Buffer.concat([tagged(readMp3(fixture)), Buffer.from('TAG'.padEnd(128, 'x'))]);
      const whole = indexOf(file);
      assert.equal(whole.count, frames);
      assert.equal(whole.facts(undefined)?.channels, fixture.channels);
      for (const pieceBytes of [1, 7, 1000, 4096]) assert.deepEqual(offsetsOf(indexOf(file, pieceBytes)), offsetsOf(whole));
    });
  }

  it('rubbish in the middle is passed over and takes no time', () => {
    const frames = framesOf(withoutInfo(readMp3(MP3S.cbr16kStereo)));
    const rubbish = Buffer.concat([Buffer.alloc(500, 0x55), Buffer.from([0xff, 0xf3, 0x48, 0x44]), Buffer.alloc(300, 0xff)]);
    const file = Buffer.concat([...frames.slice(0, 100), rubbish, ...frames.slice(100)]);
    const index = indexOf(file);
    assert.equal(index.count, frames.length);
    assert.equal(index.offsetOf(100), (frames[0]?.length ?? 0) * 100 + rubbish.length);
  });

  it('a last frame that is cut off does not count', () => {
    const sound = withoutInfo(readMp3(MP3S.cbr8k));
    assert.equal(indexOf(sound.subarray(0, -10)).count, framesOf(sound).length - 1);
  });

  it('any bytes at all are taken', () => {
    const sound = readMp3(MP3S.vbr16k).subarray(0, 2000);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.nat(1999).map((at) => sound.subarray(at)))), (pieces) => {
        const index = new FrameIndex();
        for (const piece of pieces) index.feed(piece);
        index.end();
        assert.ok(index.facts(10_000)?.frames !== -1);
      }),
    );
  });
});

describe('how long a recording is', () => {
  it('is told to the sample where a LAME tag says what to leave out', () => {
    const { seconds, sampleRate } = MP3S.vbr16k;
    assert.deepEqual(indexOf(readMp3(MP3S.vbr16k)).facts(undefined), { sampleRate, channels: 1, frames: seconds * sampleRate, isFinal: true });
  });

  it('is told by the Xing frame before the rest has come', () => {
    const index = new FrameIndex();
    index.feed(readMp3(MP3S.vbr16k).subarray(0, 2000));
    assert.equal(index.facts(undefined)?.frames, MP3S.vbr16k.seconds * MP3S.vbr16k.sampleRate);
    assert.equal(index.facts(undefined)?.isFinal, false);
  });

  it('is told by the size promised where there is no such frame', () => {
    const file = repeated(readMp3(MP3S.cbr44k), 5000, { hasInfo: false });
    const index = new FrameIndex();
    index.feed(file.subarray(0, 20_000));
    const off = Math.abs((index.facts(file.length)?.frames ?? 0) / 1152 - 5000);
    assert.ok(off <= 2, `${off} frames off`);
  });

  it('is that of the frames which came, when the Xing frame promised more', () => {
    const file = readMp3(MP3S.vbr16k).subarray(0, 20_000);
    const index = indexOf(file);
    assert.equal(index.facts(undefined)?.frames, index.count * 576 - index.skipStart);
  });

  it('is told by a VBRI frame', () => {
    const header = Buffer.from([0xff, 0xfb, 0x90, 0xc4]);
    const frame = Buffer.concat([header, Buffer.alloc(413)]);
    const info = Buffer.from(frame);
    info.write('VBRI', 36, 'latin1');
    info.writeUInt32BE(1234, 50);
    const index = new FrameIndex();
    index.feed(Buffer.concat([info, frame, frame]));
    assert.equal(index.facts(undefined)?.frames, 1234 * 1152);
    assert.equal(index.isSteady, false);
  });

  it('a recording of one bit rate is known as such, one of several is not', () => {
    assert.equal(indexOf(readMp3(MP3S.cbr16kInfo)).isSteady, true);
    assert.equal(indexOf(withoutInfo(readMp3(MP3S.vbr16k))).isSteady, false);
  });
});
