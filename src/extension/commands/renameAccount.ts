/** Another name for a kept account. */
import { renameAccount as rename } from '../accounts/editing';
import type { Command } from '../parts';
import { keptAccountTarget } from './targets';

export const renameAccount: Command = async (parts, arg) => {
  const account = await keptAccountTarget(parts, arg, 'Rename Exotel Account');
  if (account !== undefined) await rename(parts.accounts, account);
};
