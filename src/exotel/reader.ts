/** Reading values out of a record by the names that answers give them, with an account of what was read, what could not be, and what is new. */
import { type Call, type Instant, MAX_REPORTED_FIELDS, type ReportedField, type Seconds } from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import { readableValue } from '../call/text';
import { readDateTime } from '../call/time';
import { type Json, type Leaf, leavesOf, own } from './json';

/** Takes the account's secrets out of a text, for servers that repeat what they were sent. */
export type Scrub = (text: string) => string;

/** A value, why there is none, or undefined for one that says nothing. */
type Conversion<T> = { readonly value: T } | { readonly problem: string } | undefined;

/** Thirty years: anything longer is no length of a call. */
const MAX_SECONDS = 1e9;

/** Longer than any path that has a meaning. Cut once no secret is in it: half a secret is one. */
const MAX_PATH = 500;

/** A record as it came, and what became of each of its paths. */
export class RecordOf {
  /** Every path that has a meaning, read or not. */
  readonly known = new Set<string>();
  readonly problems = new Map<string, string>();

  /** `prefix` stands before each path of the record where it is cited. */
  constructor(
    private readonly root: Json,
    private readonly scrub: Scrub,
    readonly prefix = '',
  ) {}

  /** What stands at a path, without a meaning yet. */
  at(path: string): unknown {
    return path.split('.').reduce<unknown>((value, name) => (Array.isArray(value) ? value[Number(name)] : own(value, name)), this.root);
  }

  /** Text without what must not be shown, and not more of it than anybody reads. */
  shown(text: string): string {
    return readableValue(withoutUrlSecrets(this.scrub(text)));
  }

  /** Every leaf in the order it came, up to a bound, and how many are beyond it. */
  leaves(): Pick<Call, 'reported' | 'reportedLeftOut'> {
    const { leaves, leftOut } = leavesOf(this.root, MAX_REPORTED_FIELDS);
    return { reported: leaves.map((leaf) => this.#reported(leaf)), reportedLeftOut: leftOut };
  }

  #reported({ path, value, cutOff }: Leaf): ReportedField {
    const unread = this.#problemOf(path);
    const problem = cutOff ? 'is nested too deep to be listed' : unread;
    return {
      path: `${this.prefix}${this.scrub(path).slice(0, MAX_PATH)}`,
      value: cutOff ? '…' : this.shown(typeof value === 'string' ? value : JSON.stringify(value)),
      known: this.known.has(path) || unread !== undefined,
      ...(problem === undefined ? {} : { problem }),
    };
  }

  /** Also of the object or list that the path is within. */
  #problemOf(path: string): string | undefined {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const problem = this.problems.get(path.slice(0, end));
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}

/** Reads one thing's values out of a record, and notes which path each came from. */
export class Reader<Field extends string> {
  readonly sources: Partial<Record<Field, string>> = {};

  /** `base` stands before each path: where in the record the thing is. */
  constructor(
    private readonly record: RecordOf,
    private readonly base = '',
  ) {}

  text(field: Field, ...paths: readonly string[]): string | undefined {
    return this.read(field, paths, (value) => (isLeaf(value) ? { value: this.record.shown(String(value)) } : { problem: 'is no text' }));
  }

  time(field: Field, ...paths: readonly string[]): Instant | undefined {
    return this.read(field, paths, (value) => {
      const reading = isLeaf(value) ? readDateTime(value) : { kind: 'unreadable' as const };
      if (reading.kind === 'absent') return undefined;
      return reading.kind === 'instant' ? { value: reading.at } : { problem: 'is no date-time' };
    });
  }

  seconds(field: Field, ...paths: readonly string[]): Seconds | undefined {
    return this.read(field, paths, (value) => {
      const seconds = numberOf(value);
      return seconds === undefined || seconds < 0 || seconds > MAX_SECONDS ? { problem: 'is no number of seconds' } : { value: seconds };
    });
  }

  flag(field: Field, path: string): boolean | undefined {
    return this.read(field, [path], (value) => {
      const text = textOf(value)?.toLowerCase();
      if (text === 'true' || text === '1') return { value: true };
      return text === 'false' || text === '0' ? { value: false } : { problem: 'is neither true nor false' };
    });
  }

  /** A secret: never part of the call. */
  url(field: Field, ...paths: readonly string[]): string | undefined {
    return this.read(field, paths, (value) => (typeof value === 'string' ? { value: value.trim() } : { problem: 'is no web address' }));
  }

  at(path: string): unknown {
    return this.record.at(`${this.base}${path}`);
  }

  /** These paths have a meaning, even where nothing is read from them. */
  knows(...paths: readonly string[]): void {
    for (const path of paths) this.record.known.add(`${this.base}${path}`);
  }

  /** The first of the paths that holds something readable; the first thing read stands as the field's source. */
  private read<T>(field: Field, paths: readonly string[], convert: (value: unknown) => Conversion<T>): T | undefined {
    this.knows(...paths);
    for (const path of paths) {
      const raw = this.at(path);
      const reading = isAbsent(raw) ? undefined : convert(raw);
      if (reading === undefined) continue;
      if ('value' in reading) {
        this.sources[field] ??= `${this.record.prefix}${this.base}${path}`;
        return reading.value;
      }
      this.record.problems.set(`${this.base}${path}`, reading.problem);
    }
    return undefined;
  }
}

export function isLeaf(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** `""` and `"null"` are ways to say nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && /^(?:null)?$/i.test(value.trim()));
}

/** A leaf's text; undefined for what says nothing. */
export function textOf(value: unknown): string | undefined {
  return isLeaf(value) && !isAbsent(value) ? String(value) : undefined;
}

/** A finite number, also one given as a string. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(value)) return undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** A contact URI that is a telephone number. */
export function numberIn(contactUri: string | undefined): string | undefined {
  return contactUri !== undefined && /^\+?\d[\d -]{2,}$/.test(contactUri) ? contactUri : undefined;
}

/** A list's first item, anything else itself. */
export function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without what is undefined. */
export function present<T extends object>(values: T): Present<T> {
  const kept: Present<T> = {};
  return Object.assign(kept, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));
}

/** The object, where it holds anything. */
export function unlessEmpty<T extends object>(values: T): T | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}
