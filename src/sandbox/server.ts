/**
 * A small Exotel on loopback, with sample calls: the sample account and the tests talk to this one.
 * It answers as src/exotel/README.md says, for one account whose keys are made up at each start.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Instant } from '../call/call';
import type { Credentials } from '../exotel/account';
import { type Fault, misbehave } from './faults';
import { callDetails, recordingOf, SAMPLES, sampleName, type Moment, type SampleCall } from './samples';

export type { Fault } from './faults';
export { SAMPLES, type SampleCall, type SampleName } from './samples';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly hadAuthorization: boolean;
}

export interface SandboxOptions {
  /** Random per start unless given. */
  readonly apiKey?: string;
  readonly apiToken?: string;
  readonly accountSid?: string;
  /** How long the active call goes on after it was first asked for, in milliseconds. */
  readonly activeForMs?: number;
  /** Requests a minute before 429. */
  readonly requestsPerMinute?: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly credentials: Credentials;
  readonly calls: readonly SampleCall[];
  /** The latest requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Makes answers misbehave until the function it returns is called. The latest fault goes first. */
  fail(fault: Fault): () => void;
  /** Closes the server and every connection. */
  stop(): Promise<void>;
}

/** Starts on a random port of 127.0.0.1. Rejects when no port can be opened. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const account: Account = {
    accountSid: options.accountSid ?? 'exotelsample1',
    apiKey: options.apiKey ?? randomBytes(20).toString('hex'),
    apiToken: options.apiToken ?? randomBytes(20).toString('hex'),
    signature: randomBytes(32).toString('hex'),
    startedAt: Date.now(),
    activeForMs: options.activeForMs ?? 75_000,
    requestsPerMinute: options.requestsPerMinute ?? 200,
  };
  const state: State = { faults: [], requests: [], window: { minute: 0, count: 0 }, firstAskedAt: undefined };
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    serve(account, state, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 200;
  const origin = await listen(server);
  return {
    origin,
    credentials: { endpoint: { kind: 'custom', origin }, accountSid: account.accountSid, apiKey: account.apiKey, apiToken: account.apiToken },
    calls: Object.values(SAMPLES),
    requests: state.requests,
    fail(fault) {
      state.faults.push(fault);
      return () => {
        const index = state.faults.indexOf(fault);
        if (index >= 0) state.faults.splice(index, 1);
      };
    },
    stop: () => stop(server),
  };
}

interface Account {
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiToken: string;
  readonly signature: string;
  readonly startedAt: Instant;
  readonly activeForMs: number;
  readonly requestsPerMinute: number;
}

interface State {
  readonly faults: Fault[];
  readonly requests: SeenRequest[];
  window: { readonly minute: number; readonly count: number };
  firstAskedAt: Instant | undefined;
}

const MAX_REMEMBERED_REQUESTS = 1000;

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The sandbox has no port.'));
      else resolve(`http://127.0.0.1:${String(address.port)}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(account: Account, state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  remember(state, request, target);
  const url = urlOf(request, target);
  const isRecording = target.startsWith('/recordings/');
  const fault = state.faults.findLast(({ on }) => on === undefined || on === 'all' || on === (isRecording ? 'recordings' : 'calls'));
  if (fault !== undefined && (await misbehave(fault, request, response))) return;
  if (url === undefined) return plain(response, 400, 'Bad request\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'Method not allowed\n', { Allow: 'GET, HEAD' });
  if (isRecording) return serveRecording(account, url, request, response);
  serveCall(account, state, url, request, response);
}

function urlOf({ headers }: IncomingMessage, target: string): URL | undefined {
  const base = `http://${headers.host ?? ''}`;
  return URL.canParse(target, base) ? new URL(target, base) : undefined;
}

function remember({ requests }: State, request: IncomingMessage, path: string): void {
  requests.push({ method: request.method ?? '', path, hadAuthorization: request.headers.authorization !== undefined });
  if (requests.length > MAX_REMEMBERED_REQUESTS) requests.shift();
}

function serveCall(account: Account, state: State, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const limit = takeFromLimit(account, state);
  for (const [name, value] of Object.entries(limit.headers)) response.setHeader(name, value);
  if (limit.exceeded) {
    json(response, 429, { RestException: { Status: 429, Message: 'Too many requests', Code: 'RATE_LIMIT_EXCEEDED' } });
    return;
  }
  if (!isAuthorized(account, request)) return failure(response, 401, { code: 1010, message: 'Authentication failed' });
  const [, accountSid, callSid] = /^\/v2\/accounts\/([^/]+)\/calls\/([^/]+)$/.exec(url.pathname) ?? [];
  if (accountSid === undefined || callSid === undefined) return plain(response, 404, '404 page not found\n');
  if (decoded(accountSid) !== account.accountSid) return failure(response, 404, { code: 1017, message: 'Tenant not found' });
  const name = sampleName(decoded(callSid));
  if (name === undefined) return failure(response, 404, { code: 10744, message: 'Call not found' });
  json(response, 200, {
    request_id: name === 'documented' ? 'req_abc123' : requestId(),
    method: 'GET',
    http_code: 200,
    response: { call_details: callDetails(name, momentOf(account, state, url, name === 'active')) },
  });
}

function momentOf(account: Account, state: State, url: URL, isActiveCall: boolean): Moment {
  const now = Date.now();
  if (isActiveCall) state.firstAskedAt ??= now;
  return { ...account, now, firstAskedAt: state.firstAskedAt ?? now, origin: url.origin };
}

/** So many a minute, as src/exotel/README.md, "Limits", has it. */
function takeFromLimit({ requestsPerMinute }: Account, state: State): { readonly exceeded: boolean; readonly headers: Readonly<Record<string, string>> } {
  const now = Date.now();
  const minute = Math.floor(now / 60_000);
  const count = state.window.minute === minute ? state.window.count + 1 : 1;
  state.window = { minute, count };
  const exceeded = count > requestsPerMinute;
  const reset = (minute + 1) * 60;
  return {
    exceeded,
    headers: {
      'X-RateLimit-Limit': String(requestsPerMinute),
      'X-RateLimit-Remaining': String(Math.max(0, requestsPerMinute - count)),
      'X-RateLimit-Reset': String(reset),
      ...(exceeded ? { 'Retry-After': String(Math.max(1, Math.ceil(reset - now / 1000))) } : {}),
    },
  };
}

