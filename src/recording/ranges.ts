/** Which bytes of a file are there. */

/** Bytes from `from` up to, not including, `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export class ByteRanges {
  /** In order, disjoint, and none ends where the next begins. */
  #ranges: readonly ByteRange[] = [];

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  /** How many bytes are there. */
  get size(): number {
    return this.#ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  add(added: ByteRange): void {
    if (added.to <= added.from) return;
    const apart = this.#ranges.filter(({ from, to }) => to < added.from || from > added.to);
    const touching = this.#ranges.filter(({ from, to }) => to >= added.from && from <= added.to);
    const whole = { from: Math.min(added.from, ...touching.map(({ from }) => from)), to: Math.max(added.to, ...touching.map(({ to }) => to)) };
    this.#ranges = [...apart, whole].toSorted((one, other) => one.from - other.from);
  }

  clear(): void {
    this.#ranges = [];
  }

  /** The end of what is there without a gap from `at` on; `at` itself where that byte is not there. */
  reach(at: number): number {
    return this.#ranges.find(({ from, to }) => from <= at && at < to)?.to ?? at;
  }

  /** The first byte from `at` on that is not there, below `end`; undefined: all of them are. */
  gapFrom(at: number, end: number): number | undefined {
    const gap = this.reach(at);
    return gap < end ? gap : undefined;
  }
}
