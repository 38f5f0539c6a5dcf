/** Asks v2, v3, v1 and legs for a call, and compares what they say. */
import type { Command } from '../parts';
import { callTarget } from './targets';

export const askAllResources: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await parts.panels.lookUp(key, 'all');
};
