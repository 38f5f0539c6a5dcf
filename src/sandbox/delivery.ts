/** How a file comes: whole or in parts, as fast as it can or in one of the ways in which servers and networks disappoint. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { askedRange } from '../recording/range';
import { plain } from './answers';
import type { AudioFile } from './audio';

/** What is not as it should be. */
export interface Delivery {
  readonly bytesPerSecond?: number;
  /** False: `Range` is not heard, and nothing says otherwise. */
  readonly hasRanges?: boolean;
  /** False: chunked, without a `Content-Length`. */
  readonly hasLength?: boolean;
  /** A `Content-Length` that is wrong, in bytes. */
  readonly claims?: number;
  /** Where in the file the connection breaks off, or where an answer that began before it sends nothing more. In bytes. */
  readonly stops?: { readonly kind: 'break' | 'freeze'; readonly at: number };
}

/** Sends a file or the part of it that is asked for. `deliveryFrom`: how, by the byte that the answer begins at. */
export async function deliver(file: AudioFile, deliveryFrom: (start: number) => Delivery, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const etag = tagOf(file);
  const { hasRanges = true } = deliveryFrom(0);
  const isOther = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const range = hasRanges && !isOther ? askedRange(request.headers.range, file.size) : undefined;
  if (range === 'unsatisfiable') return plain(response, 416, '', { 'Content-Range': `bytes */${String(file.size)}` });
  const { start, end } = range ?? { start: 0, end: file.size };
  const delivery = deliveryFrom(start);
  const { hasLength = true, claims = end - start } = delivery;
  response.writeHead(range === undefined ? 200 : 206, {
    'Content-Type': file.mime,
    ETag: etag,
    ...(hasLength ? { 'Content-Length': claims } : {}),
    ...(hasRanges ? { 'Accept-Ranges': 'bytes' } : {}),
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(file.size)}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  const { stops } = delivery;
  const isStopped = stops !== undefined && stops.at < end && (stops.kind === 'break' || start < stops.at);
  const last = isStopped ? Math.max(start, stops.at) : end;
  await pipeline(Readable.from(piecesOf(file, { start, end: last }, delivery)), response, { end: !isStopped });
  const breaksOff = isStopped ? stops.kind === 'break' : claims !== end - start;
  if (!breaksOff) return;
  await sleep(BEFORE_THE_END_MS, undefined, { ref: false });
  request.socket.destroySoon();
}

/** Clients forget an answer's head that comes together with the end of the connection: as if there had been no answer. */
const BEFORE_THE_END_MS = 30;

interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

async function* piecesOf(file: AudioFile, { start, end }: Range, { bytesPerSecond }: Delivery): AsyncIterable<Buffer> {
  for (const piece of file.read(start, end)) yield* bytesPerSecond === undefined ? [piece] : paced(piece, bytesPerSecond);
}

/** Eight times a second a little. */
async function* paced(piece: Buffer, bytesPerSecond: number): AsyncIterable<Buffer> {
  const step = Math.max(1, Math.floor(bytesPerSecond / 8));
  for (let at = 0; at < piece.length; at += step) {
    await sleep(Math.ceil((Math.min(step, piece.length - at) / bytesPerSecond) * 1000), undefined, { ref: false });
    yield piece.subarray(at, at + step);
  }
}

/** By what the file is rather than by all its bytes: those are made as they are asked for. */
function tagOf(file: AudioFile): string {
  const hash = createHash('sha256').update(`${file.mime} ${String(file.size)}`);
  for (const piece of file.read(0, Math.min(file.size, 4096))) hash.update(piece);
  return `"${hash.digest('hex').slice(0, 32)}"`;
}
