/** What a record says of its recording: what may be shown, and the link itself, which is a secret when it is signed. */
import type { Instant, Recording } from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import { linkExpiry, urlOf } from './links';
import type { Scrub } from './reader';

export interface RecordingReading {
  readonly recording?: Recording;
  /** Whole. */
  readonly recordingUrl?: string;
}

/** As much of an address as servers take. */
const MAX_LOCATION = 8000;

/** The recording by its link and by what the record says of its being there; neither: nothing is known of a recording. */
export function recordingFrom(url: string | undefined, available: boolean | undefined, scrub: Scrub): RecordingReading {
  if (url === undefined && available === undefined) return {};
  const flag = available === undefined ? {} : { available };
  if (url === undefined) return { recording: { ...flag, signed: false } };
  const { location, ...link } = describeLink(url);
  return { recording: { ...flag, location: scrub(location).slice(0, MAX_LOCATION), ...link }, recordingUrl: url };
}

/** What may be shown of a link. */
function describeLink(text: string): { readonly location: string; readonly signed: boolean; readonly expiresAt?: Instant } {
  const url = urlOf(text);
  if (url === undefined) return { location: withoutUrlSecrets(text).replace(/[?#].*$/s, ''), signed: text.includes('?') };
  const expiresAt = linkExpiry(url);
  return {
    location: `${url.protocol}//${url.host}${url.pathname}`,
    signed: url.search !== '',
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
