/** The recordings: what there is, and who may have it. See src/exotel/README.md, "Recordings". */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Instant, Seconds } from '../call/call';
import { hasKeysOf, type SandboxAccount } from './accounts';
import { plain, xml } from './answers';
import { type AudioFile, createRecording } from './audio';
import { recordingRoute } from './routes';
import { type SampleName, sampleName } from './samples';

/** Recordings that are no audio to be had. */
const UNUSUAL: Readonly<Partial<Record<SampleName, 'gone' | 'refused' | 'page'>>> = {
  recordingGone: 'gone',
  recordingRefused: 'refused',
  recordingNotAudio: 'page',
};

const STEREO: ReadonlySet<SampleName> = new Set<SampleName>(['dualChannel', 'recordingLarge']);

/** Who may ask for a recording, and what there is to be had of a call. */
export interface Archive {
  /** The accounts that are known where it is asked for. */
  readonly accounts: readonly SandboxAccount[];
  readonly now: Instant;
  /** How long they talked; undefined where there is no recording. */
  lengthOf(account: SandboxAccount, name: SampleName): Seconds | undefined;
}

/** Answers for a recording. */
export async function serveRecording(archive: Archive, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = recordingRoute(url.pathname);
  const owner = archive.accounts.find(({ accountSid }) => accountSid === route?.accountSid);
  const refusal = refusalOf(archive, owner, url, request);
  if (refusal !== undefined) return refuse(response, refusal);
  const name = route && sampleName(route.callSid);
  const seconds = owner && name && archive.lengthOf(owner, name);
  if (name === undefined || seconds === undefined || UNUSUAL[name] === 'gone') return refuse(response, NO_SUCH_KEY);
  if (UNUSUAL[name] === 'refused') return refuse(response, { status: 403, code: 'AccessDenied', message: 'Access Denied' });
  if (UNUSUAL[name] === 'page') {
    response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end('<!DOCTYPE html>\n<html><body><h1>Sign in to listen</h1></body></html>\n');
    return;
  }
  await send(createRecording(seconds, STEREO.has(name) ? 2 : 1), request, response);
}

async function send(audio: AudioFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
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

const NO_SUCH_KEY: Refusal = { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' };

/** Either the account's keys or a valid signature, never both: as S3 has it. */
function refusalOf({ accounts, now }: Archive, owner: SandboxAccount | undefined, { searchParams }: URL, request: IncomingMessage): Refusal | undefined {
  const signature = searchParams.get('X-Amz-Signature');
  if (signature === null) return keyRefusal(owner, accounts.find((account) => hasKeysOf(account, request)));
  if (request.headers.authorization !== undefined) return { status: 400, code: 'InvalidArgument', message: 'Only one auth mechanism allowed' };
  if (signature !== owner?.signature) return { status: 403, code: 'SignatureDoesNotMatch', message: 'The request signature does not match' };
  const signedAt = Date.parse((searchParams.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const isOver = !(now < signedAt + Number(searchParams.get('X-Amz-Expires')) * 1000);
  return isOver ? { status: 403, code: 'AccessDenied', message: 'Request has expired' } : undefined;
}

function keyRefusal(owner: SandboxAccount | undefined, asker: SandboxAccount | undefined): Refusal | undefined {
  if (asker === undefined) return { status: 401, code: 'AccessDenied', message: 'Access Denied' };
  return asker === owner ? undefined : NO_SUCH_KEY;
}

/** The one range that a `Range` header asks for, end exclusive; undefined for none, or for one that may be ignored. */
function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  xml(response, status, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
