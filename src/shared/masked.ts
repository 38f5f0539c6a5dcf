/** What a page is shown of a lookup while phone numbers and names are masked. */
import type { Call } from '../call/call';
import { createMask, maskedCall, maskedLegs } from '../call/mask';
import type { Lookup, Reply } from './protocol';

/** The lookup with its call masked, and what was said of it. */
export function maskedLookup(lookup: Lookup): Lookup {
  const masked = lookup.reply === undefined ? lookup : { ...lookup, reply: maskedReply(lookup.reply) };
  if (masked.phase !== 'failed' || masked.failure.said === undefined) return masked;
  return { ...masked, failure: { ...masked.failure, said: createMask(lookup.reply?.call).text(masked.failure.said) } };
}

/** A panel is told of its state many times while a recording comes in. */
const known = new WeakMap<Call, Omit<Reply, 'askedAt' | 'clockAheadMs'>>();

function maskedReply(reply: Reply): Reply {
  const masked = known.get(reply.call) ?? maskedParts(reply);
  known.set(reply.call, masked);
  return { ...reply, ...masked };
}

function maskedParts({ call, requests, legs }: Reply): Omit<Reply, 'askedAt' | 'clockAheadMs'> {
  const mask = createMask(call);
  return { call: maskedCall(call), requests: requests.map((note) => ({ ...note, path: mask.text(note.path) })), legs: maskedLegs(legs, mask) };
}
