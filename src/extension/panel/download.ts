/** A recording saved to a file: streamed, of any size, never half a file under the name that was chosen. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { streamRecording } from '../../recording/fetch';
import { withoutLinks } from '../toast';
import type { RecordingHolder } from './recordingHolder';

export interface DownloadOptions {
  readonly sid: string;
  readonly holder: RecordingHolder;
  /** A folder of the extension's own, for targets that are no local files. */
  readonly storage: vscode.Uri;
}

/** Asks where to, saves with progress, and says how it ended. */
export async function downloadRecording({ sid, holder, storage }: DownloadOptions): Promise<void> {
  const name = `${sid.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.${holder.extension}`;
  // Not the workspace: a recording of people must not end up in a commit by accident.
  const target = await vscode.window.showSaveDialog({
    title: 'Download Recording',
    defaultUri: vscode.Uri.file(path.join(homedir(), name)),
  });
  if (target === undefined) return;
  const end = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Downloading ${name}`, cancellable: true },
    (progress, token) => save({ holder, target, storage, progress, token }),
  );
  if (end.kind === 'saved') vscode.window.setStatusBarMessage(`$(check) Saved ${path.posix.basename(target.path)}`, 5000);
  if (end.kind === 'failed') void vscode.window.showErrorMessage(withoutLinks(`The recording was not saved. ${end.sentence}`));
}

interface Saving {
  readonly holder: RecordingHolder;
  readonly target: vscode.Uri;
  readonly storage: vscode.Uri;
  readonly progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>;
  readonly token: vscode.CancellationToken;
}

type SaveEnd = { readonly kind: 'saved' | 'cancelled' } | { readonly kind: 'failed'; readonly sentence: string };

async function save({ holder, target, storage, progress, token }: Saving): Promise<SaveEnd> {
  const stopped = new AbortController();
  const listener = token.onCancellationRequested(() => stopped.abort());
  const part = partFor(target, storage);
  try {
    await mkdir(path.dirname(part), { recursive: true });
    const problem = await writeTo(part, holder, stopped.signal, progress);
    if (stopped.signal.aborted) return { kind: 'cancelled' };
    if (problem !== undefined) return { kind: 'failed', sentence: problem };
    await moveTo(part, target);
    return { kind: 'saved' };
  } catch (error) {
    return { kind: 'failed', sentence: error instanceof Error ? error.message : 'The file could not be written.' };
  } finally {
    listener.dispose();
    await rm(part, { force: true });
  }
}

/** Gives why it failed, in a sentence; undefined when all of it is there. */
async function writeTo(
  part: string,
  holder: RecordingHolder,
  signal: AbortSignal,
  progress: Saving['progress'],
): Promise<string | undefined> {
  const file = await open(part, 'wx', 0o600);
  try {
    if (holder.held !== undefined) {
      await file.writeFile(holder.held.bytes);
      return undefined;
    }
    const request = await holder.request(signal);
    if (request === undefined) return 'The record names no recording.';
    const result = await streamRecording({
      ...request,
      onProgress: reporter(progress),
      write: async (chunk) => {
        await file.writeFile(chunk);
      },
    });
    return result.kind === 'problem' ? result.sentence : undefined;
  } finally {
    await file.close();
  }
}

function reporter(progress: Saving['progress']): (received: number, total?: number) => void {
  let shown = 0;
  return (received, total) => {
    const percent = total === undefined || total === 0 ? 0 : Math.floor((received / total) * 100);
    const megabytes = `${(received / 1_000_000).toFixed(1)} MB`;
    progress.report({
      message: total === undefined ? megabytes : `${megabytes} of ${(total / 1_000_000).toFixed(1)} MB`,
      increment: percent - shown,
    });
    shown = percent;
  };
}

/** Beside a local target, so that the last step is a rename; else in the extension's own storage. */
function partFor(target: vscode.Uri, storage: vscode.Uri): string {
  return target.scheme === 'file' ? `${target.fsPath}.${randomUUID()}.part` : path.join(storage.fsPath, `${randomUUID()}.part`);
}

async function moveTo(part: string, target: vscode.Uri): Promise<void> {
  if (target.scheme === 'file') await rename(part, target.fsPath);
  else await vscode.workspace.fs.copy(vscode.Uri.file(part), target, { overwrite: true });
}
