import { useEffect, useState } from 'preact/hooks';
import type { Levels } from '../../call/levels';
import { peakPyramid, type PeakPyramid } from '../../call/peaks';
import type { LevelsPiece, RecordingState } from '../../shared/protocol';
import { useHost } from '../host';
import { bytesOf } from './media';

/** After a failure, or a piece without anything in it, it is asked again so much later. */
const PAUSE_MS = 1000;
const MOST_FAILURES = 5;

/** The levels of a recording as far as they came, and what they are drawn from. */
export interface Heard {
  readonly levels: Levels;
  readonly peaks: PeakPyramid;
  readonly rms: PeakPyramid;
}

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

/** Levels that grow piece by piece, in buffers with room for more: a long recording comes in hundreds of pieces. */
export class Growing {
  bins = 0;
  private peaks: Uint8Array[] = [];
  private rms: Uint8Array[] = [];
  private pyramids: { readonly peaks: PeakPyramid; readonly rms: PeakPyramid } | undefined;

  /** All there is, after another piece; one that does not follow on what is here cuts it there. */
  with({ from, peaks, rms, isWhole }: LevelsPiece): Heard {
    const start = Math.min(from, this.bins);
    const added = Math.max(0, Math.min(...[...peaks, ...rms].map((bytes) => bytesOf(bytes)?.length ?? 0)));
    if (start < this.bins) this.pyramids = undefined;
    if (added > 0 && Number.isFinite(added)) {
      this.peaks = peaks.map((bytes, channel) => appended(this.peaks[channel], start, bytesOf(bytes), added));
      this.rms = rms.map((bytes, channel) => appended(this.rms[channel], start, bytesOf(bytes), added));
      this.bins = start + added;
    }
    const view = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, this.bins);
    const levels: Levels = { peaks: this.peaks.map(view), rms: this.rms.map(view), isWhole };
    if (this.pyramids === undefined || this.pyramids.peaks.bins === 0) this.pyramids = { peaks: peakPyramid(levels), rms: peakPyramid({ peaks: levels.rms }) };
    this.pyramids.peaks.extend(levels);
    this.pyramids.rms.extend({ peaks: levels.rms });
    return { levels, ...this.pyramids };
  }
}

function appended(known: Uint8Array = new Uint8Array(0), start: number, more: Uint8Array = new Uint8Array(0), count: number): Uint8Array {
  const wanted = start + count;
  const into = wanted <= known.length ? known : new Uint8Array(Math.max(wanted, known.length * 2, 4096));
  if (into !== known) into.set(known.subarray(0, start));
  into.set(more.subarray(0, count), start);
  return into;
}
