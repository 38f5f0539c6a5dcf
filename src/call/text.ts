/** Text from elsewhere made fit to stand in a line of ours. */

/**
 * Characters that reorder, hide or break a line: controls, direction marks, zero-width spaces, tags.
 * The joiners U+200C and U+200D stay: names in Indian scripts are spelt with them.
 */
const NOT_PLAIN = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\s]+/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

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
