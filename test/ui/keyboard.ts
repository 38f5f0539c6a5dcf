/** The keyboard's way through a page: where Tab leads, what shows that it is there, and what Enter and Space do. */
import type { Frame, Page } from 'playwright-core';

/** Where the focus is. */
export interface Stop {
  /** Role and name: `button Refresh`. */
  readonly name: string;
  /** The section or part of the page that it is in. */
  readonly place: string;
  /** An outline that can be seen. */
  readonly hasRing: boolean;
  /** All of it, or of something too large as much as fits, is in the window. */
  readonly isInSight: boolean;
  /** How many clicks Enter and Space made, of those that this kind of element owes a person. */
  readonly clicks: { readonly made: number; readonly owed: number };
}

/** Longer than any panel's way: it leads round in circles. */
const MOST_STOPS = 200;
/** Puts into the page what {@link walk} asks; clicks are counted from then on, and do nothing until {@link letClick}. */
export async function watchKeyboard(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const counted = { clicks: 0, isOn: true };
    Reflect.set(self, 'keyboardOfTests', counted);
    addEventListener(
      'click',
      (event) => {
        if (!counted.isOn) return;
        counted.clicks++;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true },
    );
  });
}

/** Clicks do what they do again. */
export async function letClick(frame: Frame): Promise<void> {
  await frame.evaluate(() => Reflect.set(Reflect.get(self, 'keyboardOfTests'), 'isOn', false));
}

/** Names of all that Tab has to reach, in the order of the document: whatever can be used, but for what arrow keys lead to. */
export function stopsOf(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role="button"], [role="slider"], [tabindex="0"]')];
    const isReached = (element: Element): boolean =>
      !element.matches(':disabled, [role="menuitem"], [data-part][tabindex="-1"]') && element.closest('[inert]') === null && element.checkVisibility({ visibilityProperty: true });
    const nameOf = (element: Element): string => `${element.getAttribute('role') ?? element.localName} ${element.getAttribute('aria-label') ?? (element.textContent ?? '').trim()}`;
    return all.filter(isReached).map(nameOf);
  });
}

/** Goes on by Tab or Shift+Tab until the focus leaves it; `presses`: also Enter and Space on what can be clicked. */
export async function walk(page: Page, frame: Frame, key: 'Tab' | 'Shift+Tab', { presses = false } = {}): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press(key);
    const stop = await focusedIn(frame);
    if (stop === undefined) return stops;
    if (stops.length === MOST_STOPS) throw new Error(`No way out after ${String(MOST_STOPS)} stops; the last is ${stop.name}.`);
    stops.push({ ...stop, clicks: presses ? await pressed(page, frame, stop.owes) : { made: 0, owed: 0 } });
  }
}

async function pressed(page: Page, frame: Frame, owes: readonly string[]): Promise<Stop['clicks']> {
  const clicks = (): Promise<number> => frame.evaluate(() => Number(Reflect.get(Reflect.get(self, 'keyboardOfTests'), 'clicks')));
  const before = await clicks();
  for (const key of owes) await page.keyboard.press(key);
  return { made: (await clicks()) - before, owed: owes.length };
}

/** Where the focus is; undefined: nowhere in this page. `owes`: the keys that have to click it. */
function focusedIn(frame: Frame): Promise<(Omit<Stop, 'clicks'> & { readonly owes: readonly string[] }) | undefined> {
  return frame.evaluate(() => {
    const element = document.activeElement;
    if (!document.hasFocus() || element === null || element === document.body) return undefined;
    const isSeen = (colour: string): boolean => !/^(?:transparent|rgba\(.*, 0\))$/.test(colour);
    const ringed = (each: Element): boolean => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && isSeen(outlineColor);
    };
    const drawn = element.querySelector('.ring');
    const isDrawnRing = drawn !== null && getComputedStyle(drawn).stroke !== 'none' && isSeen(getComputedStyle(drawn).stroke);
    const { top, bottom, left, right, height } = element.getBoundingClientRect();
    const owes = element.localName === 'button' || element.localName === 'summary' ? ['Enter', 'Space'] : element.localName === 'a' ? ['Enter'] : [];
    return {
      name: `${element.getAttribute('role') ?? element.localName} ${element.getAttribute('aria-label') ?? (element.textContent ?? '').trim()}`,
      place: element.closest('section, header, dl, footer')?.getAttribute('aria-label') ?? element.closest('section, header, dl, footer')?.localName ?? '',
      hasRing: ringed(element) || isDrawnRing,
      isInSight: left >= -1 && right <= innerWidth + 1 && (height > innerHeight ? top < innerHeight && bottom > 0 : top >= -1 && bottom <= innerHeight + 1),
      owes,
    };
  });
}
