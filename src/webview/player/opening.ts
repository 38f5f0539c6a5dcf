/** Getting a recording into an audio element: by an address on this machine, or, where none can be reached, piece by piece from the host. */
import type { Host } from '../host';
import { bytesOf, LOST, mediaProblem, type PageProblem } from './media';

/** For so long an address may show no sign of life. */
const REACHED_WITHIN_MS = 3000;
const LOOKED_EVERY_MS = 250;

/** What is to be opened. */
export interface Wanted {
  readonly id: string;
  readonly format: string;
  /** An address that worked before: it is tried first. */
  readonly address?: string;
  /** One that worked before and does not any more: it is left out, for a browser may go on telling from memory what was at it. */
  readonly avoided?: string;
}

/** How it ended: the address that plays, or why none does. Undefined: it was called off. */
export type Opened = { readonly address: string } | PageProblem | undefined;

interface Way {
  readonly address: string;
  /** All of the recording is in this page. */
  readonly isHere: boolean;
}

/**
 * Opens the recording by the first way that leads to it: until the element knows what it plays. `isHeldUp`: the host has nothing to send just
 * now, so that no address can show life. Never rejects.
 */
export async function openSound(audio: HTMLAudioElement, host: Pick<Host, 'call'>, wanted: Wanted, isHeldUp: () => boolean, signal: AbortSignal): Promise<Opened> {
  let problem: PageProblem = LOST;
  try {
    for await (const { address, isHere } of waysTo(host, wanted, signal)) {
      const end = signal.aborted ? 'calledOff' : await reach(audio, address, isHere ? () => true : isHeldUp, signal);
      if (end === 'reached') return { address };
      if (isHere && address !== wanted.address) URL.revokeObjectURL(address);
      if (end === 'calledOff') return undefined;
      if (isHere) problem = mediaProblem(end.code, wanted.format);
    }
  } catch {
    problem = LOST;
  }
  return signal.aborted ? undefined : problem;
}

async function* waysTo(host: Pick<Host, 'call'>, { id, address, avoided }: Wanted, signal: AbortSignal): AsyncGenerator<Way> {
  if (address !== undefined) yield { address, isHere: isBlob(address) };
  const { urls, mime } = await host.call('openRecording', id, self.origin);
  for (const url of urls) if (url !== address && url !== avoided) yield { address: url, isHere: false };
  const whole = await gather(host, id, mime, signal);
  if (whole !== undefined) yield { address: URL.createObjectURL(whole), isHere: true };
}

/** All pieces as one; undefined when it was called off. Throws where the host gives no bytes. */
async function gather(host: Pick<Host, 'call'>, id: string, mime: string, signal: AbortSignal): Promise<Blob | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; !signal.aborted; ) {
    const { bytes: sent, isLast } = await host.call('recordingPiece', id, at);
    const bytes = bytesOf(sent);
    if (bytes === undefined || (bytes.length === 0 && !isLast)) throw new TypeError('recordingPiece gave no bytes');
    parts.push(bytes);
    at += bytes.length;
    if (isLast) return new Blob(parts, { type: mime });
  }
  return undefined;
}

/** True for an address that holds the bytes in this page, and has to be given back. */
export function isBlob(address: string): boolean {
  return address.startsWith('blob:');
}

type Reach = 'reached' | 'calledOff' | { readonly code: number | undefined };

/** Waits until the element knows what is at an address; gives up where it errs, or shows no sign of life. */
function reach(audio: HTMLAudioElement, address: string, isHeldUp: () => boolean, signal: AbortSignal): Promise<Reach> {
  return new Promise((resolve) => {
    const done = new AbortController();
    let alive = performance.now();
    const end = (how: Reach): void => {
      done.abort();
      clearInterval(look);
      resolve(how);
    };
    const look = setInterval(() => {
      if (isHeldUp()) alive = performance.now();
      else if (performance.now() - alive > REACHED_WITHIN_MS) end({ code: undefined });
    }, LOOKED_EVERY_MS);
    audio.addEventListener('progress', () => (alive = performance.now()), { signal: done.signal });
    audio.addEventListener('loadedmetadata', () => end('reached'), { signal: done.signal });
    audio.addEventListener('error', () => end({ code: audio.error?.code }), { signal: done.signal });
    signal.addEventListener('abort', () => end('calledOff'), { signal: done.signal });
    audio.src = address;
    audio.load();
  });
}
