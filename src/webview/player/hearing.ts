/** TEMPORARY glue until the measures are merged. */
import type { ShownFinding } from '../findings';
import type { SpeechMeasures } from '../../call/speech';

export function audioFindings(_call: unknown, _heard: unknown): readonly ShownFinding[] { return []; }
export interface SpeechSummary { readonly items: readonly { label: string; value: string; title: string }[]; readonly spoken: string }
export function speechSummary(_m: SpeechMeasures): SpeechSummary {
  return { items: [{ label: 'Agent', value: '42 %', title: 't' }, { label: 'Customer', value: '31 %', title: 't' }, { label: 'Silence', value: '22 %', title: 't' }, { label: 'Longest silence', value: '6.2 s', title: 't' }, { label: 'Overlap', value: '5 %', title: 't' }], spoken: 'Agent speaks 42 per cent.' };
}
