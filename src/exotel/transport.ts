/** Sending a request and reading its answer within bounds; what a failed `fetch` means. */
import type { ApiErrorKind } from './errors';

/** What is asked of a `fetch`: the host's own, so that its proxy and certificate settings hold. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Settles as the promise does, or rejects as soon as the signal is aborted: not every `fetch` listens to its signal everywhere. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('Aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** As {@link abortable}; an answer that begins after that is let go, and its connection with it. */
export function headOf(coming: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const head = abortable(coming, signal);
  const letGo = (response: Response): void => {
    if (signal.aborted) response.body?.cancel().catch(() => undefined);
  };
  coming.then(letGo, () => undefined);
  return head;
}

/** The body's pieces as they come. Leaving the loop early closes the connection. */
export async function* piecesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const piece = await abortable(reader.read(), signal);
      if (piece.done) return;
      yield piece.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** A body as text, and how it ended. */
export interface BodyText {
  readonly text: string;
  readonly ended: 'whole' | 'tooLarge' | 'broken';
  /** With `broken`: what broke it. */
  readonly cause?: unknown;
}

/** Reads a body up to `maxBytes`, in the charset that the answer names, else UTF-8. Throws nothing. */
export async function readText(response: Response, signal: AbortSignal, maxBytes: number): Promise<BodyText> {
  const pieces: Uint8Array[] = [];
  const text = (): string => decode(Buffer.concat(pieces), response.headers.get('content-type') ?? '');
  let size = 0;
  try {
    for await (const piece of piecesOf(response, signal)) {
      size += piece.byteLength;
      if (size > maxBytes) return { text: text(), ended: 'tooLarge' };
      pieces.push(piece);
    }
    return { text: text(), ended: 'whole' };
  } catch (cause) {
    return { text: text(), ended: 'broken', cause };
  }
}

