/** Ends a transfer that nobody sends to: some servers take a request and then say nothing for ever. */
export class Watchdog {
  private readonly controller = new AbortController();

  constructor(private readonly milliseconds: number) {}

  /** Aborted once something watched took too long. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Waits for one step; the time between steps does not count. */
  async watch<T>(step: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.controller.abort(), this.milliseconds);
    try {
      return await step;
    } finally {
      clearTimeout(timer);
    }
  }
}
