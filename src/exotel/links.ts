/** Addresses in texts; and of links to recordings, whether they are signed, and until when. See src/exotel/README.md, "Recordings". */
import type { Instant } from '../call/call';

/**
 * The address that a text is, from `base` on where it is relative; undefined for what is none. Not by `URL.canParse`: once it was called
 * often, that of Node takes some texts for addresses that `URL` then throws at.
 */
export function urlOf(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** A link that carries its own authentication. It must get no `Authorization` header: S3 refuses two schemes at once. */
export function isPreSigned(url: URL): boolean {
  return ['x-amz-signature', 'signature', 'x-goog-signature', 'sig'].some((name) => parameter(url, name) !== undefined);
}

/** When a signed link ends, by its own `X-Amz-Date` and `X-Amz-Expires`, or `Expires` (seconds since 1970). */
export function linkExpiry(url: URL): Instant | undefined {
  const signedAt = amazonDate(parameter(url, 'x-amz-date'));
  const life = wholeSeconds(parameter(url, 'x-amz-expires'));
  if (signedAt !== undefined && life !== undefined) return signedAt + life * 1000;
  const end = wholeSeconds(parameter(url, 'expires'));
  return end === undefined ? undefined : end * 1000;
}

function parameter(url: URL, wanted: string): string | undefined {
  for (const [name, value] of url.searchParams) {
    if (name.toLowerCase() === wanted) return value;
  }
  return undefined;
}

/** `20240615T103000Z`. */
function amazonDate(text: string | undefined): Instant | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '') ?? [];
  if (second === undefined) return undefined;
  const at = Date.parse(`${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function wholeSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) : undefined;
}
