import type { ComponentChildren, JSX } from 'preact';
import type { Severity } from '../call/status';
import type { Verdict } from '../call/verdict';
import { Cite, type OnCite } from './cite';
import { Icon } from './icon';

interface HeadlineProps {
  readonly icon: string;
  readonly severity: Severity | 'neutral';
  readonly headline: string;
  readonly children: ComponentChildren;
  readonly tools: ComponentChildren;
}

/** The answer: a glyph, one sentence, what it rests on, and the tools. The same box in every phase. */
export function Headline({ icon, severity, headline, children, tools }: HeadlineProps): JSX.Element {
  return (
    <header>
      <span class={`glyph is-${severity}`}>
        <Icon name={icon} />
      </span>
      <div class="answer">
        <h1>{headline}</h1>
        {children}
      </div>
      {tools}
    </header>
  );
}

/** The verdict's evidence, then, quieter, what the record cannot tell and what to look at next. */
export function Explanation({ verdict, onCite }: { verdict: Verdict; onCite: OnCite }): JSX.Element {
  return (
    <p class="why">
      {verdict.explanation.map((phrase, index) => ('text' in phrase ? <span key={index}>{phrase.text}</span> : <Cite key={index} citation={phrase.citation} onCite={onCite} />))}{' '}
      <span class="quiet">{[verdict.unknown, ...verdict.checks.map(({ sentence }) => sentence)].join(' ')}</span>
    </p>
  );
}
