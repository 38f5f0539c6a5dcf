/** Plays one call's recording: what every control, key and drawing of it talks to. Positions and lengths in seconds. */
import type { Seconds } from '../../call/call';
import type { ReadyRecording, RecordingState } from '../../shared/protocol';
import type { Host } from '../host';
import { splitChannels, type Channels } from './channels';
import { lengthOf, LOST, mediaProblem, within, type PageProblem } from './media';
import { isBlob, openSound } from './opening';
import { NOT_WATCHED, watched } from './watch';

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
  /** It came to its end; true: it goes on somewhere else. */
  readonly onEnd: () => boolean;
}

const TICK_MS = 50;
const KEPT_EVERY_TICKS = 5;
const REDRAWN_ON = ['play', 'pause', 'durationchange', 'volumechange', 'ratechange', 'emptied', 'canplay', 'seeking', 'seeked'] as const;

export class Playback {
  private readonly listeners = new Set<() => void>();
  private readonly events = new AbortController();
  private recording: RecordingState = { phase: 'unknown' };
  private opening: AbortController | undefined;
  private address: string | undefined;
  private phase: 'closed' | 'opening' | 'ready' = 'closed';
  private watch = NOT_WATCHED;
  private seeks = 0;
  private ticks = 0;
  private before: Seconds = 0;
  private startAt: Seconds;
  private failedAt: Seconds | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private channels: Channels | undefined;
  private silenced: readonly [boolean, boolean] = [false, false];
  /** True when it plays as soon as it can. */
  wanted = false;
  problem: PageProblem | undefined;

  constructor(
    readonly audio: HTMLAudioElement,
    { position, speed, volume }: Settings,
    private readonly outside: Outside,
  ) {
    this.startAt = position;
    audio.preservesPitch = true;
    audio.volume = volume;
    audio.defaultPlaybackRate = audio.playbackRate = speed;
    const hear = (type: string, listener: () => void): void => audio.addEventListener(type, listener, { signal: this.events.signal });
    for (const type of REDRAWN_ON) hear(type, () => this.changed());
    hear('play', () => this.began());
    hear('seeked', () => (this.seeks += 1));
    hear('error', () => this.failed());
    hear('ended', () => this.ended());
  }

  /** True once it can be played and its length is known. */
  get ready(): boolean {
    return this.phase === 'ready';
  }

  get playing(): boolean {
    return this.ready && !this.audio.paused && !this.audio.ended;
  }

  /** True when it should be heard and is not, for longer than a moment. */
  get waiting(): boolean {
    return this.watch.isWaiting;
  }

  get position(): Seconds {
    return this.phase === 'ready' ? this.audio.currentTime : this.startAt;
  }

