/** What went to Exotel and what came back, for *Show Log*. No key, token, header, query or body at any level. */
import * as vscode from 'vscode';
import { type RequestNote, requestName } from '../call/request';
import { withoutCredentials, withoutUrlSecrets } from '../call/redact';
import type { ApiError } from '../exotel/errors';
import { codeOf } from '../recording/disk';

export class Log implements vscode.Disposable {
  /** What is ended with the extension has its last words after that. */
  #isDisposed = false;

  constructor(private readonly channel: vscode.LogOutputChannel = vscode.window.createOutputChannel('Exotel Call Inspector', { log: true })) {}

  /** One line a request: resource, method, host, path, status, milliseconds, request id. */
  request(note: RequestNote, error?: ApiError): void {
    const line = [
      `${requestName(note)}: ${note.method} ${note.host}${note.path}`,
      note.status === undefined ? 'no answer' : String(note.status),
      `${String(Math.round(note.milliseconds))} ms`,
      ...(note.requestId === undefined ? [] : [`request ${note.requestId}`]),
      ...(error === undefined ? [] : [error.kind, ...(error.details.code === undefined ? [] : [`code ${error.details.code}`])]),
    ].join(' · ');
    if (this.#isDisposed) return;
    if (error === undefined || error.kind === 'cancelled') this.channel.info(clean(line));
    else this.channel.warn(clean(line));
  }

  /** Something went wrong in this extension itself: its name and message, never what it was working on. */
  error(what: string, error: unknown): void {
    if (this.#isDisposed) return;
    this.channel.error(clean([what, ...namesOf(error)].join(': ')));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.channel.dispose();
  }
}

/** Of what is behind an error the code alone: whatever a system or a library says there may quote what it was working on. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return ['unknown error'];
  const { name, message, cause } = error;
  return [name, message, ...(cause instanceof Error ? [codeOf(cause) ?? cause.name] : [])];
}

function clean(line: string): string {
  return withoutUrlSecrets(withoutCredentials(line));
}
