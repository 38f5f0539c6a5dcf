/** The small MP3s beside this file (`audio/README.md`), and longer ones made of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readFrameHeader, readInfoTag } from '../../src/recording/mp3';
import { root } from '../host/repository.mjs';

export interface Mp3Fixture {
  readonly file: string;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  readonly seconds: number;
}

/** Each with tones by second: see `tones.ts`. */
export const MP3S = {
  cbr8k: { file: 'cbr-8k-mono.mp3', sampleRate: 8000, channels: 1, seconds: 24 },
  cbr16kStereo: { file: 'cbr-16k-stereo.mp3', sampleRate: 16_000, channels: 2, seconds: 24 },
  /** The only one of one bit rate that has an Info frame. */
  cbr16kInfo: { file: 'cbr-16k-mono-info.mp3', sampleRate: 16_000, channels: 1, seconds: 10 },
  cbr44k: { file: 'cbr-44k-mono.mp3', sampleRate: 44_100, channels: 1, seconds: 20 },
  /** With a Xing frame; noise over the tone in seconds 1, 4, 7…, silence at the end of seconds 2, 5, 8…. */
  vbr16k: { file: 'vbr-16k-mono.mp3', sampleRate: 16_000, channels: 1, seconds: 24 },
} as const satisfies Readonly<Record<string, Mp3Fixture>>;

export function readMp3({ file }: Mp3Fixture): Buffer {
  return readFileSync(path.join(root, 'test', 'support', 'audio', file));
}

/** The frames of an MP3 that has nothing but frames, an Info or Xing frame as well. */
export function framesOf(bytes: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readFrameHeader(bytes, at);
    if (header === undefined) throw new Error(`No frame begins at the byte ${String(at)}.`);
    frames.push(bytes.subarray(at, at + header.bytes));
    at += header.bytes;
  }
  return frames;
}

/** The same sound without the frame that says how long it is. */
export function withoutInfo(bytes: Buffer): Buffer {
  const [first, ...others] = framesOf(bytes);
  const header = first === undefined ? undefined : readFrameHeader(first, 0);
  const isInfo = first !== undefined && header !== undefined && readInfoTag(first, header) !== undefined;
  return isInfo ? Buffer.concat(others) : bytes;
}

/** The sound again and again until it has so many frames; with its Xing or Info frame telling that count where it `hasInfo`. */
export function repeated(bytes: Buffer, count: number, { hasInfo }: { readonly hasInfo: boolean }): Buffer {
  const sound = framesOf(withoutInfo(bytes));
  const frames = Array.from({ length: count }, (_, frame) => sound[frame % sound.length] ?? Buffer.alloc(0));
  return Buffer.concat([...(hasInfo ? [infoFrame(bytes, count)] : []), ...frames]);
}

/** The Info or Xing frame of a file, saying another count. */
function infoFrame(bytes: Buffer, count: number): Buffer {
  const [first = Buffer.alloc(0)] = framesOf(bytes);
  const frame = Buffer.from(first);
  const at = Math.max(frame.indexOf('Xing', 0, 'latin1'), frame.indexOf('Info', 0, 'latin1'));
  if (at < 0) throw new Error('The file has no Xing or Info frame.');
  frame.writeUInt32BE(count, at + 8);
  return frame;
}
