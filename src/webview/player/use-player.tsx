import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { alignRecording, type Alignment } from '../../call/alignment';
import type { Call, Seconds } from '../../call/call';
import type { SpeechMeasures } from '../../call/speech';
import type { Timeline } from '../../call/timeline';
import type { PanelState, RecordingState } from '../../shared/protocol';
import { useHost } from '../host';
import { courseAt, courseAtEnd } from './course';
import type { Heard } from './growing';
import { loopStart, NO_MARKS, type Marked, type Marks } from './marks';
import { Playback } from './playback';
import { boundariesOf, type Placed } from './placed';
import { sidesOf, type Side } from './sides';
import { AxisProvider, useNewAxis } from './use-axis';
import { useKeptOf } from './use-kept';
import { useLevels } from './use-levels';
import { useMeasures } from './use-measures';
import { useChanges } from './use-playback';

/** The recording of a call, and what the person does with it. */
export interface Player {
  readonly sid: string;
  readonly recording: RecordingState;
  readonly playback: Playback;
  readonly swapsChannels: boolean;
  /** The lanes of its waveform; empty while nobody knows how many there are. */
  readonly sides: readonly Side[];
  readonly heard: Heard | undefined;
  readonly measures: SpeechMeasures | undefined;
  readonly alignment: Alignment | undefined;
  readonly shift: Seconds;
  readonly setShift: (shift: Seconds) => void;
  readonly marks: Marks;
  readonly setMarks: (marks: Marks) => void;
  readonly skipsSilence: boolean;
  readonly setSkipsSilence: (skips: boolean) => void;
  /** Where ±1 span leads, in order. */
  readonly boundaries: readonly Seconds[];
  /** Plays a stretch from a place in it, to its end. */
  readonly playStretch: (stretch: Marked, from: Seconds) => void;
  /** Seeks, as a person does: nothing that was to be played to its end is any more. */
  readonly seek: (to: Seconds) => void;
  /** Plays or pauses; fetches the recording where that is still to be done. */
  readonly toggle: () => void;
}

const PlayerContext = createContext<Player | undefined>(undefined);

/** The player that {@link PlayerProvider} gives. Throws outside of it. */
export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (player === undefined) throw new Error('No player: the component stands outside PlayerProvider.');
  return player;
}

interface ProviderProps {
  readonly state: PanelState;
  /** Absent: its answer has not come. */
  readonly call?: Call;
  readonly timeline?: Timeline;
  readonly children: ComponentChildren;
}

/** Gives the player of a panel's call, and the axis it is drawn on, to what stands in it. */
export function PlayerProvider({ state, call, timeline, children }: ProviderProps): JSX.Element {
  const { sid, recording, swapsChannels } = state;
  const host = useHost();
  const kept = useKeptOf(state);
  const [marks, setMarks] = useState<Marks>(NO_MARKS);
  const [skipsSilence, setSkips] = useState(kept.now.skipsSilence ?? false);
  const [shift, setShift] = useState(kept.now.shift ?? 0);
  const until = useRef<Seconds>(undefined);
  const steer = useRef<(before: Seconds, now: Seconds) => void>(() => undefined);
  const turn = useRef<() => void>(() => undefined);
  const heard = useLevels(recording);
  const measures = useMeasures(heard?.levels);

  const playback: Playback = useState<Playback>(
    () =>
      new Playback(newAudio(), { position: 0, speed: 1, volume: 1, ...kept.now }, {
        host,
        keep: kept.keep,
        onTick: (before, now) => steer.current(before, now),
        onEnd: () => turn.current(),
      }),
  )[0];
  steer.current = (before, now) => {
    const next = courseAt({ marks, skipsSilence, measures, until: until.current }, before, now);
    if (next === 'pause') playback.pause();
    else if (next !== undefined) playback.seek(next);
    if (next === 'pause') until.current = undefined;
  };
  turn.current = () => {
    until.current = undefined;
    const next = courseAtEnd(marks, playback.length ?? 0);
    if (next === undefined) return;
    playback.seek(next);
    playback.play();
  };
  useEffect(() => () => playback.close(), [playback]);
  useEffect(() => playback.show(recording), [playback, recording]);
  useEffect(() => host.onPause(() => playback.pause()), [host, playback]);
  useChanges(playback);

  const { length } = playback;
  const alignment = useMemo(() => (call === undefined || length === undefined ? undefined : alignRecording(call, length, shift)), [call, length, shift]);
  const placed = useMemo<Placed | undefined>(() => (alignment === undefined || length === undefined ? undefined : { start: alignment.from, length }), [alignment, length]);
  const axis = useNewAxis(timeline?.range, placed, length);
  const boundaries = useMemo(() => (axis.placed === undefined || timeline === undefined ? [0, length ?? 0] : boundariesOf(timeline, axis.placed)), [axis.placed, timeline, length]);
  const sides = useMemo(() => sidesOf(recording, swapsChannels), [recording, swapsChannels]);

  const player = useMemo<Player>(
    () => ({
      sid,
      recording,
      playback,
      swapsChannels,
      sides,
      heard,
      measures,
      alignment: axis.placed === undefined ? undefined : alignment,
      shift,
      setShift: (to) => {
        setShift(to);
        kept.keep({ shift: to });
      },
      marks,
      setMarks,
      skipsSilence,
      setSkipsSilence: (skips) => {
        setSkips(skips);
        kept.keep({ skipsSilence: skips });
      },
      boundaries,
      playStretch: ({ to }, from) => {
        if (!playback.ready) return;
        playback.seek(from);
        until.current = to;
        playback.play();
      },
      seek: (to) => {
        until.current = undefined;
        playback.seek(to);
      },
      toggle: () => {
        until.current = undefined;
        if (recording.phase === 'idle') void host.ask('loadRecording');
        const start = playback.playing ? undefined : loopStart(marks, playback.position);
        if (start !== undefined) playback.seek(start);
        playback.toggle();
      },
    }),
    [sid, recording, playback, swapsChannels, sides, heard, measures, alignment, axis.placed, shift, marks, skipsSilence, boundaries, kept, host],
  );
  return (
    <PlayerContext.Provider value={player}>
      <AxisProvider value={axis}>
        <Sound audio={playback.audio} />
        {children}
      </AxisProvider>
    </PlayerContext.Provider>
  );
}

/** The element that sounds, in the page. */
function Sound({ audio }: { audio: HTMLAudioElement }): JSX.Element {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => place.current?.append(audio), [audio]);
  return <span ref={place} hidden />;
}

/** Web Audio plays silence what comes from elsewhere without `crossorigin`. */
function newAudio(): HTMLAudioElement {
  const audio = document.createElement('audio');
  audio.crossOrigin = 'anonymous';
  audio.preload = 'auto';
  return audio;
}
