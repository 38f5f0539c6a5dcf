import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { RecordingState } from '../shared/protocol';
import { bytesOf, lengthOf, mediaProblem, within, type PageProblem } from './audio';
import { useHost } from './host';

const SHOWN_EVERY_MS = 50;
const KEPT_EVERY_MS = 250;

/** The player as its controls see it. Times in seconds. */
export interface Audio {
  readonly element: RefObject<HTMLAudioElement | null>;
  /** True once the sound can be played and its length is known. */
  readonly ready: boolean;
  readonly playing: boolean;
  /** True when it will play as soon as it can. */
  readonly wanted: boolean;
  readonly position: number;
  readonly length: number | undefined;
  readonly volume: number;
  readonly muted: boolean;
  readonly speed: number;
  readonly problem: PageProblem | undefined;
  /** Plays or pauses; before there is anything to play, remembers to play when there is. */
  readonly toggle: () => void;
  readonly seek: (seconds: number) => void;
  readonly setVolume: (volume: number) => void;
  readonly setMuted: (muted: boolean) => void;
  readonly setSpeed: (speed: number) => void;
  /** Fetches the bytes from the host once more. */
  readonly again: () => void;
}

interface Kept {
  readonly position: number;
  readonly keep: (seconds: number) => void;
}

/** An audio element fed with the recording's bytes, and its state. */
export function useAudio(recording: RecordingState, { position: restored, keep }: Kept): Audio {
  const host = useHost();
  const element = useRef<HTMLAudioElement>(null);
  const [problem, setProblem] = useState<PageProblem>();
  const [attempt, again] = useReducer<number, void>((count) => count + 1, 0);
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const wanted = useRef(false);
  const startAt = useRef(restored);
  const id = recording.phase === 'ready' ? recording.id : undefined;
  const mime = recording.phase === 'ready' ? recording.mime : '';
  const format = recording.phase === 'ready' ? recording.format : '';

  const play = (audio: HTMLAudioElement): void => {
    wanted.current = false;
    void audio.play().catch(redraw);
  };

  useEffect(() => {
    const audio = element.current;
    if (id === undefined || audio === null) return undefined;
    let url: string | undefined;
    let left = false;
    const load = async (): Promise<void> => {
      const bytes = bytesOf(await host.call('recordingBytes', id));
      if (left) return;
      if (bytes === undefined) throw new TypeError('recordingBytes gave no bytes');
      url = URL.createObjectURL(new Blob([bytes], { type: mime }));
      audio.src = url;
    };
    setProblem(undefined);
    load().catch(() => {
      if (!left) setProblem({ problem: 'lost', sentence: 'The recording did not reach this panel from the extension.' });
    });
    return () => {
      left = true;
      if (url === undefined) return;
      startAt.current = audio.currentTime;
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
      URL.revokeObjectURL(url);
    };
  }, [id, mime, attempt]);

  useEffect(() => {
    if (recording.phase === 'problem') wanted.current = false;
  }, [recording.phase]);

  useEffect(() => {
    const audio = element.current;
    if (audio === null) return undefined;
    const onReady = (): void => {
      audio.preservesPitch = true;
      if (startAt.current > 0) audio.currentTime = within(startAt.current, 0, lengthOf(audio));
      startAt.current = 0;
      if (wanted.current) play(audio);
      redraw();
    };
    const onError = (): void => {
      if (audio.hasAttribute('src')) setProblem(mediaProblem(audio.error?.code, format));
    };
    const listeners = { loadedmetadata: onReady, error: onError };
    for (const [type, listener] of Object.entries(listeners)) audio.addEventListener(type, listener);
    for (const type of REDRAWN_ON) audio.addEventListener(type, redraw as () => void);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) audio.removeEventListener(type, listener);
      for (const type of REDRAWN_ON) audio.removeEventListener(type, redraw as () => void);
    };
  }, [format]);

  const audio = element.current;
  const ready = audio !== null && id !== undefined && problem === undefined && audio.readyState >= HTMLMediaElement.HAVE_METADATA;
  const playing = ready && !audio.paused;
  useEffect(() => {
    const audio = element.current;
    if (!playing || audio === null) return undefined;
    const keepNow = (): void => {
      if (audio.hasAttribute('src')) keep(audio.currentTime);
    };
    const shown = setInterval(redraw, SHOWN_EVERY_MS);
    const kept = setInterval(keepNow, KEPT_EVERY_MS);
    return () => {
      clearInterval(shown);
      clearInterval(kept);
      keepNow();
    };
  }, [playing]);

  const change = (alter: (audio: HTMLAudioElement) => void): void => {
    if (element.current !== null) alter(element.current);
    redraw();
  };
  return {
    element,
    ready,
    playing,
    wanted: wanted.current,
    position: ready ? audio.currentTime : startAt.current,
    length: ready ? lengthOf(audio) : undefined,
    volume: audio?.volume ?? 1,
    muted: audio?.muted ?? false,
    speed: audio?.playbackRate ?? 1,
    problem,
    toggle() {
      if (!ready) wanted.current = !wanted.current;
      else if (audio.paused) play(audio);
      else audio.pause();
      redraw();
    },
    seek(seconds) {
      if (!ready) return;
      change((it) => (it.currentTime = within(seconds, 0, lengthOf(it))));
      keep(audio.currentTime);
    },
    setVolume: (volume) =>
      change((it) => {
        it.volume = within(volume, 0, 1);
        it.muted = false;
      }),
    setMuted: (muted) => change((it) => (it.muted = muted)),
    setSpeed: (speed) => change((it) => (it.defaultPlaybackRate = it.playbackRate = speed)),
    again,
  };
}

const REDRAWN_ON = ['play', 'pause', 'ended', 'seeked', 'durationchange', 'volumechange', 'ratechange', 'emptied', 'canplay'] as const;
