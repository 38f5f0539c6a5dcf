/** Reads a file through a window that is kept, so that small neighbouring reads cost one. For threads that may wait for a disk. */
import { closeSync, openSync, readSync } from 'node:fs';
import { Unreadable } from './source';

const WINDOW_BYTES = 65_536;

export class FileWindow {
  private readonly descriptor: number;
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private start = 0;
  private end = 0;

  /** Opens the file at `path`. Throws what the file system throws. */
  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
  }

  /**
   * Up to `length` bytes (64 kB at most) from `at` on, none of them at or after `limit`: what is there is not read beyond what is known
   * to be there. Valid until the next call. Throws {@link Unreadable} where it is not there any more.
   */
  bytes(at: number, length: number, limit: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, WINDOW_BYTES, limit - at));
    if (at < this.start || at + wanted > this.end) this.move(at, limit);
    return this.window.subarray(at - this.start, Math.min(at - this.start + wanted, this.end - this.start));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private move(at: number, limit: number): void {
    this.start = at;
    this.end = at;
    const room = Math.max(0, Math.min(WINDOW_BYTES, limit - at));
    this.end = at + readSync(this.descriptor, this.window, 0, room, at);
    if (this.end < at + room) throw new Unreadable('The recording’s file was cut off while it was being read.');
  }
}
