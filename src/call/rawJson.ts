/** JSON indented as text: no number, escape, key order or duplicate key changes, because nothing is parsed into values and back. */

/** Deeper levels are indented like this one. */
const MAX_INDENT = 100;

/** Spaces in all; what follows begins its lines without: a hostile nesting must not turn megabytes into more than a text can hold. */
const MAX_SPACES = 20_000_000;

/** So many tokens are set apart; what follows stands as it came: millions of lines help nobody, and would take their time. */
const MAX_TOKENS = 1_000_000;

/** No answer comes near to it. Some programs need seconds to read what is nested without end, and others break. */
const MAX_NESTING = 10_000;

/** Text that is JSON, indented by two spaces; any other text untouched. */
export function indentJson(text: string): string {
  return isJson(text) ? indented(text) : text;
}

/** True for text that is JSON, and not nested without end. */
export function isJson(text: string): boolean {
  if (isNestedTooDeep(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const STRING_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"|[[{]|[\]}]/g;

/** True for text that, were it JSON, would be nested deeper than anybody means. */
export function isNestedTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_NESTING) return false;
  let depth = 0;
  for (const [token] of text.matchAll(STRING_OR_BRACKET)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

function indented(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let spaces = 0;
  let tokens = 0;
  const newLine = (level: number): string => {
    spaces += 2 * Math.min(level, MAX_INDENT);
    return `\n${spaces > MAX_SPACES ? '' : '  '.repeat(Math.min(level, MAX_INDENT))}`;
  };
  let start = skipWhiteSpace(text, 0);
  while (start < text.length && tokens < MAX_TOKENS) {
    const { token, end } = tokenAt(text, start);
    if (token === '{' || token === '[') parts.push(token, newLine(++depth));
    else if (token === '}' || token === ']') parts.push(newLine(--depth), token);
    else if (token === ',') parts.push(token, newLine(depth));
    else if (token === ':') parts.push(': ');
    else parts.push(token);
    start = skipWhiteSpace(text, end);
    tokens += 1;
  }
  parts.push(text.slice(start), '\n');
  return parts.join('');
}

/** The token of well-formed JSON that stands at `start`, and where it ends; an empty pair of brackets is one. */
function tokenAt(text: string, start: number): { readonly token: string; readonly end: number } {
  const end = endOfToken(text, start);
  const next = isOpening(text, start) ? skipWhiteSpace(text, end) : start;
  const isEmptyPair = next > start && isClosing(text, next);
  return isEmptyPair ? { token: `${text.charAt(start)}${text.charAt(next)}`, end: next + 1 } : { token: text.slice(start, end), end };
}

const NO_WHITE_SPACE = /[^ \t\r\n]/g;
const WORD_END = /[\s{}[\],:"]/g;

/** Where the next token of JSON begins; the text's length where there is none. */
export function skipWhiteSpace(text: string, from: number): number {
  return nextMatch(NO_WHITE_SPACE, text, from);
}

/** Where the token of JSON ends that begins at `start`. */
export function endOfToken(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  return '{}[],:'.includes(first) ? start + 1 : nextMatch(WORD_END, text, start);
}

/** Past the first quote that no odd run of backslashes escapes. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote > 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? text.length : quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function isOpening(text: string, at: number): boolean {
  return text.charAt(at) === '{' || text.charAt(at) === '[';
}

function isClosing(text: string, at: number): boolean {
  return text.charAt(at) === '}' || text.charAt(at) === ']';
}

/** Where the pattern, which is global, next matches; the end of the text where it does not. */
function nextMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
