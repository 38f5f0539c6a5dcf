/** An Exotel account as the person entered it: where it lives and how it is asked. */

export type Region = 'singapore' | 'mumbai';

/** Where an account's resources are: one of Exotel's regions, or one origin of the person's own that serves them all. */
export type Endpoint =
  | { readonly kind: 'region'; readonly region: Region }
  | { readonly kind: 'custom'; readonly origin: string }
  /** The sample account's own Exotel on this machine, which plays both regions: one loopback origin each. Never stored. */
  | { readonly kind: 'sandbox'; readonly region: Region; readonly origins: Readonly<Record<Region, string>> };

/** What a request needs. Held in memory only for as long as a request takes; kept in SecretStorage and nowhere else. */
export interface Credentials {
  readonly endpoint: Endpoint;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiToken: string;
}

/** Whether a text can be an account SID. */
export function isAccountSid(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,128}$/.test(text);
}

/** The name of an endpoint for people: `Singapore`, `Mumbai`, or the custom endpoint's host. */
export function endpointLabel(endpoint: Endpoint): string {
  if (endpoint.kind === 'sandbox') return `${regionName(endpoint.region)}, on this machine`;
  if (endpoint.kind === 'custom') return endpoint.origin.replace(/^https?:\/\//, '');
  return regionName(endpoint.region);
}

/** `Singapore` or `Mumbai`. */
export function regionName(region: Region): string {
  return region === 'singapore' ? 'Singapore' : 'Mumbai';
}
