/** What shows while numbers and names are masked. What is kept and worked with stays as it came. */
import * as vscode from 'vscode';
import type { Call } from '../call/call';
import { createMask, maskedCall, maskPerson } from '../call/mask';
import { maskedJson } from '../call/mask-json';
import type { Lookup, Reply } from '../shared/protocol';
import type { HistoryEntry } from './historyEntries';
import { readSettings, setMasking } from './settings';

/** The lookup as the panel shows it: its call, and what a server said. */
export function shownLookup(lookup: Lookup): Lookup {
  if (!readSettings().masksNumbers) return lookup;
  const masked = lookup.reply === undefined ? lookup : { ...lookup, reply: maskedReply(lookup.reply) };
  if (masked.phase !== 'failed' || masked.failure.said === undefined) return masked;
  return { ...masked, failure: { ...masked.failure, said: createMask(lookup.reply?.call).text(masked.failure.said) } };
}

/** A call of the list as its line shows it. */
export function shownEntry(entry: HistoryEntry): HistoryEntry {
  return entry.party === undefined || !readSettings().masksNumbers ? entry : { ...entry, party: maskPerson(entry.party) };
}

/** An answer's text as *Raw JSON* shows it; `call` is what was read from it, where anything was. */
export function shownJson(text: string, call: Call | undefined): string {
  return readSettings().masksNumbers ? maskedJson(text, call) : text;
}

/** Masks numbers and names, or shows them again, and says so in the status bar. */
export async function toggleMask(): Promise<void> {
  const masks = !readSettings().masksNumbers;
  await setMasking(masks);
  vscode.window.setStatusBarMessage(masks ? '$(eye-closed) Numbers and names are masked' : '$(eye) Numbers and names are shown', 4000);
}

/** A panel is told of its state many times while a recording comes in. */
const masked = new WeakMap<Call, Call>();

function maskedReply(reply: Reply): Reply {
  const call = masked.get(reply.call) ?? maskedCall(reply.call);
  masked.set(reply.call, call);
  return { ...reply, call };
}
