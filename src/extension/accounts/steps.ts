/** The questions of the account form, and where it goes on after a paste. */
import type { AccountDraft } from './accounts';

/** What is known so far. */
export type Filled = { readonly [K in keyof AccountDraft]?: AccountDraft[K] };

export type StepId = keyof AccountDraft;

/**
 * The index of the first step that the pasted request did not answer. What was known before does not count: keys that are kept
 * already must not follow a pasted address without being shown again.
 */
export function stepAfterPaste(steps: readonly StepId[], pasted: Filled): number {
  const open = steps.findIndex((step) => step === 'name' || pasted[step] === undefined);
  return open < 0 ? steps.length : open;
}
