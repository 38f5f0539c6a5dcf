/** The request for a call as code on the clipboard; keys are read from environment variables, never written. */
import type { DetailsResource } from '../../call/request';
import { snippet, type SnippetLanguage } from '../../call/snippets';
import { apiOrigin } from '../../exotel/origin';
import type { Accounts } from '../accounts/accounts';
import type { CallKey } from '../historyEntries';
import type { Command } from '../parts';
import { copyText } from '../person';
import { callTarget } from './targets';

/** Also what the panel's button does. `resource`: the one that has the call. */
export async function copyRequest(accounts: Accounts, { sid, account }: CallKey, resource: DetailsResource, language: SnippetLanguage): Promise<void> {
  const { endpoint, accountSid } = await accounts.withKeys(account);
  await copyText(snippet(language, { origin: apiOrigin(endpoint, resource), resource, accountSid, callSid: sid }));
}

function copyAs(language: SnippetLanguage): Command {
  return async (parts, arg) => {
    const key = callTarget(parts, arg);
    if (key === undefined) return;
    const resource = parts.panels.find(key)?.reply?.call.resource ?? 'v2';
    await copyRequest(parts.accounts, key, resource, language);
  };
}

export const copyAsCurl = copyAs('curl');
export const copyAsPython = copyAs('python');
export const copyAsNode = copyAs('node');
