/** A recording, or a stretch of it, saved to a file. */
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { clipOf } from '../../recording/clip';
import { streamRecording } from '../../recording/fetch';
import { failure, type RecordingFailure } from '../../recording/problems';
import type { RecordingHolder } from './recordingHolder';
import { type OnProgress, saveFile } from './saving';

export interface DownloadOptions {
  readonly sid: string;
  readonly holder: RecordingHolder;
  /** A folder of the extension's own, for targets that are no local files. */
  readonly storage: vscode.Uri;
}

/** Asks where to, and saves the whole recording as it came, of any size. */
export function downloadRecording({ sid, holder, storage }: DownloadOptions): Promise<void> {
  return saveFile({
    title: 'Download Recording',
    name: `${sid}.${holder.extension}`,
    storage,
    write: (file, onProgress, signal) => writeRecording(file, holder, onProgress, signal),
  });
}

/** Asks where to, and saves the stretch between two positions, in seconds, as 16-bit WAV. */
export function saveClip({ sid, holder, storage }: DownloadOptions, from: number, to: number): Promise<void> {
  return saveFile({
    title: 'Save Clip',
    name: `${sid}_${nameOf(from)}-${nameOf(to)}.wav`,
    storage,
    write: async (file, onProgress, signal) => {
      const { stored } = holder;
      const rendition = stored?.rendition();
      if (stored?.facts === undefined || rendition === undefined || !stored.isDecoded) return 'It is not here, or cannot be decoded here.';
      await writeAll(file, clipOf(rendition, stored.facts, { from, to }, signal), onProgress);
      return undefined;
    },
  });
}

/** `1m05s`. */
function nameOf(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60))}m${String(whole % 60).padStart(2, '0')}s`;
}

/** What is here already is copied. Gives why it failed, in a sentence. */
async function writeRecording(file: FileHandle, holder: RecordingHolder, onProgress: OnProgress, signal: AbortSignal): Promise<string | undefined> {
  const { stored } = holder;
  if (stored?.transfer.kind === 'whole' && (await stored.isIntact())) {
    await writeAll(file, createReadStream(stored.path, { signal }), onProgress, stored.transfer.received);
    return undefined;
  }
  const failed = await fetchInto(file, holder, onProgress, signal);
  const isLinkOver = failed?.problem === 'expired' || failed?.problem === 'refused';
  if (failed === undefined || !isLinkOver || signal.aborted) return failed?.sentence;
  const standing = await holder.freshen(failed, signal);
  return (standing ?? (await fetchInto(file, holder, onProgress, signal)))?.sentence;
}

/** What is refused writes nothing. */
async function fetchInto(file: FileHandle, holder: RecordingHolder, onProgress: OnProgress, signal: AbortSignal): Promise<RecordingFailure | undefined> {
  const request = await holder.request(signal);
  if (request === undefined) return failure('none', { sentence: 'The record names no recording.' });
  const result = await streamRecording({
    ...request,
    onProgress,
    write: async (chunk) => {
      await file.writeFile(chunk);
    },
  });
  return result.kind === 'problem' ? result : undefined;
}

/** `total`: bytes in all, where that is known. */
async function writeAll(file: FileHandle, pieces: AsyncIterable<Uint8Array>, onProgress: OnProgress, total?: number): Promise<void> {
  let written = 0;
  for await (const piece of pieces) {
    await file.writeFile(piece);
    written += piece.byteLength;
    onProgress(written, total);
  }
}
