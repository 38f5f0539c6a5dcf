/** Levels as they come in, in arrays that grow. */
import type { Levels } from '../call/levels';
import type { MeasuredBins } from './meter';

/** Levels from bin `from` on. */
export interface StoredLevels {
  readonly from: number;
  readonly peaks: Uint8Array<ArrayBuffer>[];
  readonly rms: Uint8Array<ArrayBuffer>[];
  readonly isWhole: boolean;
}

export class LevelStore {
  private peaks: Grown[] = [];
  private rms: Grown[] = [];
  private isEnded = false;

  /** Bins so far. */
  get count(): number {
    return this.peaks[0]?.length ?? 0;
  }

  get isWhole(): boolean {
    return this.isEnded;
  }

  /** Takes bins that follow on those before. */
  add({ peaks, rms, isWhole }: { readonly [Name in keyof MeasuredBins]: readonly Uint8Array[] } & Pick<Levels, 'isWhole'>): void {
    this.peaks = appended(this.peaks, peaks);
    this.rms = appended(this.rms, rms);
    this.isEnded ||= isWhole;
  }

  /** Says that no more bins come. */
  end(): void {
    this.isEnded = true;
  }

  /** A copy of the bins from this one on. */
  from(bin: number): StoredLevels {
    const rest = (lane: Grown): Uint8Array<ArrayBuffer> => lane.bytes.slice(bin, lane.length);
    return { from: bin, peaks: this.peaks.map(rest), rms: this.rms.map(rest), isWhole: this.isEnded };
  }
}

interface Grown {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

function appended(lanes: readonly Grown[], more: readonly Uint8Array[]): Grown[] {
  if (more.length === 0) return [...lanes];
  return more.map((piece, channel) => {
    const { bytes, length } = lanes[channel] ?? { bytes: new Uint8Array(4096), length: 0 };
    const needed = length + piece.length;
    const room = needed <= bytes.length ? bytes : grown(bytes, needed);
    room.set(piece, length);
    return { bytes: room, length: needed };
  });
}

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(needed, bytes.length * 2));
  longer.set(bytes);
  return longer;
}
