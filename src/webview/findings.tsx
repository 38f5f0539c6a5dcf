import type { JSX } from 'preact';
import type { Finding } from '../call/findings';
import { Cite, type OnCite } from './cite';
import { Icon } from './icon';
import { Section } from './section';

/** A finding of the record, or one of the panel's own. */
export type ShownFinding = Omit<Finding, 'id'> & { readonly id: string };

const WORDS: Readonly<Record<Finding['severity'], string>> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** What is odd about the record, with the fields that show it; or that nothing is. */
export function Findings({ findings, onCite }: { findings: readonly ShownFinding[]; onCite: OnCite }): JSX.Element {
  return (
    <Section name="Findings">
      {findings.length === 0 ? (
        <p class="quiet">Nothing in this record contradicts itself.</p>
      ) : (
        <ul class="findings">
          {findings.map(({ id, severity, line, citations }) => (
            <li key={id}>
              <Icon name={severity} severity={severity} />
              <span>
                <span class="unseen">{WORDS[severity]}: </span>
                {line}{' '}
                {citations.map((citation) => (
                  <Cite key={citation.field} citation={citation} onCite={onCite} />
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
