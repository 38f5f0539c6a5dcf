/** What the thread that measures and decodes, and the one that asks it, say to each other. */
import type { SoundFacts } from './sound';

/** How much of a growing file is there, in bytes: from its start without a gap, and in all as far as that is known. */
export interface Extent {
  readonly prefix: number;
  readonly size: number | undefined;
  readonly isSettled: boolean;
}

/** Bytes that are there beyond the start: from `at` up to, not including, `end`. */
export interface Island {
  readonly at: number;
  readonly end: number;
}

/** One piece of sound is wanted: the frames `from` up to `to`, or as many of the first of them as make a piece. */
export interface PieceRequest {
  readonly from: number;
  readonly to: number;
  readonly extent: Extent;
  readonly island: Island | undefined;
  /** True when what was waited for will never come. */
  readonly isInVain: boolean;
}

/** Paths are those of this machine; `id` names a recording, `request` a request. */
export type ToWorker =
  | { readonly kind: 'open'; readonly id: number; readonly path: string; readonly codec: 'mp3' | 'wav'; readonly extent: Extent }
  | { readonly kind: 'grow'; readonly id: number; readonly extent: Extent }
  | { readonly kind: 'piece'; readonly id: number; readonly request: number; readonly wanted: PieceRequest }
  | { readonly kind: 'cancel'; readonly id: number; readonly request: number }
  | { readonly kind: 'close'; readonly id: number };

/**
 * What comes of a request. `samples`: 16 bits, little-endian, interleaved, from the frame asked for on. `needs`: wait for the byte `at`,
 * which may belong to an island that begins at `island`, and ask again. `end`: there is nothing from that frame on.
 */
export type PieceReply =
  | { readonly kind: 'samples'; readonly samples: ArrayBuffer }
  | { readonly kind: 'needs'; readonly at: number; readonly island: number | undefined }
  | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'facts'; readonly id: number; readonly facts: SoundFacts }
  /** Bins that follow on those before, one array for each channel. */
  | { readonly kind: 'levels'; readonly id: number; readonly peaks: readonly Uint8Array<ArrayBuffer>[]; readonly rms: readonly Uint8Array<ArrayBuffer>[]; readonly isWhole: boolean }
  | { readonly kind: 'piece'; readonly id: number; readonly request: number; readonly reply: PieceReply }
  /** Nothing more will come of this recording; a sentence for a person. */
  | { readonly kind: 'broken'; readonly id: number; readonly sentence: string };
