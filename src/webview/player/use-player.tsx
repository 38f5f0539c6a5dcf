import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { alignRecording, type Alignment } from '../../call/alignment';
import type { Call, Seconds } from '../../call/call';
import type { SpeechMeasures } from '../../call/speech';
import type { Timeline } from '../../call/timeline';
import type { KeptByPage, PanelState, RecordingState } from '../../shared/protocol';
import { useHost, type Host } from '../host';
import { loopedTo, loopStart, markedIn, NO_MARKS, type Marked, type Marks } from './marks';
import { Playback, type Settings } from './playback';
import { boundariesOf, type Placed } from './placed';
import { afterSilence } from './silence';
import { sidesOf, type Side } from './sides';
import { AxisProvider, useNewAxis } from './use-axis';
import { useLevels, type Heard } from './use-levels';
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
  const kept = useKeptSettings(host, state);
  const [marks, setMarks] = useState<Marks>(NO_MARKS);
  const [skipsSilence, setSkips] = useState(kept.now.skipsSilence ?? false);
  const [shift, setShift] = useState(kept.now.shift ?? 0);
  const until = useRef<Seconds>(undefined);
  const heard = useLevels(recording);
  const measures = useMeasures(heard?.levels);
  const course = useRef({ marks, skipsSilence, measures });
  course.current = { marks, skipsSilence, measures };

  const playback: Playback = useState<Playback>(
    () =>
      new Playback(newAudio(), settingsOf(kept.now), {
        host,
        keep: kept.keep,
        onTick: (before, now) => onTick(playback, course.current, until, before, now),
        onEnd: () => onEnd(playback, course.current.marks, until),
      }),
  )[0];
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

interface Course {
  readonly marks: Marks;
  readonly skipsSilence: boolean;
  readonly measures: SpeechMeasures | undefined;
}

interface Until {
  current: Seconds | undefined;
}

function onTick(playback: Playback, { marks, skipsSilence, measures }: Course, until: Until, before: Seconds, now: Seconds): void {
  if (until.current !== undefined && now >= until.current) {
    until.current = undefined;
    return playback.pause();
  }
  const next = loopedTo(marks, before, now) ?? (skipsSilence && measures !== undefined ? afterSilence(measures, now, marks) : undefined);
  if (next !== undefined) playback.seek(next);
}

/** How close to the end B may lie and still be reached by it. */
const END_WITHIN: Seconds = 0.3;

function onEnd(playback: Playback, marks: Marks, until: Until): boolean {
  until.current = undefined;
  const marked = marks.loops ? markedIn(marks) : undefined;
  if (marked === undefined || (playback.length ?? 0) - marked.to > END_WITHIN) return false;
  playback.seek(marked.from);
  playback.play();
  return true;
}

type Kept = Omit<KeptByPage, 'sid' | 'account'>;

function settingsOf({ position = 0, speed = 1, volume = 1 }: Kept): Settings {
  return { position, speed, volume };
}

/** What is kept belongs to the call it was kept for. */
function useKeptSettings(host: Host, { sid, account: { id: account } }: PanelState): { readonly now: Kept; readonly keep: (changed: Kept) => void } {
  return useMemo(() => {
    const ours = (): KeptByPage | undefined => (host.kept?.sid === sid && host.kept.account === account ? host.kept : undefined);
    return { now: ours() ?? {}, keep: (changed) => host.keep({ ...ours(), ...changed, sid, account }) };
  }, [host, sid, account]);
}
