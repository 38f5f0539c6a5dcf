import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Finding } from '../call/findings';
import { Cite, type OnCite } from './cite';
import { Icon } from './icon';
import { Section } from './section';

/** A finding of the record, or one of the panel's own. */
export type ShownFinding = Omit<Finding, 'id'> & { readonly id: string };

const WORDS: Readonly<Record<Finding['severity'], string>> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** More than this are too many to read at a glance: the gravest come first, the rest at a click. */
const SHOWN_AT_FIRST = 8;

/** What is odd about the record, with the fields that show it; or that nothing is. */
export function Findings({ findings, onCite }: { findings: readonly ShownFinding[]; onCite: OnCite }): JSX.Element {
  const [all, setAll] = useState(false);
  if (findings.length === 0)
    return (
      <Section name="Findings">
        <p class="quiet">Nothing in this record contradicts itself.</p>
      </Section>
    );
  const folds = findings.length > SHOWN_AT_FIRST + 1;
  const shown = all || !folds ? findings : findings.slice(0, SHOWN_AT_FIRST);
  return (
    <Section name="Findings" aside={folds ? `${findings.length} in all` : undefined}>
      <ul class="findings">
        {shown.map((finding) => (
          <Item key={finding.id} finding={finding} onCite={onCite} />
        ))}
      </ul>
      {folds && (
        <button type="button" class="link more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${findings.length}`}
        </button>
      )}
    </Section>
  );
}

function Item({ finding: { severity, line, citations }, onCite }: { finding: ShownFinding; onCite: OnCite }): JSX.Element {
  return (
    <li>
      <Icon name={severity} severity={severity} />
      <span>
        <span class="unseen">{WORDS[severity]}: </span>
        {line}{' '}
        {citations.map((citation) => (
          <Cite key={citation.field} citation={citation} onCite={onCite} />
        ))}
      </span>
    </li>
  );
}
