/** Reads accounts and calls again for the view. */
import type { Command } from '../parts';

export const refreshView: Command = ({ tree }) => tree.refresh();
