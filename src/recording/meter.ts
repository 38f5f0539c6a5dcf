/** Measures how loud samples are, bin by bin, as they come. */
import { BIN_SECONDS, CLIPPED, levelByte } from '../call/levels';

/** Bins measured since the last were taken: one array for each channel. */
export interface MeasuredBins {
  readonly peaks: Uint8Array<ArrayBuffer>[];
  readonly rms: Uint8Array<ArrayBuffer>[];
}

/** The running measures of one channel. */
interface Lane {
  peak: number;
  squares: number;
  /** How many samples in a row were at full scale; and whether three were in this bin. */
  atFull: number;
  isClipped: boolean;
  peaks: Uint8Array<ArrayBuffer>;
  rms: Uint8Array<ArrayBuffer>;
}

const FULL_AMPLITUDE = 32_768;
const SAMPLES_OF_CLIPPING = 3;
const ROOM = 4096;

/** A meter of 16-bit samples. `fullScale`: the sample at which the sound can go no louder. */
export class LevelMeter {
  private readonly lanes: readonly Lane[];
  private readonly binFrames: number;
  private frame = 0;
  private binStart = 0;
  private binEnd: number;
  /** Bins that wait to be taken. */
  waiting = 0;
  private done = 0;

  constructor(sampleRate: number, channels: 1 | 2, private readonly fullScale: number) {
    this.binFrames = sampleRate * BIN_SECONDS;
    this.binEnd = Math.round(this.binFrames);
    this.lanes = Array.from({ length: channels }, () => ({ peak: 0, squares: 0, atFull: 0, isClipped: false, peaks: new Uint8Array(ROOM), rms: new Uint8Array(ROOM) }));
  }

  /** Measures the frames `from` up to, not including, `to` of these interleaved samples, which follow on the last. */
  add(samples: Int16Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + this.binEnd - this.frame);
      this.lanes.forEach((lane, channel) => measure(lane, samples, { channel, step: this.lanes.length, at, end, fullScale: this.fullScale }));
      this.frame += end - at;
      at = end;
      if (this.frame === this.binEnd) this.closeBin();
    }
  }

  /** Ends the last bin, which may be shorter than the others. */
  end(): void {
    if (this.frame > this.binStart) this.closeBin();
  }

  /** The bins since the last call. */
  take(): MeasuredBins {
    const peaks = this.lanes.map((lane) => lane.peaks.slice(0, this.waiting));
    const rms = this.lanes.map((lane) => lane.rms.slice(0, this.waiting));
    this.waiting = 0;
    return { peaks, rms };
  }

  private closeBin(): void {
    for (const lane of this.lanes) {
      if (this.waiting === lane.peaks.length) makeRoom(lane);
      lane.peaks[this.waiting] = lane.isClipped ? CLIPPED : levelByte(lane.peak / FULL_AMPLITUDE);
      lane.rms[this.waiting] = levelByte(Math.sqrt(lane.squares / (this.frame - this.binStart)) / FULL_AMPLITUDE);
      lane.peak = 0;
      lane.squares = 0;
      lane.isClipped = false;
    }
    this.waiting += 1;
    this.done += 1;
    this.binStart = this.frame;
    this.binEnd = Math.max(this.frame + 1, Math.round((this.done + 1) * this.binFrames));
  }
}

/** The innermost loop of all: everything in local variables. */
function measure(lane: Lane, samples: Int16Array, { channel, step, at, end, fullScale }: Readonly<Record<'channel' | 'step' | 'at' | 'end' | 'fullScale', number>>): void {
  let { peak, squares, atFull, isClipped } = lane;
  for (let place = at * step + channel, last = end * step; place < last; place += step) {
    const sample = samples[place] ?? 0;
    const size = sample < 0 ? -sample : sample;
    squares += sample * sample;
    if (size > peak) peak = size;
    if (size < fullScale) atFull = 0;
    else {
      atFull += 1;
      if (atFull >= SAMPLES_OF_CLIPPING) isClipped = true;
    }
  }
  Object.assign(lane, { peak, squares, atFull, isClipped });
}

function makeRoom(lane: Lane): void {
  for (const name of ['peaks', 'rms'] as const) {
    const longer = new Uint8Array(lane[name].length * 2);
    longer.set(lane[name]);
    lane[name] = longer;
  }
}
