/** Time as it is told, which may be set, and time as it passes, which never goes back. */
import type { Instant } from '../call/call';

export interface Clocks {
  /** Milliseconds from some moment on; never goes back, and may stand still while the machine sleeps. */
  readonly elapsed: () => number;
  /** This machine's clock, by which answers name moments. It may be set at any time. */
  readonly now: () => Instant;
}

/** The two clocks part by less in an ordinary request. */
const PARTING_MS = 1000;

/** How long something takes, whatever becomes of this machine's clock meanwhile. */
export class Stopwatch {
  readonly #startedAt: Instant;
  readonly #started: number;

  constructor(private readonly clocks: Clocks) {
    this.#startedAt = clocks.now();
    this.#started = clocks.elapsed();
  }

  /** Since it was started, whole, and not counting sleep. */
  get milliseconds(): number {
    return Math.round(Math.max(0, this.clocks.elapsed() - this.#started));
  }

  /**
   * By how much this machine's clock went on more than time passed, in milliseconds: the machine slept so long, or its clock was put
   * forward; negative: put back. 0 up to a second.
   */
  get driftMs(): number {
    const drift = this.clocks.now() - this.#startedAt - (this.clocks.elapsed() - this.#started);
    return Math.abs(drift) < PARTING_MS ? 0 : drift;
  }
}
