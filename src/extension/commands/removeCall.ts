/** Takes a call out of the list; its panel, where one is open, stays. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const removeCall: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await parts.history.remove(key);
};
