/** Waiting for something that is told again and again, until it is what was waited for. */

export class Bell {
  private readonly listeners = new Set<() => void>();

  ring(): void {
    for (const listener of this.listeners) listener();
  }

  /** Hears of each ring. Gives what ends that. */
  on(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** From now on nobody who heard before hears. */
  mute(): void {
    this.listeners.clear();
  }

  /** Waits until `found` gives something, asking now and at each ring. Rejects with the signal's reason when that is aborted. */
  until<T>(found: () => T | undefined, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const look = (): boolean => {
        const value = found();
        if (value === undefined) return false;
        stop();
        resolve(value);
        return true;
      };
      const onAbort = (): void => {
        stop();
        reject(reasonOf(signal));
      };
      const off = this.on(look);
      const stop = (): void => {
        off();
        signal.removeEventListener('abort', onAbort);
      };
      if (!look()) signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

/** What the signal was aborted with, as an error. */
function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('Aborted.', { cause: reason });
}
