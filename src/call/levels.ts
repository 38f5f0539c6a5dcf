/** How loud a recording is over its length: what its drawing and all measures of it are made from. */
import type { Seconds } from './call';

/** A recording is measured in bins of this length. */
export const BIN_SECONDS: Seconds = 0.02;

/**
 * Levels by channel and bin, one byte each: see {@link levelByte}. In `peaks` {@link CLIPPED} stands for a bin in which the signal stayed
 * at full scale for three samples or more.
 */
export interface Levels {
  /** One array for each channel: the largest amplitude in each bin. */
  readonly peaks: readonly Uint8Array[];
  /** One array for each channel: the root mean square of each bin. */
  readonly rms: readonly Uint8Array[];
  /** False while more bins may come. */
  readonly isWhole: boolean;
}

export const CLIPPED = 255;
const MOST = 254;

/** An amplitude from 0 to 1 as a byte: its square root, so that what is quiet keeps its differences. */
export function levelByte(amplitude: number): number {
  return Math.min(MOST, Math.round(Math.sqrt(Math.max(0, amplitude)) * MOST));
}

/** The amplitude, from 0 to 1, that a byte stands for. */
export function amplitudeOf(byte: number): number {
  return (Math.min(MOST, byte) / MOST) ** 2;
}
