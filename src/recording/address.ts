/** Which addresses a recording may be fetched from at all, with keys or without. */
import type { Endpoint } from '../exotel/account';
import { urlOf } from '../exotel/links';
import { isWeb, readOrigin } from '../exotel/origin';

/**
 * Why an address that an answer or a redirect named is left alone, in words; undefined where it may be fetched. A record comes from
 * outside: it must not make this machine ask something on its own network. (What a name resolves to is not known here.)
 */
export function whyNotFetched(url: URL, endpoint: Endpoint): string | undefined {
  if (isOwn(url, endpoint)) return undefined;
  if (url.protocol !== 'https:') return `its address is ${url.protocol === 'http:' ? 'http' : url.protocol.replace(':', '')}, not https`;
  return isPrivate(url.hostname) ? `${url.hostname} is an address on this machine or its own network` : undefined;
}

/**
 * Whether a recording is where recordings of such an account are known to be, so that it may be fetched before anybody asks for it:
 * a custom endpoint's own origin and those of the sample accounts; for a region, hosts under exotel.com and Amazon's S3 (src/exotel/README.md, "Recordings").
 */
export function isUsualPlace(text: string, endpoint: Endpoint): boolean {
  const url = urlOf(text);
  if (url === undefined) return false;
  if (endpoint.kind !== 'region') return isOwn(url, endpoint);
  return url.protocol === 'https:' && /(?:^|\.)(?:exotel|amazonaws)\.com$/.test(url.hostname);
}

function isOwn(url: URL, endpoint: Endpoint): boolean {
  return isWeb(url) && ownOrigins(endpoint).includes(url.origin);
}

/**
 * Where the recordings of an endpoint that is none of Exotel's regions may be, wherever that is: its own origin; of the sample accounts'
 * Exotel both of its regions, one of which has what keys are not sent for.
 */
function ownOrigins(endpoint: Endpoint): readonly string[] {
  if (endpoint.kind === 'region') return [];
  const origins = endpoint.kind === 'custom' ? [endpoint.origin] : Object.values(endpoint.origins);
  return origins.map(readOrigin).flatMap((own) => (own.ok ? [own.origin] : []));
}

/** A host name as `URL` writes it: IPv4 in any notation has become four numbers by then. */
function isPrivate(hostname: string): boolean {
  const name = hostname.replace(/\.+$/, '');
  const isOneLabel = !/[.:]/.test(name);
  if (isOneLabel || /\.(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|test|home\.arpa)$/.test(name)) return true;
  return name.startsWith('[') ? isPrivateV6(name.slice(1, -1)) : isPrivateV4(name);
}

function isPrivateV4(text: string): boolean {
  const [a, b, c] = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(text)?.slice(1).map(Number) ?? [];
  if (a === undefined || b === undefined) return false;
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if ((a === 100 && b >= 64 && b < 128) || (a === 198 && (b === 18 || b === 19))) return true;
  return (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && (b === 168 || (b === 0 && c === 0)));
}

/** Loopback, unspecified, unique local, link-local and multicast; what tunnels to an IPv4 address, and one in IPv6 clothes. */
function isPrivateV6(text: string): boolean {
  if (text === '::' || /^(?:f[cd]|fe[89a-f]|ff|2002:|2001::|2001:0:|64:ff9b:1:)/.test(text)) return true;
  const [, high = '0', low] = /^(?:::ffff:(?:0:)?|64:ff9b::|::)(?:([\da-f]{1,4}):)?([\da-f]{1,4})$/.exec(text) ?? [];
  if (low === undefined) return false;
  return isPrivateV4([high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join('.'));
}
