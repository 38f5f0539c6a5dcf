/** Lengths, sizes and long values as text, on the screen and aloud. */

import { clockText } from '../call/position';

export { clockText, spokenTime } from '../call/position';

/** A text of at most `max` UTF-16 units, its middle left out: both ends are what tells identifiers apart. */
export function elideMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.max(1, Math.floor((max - 1) / 2));
  const head = Math.max(1, max - 1 - tail);
  return `${wholeStart(text.slice(0, head))}…${wholeEnd(text.slice(-tail))}`;
}

/** The start of a text, at most `max` UTF-16 units, no character cut in two. */
export function startOf(text: string, max: number): string {
  return text.length <= max ? text : wholeStart(text.slice(0, max));
}

function wholeStart(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}

function wholeEnd(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, '');
}

/** A size: `640 bytes`, `84 kB`, `1.4 MB`. */
export function sizeText(bytes: number, locale: string): string {
  const number = (value: number, digits: number): string => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (bytes < 1000) return `${number(bytes, 0)} bytes`;
  if (bytes < 999_500) return `${number(bytes / 1000, 0)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}

/** Headings end without a full stop. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** A position in a recording to a tenth of a second, as far as it came: `0:49.2`. */
export function exactClock(seconds: number): string {
  const tenths = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds * 10 + 1e-6) : 0;
  return `${clockText(Math.floor(tenths / 10))}.${tenths % 10}`;
}
