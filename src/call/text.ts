/** Text from elsewhere made fit to stand in a line of ours. */

/** The text on one line, without control and direction-changing characters, at most `max` characters (the last one then `…`). */
export function plainText(text: string, max: number): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return plain.length <= max ? plain : `${plain.slice(0, max - 1)}…`;
}
