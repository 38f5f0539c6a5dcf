/** This machine's clocks, and the time that watching goes by: this machine's too, unless a test moves it by hand. */
import type { Instant } from '../call/call';
import type { Clocks } from '../exotel/clocks';

export const CLOCKS: Clocks = { now: Date.now, elapsed: () => performance.now() };

/** Clocks, and timers that go by them. */
export interface Time extends Clocks {
  /** Runs something once, later; gives what calls that off. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

const MACHINE: Time = {
  ...CLOCKS,
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export class Clock implements Time {
  #time = MACHINE;

  readonly now = (): Instant => this.#time.now();
  readonly elapsed = (): number => this.#time.elapsed();
  readonly setTimer = (run: () => void, delayMs: number): (() => void) => this.#time.setTimer(run, delayMs);

  /** Goes by another time from now on; none: this machine's. Timers that are set already stay with theirs. */
  goBy(time: Time = MACHINE): void {
    this.#time = time;
  }
}
