/** Text from elsewhere made fit to stand in a line of ours. */

/**
 * Characters that reorder, hide or break a line: controls, direction marks, zero-width spaces, tags.
 * The joiners U+200C and U+200D stay: names in Indian scripts are spelt with them.
 */
const NOT_PLAIN = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\s]+/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * The text on one line, without control and direction-changing characters: runs of them and of white space become one space.
 * At most `max` UTF-16 units long; what was cut ends in `…`.
 */
export function plainText(text: string, max: number): string {
  const plain = text.replace(NOT_PLAIN, ' ').replace(LONE_SURROGATE, '\uFFFD').trim();
  if (plain.length <= max) return plain;
  return `${plain.slice(0, Math.max(0, max - 1)).replace(LONE_SURROGATE, '').trimEnd()}…`;
}
