/** Pauses before a request is sent again that are over at once. */
import type { Retries } from '../../src/exotel/client';

export class Pauses implements Retries {
  /** In milliseconds. */
  readonly taken: number[] = [];

  constructor(readonly random: () => number = () => 0.5) {}

  readonly sleep = (ms: number): Promise<void> => {
    this.taken.push(ms);
    return Promise.resolve();
  };
}
