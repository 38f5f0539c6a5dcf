/** What happened in a call, as far as its record can tell, and what to look at next. */
import type { Call, Citation } from './call';

/** A piece of an explanation: words, or the field that the words before it rest on. */
export type Phrase = { readonly text: string } | { readonly citation: Citation };

export interface Verdict {
  /** The answer, in a person's words; no full stop. */
  readonly headline: string;
  /** One or two sentences with their evidence. */
  readonly explanation: readonly Phrase[];
  /** What the record does not tell: one sentence. */
  readonly unknown: string;
  /** What to look at next, one sentence each; may be empty. */
  readonly checks: readonly string[];
}

export function verdictOf(call: Call): Verdict {
  return { headline: call.status ?? 'No status', explanation: [], unknown: '', checks: [] };
}
