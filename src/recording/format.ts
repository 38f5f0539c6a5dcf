/** Which kind of audio a file is, by its first bytes: names and content types of servers are often wrong. */
import { urlOf } from '../exotel/links';

export interface AudioFormat {
  /** `MP3`, `WAV`, `WAV (GSM)`, `Ogg`, `FLAC`, `MP4`, `AAC`, `AMR`. */
  readonly name: string;
  readonly mime: string;
  /** Without a dot: `mp3`. */
  readonly extension: string;
  /** Where the first bytes say. */
  readonly channels?: 1 | 2;
}

/** So many bytes are enough for every format, the tags before an MP3's first frame aside. */
export const HEAD_BYTES = 4096;

/** The format of a file that starts with these bytes; undefined for what is no audio that is known here. */
export function formatOf(head: Uint8Array): AudioFormat | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const starts = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  if (starts('RIFF') && starts('WAVE', 8)) return wav(bytes);
  if (starts('ID3')) return mp3(bytes, endOfTag(bytes));
  if (starts('OggS')) return { name: 'Ogg', mime: 'audio/ogg', extension: 'ogg' };
  if (starts('fLaC')) return { name: 'FLAC', mime: 'audio/flac', extension: 'flac' };
  if (starts('ftyp', 4)) return { name: 'MP4', mime: 'audio/mp4', extension: 'm4a' };
  if (starts('#!AMR')) return { name: 'AMR', mime: 'audio/amr', extension: 'amr' };
  if (isMpegFrame(bytes, 0)) return mp3(bytes, 0);
  if (isAdtsFrame(bytes)) return { name: 'AAC', mime: 'audio/aac', extension: 'aac' };
  return undefined;
}

/** The extension to save a recording under before anything of it came: its link's where that is one of audio, else that of most recordings. */
export function extensionOfLink(link: string): string {
  const [, extension = ''] = /\.(\w+)$/.exec(urlOf(link)?.pathname ?? '') ?? [];
  return AUDIO_EXTENSIONS.includes(extension.toLowerCase()) ? extension.toLowerCase() : 'mp3';
}

const AUDIO_EXTENSIONS: readonly string[] = ['mp3', 'wav', 'ogg', 'flac', 'm4a', 'aac', 'amr'];

/** Names of the codecs in a WAV that few players know. */
const WAV_CODECS: Readonly<Record<number, string>> = {
  0x02: 'ADPCM',
  0x06: 'A-law',
  0x07: 'µ-law',
  0x11: 'ADPCM',
  0x31: 'GSM',
  0x55: 'MP3',
};

function wav(bytes: Buffer): AudioFormat {
  const format = bytes.indexOf('fmt ', 12, 'latin1');
  const isThere = format >= 0 && bytes.length >= format + 12;
  const codec = isThere ? WAV_CODECS[bytes.readUInt16LE(format + 8)] : undefined;
  const name = codec === undefined ? 'WAV' : `WAV (${codec})`;
  return { name, mime: 'audio/wav', extension: 'wav', ...channels(isThere ? bytes.readUInt16LE(format + 10) : 0) };
}

function mp3(bytes: Buffer, firstFrame: number): AudioFormat {
  const MONO = 3;
  const mode = isMpegFrame(bytes, firstFrame) ? (bytes[firstFrame + 3] ?? 0) >> 6 : undefined;
  return { name: 'MP3', mime: 'audio/mpeg', extension: 'mp3', ...channels(mode === undefined ? 0 : mode === MONO ? 1 : 2) };
}

function channels(count: number): { readonly channels?: 1 | 2 } {
  return count === 1 || count === 2 ? { channels: count } : {};
}

/** Where an ID3v2 tag ends: its size stands in four bytes of seven bits. */
function endOfTag(bytes: Buffer): number {
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((bytes[at] ?? 0) & 0x7f), 0);
  return 10 + size;
}

/** Eleven sync bits, then a version, a layer, a bit rate and a sample rate that exist. */
function isMpegFrame(bytes: Buffer, at: number): boolean {
  const [sync = 0, second = 0, third = 0, last] = bytes.subarray(at, at + 4);
  if (last === undefined || sync !== 0xff || (second & 0xe0) !== 0xe0) return false;
  const RESERVED_VERSION = 0x08;
  return (second & 0x18) !== RESERVED_VERSION && (second & 0x06) !== 0 && third >> 4 !== 0x0f && (third & 0x0c) !== 0x0c;
}

/** The sync bits of AAC, whose layer is always zero. */
function isAdtsFrame(bytes: Buffer): boolean {
  return bytes.length >= 7 && bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0;
}
