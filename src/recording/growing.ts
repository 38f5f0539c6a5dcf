/** A file that is still being written: what the download fills, and everything that hears or measures a recording reads. */

export interface GrowingFile {
  /** Where it is on this machine. Bytes that {@link reach} does not cover may be missing or zero. */
  readonly path: string;
  /** Bytes of the whole file: promised as long as it grows, and true once {@link isSettled}; undefined: nobody said. */
  readonly size: number | undefined;
  /** True once nothing more will come: all of it is there, or what came before it was cut off. */
  readonly isSettled: boolean;
  /** The end of what is there without a gap from `at` on; `at` itself where that byte is not there. In bytes. */
  reach(at: number): number;
  /**
   * Waits until the byte at `at` is there and gives {@link reach}; gives `at` where it never will be. Waiting tells the download that
   * this place is wanted. Rejects when the signal is aborted.
   */
  wait(at: number, signal: AbortSignal): Promise<number>;
  /** Hears of each growth, and of the end. Gives what ends that. */
  onGrowth(listener: () => void): () => void;
}
