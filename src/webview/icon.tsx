import type { JSX } from 'preact';

/** A codicon, for the eye only: the name is said by what it stands in. */
export function Icon({ name, spin = false, severity }: { name: string; spin?: boolean; severity?: string }): JSX.Element {
  const tone = severity === undefined ? '' : ` is-${severity}`;
  return <span class={`codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}${tone}`} aria-hidden="true" />;
}
