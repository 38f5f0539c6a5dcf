/** One request of a download while it is being answered: where it is, how fast, and why it was given up. Bytes and milliseconds. */
import type { RecordingFailure } from './problems';

/** For another place; because what follows is here already; because nothing came; for what else is the matter. */
export type Leaving = 'jumps' | 'meets' | 'stalled' | RecordingFailure;

export interface ConnectionOptions {
  /** Where it is asked to begin. */
  readonly from: number;
  readonly now: number;
  /** Nothing may come for so long before it is said. */
  readonly stallMs: number;
  /** Hears each time that nothing came for so long; true: it is given up then. */
  readonly onStall: () => boolean;
}

/** What comes by itself within so long is waited for: another connection would take about as long. */
const SOON_MS = 250;
/** In bytes, whatever the line: what is nearer than the one to where it is comes by itself, what is farther than the other does not. */
const NEAR_BYTES = 32 * 1024;
const FAR_BYTES = 512 * 1024;
/** A server that does not answer at all is given so many times as long. */
const ANSWER_STALLS = 3;

export class Connection {
  /** Where its next byte belongs. */
  at: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #from: number;
  #since: number;
  #hasBegun = false;
  #silences = 0;
  #why: Leaving | undefined;

  constructor(private readonly options: ConnectionOptions) {
    this.#from = this.at = options.from;
    this.#since = options.now;
    this.#timer = setInterval(() => this.#onSilence(), options.stallMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Undefined for one that ended by itself. */
  get why(): Leaving | undefined {
    return this.#why;
  }

  /** Where it was asked to begin or, once it is answered, where it begins. */
  get from(): number {
    return this.#from;
  }

  /** When it was sent or, once it is answered, when that was. */
  get since(): number {
    return this.#since;
  }

  leave(why: Leaving): void {
    this.#why ??= why;
    this.#controller.abort();
  }

  /** The answer's head came: its bytes are those from `from` on. */
  begin(from: number, now: number): void {
    this.#from = this.at = from;
    this.#since = now;
    this.#hasBegun = true;
    this.beat();
  }

  /** Something came. */
  beat(): void {
    this.#silences = 0;
    this.#timer.refresh();
  }

  /** Whether a place is so near to where it is that it comes by itself, at the pace of what came so far. */
  bringsSoon(place: number, now: number): boolean {
    return place >= this.at && place - this.at < this.#soonBytes(now);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** One that sent little yet tells nothing of its pace. */
  #soonBytes(now: number): number {
    const sent = this.at - this.#from;
    if (sent < NEAR_BYTES) return FAR_BYTES;
    const pace = sent / Math.max(1, now - this.#since);
    return Math.max(NEAR_BYTES, Math.min(FAR_BYTES, pace * SOON_MS));
  }

  #onSilence(): void {
    this.#silences += 1;
    const isAnswerOverdue = !this.#hasBegun && this.#silences >= ANSWER_STALLS;
    if (this.options.onStall() || isAnswerOverdue) this.leave('stalled');
  }
}