/** A byte order mark says more than the header; a charset that nobody knows says nothing. */
function decode(bytes: Uint8Array, contentType: string): string {
  const named = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : named;
  try {
    return new TextDecoder(marked).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** What a text looks like that should have been something else: `an HTML page`. */
export function looksLike(text: string): string {
  const start = text.slice(0, 1000).trimStart().toLowerCase();
  if (start === '') return 'nothing';
  if (/^<(?:!doctype html|html|head|body)/.test(start) || start.includes('<html')) return 'an HTML page';
  if (start.startsWith('<')) return 'XML';
  return /^[[{]/.test(start) ? 'JSON' : 'text';
}

/** Why no answer came. */
export interface NoAnswer {
  readonly kind: Extract<ApiErrorKind, 'network' | 'tls' | 'timeout' | 'badReply'>;
  /** A sentence for people. */
  readonly sentence: string;
  /** What the machine called it: `ECONNREFUSED`. */
  readonly code?: string;
}

/** Reads what `fetch`, or reading its body, threw; Node's and Electron's are told apart by their codes. See src/exotel/README.md, "No answer". */
export function noAnswer(error: unknown, host: string): NoAnswer {
  const codes = codesIn(error);
  const kind = MOST_TELLING_FIRST.find((candidate) => codes.some((found) => kindOfCode(found) === candidate)) ?? 'network';
  const ofKind = codes.filter((found) => kindOfCode(found) === kind);
  const code = ofKind.find((found) => networkSentence(found) !== undefined) ?? ofKind[0];
  const sentence = sentenceFor(kind, code, host);
  return code === undefined ? { kind, sentence } : { kind, sentence, code };
}

const MOST_TELLING_FIRST = ['tls', 'timeout', 'badReply', 'network'] as const;

const MAX_CHAIN = 20;

/** The codes of an error and of what caused it, outermost first; also those that stand only in a message. */
function codesIn(error: unknown): readonly string[] {
  const queue: unknown[] = [error];
  const codes: string[] = [];
  for (let looked = 0; looked < MAX_CHAIN && queue.length > 0; looked += 1) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null) continue;
    if ('code' in next && typeof next.code === 'string' && /^\w{3,60}$/.test(next.code)) codes.push(next.code);
    if ('message' in next && typeof next.message === 'string') codes.push(...codesInMessage(next.message.slice(0, 1000)));
    if ('cause' in next) queue.push(next.cause);
    if ('errors' in next && Array.isArray(next.errors)) queue.push(...next.errors.slice(0, MAX_CHAIN));
  }
  return codes;
}

/** Electron's codes stand in the message. A proxy that refuses has none in Node: it gets Chromium's. */
function codesInMessage(message: string): readonly string[] {
  const electron = [...message.matchAll(/\bnet::(ERR_\w{1,60})/g)].flatMap(([, code]) => code ?? []);
  if (/Proxy response \(407\)/i.test(message)) return [...electron, 'ERR_PROXY_AUTH_REQUESTED'];
  return /Proxy response \(\d|tunneling socket/i.test(message) ? [...electron, 'ERR_TUNNEL_CONNECTION_FAILED'] : electron;
}

const TLS =
  /^(?:CERT_|ERR_CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|ERR_BAD_SSL_|ERR_CERTIFICATE_|OCSP_)/;
const TIMEOUT = /^(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT)$/;
const BAD_REPLY = /^(?:HPE_\w+|Z_\w+|UND_ERR_(?:RES_\w+|HEADERS_OVERFLOW|INFO)|ERR_(?:CONTENT_|INVALID_HTTP_RESPONSE|RESPONSE_HEADERS_)\w*)$/;

function kindOfCode(code: string): NoAnswer['kind'] {
  if (TLS.test(code)) return 'tls';
  if (TIMEOUT.test(code)) return 'timeout';
  return BAD_REPLY.test(code) ? 'badReply' : 'network';
}

const NETWORK_SENTENCES: readonly (readonly [codes: RegExp, sentence: (host: string) => string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA|ERR_NAME_\w+)$/, (host) => `${host} was not found: there is no network, or its name cannot be resolved.`],
  [/^(?:ERR_INTERNET_DISCONNECTED|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_CHANGED)$/, (host) => `There is no way to ${host} from here: the network is down or blocks it.`],
  [/^(?:ECONNREFUSED|ERR_CONNECTION_REFUSED)$/, (host) => `The connection to ${host} was refused.`],
  [/^ERR_PROXY_AUTH/, (host) => `The proxy asks for a sign-in before it lets the request through to ${host}.`],
  [/PROXY|TUNNEL/, (host) => `The proxy did not let the request through to ${host}.`],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|ERR_CONNECTION_\w+|ERR_EMPTY_RESPONSE)$/, (host) => `The connection to ${host} broke off.`],
];

function sentenceFor(kind: NoAnswer['kind'], code: string | undefined, host: string): string {
  const named = code === undefined ? '' : ` (${code})`;
  if (kind === 'tls') return `The connection to ${host} is not secure: ${tlsReason(code)}${named}.`;
  if (kind === 'timeout') return `${host} did not answer in time${named}.`;
  if (kind === 'badReply') return `${host} sent an answer that breaks the rules of HTTP${named}.`;
  const sentence = code === undefined ? undefined : networkSentence(code);
  return sentence?.(host) ?? `${host} could not be reached${named}.`;
}

const TLS_REASONS: readonly (readonly [codes: RegExp, reason: string])[] = [
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID)$/, 'its certificate has expired, or is not valid yet'],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|ERR_CERT_COMMON_NAME_INVALID)$/, 'its certificate is that of another host'],
  [/SELF_SIGNED|^UNABLE_TO_(?:GET_ISSUER|VERIFY)|^(?:CERT_UNTRUSTED|ERR_CERT_AUTHORITY_INVALID)$/, 'this machine does not trust who issued its certificate'],
];

function tlsReason(code = ''): string {
  const [, reason = 'its certificate or its encryption was not accepted'] = TLS_REASONS.find(([codes]) => codes.test(code)) ?? [];
  return reason;
}

function networkSentence(code: string): ((host: string) => string) | undefined {
  return NETWORK_SENTENCES.find(([codes]) => codes.test(code))?.[1];
}
