/** Lists more of an account's calls in the view. */
import type { Command } from '../parts';
import { AccountNode } from '../tree/nodes';

export const showMoreCalls: Command = ({ tree }, arg) => {
  if (arg instanceof AccountNode) tree.showMore(arg);
};
