/** This machine's clocks. */
import type { Clocks } from '../exotel/clocks';

export const CLOCKS: Clocks = { now: Date.now, elapsed: () => performance.now() };
