/** Call SIDs: one that somebody typed, those that stand in something pasted. */

/** A SID, or one sentence that names why there is none. */
export type SidReading = { readonly ok: true; readonly sid: string } | { readonly ok: false; readonly reason: string };

/** A SID found in a text; `index` is where it starts, in UTF-16 units. */
export interface FoundSid {
  readonly sid: string;
  readonly index: number;
}

const TYPED = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** What a person typed, read as one SID. */
export function readSid(text: string): SidReading {
  const sid = text.trim();
  return TYPED.test(sid) ? { ok: true, sid } : { ok: false, reason: 'This is no call SID.' };
}

/** Every SID in a text, by a strict scan. */
export function findSids(text: string): readonly FoundSid[] {
  return [...text.matchAll(/(?<![\w])[0-9a-f]{30}[0-9a-z]{2}(?![\w])/g)].map((hit) => ({ sid: hit[0], index: hit.index }));
}

/** The SIDs in a pasted text, best first, each once. */
export function sidsIn(text: string): readonly string[] {
  const typed = readSid(text);
  return typed.ok ? [typed.sid] : [...new Set(findSids(text).map((found) => found.sid))];
}

/** The best SID of a pasted text, or why it holds none. */
export function sidIn(text: string): SidReading {
  const [sid] = sidsIn(text);
  return sid === undefined ? readSid(text) : { ok: true, sid };
}

/** A SID short enough for a tab: `c5797dcb…189g`; short ones whole. */
export function shortSid(sid: string): string {
  return sid.length <= 16 ? sid : `${sid.slice(0, 8)}…${sid.slice(-4)}`;
}
