/** *Lookup Exotel Call*: by arguments for keybindings, tasks and extensions; else by its input. */
import * as v from 'valibot';
import * as vscode from 'vscode';
import { findSids, readSid, shortSid, sidsIn } from '../../call/sid';
import type { Account, SampleAccountEntry } from '../accounts/account';
import { chooseAccount } from '../accounts/choosing';
import type { CallKey } from '../historyEntries';
import { pickCall } from '../lookupPick';
import { type KnownCall, recentCall } from '../lookupRows';
import { shownEntries } from '../masking';
import type { LookedUp, LookupEnd } from '../panel/callPanel';
import type { Command, Parts } from '../parts';
import { setSampleAccount } from '../settings';
import { AccountNode, isNode } from '../tree/nodes';

const argument = v.strictObject({ sid: v.string(), account: v.optional(v.string()) });

/**
 * With `{ sid, account? }`: looks it up and gives what came; throws an `Error` for a bad argument and, after the panel showed it, for
 * a lookup that failed. Else asks; then a failure is on the panel alone.
 */
export const lookupCall: Command = async (parts, arg) => {
  if (!isForAsking(arg)) return resultOf(await parts.panels.lookUp(await keyFrom(parts, arg)));
  const key = await askForCall(parts, textAtCursor(), arg instanceof AccountNode ? arg.account : undefined);
  const end = key && (await parts.panels.lookUp(key));
  return end?.kind === 'filled' ? end.call : undefined;
};

/** Asks again, with a SID in the input, for another account than the one that is gone. */
export async function lookUpElsewhere(parts: Parts, sid: string): Promise<void> {
  const key = await askForCall(parts, sid, undefined);
  if (key !== undefined) await parts.panels.lookUp(key);
}

/** Menus hand over what they were opened on: a file, or a line of the view; the view's title bar hands over the line that has the focus. */
function isForAsking(arg: unknown): boolean {
  return arg === undefined || arg === null || arg instanceof vscode.Uri || isNode(arg);
}

async function keyFrom({ accounts }: Parts, arg: unknown): Promise<CallKey> {
  const read = v.safeParse(argument, arg);
  if (!read.success) throw new Error('exotel.lookupCall takes { "sid": "…", "account": "…" }, where account may be left out.');
  const sid = readSid(read.output.sid);
  if (!sid.ok) throw new Error(`exotel.lookupCall: ${sid.reason}`);
  const list = await accounts.list();
  const account = read.output.account === undefined ? list.active : list.accounts.find(({ id }) => id === read.output.account);
  if (account !== undefined) return { sid: sid.sid, account: account.id };
  if (list.trouble !== undefined) throw list.trouble;
  if (read.output.account === undefined) throw new Error('exotel.lookupCall: there is no account. Add one with “Exotel: Add Account”.');
  throw new Error(`exotel.lookupCall: no account has this id. There are: ${list.accounts.map(({ id }) => id).join(', ') || 'none'}.`);
}

function resultOf(end: LookupEnd): LookedUp {
  if (end.kind === 'filled') return end.call;
  if (end.kind === 'cancelled') throw new Error('The lookup was cancelled.');
  throw new Error([end.failure.sentence, ...end.failure.remedies].join(' '));
}

async function askForCall(parts: Parts, text: string, preset: Account | undefined): Promise<CallKey | undefined> {
  const { accounts, active, trouble } = await parts.accounts.list();
  const account = preset ?? active;
  if (account === undefined && trouble !== undefined) throw trouble;
  const picked = await pickCall({ text, account, canSwitch: accounts.length > 1, known: await knownCalls(parts, account) });
  if (picked === undefined) return undefined;
  if (picked.kind === 'switchAccount') return askForCall(parts, picked.text, await switchAccount(parts));
  if (picked.kind === 'sid')
    return account === undefined ? withNewAccount(parts, 'addAccount', picked.sid) : { sid: picked.sid, account: account.id };
  return withNewAccount(parts, picked.kind, picked.text);
}

async function switchAccount({ accounts }: Parts): Promise<Account | undefined> {
  const chosen = await chooseAccount(accounts, 'Lookup Exotel Call');
  if (chosen !== undefined) await accounts.setActive(chosen.id);
  return chosen;
}

/** Goes on with what was typed as soon as there is an account. */
async function withNewAccount(parts: Parts, how: 'addAccount' | 'exploreSamples', text: string): Promise<CallKey | undefined> {
  if (how === 'exploreSamples') await setSampleAccount(true);
  else await (await import('../accounts/editing')).addAccount(parts.accounts, parts.api.probe);
  const { active } = await parts.accounts.list();
  const sid = readSid(text);
  return active !== undefined && sid.ok ? { sid: sid.sid, account: active.id } : askForCall(parts, text, undefined);
}

/** The calls to choose from; a list that cannot be read must not keep anybody from typing. */
async function knownCalls({ history, sample, log }: Parts, account: Account | undefined): Promise<readonly KnownCall[]> {
  if (account === undefined) return [];
  try {
    const { entries } = await history.read();
    const shown = await shownEntries(entries.filter((entry) => entry.account === account.id));
    const recent = shown.map((entry) => recentCall(entry, Date.now(), vscode.env.language));
    return account.kind === 'sample' ? [...recent, ...(await samplesBesides(account, recent, sample))] : recent;
  } catch (error) {
    log.error('The list of recent calls could not be read', error);
    return [];
  }
}

async function samplesBesides({ id }: SampleAccountEntry, recent: readonly KnownCall[], sample: Parts['sample']): Promise<readonly KnownCall[]> {
  const samples = await sample.callsBesides(id, recent);
  return samples.map(({ sid, title }) => ({ sid, icon: 'beaker', label: shortSid(sid), description: title }));
}

const MAX_SELECTION = 200_000;

/** What to begin with: the SIDs in the selection, or the one under the cursor; nothing where there is none. */
function textAtCursor(): string {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return '';
  const { document, selection } = editor;
  if (!selection.isEmpty) return sidsOfSelection(document.getText(selection).slice(0, MAX_SELECTION)).join(' ');
  const word = document.getWordRangeAtPosition(selection.active, /\w+/);
  return word === undefined ? '' : (findSids(document.getText(word))[0]?.sid ?? '');
}

/** Any selected word of eight letters could be a SID: one without a digit is not worth offering. */
function sidsOfSelection(text: string): readonly string[] {
  return sidsIn(text).filter((sid) => /\d/.test(sid));
}
