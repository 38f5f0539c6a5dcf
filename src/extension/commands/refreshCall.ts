/** Asks for a call again. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const refreshCall: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await parts.panels.refresh(key);
};
