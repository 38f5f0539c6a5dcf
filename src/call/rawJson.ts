/** JSON indented as text: no number, escape, key order or duplicate key changes, because nothing is parsed into values and back. */

/** Deeper levels are indented like this one: a hostile nesting must not turn megabytes into gigabytes. */
const MAX_INDENT = 100;

/** Text that is JSON, indented by two spaces; any other text untouched. */
export function indentJson(text: string): string {
  return isJson(text) ? indented(text) : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A string whole; an empty pair of brackets whole; else one structural sign, or a number or word. White space is no token. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\{[ \t\r\n]*\}|\[[ \t\r\n]*\]|[{}[\],:]|[^\s{}[\],:"]+/g;

function indented(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      parts.push(newLine(depth), token);
    } else if (token === '{' || token === '[') {
      depth += 1;
      parts.push(token, newLine(depth));
    } else if (token === ',') parts.push(token, newLine(depth));
    else if (token === ':') parts.push(': ');
    else parts.push(isEmptyPair(token) ? `${token.slice(0, 1)}${token.slice(-1)}` : token);
  }
  parts.push('\n');
  return parts.join('');
}

function isEmptyPair(token: string): boolean {
  return token.startsWith('{') || token.startsWith('[');
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, MAX_INDENT))}`;
}
