import type { KeyPlace } from './commands';

/** Where in the player a key was pressed. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target instanceof HTMLButtonElement) return 'button';
  return target instanceof HTMLInputElement && target.name === 'volume' ? 'volume' : 'elsewhere';
}
