import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { TimeFormat } from '../../call/time';
import { SectionTitle } from '../section';
import { Aside } from './aside';
import { actOf } from './commands';
import { Controls } from './controls';
import { Measures } from './measures';
import { placeOf } from './places';
import { Problem, problemOf } from './problem';
import { SeekBar } from './seek-bar';
import { ShortcutSheet } from './shortcut-sheet';
import { useActs } from './use-acts';
import { useAxis } from './use-axis';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';
import { Waveform } from './waveform';
import { WaveSkeleton } from './wave-skeleton';

interface RecordingProps {
  readonly format: TimeFormat;
}

/** The recording, or why there is none to hear: as high in every state. */
export function RecordingSection({ format }: RecordingProps): JSX.Element {
  const player = usePlayer();
  const { recording, playback } = player;
  const { wave } = useAxis();
  const acts = useActs(player);
  const seekBar = useRef<HTMLInputElement>(null);
  useChanges(playback);
  const problem = problemOf(recording, playback);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (problem !== undefined) return;
    const act = actOf(event, placeOf(event.target));
    if (act === undefined) return;
    event.preventDefault();
    acts.performByKey(act);
  };
  const onFocus = (): void => seekBar.current?.focus({ preventScroll: true });

  return (
    <section aria-label="Recording" data-recording={problem?.name ?? recording.phase} onKeyDown={onKeyDown}>
      <SectionTitle name="Recording" aside={<Aside locale={format.locale} />} />
      <div class="player">
        {problem !== undefined && <Problem problem={problem} format={format} onAgain={() => playback.again()} />}
        <div class="player-parts" inert={problem !== undefined}>
          {wave === undefined || player.sides.length === 0 ? <WaveSkeleton /> : <Waveform zoom={wave.zoom} placed={wave.placed} onFocus={onFocus} />}
          <SeekBar element={seekBar} />
          <Controls acts={acts} locale={format.locale} />
          <Measures />
        </div>
      </div>
      {acts.isSheetOpen && <ShortcutSheet onClose={() => acts.setSheetOpen(false)} />}
    </section>
  );
}
