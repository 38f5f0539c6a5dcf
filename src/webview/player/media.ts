/** What an audio element tells, as numbers and sentences. Pure. */
import { clockText, spokenTime } from '../text';

export const SPEEDS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The speed one step slower or faster than this one; at the ends, itself. */
export function speedAfter(speed: number, step: 1 | -1): number {
  const next = step > 0 ? SPEEDS.find((each) => each > speed) : SPEEDS.findLast((each) => each < speed);
  return next ?? speed;
}

/** The parts of an audio element that tell how long its sound is. */
export interface Media {
  readonly duration: number;
  readonly buffered: { readonly length: number; end(index: number): number };
}

/** The length in seconds. A file that does not say its own (its `duration` is then infinite) is as long as what was read of it. */
export function lengthOf({ duration, buffered }: Media): number {
  if (Number.isFinite(duration)) return duration;
  return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
}

/** A number kept within bounds. */
export function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** A seek position for those who listen: `1 minute 3 seconds of 2 minutes 51 seconds`. */
export function seekText(position: number, length: number): string {
  return `${spokenTime(position)} of ${spokenTime(length)}`;
}

/** `/ 2:51`, or a dash while the length is not known. */
export function totalText(length: number | undefined): string {
  return length === undefined ? '/ –:––' : `/ ${clockText(length)}`;
}

/** The bytes that the host sent, in a buffer of their own; undefined when what came is no bytes. */
export function bytesOf(sent: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (sent instanceof ArrayBuffer) return new Uint8Array(sent);
  if (ArrayBuffer.isView(sent)) return new Uint8Array(sent.buffer, sent.byteOffset, sent.byteLength).slice();
  return undefined;
}

/** Why the page cannot play what the host fetched. */
export interface PageProblem {
  readonly problem: 'unplayable' | 'lost';
  readonly sentence: string;
}

export const LOST: PageProblem = { problem: 'lost', sentence: 'The recording did not reach this panel from the extension.' };

/** The sentence for a media error's code (`MEDIA_ERR_…`), naming the format. */
export function mediaProblem(code: number | undefined, format: string): PageProblem {
  const why = code === 3 ? 'it broke off while being decoded' : 'VS Code has no decoder for it';
  return { problem: 'unplayable', sentence: `This ${format} file cannot be played here: ${why}. Download it to hear it in another player.` };
}
