/** Time that stands still until a test moves it. */
import type { Instant } from '../../src/call/call';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class FakeTime {
  readonly #timers = new Set<Timer>();
  #elapsed = 0;

  /** `settle` waits until everything has happened that does not wait for time. */
  constructor(
    private wall: Instant,
    private readonly settle: () => Promise<void> = settled,
  ) {}

  readonly now = (): Instant => this.wall;
  /** Never goes back, and stands still while the machine sleeps. */
  readonly elapsed = (): number => this.#elapsed;

  readonly setTimer = (run: () => void, delayMs: number): (() => void) => {
    const timer = { at: this.#elapsed + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass, and everything happen that is due, in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await this.settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#forward(Math.max(0, next.at - this.#elapsed));
      this.#timers.delete(next);
      next.run();
      await this.settle();
    }
    this.#forward(end - this.#elapsed);
  }

  /** Lets the clock go on, and no timer with it: the machine sleeps, or the clock is set. */
  sleep(ms: number): void {
    this.wall += ms;
  }

  #forward(ms: number): void {
    this.#elapsed += ms;
    this.wall += ms;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
    return due[0];
  }
}

/** Waits until everything has happened that does not wait for time. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
