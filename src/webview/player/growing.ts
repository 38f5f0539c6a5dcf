/** A recording's levels as they come. Pure. */
import type { Levels } from '../../call/levels';
import { peakPyramid, type PeakPyramid } from '../../call/peaks';
import type { LevelsPiece } from '../../shared/protocol';
import { bytesOf } from './media';

/** The levels of a recording as far as they came, and what they are drawn from. */
export interface Heard {
  readonly levels: Levels;
  readonly peaks: PeakPyramid;
  readonly rms: PeakPyramid;
}

/** Levels that grow piece by piece, in buffers with room for more: a long recording comes in hundreds of pieces. */
export class Growing {
  bins = 0;
  private peaks: Uint8Array[] = [];
  private rms: Uint8Array[] = [];
  private pyramids: { readonly peaks: PeakPyramid; readonly rms: PeakPyramid } | undefined;

  /** All there is, after another piece; one that does not follow on what is here cuts it there. */
  with({ from, peaks, rms, isWhole }: LevelsPiece): Heard {
    const start = Math.min(from, this.bins);
    const added = Math.max(0, Math.min(...[...peaks, ...rms].map((bytes) => bytesOf(bytes)?.length ?? 0)));
    if (start < this.bins) this.pyramids = undefined;
    if (added > 0 && Number.isFinite(added)) {
      this.peaks = peaks.map((bytes, channel) => appended(this.peaks[channel], start, bytesOf(bytes), added));
      this.rms = rms.map((bytes, channel) => appended(this.rms[channel], start, bytesOf(bytes), added));
      this.bins = start + added;
    }
    const view = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, this.bins);
    const levels: Levels = { peaks: this.peaks.map(view), rms: this.rms.map(view), isWhole };
    if (this.pyramids === undefined || this.pyramids.peaks.bins === 0) this.pyramids = { peaks: peakPyramid(levels), rms: peakPyramid({ peaks: levels.rms }) };
    this.pyramids.peaks.extend(levels);
    this.pyramids.rms.extend({ peaks: levels.rms });
    return { levels, ...this.pyramids };
  }
}

function appended(known: Uint8Array = new Uint8Array(0), start: number, more: Uint8Array = new Uint8Array(0), count: number): Uint8Array {
  const wanted = start + count;
  const into = wanted <= known.length ? known : new Uint8Array(Math.max(wanted, known.length * 2, 4096));
  if (into !== known) into.set(known.subarray(0, start));
  into.set(more.subarray(0, count), start);
  return into;
}
