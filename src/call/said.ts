/** Sentences with their evidence, while they are put together. */
import { type Call, type CallField, type Citation, citations } from './call';

/** Words and citations in reading order. */
export type Said = readonly (string | Citation)[];

/** A space and the citation, where the record has the value. */
export function evidence(call: Call, field: CallField): Said {
  return asEvidence(citations(call, field));
}

/** The citations, a space before each. */
export function asEvidence(cited: readonly Citation[]): Said {
  return cited.flatMap((citation) => [' ', citation]);
}

/** With a capital at its beginning. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
