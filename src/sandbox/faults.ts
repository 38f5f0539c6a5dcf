/** Ways for the sandbox to misbehave, so that what a person sees then can be tried out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AskedResource } from '../call/request';
import { type ErrorBody, type ErrorForm, refuse } from './answers';
import type { Delivery } from './delivery';

/** Which requests a fault is for: those for one resource of a call, for any of them, for recordings; all unless said otherwise. */
export type FaultTarget = AskedResource | 'calls' | 'recordings' | 'all';

/** How the next answers misbehave. */
export type Fault = { readonly on?: FaultTarget } & (
  | WayOfSending
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  /** An error as Exotel tells it: v1 as an exception and the others with an object, unless said otherwise. */
  | ({ readonly kind: 'refuse'; readonly form?: ErrorForm } & ErrorBody)
  /** The right answer, late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Sends the start of an answer and nothing more. */
  | { readonly kind: 'stall'; readonly body?: string | Uint8Array }
  /** Closes the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Closes the connection in the middle of an answer. */
  | { readonly kind: 'cut'; readonly body?: string | Uint8Array }
  /** A gateway's page. */
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status?: number; readonly location: string }
  /** An answer that goes on for ever. */
  | { readonly kind: 'endless' }
  /** An error that repeats the key and the token that were sent, as plain text, in Base64 and as JSON. */
  | { readonly kind: 'echo'; readonly status: number }
);

/** The right recording, sent badly. All else comes as it should. */
type WayOfSending =
  /** At most so fast. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** Closes the connection after so many bytes of the answer. */
  | { readonly kind: 'breakOff'; readonly afterBytes: number }
  /** Sends so many bytes of the answer and nothing more. */
  | { readonly kind: 'freeze'; readonly afterBytes: number }
  /** Does not hear `Range`. */
  | { readonly kind: 'noRange' }
  /** In chunks, without a length. */
  | { readonly kind: 'noLength' }
  /** Says another `Content-Length` than it sends, in bytes. */
  | { readonly kind: 'wrongLength'; readonly claims: number };

/** How a recording comes while a fault is on, by the byte that the answer begins at; undefined: the fault is of another kind. */
export function deliveryOf(fault: Fault): ((start: number) => Delivery) | undefined {
  if (!isWayOfSending(fault)) return undefined;
  switch (fault.kind) {
    case 'throttle':
      return () => ({ bytesPerSecond: fault.bytesPerSecond });
    case 'breakOff':
      return (start) => ({ stops: { kind: 'break', at: start + fault.afterBytes } });
    case 'freeze':
      return (start) => ({ stops: { kind: 'freeze', at: start + fault.afterBytes } });
    case 'noRange':
      return () => ({ hasRanges: false });
    case 'noLength':
      return () => ({ hasLength: false });
    case 'wrongLength':
      return () => ({ claims: fault.claims });
  }
}

/** What was asked for: a resource of a call, a recording, or nothing there is. */
export type Asked = AskedResource | 'recording' | 'other';

/** Whether a fault is for what was asked for. */
export function isFor({ on = 'all' }: Fault, asked: Asked): boolean {
  if (on === 'all' || on === asked) return true;
  return on === 'recordings' ? asked === 'recording' : on === 'calls' && asked !== 'recording';
}

/** Misbehaves. True: it answered, or never will; false: the right answer is to follow. */
export async function misbehave(fault: Fault, asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (fault.kind === 'slow') {
    await sleep(fault.milliseconds, undefined, { ref: false });
    return false;
  }
  if (isWayOfSending(fault)) return false;
  answerBadly(fault, asked, request, response);
  return true;
}

const WAYS_OF_SENDING: readonly Fault['kind'][] = ['throttle', 'breakOff', 'freeze', 'noRange', 'noLength', 'wrongLength'] satisfies readonly WayOfSending['kind'][];

function isWayOfSending(fault: Fault): fault is { readonly on?: FaultTarget } & WayOfSending {
  return WAYS_OF_SENDING.includes(fault.kind);
}

function answerBadly(fault: Exclude<Fault, { kind: 'slow' } | WayOfSending>, asked: Asked, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case 'refuse':
      refuse(response, fault, fault.form ?? (asked === 'v1' ? 'exception' : 'object'));
      return;
    case 'answer':
      response.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers }).end(fault.body ?? '');
      return;
    case 'silent':
      return;
    case 'stall':
      startOf(fault.body, response);
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'cut':
      startOf(fault.body, response, () => request.socket.destroy());
      return;
    case 'html':
      response.writeHead(fault.status, { 'Content-Type': 'text/html; charset=utf-8' }).end(GATEWAY_PAGE);
      return;
    case 'redirect':
      response.writeHead(fault.status ?? 302, { Location: fault.location }).end();
      return;
    case 'endless':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      pour(response);
      return;
    case 'echo':
      response.writeHead(fault.status, { 'Content-Type': 'application/json' }).end(echoOf(request));
  }
}

const GATEWAY_PAGE = '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** Promises more than it sends. */
function startOf(body: string | Uint8Array = '{"request_id":"req_', response: ServerResponse, sent?: () => void): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) + 1000 });
  response.write(body, () => sent?.());
}

function pour(response: ServerResponse): void {
  const spaces = ' '.repeat(65_536);
  let hasRoom = true;
  while (hasRoom && !response.destroyed) hasRoom = response.write(spaces);
  if (!response.destroyed) response.once('drain', () => pour(response));
}

function echoOf(request: IncomingMessage): string {
  const header = request.headers.authorization ?? '';
  const plain = Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8');
  const message = `Refused: ${plain} (${plain.replace(':', ' / ')}), sent as ${header} to https://${plain}@${String(request.headers.host)}/`;
  return JSON.stringify({
    request_id: `req_${plain}`,
    http_code: 400,
    response: { code: 400, status: 'failure', data: null, error_data: { code: plain, message, description: header } },
  });
}
