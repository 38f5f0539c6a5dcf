/** JSON of a server, read without trust and without changing its numbers. */

export type Json = Readonly<Record<string, unknown>>;

/** An object that is no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's own property: what a prototype has is never an answer. */
export function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * Parses JSON; undefined for what is none. A number that JavaScript would write otherwise than it came (`9007199254740993`, `1.0`)
 * becomes a string of the same characters, so that it is shown as it came.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    JSON.parse(text);
    return { value: JSON.parse(text.replaceAll(STRING_OR_NUMBER, keepNumber)) };
  } catch {
    return undefined;
  }
}

/** In valid JSON, what follows a quote that is not within a string is a string: no number inside one is touched. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function keepNumber(token: string): string {
  return token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`;
}

/** A leaf of a JSON value and where it stands, its keys joined by dots. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
  /** True for an object or a list that stands too deep to be opened. */
  readonly cutOff: boolean;
}

const MAX_DEPTH = 12;

/** Every leaf below a key has it in its path: a key of megabytes must not come back as gigabytes. */
const MAX_KEY = 1000;

/** The leaves in the order they came; an empty object or list is one. A key is cut that is longer than any there are. */
export function* leavesOf(value: unknown, path = '', depth = 0): Iterable<Leaf> {
  const below = (key: string): string => `${path}${path === '' ? '' : '.'}${key.slice(0, MAX_KEY)}`;
  const isEmpty = !(Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0);
  if (isEmpty || depth === MAX_DEPTH) {
    yield { path, value, cutOff: !isEmpty };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leavesOf(item, below(String(index)), depth + 1);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield* leavesOf(value[key], below(key), depth + 1);
  }
}
