/** A recording's peaks at any zoom: the largest of the bins that a column of pixels covers, without looking at each of them. */
import type { Seconds } from './call';
import { BIN_SECONDS, type Levels } from './levels';

export interface PeakPyramid {
  /** Bins of each channel that it knows. */
  readonly bins: number;
  /** Takes over what came after the bins it knows. `levels`: all of them, of as many channels as before. */
  extend(levels: Pick<Levels, 'peaks'>): void;
  /**
   * The largest peak in each of `count` columns that divide `from` to `to`, as a byte of {@link Levels.peaks}: of all bins that a column
   * touches, and 0 where there are none. Columns narrower than a bin share it. The cost grows with the columns, not with the length.
   */
  columns(channel: number, from: Seconds, to: Seconds, count: number): Uint8Array;
}

/** Bins of one storey that are one bin of the next. */
const FACTOR = 4;

/** Places that lie this close to a bin's edge, in bins, lie on it: seconds divide into bins with an error. */
const EDGE = 1e-6;

/** For levels that may still grow. */
export function peakPyramid(levels: Pick<Levels, 'peaks'>): PeakPyramid {
  const towers = levels.peaks.map((): Tower => ({ ground: new Uint8Array(), storeys: [] }));
  let bins = 0;
  const extend = ({ peaks }: Pick<Levels, 'peaks'>): void => {
    towers.forEach((tower, channel) => raise(tower, peaks[channel] ?? tower.ground, bins));
    bins = towers[0]?.ground.length ?? 0;
  };
  extend(levels);
  return {
    get bins() {
      return bins;
    },
    extend,
    columns(channel, from, to, count) {
      const columns = new Uint8Array(count);
      const tower = towers[channel];
      if (tower === undefined) return columns;
      const first = from / BIN_SECONDS;
      const width = (to - from) / BIN_SECONDS / count;
      for (let index = 0; index < count; index++) {
        const begin = Math.floor(first + index * width + EDGE);
        const end = Math.max(begin + 1, Math.ceil(first + (index + 1) * width - EDGE));
        columns[index] = largest(tower, Math.max(0, begin), Math.min(tower.ground.length, end));
      }
      return columns;
    },
  };
}

/** One channel: its bins as they came, and above them storeys that hold the largest of each {@link FACTOR} below. */
interface Tower {
  ground: Uint8Array;
  /** Longer than what is used of them: they grow by doubling. */
  readonly storeys: Uint8Array[];
}

/** Builds on from the bin `known`, which may have left the last bin of each storey incomplete. */
function raise(tower: Tower, ground: Uint8Array, known: number): void {
  tower.ground = ground;
  let below = ground;
  let [begin, end] = [known, ground.length];
  for (let level = 0; end > 1; level++) {
    begin = Math.floor(begin / FACTOR);
    const above = Math.ceil(end / FACTOR);
    const storey = roomFor(tower.storeys[level], above);
    for (let index = begin; index < above; index++) storey[index] = largestOf(below, index * FACTOR, Math.min(end, (index + 1) * FACTOR));
    tower.storeys[level] = storey;
    below = storey;
    end = above;
  }
}

function roomFor(storey: Uint8Array | undefined, length: number): Uint8Array {
  if (storey !== undefined && storey.length >= length) return storey;
  const roomier = new Uint8Array(Math.max(length, 2 * (storey?.length ?? 0)));
  roomier.set(storey ?? []);
  return roomier;
}

/** The largest from bin `begin` up to `end`: the ends that do not fill a bin above are read where they are, the middle one storey higher. */
function largest({ ground, storeys }: Tower, begin: number, end: number): number {
  let result = 0;
  let [from, to] = [begin, end];
  for (let storey: Uint8Array | undefined = ground, level = 0; storey !== undefined && from < to; storey = storeys[level++]) {
    const inner = Math.ceil(from / FACTOR);
    const outer = Math.floor(to / FACTOR);
    if (inner >= outer) return Math.max(result, largestOf(storey, from, to));
    result = Math.max(result, largestOf(storey, from, inner * FACTOR), largestOf(storey, outer * FACTOR, to));
    [from, to] = [inner, outer];
  }
  return result;
}

function largestOf(bytes: Uint8Array, from: number, to: number): number {
  let result = 0;
  for (let index = from; index < to; index++) result = Math.max(result, bytes[index] ?? 0);
  return result;
}
