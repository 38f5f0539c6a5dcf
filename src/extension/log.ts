/** What went to Exotel and what came back, for *Show Log*. No key, token, header, query or body at any level. */
import * as vscode from 'vscode';
import { type RequestNote, requestName } from '../call/request';
import { withoutCredentials, withoutUrlSecrets } from '../call/redact';
import type { ApiError } from '../exotel/errors';

export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Exotel Call Inspector', { log: true });

  /** One line a request: resource, method, host, path, status, milliseconds, request id. */
  request(note: RequestNote, error?: ApiError): void {
    const line = [
      `${requestName(note)}: ${note.method} ${note.host}${note.path}`,
      note.status === undefined ? 'no answer' : String(note.status),
      `${String(Math.round(note.milliseconds))} ms`,
      ...(note.requestId === undefined ? [] : [`request ${note.requestId}`]),
      ...(error === undefined ? [] : [error.kind, ...(error.details.code === undefined ? [] : [`code ${error.details.code}`])]),
    ].join(' · ');
    if (error === undefined || error.kind === 'cancelled') this.#channel.info(clean(line));
    else this.#channel.warn(clean(line));
  }

  /** Something went wrong in this extension itself: its name and message, never what it was working on. */
  error(what: string, error: unknown): void {
    this.#channel.error(clean(`${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

function clean(line: string): string {
  return withoutUrlSecrets(withoutCredentials(line));
}
