/** Plays one call's recording: what every control, key and drawing of it talks to. Positions and lengths in seconds. */
import type { Seconds } from '../../call/call';
import type { RecordingState } from '../../shared/protocol';
import type { Host } from '../host';
import { splitChannels, type Channels } from './channels';
import { Feed } from './feed';
import { within, type PageProblem } from './media';

/** What is kept over *Reload Window*. */
export interface Settings {
  readonly position: Seconds;
  readonly speed: number;
  readonly volume: number;
}

/** What the sound hears of, beside its own controls. */
export interface Outside {
  readonly host: Pick<Host, 'call' | 'ask'>;
  readonly keep: (settings: Settings) => void;
  /** Looks at the position about twenty times a second while it plays: may seek or pause. */
  readonly onTick: (before: Seconds, now: Seconds) => void;
  /** It came to its end: may go on somewhere else. */
  readonly onEnd: () => void;
}

const TICK_MS = 50;
const KEPT_EVERY_TICKS = 5;
const REDRAWN_ON = ['play', 'pause', 'ended', 'durationchange', 'volumechange', 'ratechange', 'seeking', 'seeked'] as const;

export class Playback {
  private readonly listeners = new Set<() => void>();
  private readonly events = new AbortController();
  private readonly feed: Feed;
  private ticks = 0;
  private before: Seconds = 0;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private channels: Channels | undefined;
  private silenced: readonly [boolean, boolean] = [false, false];

  constructor(
    readonly audio: HTMLAudioElement,
    { position, speed, volume }: Settings,
    private readonly outside: Outside,
  ) {
    audio.preservesPitch = true;
    audio.volume = volume;
    audio.defaultPlaybackRate = audio.playbackRate = speed;
    const { signal } = this.events;
    this.feed = new Feed(audio, outside.host, position, { onReady: () => this.resume(), onChange: () => this.changed() }, signal);
    for (const type of REDRAWN_ON) audio.addEventListener(type, () => this.changed(), { signal });
    audio.addEventListener('play', () => void outside.host.ask('startsPlaying'), { signal });
    audio.addEventListener('ended', () => outside.onEnd(), { signal });
  }

  /** True once it can be played and its length is known. */
  get ready(): boolean {
    return this.feed.phase === 'ready';
  }

  get playing(): boolean {
    return this.feed.playing;
  }

  /** True when it plays as soon as it can. */
  get wanted(): boolean {
    return this.feed.wanted;
  }

  /** True when it should be heard and is not, for longer than a moment. */
  get waiting(): boolean {
    return this.feed.waiting;
  }

  get problem(): PageProblem | undefined {
    return this.feed.problem;
  }

  get position(): Seconds {
    return this.feed.position;
  }

  get length(): Seconds | undefined {
    return this.feed.length;
  }

  /** Left and right. */
  get mutedChannels(): readonly [boolean, boolean] {
    return this.silenced;
  }

  /** Hears of everything but the position's going on. Gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The recording as the host tells of it now. */
  show(recording: RecordingState): void {
    this.feed.show(recording);
  }

  /** Opens it once more, from the beginning. */
  again(): void {
    this.feed.again();
  }

  /** Plays or pauses; before there is anything to play, remembers to play when there is. */
  toggle(): void {
    if (this.playing || this.wanted) this.pause();
    else this.play();
  }

  play(): void {
    this.feed.wanted = !this.ready;
    if (this.ready) {
      this.channels?.resume();
      this.audio.play().catch(() => this.changed());
    }
    this.changed();
  }

  pause(): void {
    this.feed.wanted = false;
    this.audio.pause();
    this.changed();
  }

  seek(to: Seconds): void {
    if (!this.ready) return;
    this.audio.currentTime = within(to, 0, this.length ?? 0);
    this.before = this.position;
    this.keepNow();
    this.changed();
  }

  setSpeed(speed: number): void {
    this.audio.defaultPlaybackRate = this.audio.playbackRate = speed;
    this.keepNow();
  }

  setVolume(volume: number): void {
    this.audio.volume = within(volume, 0, 1);
    this.audio.muted = false;
    this.keepNow();
  }

  setMuted(isMuted: boolean): void {
    this.audio.muted = isMuted;
  }

  /** On a click or a key only: the browser may otherwise keep the sound suspended. */
  muteChannel(channel: 0 | 1, isMuted: boolean): void {
    this.silenced = channel === 0 ? [isMuted, this.silenced[1]] : [this.silenced[0], isMuted];
    if (isMuted) this.channels ??= splitChannels(this.audio);
    this.channels?.mute(channel, isMuted);
    this.changed();
  }

  close(): void {
    this.feed.empty();
    this.changed();
    this.events.abort();
    this.channels?.close();
  }

  private resume(): void {
    this.before = this.position;
    if (this.wanted) this.play();
    this.changed();
  }

  private tick(): void {
    const { before, position } = this;
    if (this.playing && !this.audio.seeking) this.outside.onTick(before, position);
    this.before = this.position;
    this.ticks += 1;
    if (this.ticks % KEPT_EVERY_TICKS === 0) this.keepNow();
    this.feed.look();
  }

  /** Ticks run only while there is something to look at. */
  private setTicking(): void {
    const { isDue } = this.feed;
    if (isDue) this.ticking ??= setInterval(() => this.tick(), TICK_MS);
    if (isDue || this.ticking === undefined) return;
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.feed.rest();
    this.keepNow();
  }

  private keepNow(): void {
    if (this.feed.phase !== 'opening') this.outside.keep({ position: this.position, speed: this.audio.playbackRate, volume: this.audio.volume });
  }

  private changed(): void {
    this.setTicking();
    for (const listener of this.listeners) listener();
  }
}
