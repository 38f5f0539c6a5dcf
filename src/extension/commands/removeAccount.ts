/** Removes an account with its keys and its recent calls, after asking once; the sample accounts all at once. */
import * as vscode from 'vscode';
import { type KeptAccount, SAMPLE_ACCOUNTS } from '../accounts/account';
import type { Command } from '../parts';
import { accountTarget } from './targets';

export const removeAccount: Command = async (parts, arg) => {
  const account = await accountTarget(parts, arg, 'Remove Exotel Account');
  if (account === undefined) return;
  const remove = 'Remove';
  const { question, detail, ids } = account.kind === 'sample' ? ALL_SAMPLES : only(account);
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (answer !== remove) return;
  await parts.accounts.remove(account.id);
  for (const id of ids) await parts.history.clear(id);
};

interface Removal {
  readonly question: string;
  readonly detail: string;
  /** Whose calls go. */
  readonly ids: readonly string[];
}

const ALL_SAMPLES: Removal = {
  question: 'Remove the sample accounts?',
  detail: `All of them go (${SAMPLE_ACCOUNTS.map(({ name }) => name).join(', ')}), with their lists of recent calls. “Explore Sample Calls” brings them back.`,
  ids: SAMPLE_ACCOUNTS.map(({ id }) => id),
};

function only({ id, name }: KeptAccount): Removal {
  return {
    question: `Remove the account “${name}”?`,
    detail: 'Its API key and token are deleted from the secret storage, and its list of recent calls goes too. Nothing changes at Exotel.',
    ids: [id],
  };
}
