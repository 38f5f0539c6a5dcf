import type { JSX } from 'preact';
import type { Citation } from '../call/call';
import { plainText } from '../call/text';
import { elideMiddle } from './text';

/** Leads to a field's row among all fields. */
export type OnCite = (field: string) => void;

/** A field and its value that a sentence rests on. */
export function Cite({ citation, onCite }: { citation: Citation; onCite: OnCite }): JSX.Element {
  const show = (event: MouseEvent): void => {
    event.preventDefault();
    onCite(citation.field);
  };
  return (
    <a class="cite" href="#all-fields" title="Show among all fields" onClick={show}>
      <cite>
        <bdi>{plainText(citation.field, 80)}</bdi> <bdi class="cited">{elideMiddle(plainText(citation.value, 400), 40)}</bdi>
      </cite>
    </a>
  );
}
