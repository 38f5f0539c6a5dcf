/** Text from elsewhere made fit to stand in a line of ours. */

/**
 * Characters that reorder, hide or break a line: controls, direction marks, zero-width spaces, tags.
 * The joiners U+200C and U+200D stay: names in Indian scripts are spelt with them.
 */
const NOT_PLAIN = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\s]+/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

/** Longer than any value there is: each is drawn, masked and sent to the page anew whenever something changes. In UTF-16 units. */
const MAX_VALUE = 20_000;

/** A value of a record, not more of it than anybody reads: of a longer one the start, with a note of its length. */
export function readableValue(text: string): string {
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}… (cut here: ${text.length.toLocaleString('en')} characters in all are in Raw JSON)`;
}

/** The length of a value, also where {@link readableValue} cut it. */
export function lengthOfValue(text: string): number {
  const [, length] = text.length <= MAX_VALUE ? [] : (/^… \(cut here: ([\d,]+) characters in all are in Raw JSON\)$/.exec(text.slice(MAX_VALUE)) ?? []);
  return length === undefined ? text.length : Number(length.replaceAll(',', ''));
}

/** So many units of a text are looked at for each one that is kept: of a megabyte nobody sees more than its start. */
const LOOKED_AT = 16;

/**
 * The text on one line, without control and direction-changing characters: runs of them and of white space become one space.
 * At most `max` UTF-16 units long; what was cut ends in `…`.
 */
export function plainText(text: string, max: number): string {
  const start = text.slice(0, LOOKED_AT + LOOKED_AT * max);
  const plain = start.replace(NOT_PLAIN, ' ').replace(LONE_SURROGATE, '\uFFFD').trim();
  if (plain.length <= max && start.length === text.length) return plain;
  return `${plain.slice(0, Math.max(0, max - 1)).replace(LONE_SURROGATE, '').trimEnd()}…`;
}
