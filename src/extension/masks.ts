/** What shows in place of what came while numbers and names are masked. */
import type { Call } from '../call/call';
import { maskPerson, maskText } from '../call/mask';
import { maskedJson } from '../call/mask-json';
import { createTextMask } from '../call/mask-tokens';
import { maskedLookup } from '../shared/masked';
import type { Lookup } from '../shared/protocol';
import type { HistoryEntry } from './historyEntries';
import { settings } from './settings';

/** The lookup as the panel shows it: its call, and what a server said. */
export function shownLookup(lookup: Lookup): Lookup {
  return settings.masksNumbers ? maskedLookup(lookup) : lookup;
}

/** A call of the list as its line shows it while numbers are masked. */
export function maskedEntry(entry: HistoryEntry): HistoryEntry {
  const { status, direction, party } = entry;
  const text = createTextMask({ people: party === undefined ? [] : [party], mask: maskPerson, ids: [] });
  return {
    ...entry,
    ...(status === undefined ? {} : { status: text(status) }),
    ...(direction === undefined ? {} : { direction: text(direction) }),
    ...(party === undefined ? {} : { party: maskPerson(party) }),
  };
}

/** An answer's text as *Raw JSON* shows it; `call` is what was read from it, where anything was. */
export function shownJson(text: string, call: Call | undefined): string {
  return settings.masksNumbers ? maskedJson(text, call) : text;
}

/** What a server said, where it is about no call in particular. */
export function shownText(text: string): string {
  return settings.masksNumbers ? maskText(text) : text;
}
