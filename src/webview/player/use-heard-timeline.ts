import type { Instant } from '../../call/call';
import type { Range } from '../axis';
import { overlap, positionAt, type Placed } from './placed';
import { within } from './media';
import { useAxis } from './use-axis';
import { usePlayer } from './use-player';

export interface HeardTimeline {
  /** Undefined: nobody knows where on the timeline the recording lies. */
  readonly placed: Placed | undefined;
  /** Plays what a stretch of time holds of the recording, from an instant in it or from its beginning; nothing where it holds nothing. */
  readonly onPlay: (stretch: Range, from?: Instant) => void;
  readonly onSeek: (to: Instant) => void;
}

/** The timeline as a way to steer the player. */
export function useHeardTimeline(): HeardTimeline {
  const { placed } = useAxis();
  const { playStretch, seek } = usePlayer();
  return {
    placed,
    onPlay: (stretch, from) => {
      const part = placed === undefined ? undefined : overlap(stretch, placed);
      if (placed === undefined || part === undefined) return;
      const at = from === undefined ? part.from : positionAt(from, placed);
      if (at >= 0 && at < placed.length) playStretch(part, within(at, part.from, part.to));
    },
    onSeek: (to) => {
      if (placed === undefined) return;
      const at = positionAt(to, placed);
      if (at >= 0 && at <= placed.length) seek(at);
    },
  };
}
