/** A growing file that a test fills by hand. */
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Bell } from '../../src/recording/bell';
import type { GrowingFile } from '../../src/recording/growing';
import { temporaryFolder } from '../host/repository.mjs';

export class FedFile implements GrowingFile {
  readonly path = path.join(temporaryFolder(), 'recording');
  isSettled = false;
  /** Bytes that were waited for, in order. */
  readonly waitedFor: number[] = [];
  private readonly bell = new Bell();
  private readonly descriptor = openSync(this.path, 'w');
  private parts: (readonly [from: number, to: number])[] = [];

  constructor(public size: number | undefined) {}

  /** A file that is all there. */
  static whole(bytes: Uint8Array): FedFile {
    const file = new FedFile(bytes.length);
    file.put(0, bytes);
    file.settle();
    return file;
  }

  /** Fills a place. */
  put(at: number, bytes: Uint8Array): void {
    writeSync(this.descriptor, bytes, 0, bytes.length, at);
    this.parts.push([at, at + bytes.length]);
    this.bell.ring();
  }

  /** Says that nothing more comes. What is there without a gap is the file, where it was cut off. */
  settle({ size = this.size }: { readonly size?: number | undefined } = {}): void {
    this.isSettled = true;
    this.size = size ?? this.reach(0);
    closeSync(this.descriptor);
    this.bell.ring();
  }

  reach(at: number): number {
    const part = this.parts.filter(([from, to]) => from <= at && at < to).reduce((end, [, to]) => Math.max(end, to), at);
    return part === at ? at : this.reach(part);
  }

  wait(at: number, signal: AbortSignal): Promise<number> {
    this.waitedFor.push(at);
    this.bell.ring();
    return this.bell.until(() => {
      const reach = this.reach(at);
      return reach > at || this.isSettled || at >= (this.size ?? Number.POSITIVE_INFINITY) ? reach : undefined;
    }, signal);
  }

  onGrowth(listener: () => void): () => void {
    return this.bell.on(listener);
  }

  /** Waits until something at or after this byte is waited for. */
  wantedFrom(at: number, signal: AbortSignal): Promise<number> {
    return this.bell.until(() => this.waitedFor.find((wanted) => wanted >= at), signal);
  }
}
