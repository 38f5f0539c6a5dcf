import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type AudioFormat, extensionOfLink, formatOf } from '../../../src/recording/format';
import { createRecording } from '../../../src/sandbox/audio';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');

/** A WAV header with this codec and these channels. */
function wavHead(codec: number, channels: number): Uint8Array {
  const head = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(codec, 20);
  head.writeUInt16LE(channels, 22);
  return head;
}

/** An ID3v2 tag of this many bytes, then what follows. */
const tagged = (size: number, after: Uint8Array): Uint8Array => Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, size >> 7, size & 0x7f]), Buffer.alloc(size), after]);

const MONO_FRAME = bytes(0xff, 0xfb, 0x90, 0xc4, 0);
const STEREO_FRAME = bytes(0xff, 0xfb, 0x90, 0x44, 0);
const MPEG_25_FRAME = bytes(0xff, 0xe3, 0x18, 0xc4, 0);

describe('what a recording is shows in its first bytes', () => {
  const mp3 = { name: 'MP3', mime: 'audio/mpeg', extension: 'mp3' };
  const wav = { name: 'WAV', mime: 'audio/wav', extension: 'wav' };
  const cases: readonly (readonly [name: string, head: Uint8Array, format: AudioFormat | undefined])[] = [
    ['MP3, mono', MONO_FRAME, { ...mp3, channels: 1 }],
    ['MP3, stereo', STEREO_FRAME, { ...mp3, channels: 2 }],
    ['MP3 of telephones (MPEG 2.5)', MPEG_25_FRAME, { ...mp3, channels: 1 }],
    ['MP3 with a tag', tagged(300, MONO_FRAME), { ...mp3, channels: 1 }],
    ['MP3 with a tag longer than what is at hand', tagged(300, bytes()).subarray(0, 64), mp3],
    ['WAV, mono', wavHead(1, 1), { ...wav, channels: 1 }],
    ['WAV, stereo', wavHead(1, 2), { ...wav, channels: 2 }],
    ['WAV with many channels', wavHead(1, 6), wav],
    ['WAV that is cut off', text('RIFF\0\0\0\0WAVE'), wav],
    ['WAV of GSM', wavHead(0x31, 1), { ...wav, name: 'WAV (GSM)', channels: 1 }],
    ['WAV of µ-law', wavHead(7, 1), { ...wav, name: 'WAV (µ-law)', channels: 1 }],
    ['Ogg', text('OggS\0\x02'), { name: 'Ogg', mime: 'audio/ogg', extension: 'ogg' }],
    ['FLAC', text('fLaC\0'), { name: 'FLAC', mime: 'audio/flac', extension: 'flac' }],
    ['MP4', text('\0\0\0\x20ftypM4A '), { name: 'MP4', mime: 'audio/mp4', extension: 'm4a' }],
    ['AMR', text('#!AMR\n'), { name: 'AMR', mime: 'audio/amr', extension: 'amr' }],
    ['AAC', bytes(0xff, 0xf1, 0x50, 0x80, 0, 0, 0), { name: 'AAC', mime: 'audio/aac', extension: 'aac' }],
    ['AVI is no WAV', text('RIFF\0\0\0\0AVI LIST'), undefined],
    ['UTF-16 text is no MP3', bytes(0xff, 0xfe, 0x3c, 0), undefined],
    ['a frame of a bit rate that does not exist', bytes(0xff, 0xfb, 0xf0, 0), undefined],
    ['a frame of a sample rate that does not exist', bytes(0xff, 0xfb, 0x9c, 0), undefined],
    ['a web page', text('<!DOCTYPE html>'), undefined],
    ['nothing', bytes(), undefined],
    ['a stray byte', bytes(0xff), undefined],
  ];
  for (const [name, head, format] of cases) it(name, () => assert.deepEqual(formatOf(head), format));

  it('for the sandbox’s own recordings', () => {
    const head = (channels: 1 | 2): Uint8Array => Buffer.concat([...createRecording(12, channels).read(0, 64)]);
    assert.deepEqual(formatOf(head(1)), { ...wav, channels: 1 });
    assert.deepEqual(formatOf(head(2)), { ...wav, channels: 2 });
  });

  it('never throws', () => {
    const prefix = fc.constantFrom('', 'RIFF', 'RIFFxxxxWAVE', 'RIFFxxxxWAVEfmt ', 'ID3', 'OggS', '\xff\xfb', '\0\0\0\0ftyp');
    fc.assert(fc.property(prefix, fc.uint8Array({ maxLength: 40 }), (start, rest) => void formatOf(Buffer.concat([text(start), rest]))));
  });
});

describe('The name that a recording is saved under', () => {
  it('ends as its link does where that names audio, and never as a link from outside would have it', () => {
    assert.equal(extensionOfLink('https://bucket.example.com/a/call.WAV?X-Amz-Signature=x'), 'wav');
    assert.equal(extensionOfLink('https://bucket.example.com/call.mp3'), 'mp3');
    for (const link of ['https://bucket.example.com/call.exe', 'https://bucket.example.com/call.html', 'https://bucket.example.com/call', 'nonsense']) {
      assert.equal(extensionOfLink(link), 'mp3');
    }
  });
});
