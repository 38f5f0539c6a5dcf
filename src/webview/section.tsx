import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';

interface SectionProps {
  readonly name: string;
  /** At the right end of the title's line. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the panel under a quiet title. */
export function Section({ name, aside, children }: SectionProps): JSX.Element {
  return (
    <section aria-label={name}>
      <SectionTitle name={name} aside={aside} />
      {children}
    </section>
  );
}

export function SectionTitle({ name, aside }: { name: string; aside?: ComponentChildren }): JSX.Element {
  return (
    <div class="title">
      <h2>{name}</h2>
      <div class="aside">{aside}</div>
    </div>
  );
}

/** Keeps a part that fails to draw from taking the rest of the panel with it; with another record (`of`) it is tried again. */
export function Guard({ what, of, children }: { what: string; of: unknown; children: ComponentChildren }): JSX.Element {
  const [error, reset] = useErrorBoundary();
  useEffect(() => {
    if (error !== undefined) reset();
  }, [of]);
  if (error === undefined) return <>{children}</>;
  return <p class="quiet">{what} could not be drawn for this record. Raw JSON has what came.</p>;
}
