/** A state is pushed many times while a recording comes in, and all that is drawn of a call hangs on its reply: one that is the same stays the same object. Pure. */
import type { Lookup, PanelState } from '../shared/protocol';

/** The new state, with the reply of the state before it where both replies say the same. */
export function withKeptReply(before: PanelState | undefined, next: PanelState): PanelState {
  const [kept, reply] = [before?.lookup.reply, next.lookup.reply];
  if (kept === undefined || reply === undefined || JSON.stringify(kept) !== JSON.stringify(reply)) return next;
  const lookup: Lookup = { ...next.lookup, reply: kept };
  return { ...next, lookup };
}
