/** *Diagnose Account*: what stands between an account and its calls. */
import type { Command } from '../parts';
import { accountTarget } from './targets';

export const diagnoseAccount: Command = async (parts, arg) => {
  const account = await accountTarget(parts, arg, 'Diagnose Exotel Account');
  if (account !== undefined) await parts.doctors.diagnose(account);
};
