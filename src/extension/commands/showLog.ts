/** The log of requests. */
import type { Command } from '../parts';

export const showLog: Command = ({ log }) => log.show();