  get length(): Seconds | undefined {
    const said = this.recording.phase === 'ready' ? this.recording.length : undefined;
    if (!this.ready) return said;
    return Number.isFinite(this.audio.duration) || said === undefined ? lengthOf(this.audio) : said;
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

  /** The recording as the host tells of it now. Another one, or another revision, is opened, and goes on where the one before it was. */
  show(recording: RecordingState): void {
    const before = this.recording;
    this.recording = recording;
    if (recording.phase === 'problem') this.wanted = false;
    const isSame = recording.phase === 'ready' && before.phase === 'ready' && recording.id === before.id && recording.revision === before.revision;
    if (!isSame && (recording.phase === 'ready' || before.phase === 'ready')) this.open(recording.phase === 'ready' ? recording : undefined);
    this.changed();
  }

  /** Opens it once more, from the beginning. */
  again(): void {
    if (this.recording.phase === 'ready') this.open(this.recording);
  }

  /** Plays or pauses; before there is anything to play, remembers to play when there is. */
  toggle(): void {
    if (this.playing || this.wanted) this.pause();
    else this.play();
  }

  play(): void {
    this.wanted = !this.ready;
    if (this.ready) {
      this.channels?.resume();
      this.audio.play().catch(() => this.changed());
    }
    this.changed();
  }

  pause(): void {
    this.wanted = false;
    this.audio.pause();
    this.changed();
  }

  seek(to: Seconds): void {
    if (!this.ready) return;
    this.audio.currentTime = within(to, 0, this.length ?? 0);
    this.before = this.audio.currentTime;
    this.setTicking();
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
    this.empty();
    this.events.abort();
    this.channels?.close();
  }

  private open(recording: ReadyRecording | undefined, address?: string): void {
    this.wanted = recording !== undefined && (this.playing || this.wanted);
    this.startAt = this.position;
    this.empty(address);
    this.phase = recording === undefined ? 'closed' : 'opening';
    this.setTicking();
    if (recording === undefined) return;
    const opening = new AbortController();
    this.opening = opening;
    const { id, format } = recording;
    void openSound(this.audio, this.outside.host, { id, format, ...(address === undefined ? {} : { address }) }, () => this.isHeldUp, opening.signal).then((opened) => {
      if (opened === undefined) return;
      if ('address' in opened) return this.opened(opened.address);
      this.stopAt(opened);
    });
  }

  private opened(address: string): void {
    if (this.address !== address) this.giveBack();
    this.address = address;
    this.phase = 'ready';
    if (this.startAt > 0) this.audio.currentTime = Math.min(this.startAt, this.length ?? this.startAt);
    this.before = this.startAt;
    if (this.wanted) this.play();
    this.setTicking();
    this.changed();
  }

  /** `kept`: an address that is to be opened again. */
  private empty(kept?: string): void {
    this.opening?.abort();
    this.phase = 'closed';
    this.problem = undefined;
    this.audio.pause();
    this.audio.removeAttribute('src');
    this.audio.load();
    if (this.address !== kept) this.giveBack();
  }

  private giveBack(): void {
    if (this.address !== undefined && isBlob(this.address)) URL.revokeObjectURL(this.address);
    this.address = undefined;
  }

  private began(): void {
    this.setTicking();
    void this.outside.host.ask('startsPlaying');
  }

  private ended(): void {
    if (!this.outside.onEnd()) this.keepNow();
    this.changed();
  }

  /** An address that worked may be gone, and is opened anew, once at each place; a file that is all here is what it is. */
  private failed(): void {
    if (this.phase !== 'ready' || this.recording.phase !== 'ready') return;
    const { position, address } = this;
    const isSamePlace = this.failedAt !== undefined && Math.abs(position - this.failedAt) < 1;
    this.failedAt = position;
    if (!isSamePlace && address !== undefined && !isBlob(address)) return this.open(this.recording);
    const code = this.audio.error?.code;
    this.stopAt(code === MediaError.MEDIA_ERR_NETWORK ? LOST : mediaProblem(code, this.recording.format));
  }

  private stopAt(problem: PageProblem): void {
    this.startAt = this.position;
    this.phase = 'closed';
    this.problem = problem;
    this.wanted = false;
    this.setTicking();
    this.changed();
  }

  private get isHeldUp(): boolean {
    return this.recording.phase === 'ready' && this.recording.transfer.kind === 'coming' && this.recording.transfer.isStalled;
  }

  /** Runs while there is something to look at: it plays, seeks, or is being opened. */
  private setTicking(): void {
    const isDue = this.playing || (this.ready && this.audio.seeking) || this.phase === 'opening';
    if (isDue && this.ticking === undefined) this.ticking = setInterval(() => this.tick(), TICK_MS);
    if (isDue || this.ticking === undefined) return;
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.watch = NOT_WATCHED;
    this.keepNow();
  }

  private tick(): void {
    const { position, before } = this;
    if (this.playing && !this.audio.seeking) this.outside.onTick(before, position);
    this.before = this.position;
    this.ticks += 1;
    if (this.ticks % KEPT_EVERY_TICKS === 0) this.keepNow();
    if (this.phase === 'ready') this.look();
    this.setTicking();
  }

  private look(): void {
    if (this.recording.phase !== 'ready') return;
    const { transfer } = this.recording;
    const isDue = this.playing || this.audio.seeking;
    const received = transfer.kind === 'whole' ? 0 : transfer.received;
    const wasWaiting = this.watch.isWaiting;
    const { watch, cure } = watched(this.watch, { at: performance.now(), isDue, sign: `${this.position.toFixed(2)}/${this.seeks}`, received, isHostOnIt: this.isHeldUp });
    this.watch = watch;
    if (cure !== 'none') this.open(this.recording, cure === 'again' ? this.address : undefined);
    if (watch.isWaiting !== wasWaiting) this.changed();
  }

  private keepNow(): void {
    if (this.phase === 'opening') return;
    this.outside.keep({ position: this.position, speed: this.audio.playbackRate, volume: this.audio.volume });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
