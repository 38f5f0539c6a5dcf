/** Call SIDs: one that somebody typed, those that stand in something pasted (their forms: src/exotel/README.md, "Call SIDs"). */
import { withoutCredentials } from './redact';
import { sidClues } from './sid-clues';
import { plainText } from './text';

/** A SID, or one sentence that names why there is none. */
export type SidReading = { readonly ok: true; readonly sid: string } | { readonly ok: false; readonly reason: string };

/** A SID found in a text; `index` is where it starts, in UTF-16 units. */
export interface FoundSid {
  readonly sid: string;
  readonly index: number;
}

const MIN_LENGTH = 8;
const MAX_LENGTH = 64;

/** Nobody types more than this: what is longer was pasted, and is searched instead of explained. */
const MAX_TYPED_LENGTH = 200;

/** More than anybody chooses from. */
const MAX_OFFERED = 50;

const STRICT = /\b[0-9a-f]{30}[0-9a-z]{2}\b/g;

/** What a person typed, read as one SID: white space around it does not count, and any form that Exotel was seen to use is taken. */
export function readSid(text: string): SidReading {
  const sid = text.trim();
  const reason = whyNoSid(sid);
  return reason === undefined ? { ok: true, sid } : { ok: false, reason };
}

function whyNoSid(sid: string): string | undefined {
  if (sid === '') return 'Type or paste a call SID.';
  const [stranger] = /[^A-Za-z0-9._-]/u.exec(sid) ?? [];
  if (stranger !== undefined) return `A call SID is made of letters, digits, “.”, “_” and “-”; this has ${characterName(stranger)}.`;
  if (!/^[A-Za-z0-9]/.test(sid)) return `A call SID starts with a letter or a digit, not with “${sid.charAt(0)}”.`;
  if (sid.length < MIN_LENGTH) return `A call SID has at least ${MIN_LENGTH} characters; this has ${sid.length}.`;
  if (sid.length > MAX_LENGTH) return `A call SID has at most ${MAX_LENGTH} characters; this has ${sid.length}.`;
  return undefined;
}

function characterName(character: string): string {
  if (/\s/.test(character)) return 'a space or a line break in it';
  const shown = plainText(character, 2);
  return shown === '' ? 'a character that does not show' : `“${shown}”`;
}

/**
 * Every SID in a text by a strict scan: 32 characters, hexadecimal but for the last two, with no letter, digit or underscore
 * beside them. In order, repeated ones repeated.
 */
export function findSids(text: string): readonly FoundSid[] {
  return Array.from(text.matchAll(STRICT), (hit) => ({ sid: hit[0], index: hit.index }));
}

/**
 * The call SIDs in a pasted text (JSON, a form, a header, a URL, a log line), best first, each once: the whole text when it is
 * one; values named as a call's SID; those in the path of a call's URL; values named just `sid`; what a strict scan finds; parent and
 * child calls. Never what is named as something else's SID (account, request, user, leg), and never a credential. At most 50; takes
 * time in proportion to the text.
 */
export function sidsIn(text: string): readonly string[] {
  const whole = readSid(unwrapped(text));
  if (whole.ok) return [whole.sid];
  const shown = withoutCredentials(text);
  const { named, inUrls, bare, related, foreign } = sidClues(shown);
  const elsewhere = new Set([...foreign, ...related]);
  const scanned = findSids(shown).flatMap(({ sid }) => (elsewhere.has(sid) ? [] : sid));
  return [...new Set([...named, ...inUrls, ...bare, ...scanned, ...related])].slice(0, MAX_OFFERED);
}

/** The best SID of a pasted text, or why it holds none. */
export function sidIn(text: string): SidReading {
  const [sid] = sidsIn(text);
  if (sid !== undefined) return { ok: true, sid };
  const typed = text.trim();
  return /\s/.test(typed) || typed.length > MAX_TYPED_LENGTH ? { ok: false, reason: 'There is no call SID in this text.' } : readSid(typed);
}

/** A SID short enough for a tab: `c5797dcb…189g`; short ones whole. */
export function shortSid(sid: string): string {
  return sid.length <= 16 ? sid : `${sid.slice(0, 8)}…${sid.slice(-4)}`;
}

/** Without the quotes, brackets and commas that are copied along with a value. */
function unwrapped(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > MAX_TYPED_LENGTH) return trimmed;
  return trimmed.replace(/^["'`([{<]+/, '').replace(/["'`)\]}>,;]+$/, '');
}
