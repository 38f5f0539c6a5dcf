/** Measures how loud samples are, bin by bin, as they come. */
import { BIN_SECONDS, CLIPPED, levelByte } from '../call/levels';

/** Bins measured since the last were taken: one array for each channel. */
export interface MeasuredBins {
  readonly peaks: Uint8Array<ArrayBuffer>[];
  readonly rms: Uint8Array<ArrayBuffer>[];
}

/** The running measures of one channel. */
interface Lane {
  highest: number;
  lowest: number;
  squares: number;
  /** How many samples in a row were at full scale up to now; and whether three were in this bin. */
  atFull: number;
  isClipped: boolean;
  peaks: Uint8Array<ArrayBuffer>;
  rms: Uint8Array<ArrayBuffer>;
}

const SAMPLES_OF_CLIPPING = 3;
const ROOM = 4096;
const HALF_STEP = 0.5 / 32_768;

/** A meter of samples from −1 to 1. */
export class LevelMeter {
  private readonly lanes: readonly Lane[];
  private readonly binFrames: number;
  private readonly full: number;
  private frame = 0;
  private binStart = 0;
  private binEnd: number;
  private done = 0;
  /** Bins that wait to be taken. */
  waiting = 0;

  /** `fullScale`: the amplitude at which the sound can go no louder. */
  constructor(sampleRate: number, channels: 1 | 2, fullScale: number) {
    this.binFrames = sampleRate * BIN_SECONDS;
    this.binEnd = Math.max(1, Math.round(this.binFrames));
    this.full = fullScale - HALF_STEP;
    this.lanes = Array.from({ length: channels }, () => ({ highest: 0, lowest: 0, squares: 0, atFull: 0, isClipped: false, peaks: new Uint8Array(ROOM), rms: new Uint8Array(ROOM) }));
  }

  /** Measures the frames `from` up to, not including, `to` of these channels, which follow on the last. */
  add(channels: readonly Float32Array[], from: number, to: number): void {
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + this.binEnd - this.frame);
      for (const [channel, lane] of this.lanes.entries()) measure(lane, channels[channel] ?? NOTHING, at, end, this.full);
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
      lane.peaks[this.waiting] = lane.isClipped ? CLIPPED : levelByte(Math.max(lane.highest, -lane.lowest));
      lane.rms[this.waiting] = levelByte(Math.sqrt(lane.squares / (this.frame - this.binStart)));
      lane.highest = 0;
      lane.lowest = 0;
      lane.squares = 0;
      lane.isClipped = false;
    }
    this.waiting += 1;
    this.done += 1;
    this.binStart = this.frame;
    this.binEnd = Math.max(this.frame + 1, Math.round((this.done + 1) * this.binFrames));
  }
}

const NOTHING = new Float32Array(0);

/** The innermost loop of all: local variables only, and a second look only where something is at full scale. */
function measure(lane: Lane, samples: Float32Array, from: number, to: number, full: number): void {
  let highest = 0;
  let lowest = 0;
  let squares = 0;
  for (let at = from; at < to; at += 1) {
    const sample = samples[at] ?? 0;
    squares += sample * sample;
    if (sample > highest) highest = sample;
    else if (sample < lowest) lowest = sample;
  }
  lane.squares += squares;
  if (highest > lane.highest) lane.highest = highest;
  if (lowest < lane.lowest) lane.lowest = lowest;
  if (highest < full && -lowest < full) lane.atFull = 0;
  else countFull(lane, samples, { from, to, full });
}

function countFull(lane: Lane, samples: Float32Array, { from, to, full }: { readonly from: number; readonly to: number; readonly full: number }): void {
  for (let at = from; at < to; at += 1) {
    lane.atFull = Math.abs(samples[at] ?? 0) < full ? 0 : lane.atFull + 1;
    if (lane.atFull >= SAMPLES_OF_CLIPPING) lane.isClipped = true;
  }
}

function makeRoom(lane: Lane): void {
  for (const name of ['peaks', 'rms'] as const) {
    const longer = new Uint8Array(lane[name].length * 2);
    longer.set(lane[name]);
    lane[name] = longer;
  }
}
