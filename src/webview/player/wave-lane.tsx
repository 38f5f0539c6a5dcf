import type { JSX } from 'preact';
import { BIN_SECONDS } from '../../call/levels';
import type { Range } from '../axis';
import type { Columns } from './columns';
import type { Marked, Marks } from './marks';
import { pixelOf, type Placed } from './placed';
import { Playhead } from './playhead';
import type { Side } from './sides';
import type { Heard } from './growing';
import { WaveCanvas } from './wave-canvas';

interface WaveLaneProps {
  readonly side: Side;
  /** Nothing is known of how loud it is: a bar stands for it. */
  readonly isPlain: boolean;
  readonly heard: Heard | undefined;
  readonly columns: Columns;
  readonly placed: Placed;
  readonly view: Range;
  /** In pixels. */
  readonly width: number;
  readonly marks: Marks;
  readonly stretch: Marked | undefined;
}

/** One channel: its waveform as far as it came, what was played of it in full, the marked stretch. */
export function WaveLane({ side, isPlain, heard, columns, placed, view, width, marks, stretch }: WaveLaneProps): JSX.Element {
  const x = (position: number): number => pixelOf(position, placed, view, width);
  const known = (heard?.peaks.bins ?? 0) * BIN_SECONDS;
  const ends = [x(0), x(placed.length)] as const;
  return (
    <div class="wave-plot">
      <div class="extent" style={{ left: `${ends[0]}px`, width: `${ends[1] - ends[0]}px` }} />
      {!isPlain && known < placed.length && heard?.levels.isWhole !== true && <div class="to-come" style={{ left: `${x(known)}px`, width: `${ends[1] - x(known)}px` }} />}
      {stretch !== undefined && <div class="stretch" style={{ left: `${x(stretch.from)}px`, width: `${x(stretch.to) - x(stretch.from)}px` }} />}
      {isPlain && <div class="plain" style={{ left: `${ends[0]}px`, width: `${ends[1] - ends[0]}px` }} />}
      {heard !== undefined && <WaveCanvas columns={columns} heard={heard} channel={side.channel} width={width} />}
      <Playhead placed={placed} view={view} width={width} dims />
      {(['a', 'b'] as const).map((mark) => {
        const at = marks[mark];
        return (
          at !== undefined && (
            <div key={mark} class={`mark-line is-${mark}`} style={{ left: `${x(at)}px` }}>
              {side.channel === 0 && <span>{mark.toUpperCase()}</span>}
            </div>
          )
        );
      })}
    </div>
  );
}
