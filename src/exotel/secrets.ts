/** What authenticates an account: how it is sent, and how it is kept out of every text. */
import type { Credentials } from './account';
import { urlOf } from './links';

type Keys = Pick<Credentials, 'apiKey' | 'apiToken'>;

/**
 * The value of the `Authorization` header (src/exotel/README.md, "Hosts and authentication"). Base64 of UTF-8, so that it is a
 * valid header whatever the keys hold, and no error about a malformed header can quote them.
 */
export function basicAuthorization({ apiKey, apiToken }: Keys): string {
  return `Basic ${base64(`${apiKey}:${apiToken}`)}`;
}

/** Shorter ones are no secrets of Exotel's, and taking every `1` out of a text would only garble it. */
const SHORTEST_SECRET = 4;

/** Replaces the account's key and token, plain or in the encodings in which servers and libraries repeat them. */
export function scrubber({ apiKey, apiToken }: Keys): (text: string) => string {
  const plain = [apiKey, apiToken, apiKey.trim(), apiToken.trim()].filter((secret) => secret.length >= SHORTEST_SECRET);
  const encoded = [...plain, `${apiKey}:${apiToken}`].flatMap((secret) => base64Forms(secret));
  const forms = new Set([...plain, ...plain.map(inHost), ...encoded].flatMap((secret) => [secret, asJson(secret), asJson(secret).replaceAll('/', '\\/'), percentEncoded(secret)]));
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((left, secret) => left.replaceAll(secret, '•••'), text);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** As a host is written that it stands in: of a redirect, for instance. */
function inHost(secret: string): string {
  return secret.toLowerCase();
}

/** With and without padding, in both alphabets; too short a one would match by chance. */
function base64Forms(text: string): readonly string[] {
  const bare = base64(text).replace(/=+$/, '');
  return [base64(text), bare, Buffer.from(text, 'utf8').toString('base64url')].filter((form) => form.length >= SHORTEST_SECRET);
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** A lone surrogate cannot be percent-encoded. */
function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The host of an address, with or without scheme, and its port: never anything of its user info. Undefined for what cannot be read, or
 * where a raw `/`, `?` or `#` in a password makes the host what it is not.
 */
export function hostAlone(address: string): string | undefined {
  const url = urlOf(address.includes('://') ? address : `http://${address}`);
  if (url === undefined) return undefined;
  const { host, pathname, search, hash } = url;
  return `${pathname}${search}${hash}`.includes('@') ? undefined : host;
}
