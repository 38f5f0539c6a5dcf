/** What came for a call, as text; a call whose panel is not open is looked up first. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const openRawJson: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key === undefined) return;
  if (parts.raw.resources(key).length === 0) await parts.panels.lookUp(key);
  const [resource] = parts.raw.resources(key);
  if (resource !== undefined) await parts.raw.show(key, resource);
};
