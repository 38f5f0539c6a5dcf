/** Masks phone numbers and names wherever they show, or shows them again. */
import { toggleMask as toggle } from '../masking';
import type { Command } from '../parts';

export const toggleMask: Command = () => toggle();
