/** A WAV in the worker: its levels. Its sound is read without one. */
import { FileWindow } from './fileWindow';
import { LevelMeter, type MeasuredBins } from './meter';
import type { SoundFacts } from './sound';
import type { Extent, PieceReply } from './soundMessages';
import { inSlices, type Source, Unreadable } from './source';
import { channelsHeard, dataEnd, fullScaleOf, readWavHead, toSixteenBits, type WavHead } from './wav';

/** Bytes measured at once; requests of others are answered between. */
const STEP_BYTES = 32_768;

export class WavSource implements Source {
  private readonly file: FileWindow;
  private sound: { readonly head: WavHead; readonly meter: LevelMeter } | undefined;
  private at = 0;
  isMeasured = false;

  /** Throws what the file system throws. */
  constructor(
    path: string,
    private extent: Extent,
  ) {
    this.file = new FileWindow(path);
  }

  grow(extent: Extent): void {
    this.extent = extent;
  }

  work(): boolean {
    return inSlices(() => this.step());
  }

  facts(): SoundFacts | undefined {
    return undefined;
  }

  takeLevels(): MeasuredBins | undefined {
    const meter = this.sound?.meter;
    return meter === undefined || meter.waiting === 0 ? undefined : meter.take();
  }

  piece(): PieceReply {
    return { kind: 'end' };
  }

  close(): void {
    this.file.close();
  }

  private step(): boolean {
    if (this.isMeasured) return false;
    if (this.sound === undefined) return this.readHead();
    const { head, meter } = this.sound;
    const end = Math.min(this.extent.prefix, dataEnd(head, this.extent.size));
    const step = Math.max(1, Math.floor(STEP_BYTES / head.frameBytes)) * head.frameBytes;
    const samples = toSixteenBits(head, this.file.bytes(this.at, step, end));
    const frames = samples.length / channelsHeard(head);
    meter.add(byChannel(samples, channelsHeard(head)), 0, frames);
    this.at += frames * head.frameBytes;
    if (frames > 0) return true;
    if (!this.extent.isSettled && end < dataEnd(head, this.extent.size)) return false;
    meter.end();
    this.isMeasured = true;
    return true;
  }

  /** Reads the head as far as it is there. One longer than a window is of no program that writes calls. */
  private readHead(): boolean {
    const bytes = this.file.bytes(0, MOST_HEAD_BYTES, this.extent.prefix);
    const reading = readWavHead(bytes);
    if (reading.kind === 'problem') throw new Unreadable(reading.sentence);
    if (reading.kind === 'short') {
      if (this.extent.isSettled || bytes.length === MOST_HEAD_BYTES) throw new Unreadable('The WAV file ends before its sound begins.');
      return false;
    }
    const { head } = reading;
    this.sound = { head, meter: new LevelMeter(head.sampleRate, channelsHeard(head), fullScaleOf(head.encoding) / 32_768) };
    this.at = head.dataStart;
    return true;
  }
}

const MOST_HEAD_BYTES = 65_536;

/** Interleaved 16-bit samples as those of each channel, −1 to 1. */
function byChannel(samples: Int16Array, channels: 1 | 2): readonly Float32Array[] {
  return Array.from({ length: channels }, (_, channel) => {
    const lane = new Float32Array(samples.length / channels);
    for (let at = 0, from = channel; at < lane.length; at += 1, from += channels) lane[at] = (samples[from] ?? 0) / 32_768;
    return lane;
  });
}
