/** The people of one call, each masked so that the same one looks the same everywhere, and no two the same. */
import { DOT, maskPerson } from './mask-values';
import { nationalDigits } from './mask-tokens';

/**
 * Masks a name, number or address of anybody. Of these people, those whose masks would be the same get a small figure behind it
 * (`A••• K•••²`), so that nobody is taken for somebody else; the same number in another spelling gets the same figure.
 */
export function createPersonMask(people: readonly string[]): (value: string) => string {
  const figures = figuresOf(people);
  return (value) => withFigure(maskPerson(value), figures.get(keyOf(value)) ?? '');
}

function figuresOf(people: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const figures = new Map<string, string>();
  for (const key of new Set(people.map(keyOf))) {
    const masked = maskPerson(key);
    const count = (counts.get(masked) ?? 0) + 1;
    counts.set(masked, count);
    if (count > 1) figures.set(key, superscript(count));
  }
  return figures;
}

/** Numbers are compared without country code; what is masked already is compared as it stands. */
function keyOf(value: string): string {
  return (value.includes(DOT) ? undefined : nationalDigits(value)) ?? value.trim();
}

function withFigure(masked: string, figure: string): string {
  const at = masked.lastIndexOf('@');
  return at < 0 ? `${masked}${figure}` : `${masked.slice(0, at)}${figure}${masked.slice(at)}`;
}

const FIGURES = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(count: number): string {
  return String(count).replace(/\d/g, (digit) => FIGURES.charAt(Number(digit)));
}
