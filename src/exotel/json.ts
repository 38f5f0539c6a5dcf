/** JSON of a server, read without trust and without changing its numbers. */
import { isNestedTooDeep } from '../call/rawJson';

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
 * Parses JSON; undefined for what is none, or is nested deeper than anybody means ({@link isNestedTooDeep}). A number that JavaScript
 * would write otherwise than it came (`9007199254740993`, `1.0`) becomes a string of the same characters, so that it is shown as it came.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (isNestedTooDeep(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const kept = text.replaceAll(STRING_OR_ODD_NUMBER, keepNumber);
    return { value: kept === text ? value : JSON.parse(kept) };
  } catch {
    return undefined;
  }
}

/**
 * In valid JSON, what follows a quote that is not within a string is a string: no number inside one is touched. Up to fifteen digits
 * alone are a number that JavaScript writes as it came.
 */
const STRING_OR_ODD_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)|-?\d{16,}|-0/g;

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

/**
 * The first `max` leaves in the order they came, and how many there are beyond; an empty object or list is one. A key is cut that is
 * longer than any there are.
 */
export function leavesOf(value: unknown, max: number): { readonly leaves: readonly Leaf[]; readonly leftOut: number } {
  const leaves: Leaf[] = [];
  let leftOut = 0;
  const visit = (here: unknown, path: string, depth: number): void => {
    const below = (key: string | number): string => (leaves.length === max ? '' : `${path}${path === '' ? '' : '.'}${String(key).slice(0, MAX_KEY)}`);
    const isEmpty = !(Array.isArray(here) ? here.length > 0 : isObject(here) && Object.keys(here).length > 0);
    if (isEmpty || depth === MAX_DEPTH) {
      if (leaves.length === max) leftOut += 1;
      else leaves.push({ path, value: here, cutOff: !isEmpty });
    } else if (Array.isArray(here)) {
      for (const [index, item] of here.entries()) visit(item, below(index), depth + 1);
    } else if (isObject(here)) {
      for (const key of Object.keys(here)) visit(here[key], below(key), depth + 1);
    }
  };
  visit(value, '', 0);
  return { leaves, leftOut };
}
