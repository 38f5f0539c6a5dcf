/** Another name for a kept account. */
import type { Command } from '../parts';
import { keptAccountTarget } from './targets';

export const renameAccount: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Rename Exotel Account');
  const editing = await import('../accounts/editing');
  if (account !== undefined) await editing.renameAccount(parts.accounts, account);
};
