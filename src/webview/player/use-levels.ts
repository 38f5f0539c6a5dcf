import { useEffect, useState } from 'preact/hooks';
import type { RecordingState } from '../../shared/protocol';
import { useHost } from '../host';
import { Growing, type Heard } from './growing';

/** After a failure, or a piece without anything in it, it is asked again so much later. */
const PAUSE_MS = 1000;
const MOST_FAILURES = 5;

/** The levels of a recording as far as they came; undefined: none came yet, or there are none to come. */
export function useLevels(recording: RecordingState): Heard | undefined {
  const [known, setKnown] = useState<{ readonly id: string; readonly heard: Heard }>();
  const { host, id, revision } = { host: useHost(), ...(recording.phase === 'ready' && recording.isDecoded ? recording : { id: undefined, revision: 0 }) };
  useEffect(() => {
    if (id === undefined) return undefined;
    const left = new AbortController();
    const ask = async (): Promise<void> => {
      const store = new Growing();
      for (let failures = 0; failures < MOST_FAILURES && !left.signal.aborted; ) {
        try {
          const piece = await host.call('recordingLevels', id, store.bins);
          if (left.signal.aborted) return;
          const heard = store.with(piece);
          setKnown({ id, heard });
          if (heard.levels.isWhole) return;
          if (piece.peaks.every(({ length }) => length === 0)) await pause(left.signal);
        } catch {
          failures += 1;
          await pause(left.signal);
        }
      }
    };
    void ask();
    return () => left.abort();
  }, [host, id, revision]);
  return known?.id === id ? known?.heard : undefined;
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSE_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
