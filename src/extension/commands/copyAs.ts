/** The request for a call as code on the clipboard; keys are read from environment variables, never written. */
import { snippet, type SnippetLanguage } from '../../call/snippets';
import { apiOrigin } from '../../exotel/origin';
import type { Accounts } from '../accounts/accounts';
import type { CallKey } from '../historyEntries';
import type { Command } from '../parts';
import { copyText } from '../person';
import { callTarget } from './targets';

/** Also what the panel's button does. */
export async function copyRequest(accounts: Accounts, { sid, account }: CallKey, language: SnippetLanguage): Promise<void> {
  const { endpoint, accountSid } = await accounts.withKeys(account);
  await copyText(snippet(language, { origin: apiOrigin(endpoint, 'v2'), accountSid, callSid: sid }));
}

function copyAs(language: SnippetLanguage): Command {
  return async (parts, arg) => {
    const key = callTarget(parts, arg);
    if (key !== undefined) await copyRequest(parts.accounts, key, language);
  };
}

export const copyAsCurl = copyAs('curl');
export const copyAsPython = copyAs('python');
export const copyAsNode = copyAs('node');
