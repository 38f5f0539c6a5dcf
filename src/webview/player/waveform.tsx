import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { NARROW_BELOW } from '../chart';
import { PointerLine } from '../chart-axis';
import { GUTTER } from '../chart-lane';
import { exactClock } from '../text';
import { useFrame } from '../use-frame';
import type { Zoom } from '../use-zoom';
import { instantAt } from '../viewport';
import { columnsIn } from './columns';
import { markedIn, withStretch } from './marks';
import { instantOf, pixelOf, positionAt, type Placed } from './placed';
import type { Playback } from './playback';
import { rulerTicks } from './ruler';
import { ShiftHandle } from './shift-handle';
import { SwapButton, WaveLabel } from './wave-label';
import { useWaveGestures } from './use-wave-gestures';
import { useFrames } from './use-playback';
import { usePlayer } from './use-player';
import { WaveLane } from './wave-lane';

interface WaveformProps {
  readonly zoom: Zoom;
  readonly placed: Placed;
  /** After a click, where the keyboard goes on. */
  readonly onFocus: () => void;
}

/** The recording as one lane for each channel, on the axis that the timeline has. */
export function Waveform({ zoom, placed, onFocus }: WaveformProps): JSX.Element {
  const player = usePlayer();
  const { recording, sides, heard, marks, alignment } = player;
  const frame = useRef<HTMLDivElement>(null);
  const { width, measure } = useFrame(frame);
  const isNarrow = width < NARROW_BELOW;
  const left = isNarrow ? 0 : GUTTER;
  const plot = Math.max(0, width - left);
  const { view } = zoom;
  const { marking, handlers } = useWaveGestures({
    area: frame,
    zoom,
    placed,
    left,
    plot,
    onSeek: (to) => {
      player.seek(to);
      onFocus();
    },
    onMark: (one, other) => {
      player.setMarks(withStretch(marks, one, other));
      onFocus();
    },
  });
  useFollowing(player.playback, zoom, placed);
  const columns = useMemo(() => columnsIn(placed, view, plot), [placed, view, plot]);
  const ticks = useMemo(() => rulerTicks(placed, view, plot, measure), [placed, view, plot, measure]);
  const stretch = marking ?? markedIn(marks);
  const isPlain = recording.phase === 'ready' && !recording.isDecoded;
  const textAt = (x: number): string => {
    const at = positionAt(instantAt(x, view, plot), placed);
    return at < 0 || at > placed.length ? 'outside of the recording' : exactClock(at);
  };
  return (
    <div ref={frame} class={`wave${isNarrow ? ' is-narrow' : ''}${alignment?.provenance === 'inferred' ? ' is-inferred' : ''}`} style={{ '--gutter': `${left}px` }} {...handlers}>
      <div class="wave-row" aria-hidden="true">
        <svg class="ruler" width={plot} height={16}>
          {ticks.map(({ x, label }) => (
            <text key={label} x={x} y={12} text-anchor={x < 16 ? 'start' : x > plot - 16 ? 'end' : 'middle'}>
              {label}
            </text>
          ))}
        </svg>
      </div>
      <div class="wave-lanes">
        {sides.map((side) => (
          <div key={side.channel} class={`wave-row is-${side.side ?? 'both'}`}>
            <WaveLabel side={side} />
            <WaveLane side={side} isPlain={isPlain} heard={heard} columns={columns} placed={placed} view={view} width={plot} marks={marks} stretch={stretch} />
          </div>
        ))}
        {sides.length === 2 && <SwapButton />}
      </div>
      {alignment !== undefined && <ShiftHandle x={left + pixelOf(0, placed, view, plot)} isShown={placed.start >= view.from && placed.start < view.to} view={view} width={plot} />}
      <PointerLine area={frame} left={left} plot={plot} measure={measure} textAt={textAt} />
    </div>
  );
}

/** So much of a view is turned over as by a page when playing comes to its end. */
const PAGE = 0.9;

/** What is drawn follows the position out of the drawing's right edge; who looks elsewhere is left alone. */
function useFollowing(playback: Playback, { isZoomed, view, pan }: Zoom, placed: Placed): void {
  const before = useRef(0);
  useFrames(playback, (position) => {
    const at = instantOf(position, placed);
    const isLeaving = before.current < view.to && at >= view.to;
    before.current = at;
    if (isZoomed && isLeaving && playback.playing) pan(PAGE * (view.to - view.from));
  });
}
