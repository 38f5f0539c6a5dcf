/** What is remembered of a call that was looked up: enough for a line in a list, never the answer. */
import * as v from 'valibot';
import type { Call, Instant, Party } from '../call/call';
import { readSid } from '../call/sid';
import { plainText } from '../call/text';

/** One call of one account. */
export interface CallKey {
  readonly sid: string;
  /** The account's id. */
  readonly account: string;
}

/** A call's key as it comes from outside: from a page that was restored, or as a command's argument. */
export const callKeySchema = v.object({
  sid: v.pipe(
    v.string(),
    v.check((sid) => readSid(sid).ok),
  ),
  account: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});

export interface HistoryEntry extends CallKey {
  readonly state?: string;
  readonly status?: string;
  readonly direction?: string;
  /** Whom the call was with: a name or a number. */
  readonly party?: string;
  readonly startedAt?: Instant;
  readonly lookedUpAt: Instant;
  readonly pinned: boolean;
}

/** Labels are for one line: what is longer than this, in UTF-16 units, is cut. */
const MAX_LABEL = 80;

/** True for the same call of the same account. */
export function isSameCall(one: CallKey, other: CallKey): boolean {
  return one.sid === other.sid && one.account === other.account;
}

/** What a line in a list says of a call. */
export function labelOf(call: Call): Pick<HistoryEntry, 'state' | 'status' | 'direction' | 'party' | 'startedAt'> {
  const party = partyLabel(call.customer) ?? partyLabel(call.agent);
  const startedAt = call.startTime ?? call.createdTime;
  return {
    ...(call.state === undefined ? {} : { state: plainText(call.state, MAX_LABEL) }),
    ...(call.status === undefined ? {} : { status: plainText(call.status, MAX_LABEL) }),
    ...(call.direction === undefined ? {} : { direction: plainText(call.direction, MAX_LABEL) }),
    ...(party === undefined ? {} : { party: plainText(party, MAX_LABEL) }),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

/** True where a line in a list says the same of both. */
export function isSameLabel(one: Call, other: Call): boolean {
  return JSON.stringify(labelOf(one)) === JSON.stringify(labelOf(other));
}

/**
 * Of each account the first `limit`, and every pinned one: a list is kept newest first, in the order in which its calls were noted. Their
 * times tell no order, for clocks are put back.
 */
export function bounded(entries: readonly HistoryEntry[], limit: number): readonly HistoryEntry[] {
  const kept = new Map<string, number>();
  return entries.filter(({ account, pinned }) => {
    if (pinned) return true;
    const count = (kept.get(account) ?? 0) + 1;
    kept.set(account, count);
    return count <= limit;
  });
}

/** The list with a call noted just now: it is the newest, and stays pinned where it was. */
export function noted(entries: readonly HistoryEntry[], key: CallKey, call: Call, lookedUpAt: Instant): readonly HistoryEntry[] {
  const before = entries.findIndex((entry) => isSameCall(entry, key));
  const others = before === -1 ? entries : entries.toSpliced(before, 1);
  return [{ ...key, ...labelOf(call), lookedUpAt, pinned: entries[before]?.pinned ?? false }, ...others];
}

/** As the tree shows them: pinned ones first, each part newest first. */
export function pinnedFirst(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return [...entries.filter(({ pinned }) => pinned), ...entries.filter(({ pinned }) => !pinned)];
}

function partyLabel(party: Party | undefined): string | undefined {
  return party?.name ?? party?.number ?? party?.contactUri;
}
