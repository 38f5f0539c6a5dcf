/** What the worker does with a file of one kind, a slice at a time. */
import type { MeasuredBins } from './meter';
import type { Extent, PieceReply, PieceRequest } from './soundMessages';
import type { SoundFacts } from './sound';

export interface Source {
  /** Tells how much of the file is there by now. */
  grow(extent: Extent): void;
  /** Works on, for a few milliseconds; false where there is nothing to do until more of the file is there. Throws {@link Unreadable}. */
  work(): boolean;
  /** What is known of the sound now. */
  facts(): SoundFacts | undefined;
  /** The bins measured since the last call; undefined where there are none. */
  takeLevels(): MeasuredBins | undefined;
  /** True once all bins were measured. */
  readonly isMeasured: boolean;
  /** A piece of the sound; undefined: not before {@link work} got further. */
  piece(wanted: PieceRequest): PieceReply | undefined;
  /** Gives back the file and all else. */
  close(): void;
}

/** Why a file holds no sound that can be had here; the message is a sentence for a person. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Work is done in slices of so many milliseconds, so that requests are answered between them. */
const SLICE_MS = 6;

/** Takes steps until there is none to take or the slice is over; false where there was none at all. */
export function inSlices(step: () => boolean): boolean {
  const until = performance.now() + SLICE_MS;
  if (!step()) return false;
  while (performance.now() < until && step());
  return true;
}
