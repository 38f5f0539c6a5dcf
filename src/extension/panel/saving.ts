/** A file saved where a person chose: with progress, and never half a file under that name. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { diskSentences } from '../../recording/disk';
import { doneStatus, withoutLinks } from '../toast';

/** Hears how many bytes are written, of how many in all where that is known. */
export type OnProgress = (written: number, total?: number) => void;

export interface SaveOptions {
  /** Of the dialog. */
  readonly title: string;
  /** The file's name, to begin with; what cannot stand in one is replaced. */
  readonly name: string;
  /** A folder of the extension's own, for targets that are no local files. */
  readonly storage: vscode.Uri;
  /** Gives why it failed, in a sentence; undefined when all of it is written. May throw. */
  readonly write: (file: FileHandle, onProgress: OnProgress, signal: AbortSignal) => Promise<string | undefined>;
}

/** Asks where to, saves, and says how it ended. */
export async function saveFile({ title, name: wanted, storage, write }: SaveOptions): Promise<void> {
  const name = wanted.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  // Not the workspace: a recording of people must not end up in a commit by accident.
  const target = await vscode.window.showSaveDialog({ title, defaultUri: vscode.Uri.file(path.join(homedir(), name)) });
  if (target === undefined) return;
  const end = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Saving ${name}`, cancellable: true },
    (progress, token) => save({ target, storage, write, progress, token }),
  );
  if (end.kind === 'saved') vscode.window.setStatusBarMessage(doneStatus(`Saved ${path.posix.basename(target.path)}`), 5000);
  if (end.kind === 'failed') void vscode.window.showErrorMessage(withoutLinks(`The recording was not saved. ${end.sentence}`));
}

interface Saving extends Pick<SaveOptions, 'storage' | 'write'> {
  readonly target: vscode.Uri;
  readonly progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>;
  readonly token: vscode.CancellationToken;
}

type SaveEnd = { readonly kind: 'saved' | 'cancelled' } | { readonly kind: 'failed'; readonly sentence: string };

async function save({ target, storage, write, progress, token }: Saving): Promise<SaveEnd> {
  const stopped = new AbortController();
  const listener = token.onCancellationRequested(() => stopped.abort());
  try {
    const sentence = await writeWhole(target, storage, async (file) => {
      const problem = await write(file, reporter(progress), stopped.signal);
      stopped.signal.throwIfAborted();
      return problem;
    });
    if (stopped.signal.aborted) return { kind: 'cancelled' };
    return sentence === undefined ? { kind: 'saved' } : { kind: 'failed', sentence };
  } finally {
    listener.dispose();
  }
}

/**
 * Writes a file whole or not at all: what was there before stays as it was where that fails. Gives why it failed, in a sentence or two;
 * undefined when all of it is written. `write` gives the same, and may throw. `storage`: a folder of the extension's own.
 */
export async function writeWhole(target: vscode.Uri, storage: vscode.Uri, write: (file: FileHandle) => Promise<string | undefined>): Promise<string | undefined> {
  const part = partFor(target, storage);
  try {
    if (target.scheme !== 'file') await mkdir(storage.fsPath, { recursive: true });
    const problem = await writePart(part, write);
    if (problem === undefined) await moveTo(part, target);
    return problem;
  } catch (error) {
    return diskSentences(error) ?? (error instanceof Error ? error.message : 'The file could not be written.');
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

async function writePart(part: string, write: (file: FileHandle) => Promise<string | undefined>): Promise<string | undefined> {
  const file = await open(part, 'wx', 0o600);
  try {
    return await write(file);
  } finally {
    await file.close();
  }
}

function reporter(progress: Saving['progress']): OnProgress {
  let shown = 0;
  return (written, total) => {
    const percent = total === undefined || total === 0 ? 0 : Math.floor((written / total) * 100);
    const megabytes = `${(written / 1_000_000).toFixed(1)} MB`;
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
