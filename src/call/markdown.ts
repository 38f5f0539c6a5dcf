/**
 * Markdown as GitHub and most ticket systems read it, made of texts from elsewhere: whatever they hold, they show as what they are and
 * nobody is mentioned, nothing linked, no table broken.
 */
import { lengthOfValue, plainText } from './text';

/** Longer values are cut, with a note; those sooner that have to be escaped, because an escape is longer than what it stands for. */
const MAX_VALUE = 300;
const MAX_ESCAPED_VALUE = 120;
const MAX_TEXT = 600;

/** A text on one line, every character that has a meaning in Markdown or HTML escaped. At most 600 UTF-16 units of it. */
export function markdownText(text: string): string {
  return plainText(text, MAX_TEXT)
    .replace(/[&<>|`\\$]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[*[\]~]/g, String.raw`\$&`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/^(?:[-+](?=\s|$)|-(?=-)|[=#])/, String.raw`\$&`)
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\')
    .replace(LINKED, `$&${ZERO_WIDTH}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&vert;', '`': '&grave;', '\\': '&bsol;', $: '&dollar;' };

const ZERO_WIDTH = '\u200B';

/**
 * What GitHub makes links, mentions and pictures of after Markdown was read, so that no escape helps: `@name`, `#1`, `GH-1`, `:name:`,
 * `https://`, `www.`. Only a space without width behind it does.
 */
const LINKED = /@|#(?=\d)|\bGH-(?=\d)|:(?=[a-z_+-][\w+-]*:|\/\/)|\bwww(?=\.)/gi;

/** A value as code, on one line; one that code cannot hold in every table as escaped text. A long one is cut, with a note. */
export function markdownCode(value: string): string {
  const plain = plainText(value, Number.POSITIVE_INFINITY);
  if (plain === '') return '*empty*';
  const isCode = !/[`|\\]/.test(plain);
  const shown = plainText(plain, isCode ? MAX_VALUE : MAX_ESCAPED_VALUE);
  const text = isCode ? `\`${shown}\`` : markdownText(shown);
  return shown === plain ? text : `${text} (cut: ${String(plain.length === value.length ? lengthOfValue(value) : plain.length)} characters in all)`;
}

/** A link with a label of ours; an address that is none for the web is shown as code. */
export function markdownLink(label: string, url: string): string {
  return /^https:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/.test(url) ? `[${markdownText(label)}](${url})` : `${markdownText(label)}: ${markdownCode(url)}`;
}

/** A table; the cells are Markdown already, one line each. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
