/** What *Lookup Exotel Call* lists under what is typed. */
import { shortSid, sidIn, sidsIn } from '../call/sid';
import { outcomeOf } from '../call/status';
import { formatRelative } from '../call/time';
import type { HistoryEntry } from './historyEntries';

/** A call that can be chosen: a recent one, or one of the sample account's. */
export interface KnownCall {
  readonly sid: string;
  readonly icon: string;
  readonly label: string;
  readonly description: string;
}

export type LookupRow =
  /** Looks this SID up. */
  | { readonly kind: 'lookUp'; readonly sid: string }
  /** Why what is typed is no SID. Cannot be chosen. */
  | { readonly kind: 'reason'; readonly reason: string }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'known'; readonly call: KnownCall }
  | { readonly kind: 'addAccount' }
  | { readonly kind: 'exploreSamples' };

export interface LookupRows {
  readonly rows: readonly LookupRow[];
  /** The index of the row that Enter takes; undefined where there is none. */
  readonly active: number | undefined;
}

/** A megabyte pasted makes no more rows than this. */
const MAX_FOUND = 20;

/** The rows for a text: first always `Look up …` or the reason, then calls that match what is typed. */
export function lookupRows(text: string, known: readonly KnownCall[], hasAccount: boolean): LookupRows {
  const found = text.trim() === '' ? [] : sidsIn(text).slice(0, MAX_FOUND);
  const first: readonly LookupRow[] =
    found.length > 0 ? found.map((sid) => ({ kind: 'lookUp', sid })) : [{ kind: 'reason', reason: reasonFor(text) }];
  const matching = known.filter((call) => matches(call, text));
  const rows: readonly LookupRow[] = [
    ...first,
    ...(hasAccount
      ? []
      : ([{ kind: 'heading', label: 'an account is needed first' }, { kind: 'addAccount' }, { kind: 'exploreSamples' }] as const)),
    ...(matching.length === 0 ? [] : [{ kind: 'heading', label: 'calls' } as const]),
    ...matching.map((call) => ({ kind: 'known', call }) as const),
  ];
  const active = rows.findIndex(({ kind }) => kind !== 'reason' && kind !== 'heading');
  return { rows, active: active < 0 ? undefined : active };
}

/** A recent call as a row. */
export function recentCall(entry: HistoryEntry, now: number, locale: string): KnownCall {
  const { icon, label } = outcomeOf(entry);
  const when = formatRelative(entry.lookedUpAt, now, locale);
  return {
    sid: entry.sid,
    icon,
    label: shortSid(entry.sid),
    description: [label, ...(entry.party === undefined ? [] : [entry.party]), when].join(' · '),
  };
}

function reasonFor(text: string): string {
  if (text.trim() === '') return 'Type a call SID, or paste text it stands in: a log line, JSON, a URL';
  const read = sidIn(text);
  return read.ok ? '' : read.reason;
}

/** Every word that is typed stands somewhere in the row. */
function matches({ sid, description }: KnownCall, text: string): boolean {
  const row = `${sid} ${description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.includes(word));
}
