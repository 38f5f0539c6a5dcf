import type { ComponentChildren, JSX } from 'preact';
import type { Check } from '../call/checks';
import type { Severity } from '../call/status';
import type { Phrase, Verdict } from '../call/verdict';
import { Cite, type OnCite } from './cite';
import { Icon } from './icon';
import { PageLink } from './page-link';

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
      <h1>{headline}</h1>
      <div class="answer">{children}</div>
      {tools}
    </header>
  );
}

interface ExplanationProps {
  readonly verdict: Verdict;
  /** The call is asked for again by itself: nobody needs to be told to. */
  readonly isLive: boolean;
  readonly onCite: OnCite;
}

/** The verdict's evidence, then, quieter, what the record cannot tell and what to look at next. */
export function Explanation({ verdict: { explanation, unknown, checks: all }, isLive, onCite }: ExplanationProps): JSX.Element {
  const checks = isLive ? all.filter(({ isRefresh }) => isRefresh !== true) : all;
  const [only, second] = checks;
  const isList = second !== undefined;
  return (
    <>
      <p class="why">
        <Phrases phrases={explanation} onCite={onCite} />{' '}
        <span class="quiet">
          {unknown} {only !== undefined && !isList && <CheckText check={only} />}
        </span>
      </p>
      {isList && (
        <ul class="remedies quiet" aria-label="What to look at next">
          {checks.map((check) => (
            <li key={check.sentence}>
              <CheckText check={check} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Words and citations; the punctuation behind a citation never begins a line. */
function Phrases({ phrases, onCite }: { phrases: readonly Phrase[]; onCite: OnCite }): JSX.Element {
  return (
    <>
      {phrases.map((phrase, index) => {
        if ('text' in phrase) return <span key={index}>{index === 0 ? phrase.text : phrase.text.replace(LEADING_PUNCTUATION, '')}</span>;
        const next = phrases[index + 1];
        const [end = ''] = next !== undefined && 'text' in next ? (LEADING_PUNCTUATION.exec(next.text) ?? []) : [];
        return (
          <span key={index} class="cite-end">
            <Cite citation={phrase.citation} onCite={onCite} />
            {end}
          </span>
        );
      })}
    </>
  );
}

const LEADING_PUNCTUATION = /^[.,;:)]+/;

function CheckText({ check: { sentence, link } }: { check: Check }): JSX.Element {
  return (
    <>
      {sentence}
      {link !== undefined && (
        <>
          {' '}
          <PageLink page={link} />
        </>
      )}
    </>
  );
}
