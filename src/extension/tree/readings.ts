/** What of a view is being read. */

interface Reading {
  /** Something changed since it began. */
  isStale: boolean;
}

/**
 * Readings of what is below a view's lines. VS Code 1.100 shows nothing below a line, for good, once two readings of it overlap or one
 * ends after the line itself was taken anew: it finds their ids registered already. So only the latest reading has a result.
 *
 * @template Line what is below `undefined` are the outermost lines
 */
export class Readings<Line> {
  readonly #latest = new Map<Line | undefined, Reading>();

  /** What `below` resolves to, read again for as long as it {@link takesIn} changes; undefined once a later reading began, or {@link end}. */
  async read<Lines>(line: Line | undefined, below: () => Promise<Lines>): Promise<Lines | undefined> {
    const reading: Reading = { isStale: false };
    this.#latest.set(line, reading);
    try {
      return await this.#readOut(line, reading, below);
    } finally {
      if (this.#isLatest(line, reading)) this.#latest.delete(line);
    }
  }

  /** Tells the reading that is under way of a change. False: none is, so what was read before has to be read anew. */
  takesIn(line: Line): boolean {
    const reading = this.#latest.get(line);
    if (reading === undefined) return false;
    reading.isStale = true;
    return true;
  }

  /** The line itself is taken anew, so what is below it will be asked for again. */
  end(line: Line): void {
    this.#latest.delete(line);
  }

  async #readOut<Lines>(line: Line | undefined, reading: Reading, below: () => Promise<Lines>): Promise<Lines | undefined> {
    for (;;) {
      reading.isStale = false;
      const lines = await below();
      if (!this.#isLatest(line, reading)) return undefined;
      if (!reading.isStale) return lines;
    }
  }

  #isLatest(line: Line | undefined, reading: Reading): boolean {
    return this.#latest.get(line) === reading;
  }
}
