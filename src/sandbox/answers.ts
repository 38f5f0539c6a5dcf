/** How the sandbox writes an answer. Bodies of errors: src/exotel/README.md, "Errors". */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** The ways in which an error is seen to be told. */
export type ErrorForm =
  /** CCM's `error_data`, as an object, in a list, or null. */
  | 'object'
  | 'list'
  | 'null'
  /** CCM's, inside an HTTP 200. */
  | 'inside200'
  /** v1's and the rate limiter's `RestException`. */
  | 'exception';

export interface ErrorBody {
  readonly status: number;
  /** Exotel's own code. */
  readonly code?: number | string;
  readonly message: string;
}

/** The body of an error. */
export function errorBody({ status, code, message }: ErrorBody, form: ErrorForm): unknown {
  if (form === 'exception') return { RestException: { Status: status, Message: message, ...(code === undefined ? {} : { Code: code }) } };
  const error = { code: code ?? status, message, description: message };
  const data = { object: error, list: [error], null: null, inside200: error }[form];
  return {
    request_id: requestId(),
    method: 'GET',
    http_code: status,
    response: { code: status, error_data: data, status: 'failure', data: null },
  };
}

/** Answers with an error. */
export function refuse(response: ServerResponse, error: ErrorBody, form: ErrorForm = 'object'): void {
  json(response, form === 'inside200' ? 200 : error.status, errorBody(error, form));
}

/** CCM's envelope around a `response`. */
export function envelope(response: unknown, id: string = requestId()): unknown {
  return { request_id: id, method: 'GET', http_code: 200, response };
}

function requestId(): string {
  return `req_${randomBytes(12).toString('hex')}`;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

export function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body);
}

export function plain(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(body);
}
