/** What came for a call, as text; a call whose panel is not open is looked up first. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const openRawJson: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key === undefined) return;
  if (!parts.raw.has(key)) await parts.panels.lookUp(key);
  if (parts.raw.has(key)) await parts.raw.show(key);
};
