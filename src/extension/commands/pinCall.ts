/** Keeps a call at the top of its account's list, whatever the limit, or lets it go. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const pinCall: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await parts.history.setPinned(key, true, parts.panels.find(key)?.reply);
};

export const unpinCall: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await parts.history.setPinned(key, false);
};
