import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { channelsHeard, dataEnd, isReadableWav, readWavHead, toSixteenBits, wavHeader, type WavEncoding, type WavHead } from '../../../src/recording/wav';
import { wavFile, type WavMade } from '../../support/wavFiles';

const RAMP = (frame: number, channel: number): number => ((frame % 200) / 100 - 1) * (channel === 0 ? 0.9 : 0.3);

const made = (changes: Partial<WavMade> = {}): Buffer => wavFile({ encoding: 'pcm16', sampleRate: 8000, channels: 2, frames: 400, amplitude: RAMP, ...changes });

function headOf(file: Buffer): WavHead {
  const reading = readWavHead(file);
  assert.equal(reading.kind, 'head');
  return reading.kind === 'head' ? reading.head : assert.fail();
}

function samplesIn(file: Buffer): Int16Array {
  const head = headOf(file);
  return toSixteenBits(head, file.subarray(head.dataStart, dataEnd(head, file.length)));
}

describe('a WAV is read whatever encoding a recorder chose', () => {
  const errors: readonly (readonly [encoding: WavEncoding, mostOff: number])[] = [
    ['pcm8', 384],
    ['pcm16', 0],
    ['pcm24', 0],
    ['pcm32', 0],
    ['float32', 1],
    ['aLaw', 512],
    ['muLaw', 660],
  ];
  for (const [encoding, mostOff] of errors) {
    it(`${encoding}: each sample of both channels is what was recorded, within ${mostOff}`, () => {
      const samples = samplesIn(made({ encoding }));
      assert.equal(samples.length, 800);
      const off = samples.map((sample, at) => Math.abs(sample - Math.round(RAMP(at >> 1, at & 1) * 32_767)));
      assert.ok(Math.max(...off) <= mostOff, `${Math.max(...off)}`);
    });
  }

  it('µ-law and A-law have the values of the standard at their ends', () => {
    const byEncoding = (encoding: WavEncoding): readonly number[] => {
      const head = headOf(made({ encoding, channels: 1 }));
      return [...toSixteenBits(head, Uint8Array.of(0x00, 0x80, 0x7f, 0xff, 0xaa, 0x2a, 0xd5, 0x55))];
    };
    assert.deepEqual(byEncoding('muLaw').slice(0, 4), [-32_124, 32_124, 0, 0]);
    assert.deepEqual(byEncoding('aLaw').slice(4), [32_256, -32_256, 8, -8]);
  });

  it('of more than two channels the first two are heard', () => {
    const file = made({ channels: 5, amplitude: (_, channel) => channel / 10 });
    assert.equal(channelsHeard(headOf(file)), 2);
    assert.deepEqual([...samplesIn(file).subarray(0, 4)], [0, 3277, 0, 3277]);
  });

  it('an extensible header, and chunks of odd length before the samples, do not shift the sound', () => {
    const plain = samplesIn(made());
    assert.deepEqual(samplesIn(made({ isExtensible: true, chunks: [['LIST', Buffer.alloc(7, 1)]] })), plain);
  });
});

describe('a header that lies about the length loses nothing and invents nothing', () => {
  for (const saysBytes of [0, 0xffffffff, 0x7fffffff]) {
    it(`${saysBytes} bytes said: it is the file's own length`, () => {
      const file = made({ saysBytes });
      assert.equal(samplesIn(file).length, 800);
    });
  }

  it('what follows the samples is not heard as noise', () => {
    const file = Buffer.concat([made(), Buffer.from('LIST\u0004\0\0\0abcd', 'latin1')]);
    assert.equal(samplesIn(file).length, 800);
  });

  it('a file cut off in a frame ends with the last whole one', () => {
    const file = made();
    assert.equal(samplesIn(file.subarray(0, -3)).length, 798);
  });

  it('the length of an RF64 stands in its ds64 chunk', () => {
    const sizes = Buffer.alloc(28);
    sizes.writeUInt32LE(5, 8);
    sizes.writeUInt32LE(1, 12);
    const file = made({ saysBytes: 0xffffffff });
    const chunk = Buffer.concat([Buffer.from('ds64\u001c\0\0\0', 'latin1'), sizes]);
    const long = Buffer.concat([Buffer.from('RF64', 'latin1'), file.subarray(4, 12), chunk, file.subarray(12)]);
    assert.equal(headOf(long).dataBytes, 2 ** 32 + 5);
  });
});

describe('what is no WAV that can be read is said, never thrown', () => {
  it('a head that is not whole asks for as much as it needs', () => {
    const file = made({ chunks: [['LIST', Buffer.alloc(300)]] });
    let reading = readWavHead(file.subarray(0, 1));
    while (reading.kind === 'short') {
      assert.ok(reading.needed <= file.length);
      reading = readWavHead(file.subarray(0, reading.needed));
    }
    assert.equal(reading.kind, 'head');
  });

  it('GSM is refused with a sentence, and by the name of its format', () => {
    const reading = readWavHead(made({ encoding: 'gsm' }));
    assert.match(reading.kind === 'problem' ? reading.sentence : '', /number 49/);
    assert.deepEqual(['WAV', 'WAV (µ-law)', 'WAV (A-law)', 'WAV (GSM)', 'WAV (ADPCM)', 'WAV (MP3)', 'Ogg'].filter(isReadableWav), ['WAV', 'WAV (µ-law)', 'WAV (A-law)']);
  });

  it('any bytes at all are taken', () => {
    const start = made().subarray(0, 44);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(44), (bytes, kept) => {
        const reading = readWavHead(Buffer.concat([start.subarray(0, kept), bytes]));
        if (reading.kind === 'head') toSixteenBits(reading.head, bytes);
      }),
    );
  });
});

describe('a clip that is saved has a header that every player knows', () => {
  it('says what it holds, in 44 bytes', () => {
    const header = wavHeader({ sampleRate: 16_000, channels: 2, frames: 100 });
    assert.equal(header.length, 44);
    assert.deepEqual(headOf(header), { encoding: 'pcm16', sampleRate: 16_000, channels: 2, frameBytes: 4, dataStart: 44, dataBytes: 400 });
    assert.equal(header.readUInt32LE(4), 436);
  });

  it('is written also for a sound longer than a WAV can say', () => {
    assert.equal(wavHeader({ sampleRate: 48_000, channels: 2, frames: 2 ** 31 }).readUInt32LE(40), 0xffffffff);
  });
});