function isAuthorized({ apiKey, apiToken }: Account, request: IncomingMessage): boolean {
  return request.headers.authorization === `Basic ${Buffer.from(`${apiKey}:${apiToken}`, 'utf8').toString('base64')}`;
}

async function serveRecording(account: Account, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, accountSid = '', sid = ''] = /^\/recordings\/([^/]+)\/([^/]+)\.(?:wav|mp3)$/.exec(url.pathname) ?? [];
  const refusal = refusalOf(account, url, request);
  if (refusal !== undefined) return xml(response, refusal.status, refusal);
  const recording = decoded(accountSid) === account.accountSid ? recordingOf(decoded(sid)) : undefined;
  if (recording === undefined || recording.kind === 'gone') return xml(response, 404, { code: 'NoSuchKey', message: 'The specified key does not exist.' });
  if (recording.kind === 'refused') return xml(response, 403, { code: 'AccessDenied', message: 'Access Denied' });
  if (recording.kind === 'page') {
    response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end('<!DOCTYPE html>\n<html><body><h1>Sign in to listen</h1></body></html>\n');
    return;
  }
  const { audio } = recording;
  const range = rangeOf(request.headers.range, audio.size);
  if (range === 'unsatisfiable') return plain(response, 416, '', { 'Content-Range': `bytes */${String(audio.size)}` });
  const { start, end } = range ?? { start: 0, end: audio.size };
  response.writeHead(range === undefined ? 200 : 206, {
    'Content-Type': 'audio/wav',
    'Content-Length': end - start,
    'Accept-Ranges': 'bytes',
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(audio.size)}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(audio.read(start, end)), response);
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Either the account's keys or a valid signature, never both: as S3 has it. */
function refusalOf(account: Account, { searchParams }: URL, request: IncomingMessage): Refusal | undefined {
  const signature = searchParams.get('X-Amz-Signature');
  if (signature === null) return isAuthorized(account, request) ? undefined : { status: 401, code: 'AccessDenied', message: 'Access Denied' };
  if (request.headers.authorization !== undefined) return { status: 400, code: 'InvalidArgument', message: 'Only one auth mechanism allowed' };
  if (signature !== account.signature) return { status: 403, code: 'SignatureDoesNotMatch', message: 'The request signature does not match' };
  const signedAt = Date.parse((searchParams.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const isOver = !(Date.now() < signedAt + Number(searchParams.get('X-Amz-Expires')) * 1000);
  return isOver ? { status: 403, code: 'AccessDenied', message: 'Request has expired' } : undefined;
}

/** The one range that a `Range` header asks for, end exclusive; undefined for none, or for one that may be ignored. */
function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

function requestId(): string {
  return `req_${randomBytes(12).toString('hex')}`;
}

function failure(response: ServerResponse, status: number, { code, message }: { readonly code: number; readonly message: string }): void {
  json(response, status, {
    request_id: requestId(),
    method: 'GET',
    http_code: status,
    response: { code: status, error_data: { code, message, description: message }, status: 'failure', data: null },
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function xml(response: ServerResponse, status: number, { code, message }: { readonly code: string; readonly message: string }): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body);
}

function plain(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(body);
}
