/**
 * Where Exotel is, and THE rule for where an account's key and token may go. No other file decides that.
 * Hosts: src/exotel/README.md, "Hosts and authentication".
 */
import type { AskedResource } from '../call/request';
import type { Endpoint, Region } from './account';
import { urlOf } from './links';

interface RegionHosts {
  /** Serves v2 and v3. */
  readonly ccm: string;
  /** Serves v1 and voice-logs. */
  readonly voice: string;
  readonly dashboard: string;
}

const HOSTS: Readonly<Record<Region, RegionHosts>> = {
  singapore: { ccm: 'ccm-api.exotel.com', voice: 'api.exotel.com', dashboard: 'my.exotel.com' },
  mumbai: { ccm: 'ccm-api.in.exotel.com', voice: 'api.in.exotel.com', dashboard: 'my.in.exotel.com' },
};

/** Both serve private recordings; which region uses which is not documented. */
const RECORDING_HOSTS: readonly string[] = ['recordings.exotel.com', 'recordings.in.exotel.com'];

/** The origin that answers an account's requests for a resource: the region's CCM host, for v1 and voice logs its voice host. */
export function apiOrigin(endpoint: Endpoint, resource: AskedResource): string {
  if (endpoint.kind !== 'region') return ownOrigin(endpoint);
  const { ccm, voice } = HOSTS[endpoint.region];
  return `https://${resource === 'v1' || resource === 'voiceLogs' ? voice : ccm}`;
}

/** The host of {@link apiOrigin}, with its port where that is not the usual one. */
export function apiHost(endpoint: Endpoint, resource: AskedResource): string {
  return new URL(apiOrigin(endpoint, resource)).host;
}

/** The one origin of an endpoint that is none of Exotel's regions. */
function ownOrigin(endpoint: Exclude<Endpoint, { kind: 'region' }>): string {
  return endpoint.kind === 'custom' ? endpoint.origin : endpoint.origins[endpoint.region];
}

/** The region whose API answers at a host name, if it is one of Exotel's. */
export function regionOfHost(host: string): Region | undefined {
  const regions: readonly Region[] = ['singapore', 'mumbai'];
  return regions.find((region) => host === HOSTS[region].ccm || host === HOSTS[region].voice);
}

/** Exotel's dashboard for people; other endpoints have none that is known. */
export function dashboardUrl(endpoint: Endpoint): string | undefined {
  return endpoint.kind !== 'region' ? undefined : `https://${HOSTS[endpoint.region].dashboard}/`;
}

export function otherRegion(region: Region): Region {
  return region === 'singapore' ? 'mumbai' : 'singapore';
}

/** The same endpoint in the other region; undefined where there is no other region. Keys go there only once the person has agreed. */
export function inOtherRegion(endpoint: Endpoint): Exclude<Endpoint, { kind: 'custom' }> | undefined {
  return endpoint.kind === 'custom' ? undefined : { ...endpoint, region: otherRegion(endpoint.region) };
}

export type OriginReading = { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly reason: string };

/**
 * Reads the custom endpoint that a person typed: `https`, or `http` on loopback, and nothing after the host and port.
 * The reason never repeats what was typed: it may hold a key.
 */
export function readOrigin(text: string): OriginReading {
  const typed = text.trim();
  if (typed === '') return no('Type the endpoint, such as https://exotel.example.com.');
  if (!/^https?:\/\//i.test(typed)) return no('Start the endpoint with https://.');
  const url = parse(typed);
  if (url === undefined) return no('This is no valid web address.');
  if (url.username !== '' || url.password !== '') return no('Leave key and token out of the address: they have boxes of their own.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return no('http is for this machine only (localhost, 127.0.0.1): use https.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return no(`Leave out what follows the host: ${url.origin} is enough.`);
  return { ok: true, origin: url.origin };
}

/**
 * Whether the account's key and token may be sent to a URL, in an `Authorization` header.
 * `ask`: only after the person allowed that host, once, for this account (then it stands in `allowedHosts`).
 *
 * A region's account: `https` on port 443 of the region's own API hosts; for recordings also of Exotel's recording hosts, and,
 * when asked for, of another host under exotel.com. A custom endpoint: exactly its own origin, recordings included. The sample
 * accounts' own Exotel: the same, and on this machine alone.
 */
export function credentialRule(
  url: string | URL,
  endpoint: Endpoint,
  purpose: 'api' | 'recording',
  allowedHosts: readonly string[],
): 'yes' | 'ask' | 'no' {
  const target = typeof url === 'string' ? parse(url) : url;
  if (target === undefined || target.username !== '' || target.password !== '') return 'no';
  if (endpoint.kind === 'sandbox' && (target.protocol !== 'http:' || !isLoopback(target.hostname))) return 'no';
  if (endpoint.kind !== 'region') return isExactly(target, ownOrigin(endpoint)) ? 'yes' : 'no';
  if (target.protocol !== 'https:' || target.port !== '') return 'no';
  const host = target.hostname;
  if (regionOfHost(host) === endpoint.region) return 'yes';
  if (purpose === 'api') return 'no';
  if (RECORDING_HOSTS.includes(host)) return 'yes';
  if (!host.endsWith('.exotel.com')) return 'no';
  return allowedHosts.includes(host) ? 'yes' : 'ask';
}

/** Whether a URL is on the origin of a custom endpoint that was well typed. `blob:https://…` has the origin of what is in it. */
function isExactly(target: URL, origin: string): boolean {
  const own = readOrigin(origin);
  return own.ok && isWeb(target) && target.origin === own.origin;
}

/** True for an address of the web itself. */
export function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

/** `localhost`, 127.0.0.0/8 or ::1, as `URL` writes a host. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** A backslash or a control character is no part of any address that was meant well. */
function parse(text: string): URL | undefined {
  if (/[\\\s\p{Cc}]/u.test(text)) return undefined;
  return urlOf(text);
}

function no(reason: string): OriginReading {
  return { ok: false, reason };
}
