/** The sound of a WAV, read straight from its file. */
import { type FileHandle, open } from 'node:fs/promises';
import { Bell } from './bell';
import type { GrowingFile } from './growing';
import type { Sound, SoundFacts } from './sound';
import { channelsHeard, dataEnd, readWavHead, toSixteenBits, type WavHead } from './wav';

/** Bytes read and converted at once: a millisecond or two. */
const PIECE_BYTES = 65_536;

export class WavSound implements Sound {
  private head: WavHead | undefined;
  private told: SoundFacts | undefined;
  private readonly bell = new Bell();
  private readonly closing = new AbortController();
  private readonly stopHearing: () => void;
  private readonly headBell = new Bell();
  private isHeadSought = true;

  constructor(private readonly file: GrowingFile) {
    void this.readHead();
    this.stopHearing = file.onGrowth(() => this.tellFacts());
  }

  get facts(): SoundFacts | undefined {
    if (this.head === undefined) return undefined;
    const end = dataEnd(this.head, this.file.size);
    const frames = Math.floor(((Number.isFinite(end) ? end : this.file.reach(0)) - this.head.dataStart) / this.head.frameBytes);
    return { sampleRate: this.head.sampleRate, channels: channelsHeard(this.head), frames: Math.max(0, frames), isFinal: this.file.isSettled };
  }

  get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  onFacts(listener: () => void): () => void {
    return this.bell.on(listener);
  }

  async *read(from: number, to: number, signal: AbortSignal): AsyncIterable<Buffer> {
    await this.headBell.until(() => !this.isHeadSought || undefined, signal);
    const { head } = this;
    if (head === undefined) return;
    const handle = await open(this.file.path);
    try {
      yield* this.pieces(handle, head, { from, to, signal });
    } finally {
      await handle.close();
    }
  }

  close(): void {
    this.stopHearing();
    this.closing.abort();
  }

  private async *pieces(handle: FileHandle, head: WavHead, { from, to, signal }: { readonly from: number; readonly to: number; readonly signal: AbortSignal }): AsyncIterable<Buffer> {
    const { frameBytes, dataStart } = head;
    const byteOf = (frame: number): number => dataStart + frame * frameBytes;
    const bytes = Buffer.allocUnsafe(Math.max(1, Math.floor(PIECE_BYTES / frameBytes)) * frameBytes);
    for (let frame = from; frame < to; ) {
      const end = Math.min(byteOf(to), dataEnd(head, this.file.size));
      const at = byteOf(frame);
      if (at + frameBytes > end) return;
      const there = Math.min(end, await this.waitForFrame(at, frameBytes, signal));
      const { bytesRead } = await handle.read(bytes, 0, Math.min(bytes.length, Math.max(0, there - at)), at);
      signal.throwIfAborted();
      const frames = Math.floor(bytesRead / frameBytes);
      if (frames === 0 && there >= at + frameBytes) throw new Error('The file was cut off while it was being read.');
      if (frames === 0) return;
      yield asBuffer(toSixteenBits(head, bytes.subarray(0, frames * frameBytes)));
      frame += frames;
    }
  }

  /** Where the bytes from `at` on end, once a whole frame of them is there; less where it never will be. */
  private async waitForFrame(at: number, frameBytes: number, signal: AbortSignal): Promise<number> {
    const reach = await this.file.wait(at, signal);
    if (reach <= at || reach >= at + frameBytes) return reach;
    return Math.max(reach, await this.file.wait(at + frameBytes - 1, signal));
  }

  private async readHead(): Promise<void> {
    try {
      this.head = await this.findHead();
    } catch {
      // Closed meanwhile, or the file is gone: there is nothing to hear.
    }
    this.isHeadSought = false;
    this.tellFacts();
    this.headBell.ring();
  }

  /** The head, as soon as all of it is there; undefined where none comes. */
  private async findHead(): Promise<WavHead | undefined> {
    for (let needed = 1; needed <= PIECE_BYTES; ) {
      const reach = await this.file.wait(needed - 1, this.closing.signal);
      if (reach < needed) return undefined;
      const reading = readWavHead(await this.start(this.file.reach(0)));
      if (reading.kind === 'head') return reading.head;
      if (reading.kind === 'problem') return undefined;
      needed = reading.needed;
    }
    return undefined;
  }

  private async start(length: number): Promise<Uint8Array> {
    const handle = await open(this.file.path);
    try {
      const bytes = Buffer.alloc(Math.min(length, PIECE_BYTES));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  private tellFacts(): void {
    const { facts } = this;
    if (facts === undefined || (this.told?.frames === facts.frames && this.told.isFinal === facts.isFinal)) return;
    this.told = facts;
    this.bell.ring();
  }
}

/** The samples as bytes. Every machine VS Code runs on keeps the low byte first. */
export function asBuffer(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
