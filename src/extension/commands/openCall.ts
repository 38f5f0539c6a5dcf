/** Opens a call that was clicked: its panel says how the lookup went. */
import * as v from 'valibot';
import { callKeySchema } from '../historyEntries';
import type { Command } from '../parts';

export const openCall: Command = async ({ panels }, arg) => {
  const read = v.safeParse(callKeySchema, arg);
  if (read.success) await panels.lookUp(read.output);
};
