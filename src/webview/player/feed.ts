/** What an audio element plays, and that it goes on being fed: opened, opened anew, given back. Positions and lengths in seconds. */
import type { Seconds } from '../../call/call';
import type { ReadyRecording, RecordingState } from '../../shared/protocol';
import type { Host } from '../host';
import { lengthOf, LOST, mediaProblem, type PageProblem } from './media';
import { isBlob, openSound, type Wanted } from './opening';
import { NOT_WATCHED, watched, type Cure } from './watch';

/** What hears of the feed. */
export interface Fed {
  /** It can be played, at the position where it was. */
  readonly onReady: () => void;
  /** Anything else became otherwise. */
  readonly onChange: () => void;
}

export class Feed {
  private recording: RecordingState = { phase: 'unknown' };
  private opening: AbortController | undefined;
  private address: string | undefined;
  private watch = NOT_WATCHED;
  private seeks = 0;
  private failedAt: Seconds | undefined;
  phase: 'closed' | 'opening' | 'ready' = 'closed';
  problem: PageProblem | undefined;
  /** True when it plays as soon as it can. */
  wanted = false;

  /** `startAt`: where it begins. `signal` ends what it hears of the element. */
  constructor(
    readonly audio: HTMLAudioElement,
    private readonly host: Pick<Host, 'call'>,
    private startAt: Seconds,
    private readonly fed: Fed,
    signal: AbortSignal,
  ) {
    audio.addEventListener('seeked', () => (this.seeks += 1), { signal });
    audio.addEventListener('error', () => this.failed(), { signal });
  }

  get playing(): boolean {
    return this.phase === 'ready' && !this.audio.paused && !this.audio.ended;
  }

  /** The position ought to move, or there is something to be opened. */
  get isDue(): boolean {
    return this.playing || this.phase === 'opening' || (this.phase === 'ready' && this.audio.seeking);
  }

  /** It should be heard and is not, for longer than a moment. */
  get waiting(): boolean {
    return this.watch.isWaiting;
  }

  get position(): Seconds {
    return this.phase === 'ready' ? this.audio.currentTime : this.startAt;
  }

  get length(): Seconds | undefined {
    const said = this.recording.phase === 'ready' ? this.recording.length : undefined;
    if (this.phase !== 'ready') return said;
    return Number.isFinite(this.audio.duration) || said === undefined ? lengthOf(this.audio) : said;
  }

  /** The recording as the host tells of it now. Another one, or another revision, is opened, and goes on where the one before it was. */
  show(recording: RecordingState): void {
    const before = this.recording;
    this.recording = recording;
    if (recording.phase === 'problem') this.wanted = false;
    const isSame = recording.phase === 'ready' && before.phase === 'ready' && recording.id === before.id && recording.revision === before.revision;
    if (!isSame && (recording.phase === 'ready' || before.phase === 'ready')) this.open(recording.phase === 'ready' ? recording : undefined);
    this.fed.onChange();
  }

  /** Opens it once more, from the beginning. */
  again(): void {
    if (this.recording.phase === 'ready') this.open(this.recording);
  }

  /** Looks whether it gets on, and helps where it does not. */
  look(): void {
    if (this.phase !== 'ready' || this.recording.phase !== 'ready') return;
    const { transfer } = this.recording;
    const received = transfer.kind === 'whole' ? 0 : transfer.received;
    const { isWaiting } = this.watch;
    const sign = `${this.position.toFixed(2)}/${this.seeks}`;
    const { watch, cure } = watched(this.watch, { at: performance.now(), isDue: this.isDue, sign, received, isHostOnIt: this.isHeldUp });
    this.watch = watch;
    if (cure !== 'none') this.open(this.recording, cure);
    if (watch.isWaiting !== isWaiting) this.fed.onChange();
  }

  /** Nothing is to be looked at for now. */
  rest(): void {
    this.watch = NOT_WATCHED;
  }

  /** Plays nothing any more, and remembers where it was. `kept`: an address that is to be opened again. */
  empty(kept?: string): void {
    this.startAt = this.position;
    this.opening?.abort();
    this.phase = 'closed';
    this.problem = undefined;
    this.audio.pause();
    this.audio.removeAttribute('src');
    this.audio.load();
    if (this.address !== kept) this.giveBack();
  }

  /** `cure`: what the address that it has is good for. */
  private open(recording: ReadyRecording | undefined, cure: Cure = 'none'): void {
    const { address } = this;
    const kept = cure === 'again' ? address : undefined;
    this.wanted = recording !== undefined && (this.playing || this.wanted);
    this.empty(kept);
    if (recording === undefined) return;
    this.phase = 'opening';
    this.opening = new AbortController();
    const { id, format } = recording;
    const wanted: Wanted = { id, format, ...(kept === undefined ? {} : { address: kept }), ...(cure !== 'anew' || address === undefined ? {} : { avoided: address }) };
    void this.load(wanted, this.opening.signal);
    this.fed.onChange();
  }

  private async load(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const opened = await openSound(this.audio, this.host, wanted, () => this.isHeldUp, signal);
    if (opened === undefined) return;
    if (!('address' in opened)) return this.stopAt(opened);
    if (this.address !== opened.address) this.giveBack();
    this.address = opened.address;
    this.phase = 'ready';
    if (this.startAt > 0) this.audio.currentTime = Math.min(this.startAt, this.length ?? this.startAt);
    this.fed.onReady();
  }

  private giveBack(): void {
    if (this.address !== undefined && isBlob(this.address)) URL.revokeObjectURL(this.address);
    this.address = undefined;
  }

  /** An address that worked may be gone, and is opened anew, once at each place; a file that is all here is what it is. */
  private failed(): void {
    if (this.phase !== 'ready' || this.recording.phase !== 'ready') return;
    const { position, address } = this;
    const isSamePlace = this.failedAt !== undefined && Math.abs(position - this.failedAt) < 1;
    this.failedAt = position;
    if (!isSamePlace && address !== undefined && !isBlob(address)) return this.open(this.recording, 'anew');
    const code = this.audio.error?.code;
    this.stopAt(code === MediaError.MEDIA_ERR_NETWORK ? LOST : mediaProblem(code, this.recording.format));
  }

  private stopAt(problem: PageProblem): void {
    this.startAt = this.position;
    this.phase = 'closed';
    this.problem = problem;
    this.wanted = false;
    this.fed.onChange();
  }

  private get isHeldUp(): boolean {
    return this.recording.phase === 'ready' && this.recording.transfer.kind === 'coming' && this.recording.transfer.isStalled;
  }
}
