/** *Raw JSON* while numbers and names are masked: the text as it came, with other values where somebody's stood. */
import type { Call } from './call';
import { createMask, type Mask, maskText } from './mask';
import { endOfToken, isJson, skipWhiteSpace } from './rawJson';

/**
 * An answer's text with the values masked that name or reach somebody; `call` is what was read from it, where anything was. JSON stays
 * JSON, its layout too: only the values change, and keys that are numbers or addresses themselves. A number that is masked becomes a
 * string. Takes time in proportion to the text.
 */
export function maskedJson(text: string, call?: Call): string {
  const mask = createMask(call);
  return isJson(text) ? maskedTokens(text, mask) : maskedPairs(mask.text(text), mask);
}

/** An object or a list that is open: the name it stands under, and for an object the key read last. */
interface Open {
  readonly isObject: boolean;
  readonly name: string;
  key: string;
  expectsKey: boolean;
}

function maskedTokens(text: string, mask: Mask): string {
  const parts: string[] = [];
  const open: Open[] = [];
  let at = 0;
  while (at < text.length) {
    const start = skipWhiteSpace(text, at);
    const end = start < text.length ? endOfToken(text, start) : start;
    parts.push(text.slice(at, start), maskedToken(text.slice(start, end), open, mask));
    at = end;
  }
  return parts.join('');
}

function maskedToken(token: string, open: Open[], mask: Mask): string {
  const inside = open.at(-1);
  if (token === '{' || token === '[') open.push({ isObject: token === '{', name: nameIn(inside), key: '', expectsKey: token === '{' });
  else if (token === '}' || token === ']') open.pop();
  else if (token === ',' && inside?.isObject === true) inside.expectsKey = true;
  else if (inside?.expectsKey === true) return maskedKey(token, inside);
  else if (/^["\d-]/.test(token)) return maskedScalar(token, pathIn(inside), mask);
  return token;
}

/** The key that a value stands under; a list's items stand under the list's own. */
function nameIn(inside: Open | undefined): string {
  return inside === undefined ? '' : inside.isObject ? inside.key : inside.name;
}

function pathIn(inside: Open | undefined): string {
  return inside?.isObject === true ? `${inside.name}.${inside.key}` : nameIn(inside);
}

/** What a value is, the end of its name tells; it is looked at anew for each value below it. */
const MAX_NAME = 200;

function maskedKey(token: string, inside: Open): string {
  const key = textOf(token);
  inside.key = key.slice(-MAX_NAME);
  inside.expectsKey = false;
  return written(token, key, maskText(key));
}

function maskedScalar(token: string, path: string, mask: Mask): string {
  const value = token.startsWith('"') ? textOf(token) : token;
  return written(token, value, mask.value(path, value));
}

/** The token as it stood where nothing was masked: its escapes, its digits. */
function written(token: string, value: string, masked: string): string {
  return masked === value ? token : JSON.stringify(masked);
}

function textOf(token: string): string {
  return String(JSON.parse(token));
}

/** What is left of the names of fields where an answer is no JSON as a whole: cut off, or wrapped in something. */
function maskedPairs(text: string, mask: Mask): string {
  return text.replace(/("([^"\\\n]{1,60})"\s{0,4}:\s{0,4})("[^"\\\n]{0,2000}")/g, (_pair, before: string, key: string, token: string) => `${before}${maskedScalar(token, key, mask)}`);
}
