/** What a pasted text says about the SIDs in it: the keys they stand under, the URLs they stand in. */

export interface SidClues {
  /** Values named as a call's SID: `CallSid=…`, `"call_sid": "…"`, `<CallSid>…`. */
  readonly named: readonly string[];
  /** From `/calls/<sid>` in a URL's path. */
  readonly inUrls: readonly string[];
  /** Values named just `sid`, outermost first; those inside a leg, an account or the like are foreign. */
  readonly bare: readonly string[];
  /** The SIDs of calls beside this one: parent, child, dialled. */
  readonly related: readonly string[];
  /** Values named as something that is no call. */
  readonly foreign: ReadonlySet<string>;
}

const VALUE = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]{6,62}[A-Za-z0-9])(?![._-]{0,8}[A-Za-z0-9_])`;

/**
 * One of: a key and a value that could be a SID (1 key, 2 quote before, 3 value, 4 quote after), a key before an opening bracket
 * (1 key, 5 bracket), a bracket (6). Keys of JSON (also escaped), forms, headers, hashes and XML; every repetition is bounded.
 * The value is only looked at: it may be the key of the next pair.
 */
const TOKEN = new RegExp(
  String.raw`(?<![\w-])(call sid|[A-Za-z][\w-]{0,63})["'\\]{0,4}\s{0,8}(?:[:=]>?|>)\s{0,8}(?:(?=([\\"']{0,4})(${VALUE})(["'\\]?))|([[{]))|([[\]{}])`,
  'gi',
);

const CALL_PATH = new RegExp(String.raw`\/calls\\?\/(${VALUE})`, 'gi');

/** Path segments whose next segment names something that is no call. */
const FOREIGN_PATH = new RegExp(String.raw`\/(?:accounts|users|legs|groups|tenants|exotelrecordings)\\?\/(${VALUE})`, 'gi');

/** Objects whose own `sid` is not the call's; as {@link plainKey} writes them. */
const FOREIGN_OWNER = /^(?:legs?|legdetails|from|to|accounts?|users?|.*agentdetails|customerdetails|groups?|apps?|flows?|phonenumbers?|virtualnumber)$/;

/** Keys of values that are no call's SID. */
const FOREIGN_KEY = /(?:id|token|key|secret|hash|md5|etag)$/;

interface Bare {
  readonly sid: string;
  readonly depth: number;
}

/** Reads a text once, from start to end. */
export function sidClues(text: string): SidClues {
  const named: string[] = [];
  const bare: Bare[] = [];
  const related: string[] = [];
  const foreign = new Set(Array.from(text.matchAll(FOREIGN_PATH), ([, value = '']) => value));
  const owners = new Owners();
  for (const [, key = '', opened = '', value, closed = '', keyed, bracket] of text.matchAll(TOKEN)) {
    if (value === undefined) {
      owners.meet(keyed ?? bracket ?? '', plainKey(key));
      continue;
    }
    const plausible = opened === '' ? /\d/.test(value) : closed !== '';
    const kind = plausible ? kindOf(plainKey(key), owners.foreign) : 'other';
    if (kind === 'call') named.push(value);
    if (kind === 'bare') bare.push({ sid: value, depth: owners.depth });
    if (kind === 'related') related.push(value);
    if (kind === 'foreign') foreign.add(value);
  }
  return { named, inUrls: callsInUrls(text), bare: outermostFirst(bare), related, foreign };
}

/** The objects and lists that a place in a text stands in. */
class Owners {
  readonly #foreign: boolean[] = [];
  #foreignCount = 0;

  get depth(): number {
    return this.#foreign.length;
  }

  /** True inside an object whose `sid` is not the call's, however deep. */
  get foreign(): boolean {
    return this.#foreignCount > 0;
  }

  meet(bracket: string, key: string): void {
    if (bracket === '{' || bracket === '[') {
      const foreign = FOREIGN_OWNER.test(key);
      this.#foreign.push(foreign);
      if (foreign) this.#foreignCount += 1;
    } else if (this.#foreign.pop() === true) {
      this.#foreignCount -= 1;
    }
  }
}

function kindOf(key: string, inForeignOwner: boolean): 'call' | 'bare' | 'related' | 'foreign' | 'other' {
  if (key.endsWith('callsid')) return /^(?:parent|child|leg|dial)/.test(key) ? 'related' : 'call';
  if (key === 'sid') return inForeignOwner ? 'foreign' : 'bare';
  if (key === 'id') return inForeignOwner ? 'foreign' : 'other';
  return FOREIGN_KEY.test(key) && !key.includes('call') ? 'foreign' : 'other';
}

/** `Call-SID`, `call_sid` and `CallSid` are one key. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Words such as `connect` stand there too; a SID has a digit. */
function callsInUrls(text: string): readonly string[] {
  return Array.from(text.matchAll(CALL_PATH), ([, value = '']) => value.replace(/\.(?:json|xml|csv)$/i, '')).filter(
    (sid) => sid.length >= 8 && /\d/.test(sid),
  );
}

function outermostFirst(found: readonly Bare[]): readonly string[] {
  return found.toSorted((one, other) => one.depth - other.depth).map(({ sid }) => sid);
}
