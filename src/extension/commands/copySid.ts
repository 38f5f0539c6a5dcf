/** The call SID on the clipboard. */
import type { Command } from '../parts';
import { copyText } from '../person';
import { callTarget } from './targets';

export const copySid: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key !== undefined) await copyText(key.sid);
};
