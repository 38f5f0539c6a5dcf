/** Where each resource of a call is asked for (src/exotel/README.md, "Call details, v2" to "Legs"). Nothing here sends anything. */
import { withoutUrlSecrets } from '../call/redact';
import type { AskedResource, DetailsResource } from '../call/request';
import { plainText } from '../call/text';
import type { Credentials } from './account';
import { ApiError } from './errors';
import { urlOf } from './links';
import { apiOrigin, credentialRule } from './origin';
import { scrubber } from './secrets';

/** The versions of the API that have a path to a call's legs. */
export type LegsVersion = 'v2' | 'v3';

/**
 * The address of a call's details. Throws an `ApiError` before anything is sent: when keys may not go there, or a SID cannot be part
 * of an address.
 */
export function detailsAddress(credentials: Credentials, callSid: string, resource: DetailsResource): URL {
  return addressOf(credentials, resource, pathOf(credentials.accountSid, callSid, resource));
}

/** The usual address of a call's legs. Throws as {@link detailsAddress} does. */
export function legsAddress(credentials: Credentials, callSid: string, version: LegsVersion): URL {
  return addressOf(credentials, 'legs', pathOf(credentials.accountSid, callSid, version), '/legs');
}

/** What becomes of the path to the legs that a record names. */
export type NamedLegs =
  | { readonly kind: 'address'; readonly url: URL }
  /** None, or the documentation's own placeholder. */
  | { readonly kind: 'none' }
  /** It leads elsewhere than below the account's own calls: why it is not asked, in a sentence. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Ten times as long as the usual one; every note of the request has it. */
const MAX_PATH = 1000;

/** Reads the path to the legs that a record names. Only a path below the account's own calls, on the API's own origin, is an address. */
export function namedLegs(credentials: Credentials, text: string | undefined): NamedLegs {
  const named = text?.trim() ?? '';
  if (named === '' || /<(?:account|call)_sid>/i.test(named)) return { kind: 'none' };
  const origin = apiOrigin(credentials.endpoint, 'legs');
  const path = withoutOrigin(named, origin);
  if (path.length <= MAX_PATH && isBelowOwnCalls(path, credentials.accountSid)) {
    const url = new URL(path, origin);
    if (url.href === `${origin}${path}` && mayHaveKeys(url, credentials)) return { kind: 'address', url };
  }
  const shown = plainText(withoutUrlSecrets(scrubber(credentials)(named)).replace(/[?#].*$/s, '?…'), 120);
  return { kind: 'refused', sentence: `The record names “${shown}” as the place of its legs: that is not below this account’s calls, and was not asked.` };
}

/** An address on the API's own origin as a path; anything else as it is. */
function withoutOrigin(named: string, origin: string): string {
  const [own] = /^https?:\/\/[\w.:[\]-]+(?=\/)/i.exec(named) ?? [];
  return own !== undefined && urlOf(own)?.origin === origin ? named.slice(own.length) : named;
}

/** Each part is compared as a server would read it; one that could be read as more than one part, or as a step up, is none. */
function isBelowOwnCalls(path: string, accountSid: string): boolean {
  const [root, version = '', accounts, account, calls, ...below] = path.split('/').map(decodedPart);
  const isOwn = root === '' && /^v[23]$/.test(version) && accounts === 'accounts' && account === accountSid && calls === 'calls';
  return isOwn && below.length > 0 && below.every((part) => part !== undefined && /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part));
}

function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The address of v1's details with a signed link to the recording, as long-lived as there are. Throws as {@link detailsAddress} does. */
export function signingAddress(credentials: Credentials, callSid: string): URL {
  const url = detailsAddress(credentials, callSid, 'v1');
  url.searchParams.set('RecordingUrlValidity', LONGEST_VALIDITY_MINUTES);
  return url;
}

const LONGEST_VALIDITY_MINUTES = '60';

/** Which of a call's recordings is wanted. */
export interface VoiceLogForm {
  readonly format: 'mp3' | 'wav';
  readonly channel: 'single' | 'dual';
}

/** The address of a call's voice log. Throws as {@link detailsAddress} does. */
export function voiceLogAddress(credentials: Credentials, callSid: string, { format, channel }: VoiceLogForm): URL {
  const query = new URLSearchParams({ format, channel });
  return addressOf(credentials, 'voiceLogs', pathOf(credentials.accountSid, callSid, 'v3'), `/voice-logs?${query.toString()}`);
}

function pathOf(accountSid: string, callSid: string, resource: DetailsResource): string | undefined {
  const account = encodedPart(accountSid);
  const call = encodedPart(callSid);
  if (account === undefined || call === undefined) return undefined;
  return resource === 'v1' ? `/v1/Accounts/${account}/Calls/${call}.json?details=true` : `/${resource}/accounts/${account}/calls/${call}`;
}

/** Undefined for what no address can carry as one part. */
function encodedPart(text: string): string | undefined {
  if (text === '' || /^\.{1,2}$/.test(text)) return undefined;
  try {
    return encodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function addressOf(credentials: Credentials, resource: AskedResource, path: string | undefined, below = ''): URL {
  const origin = apiOrigin(credentials.endpoint, resource);
  const root = urlOf(origin);
  if (root === undefined || !mayHaveKeys(root, credentials)) {
    throw new ApiError('network', 'No keys are sent to this account’s endpoint: a custom endpoint must be https, or http on this machine.');
  }
  if (path === undefined) throw new ApiError('notFound', 'The account SID or the call SID cannot be part of an address.');
  return new URL(`${path}${below}`, origin);
}

function mayHaveKeys(url: URL, { endpoint }: Credentials): boolean {
  return credentialRule(url, endpoint, 'api', []) === 'yes';
}
