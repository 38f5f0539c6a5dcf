/** Opens a call that was clicked: its panel says how the lookup went. */
import * as v from 'valibot';
import { readSid } from '../../call/sid';
import type { Command } from '../parts';

const key = v.object({
  sid: v.pipe(
    v.string(),
    v.check((sid) => readSid(sid).ok),
  ),
  account: v.string(),
});

export const openCall: Command = async ({ panels }, arg) => {
  const read = v.safeParse(key, arg);
  if (read.success) await panels.lookUp(read.output);
};
