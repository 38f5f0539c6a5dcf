/** Whether all of a page's text can be read, as far as that can be measured. */

/** What is cut off in the page, or makes it scroll sideways, a line each. Runs in the page. */
export function cutOffIn(main: Element): readonly string[] {
  const SLACK = 1;
  /** What is elided on purpose says so with an ellipsis; what scrolls by itself can be scrolled by keyboard. */
  const ON_PURPOSE = '.elided, .unseen, .scroll, .whole, [inert], [aria-hidden="true"], select';
  const root = main.ownerDocument.documentElement;
  const hasText = (element: Element): boolean => [...element.childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && (textContent ?? '').trim() !== '');
  const shown = [...main.querySelectorAll('*')].filter((element) => hasText(element) && element.closest(ON_PURPOSE) === null && element.checkVisibility({ visibilityProperty: true }));
  const cut = shown.filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    const isSpilt = left < -SLACK || right > root.clientWidth + SLACK;
    return isSpilt || (getComputedStyle(element).overflow !== 'visible' && element.scrollWidth > element.clientWidth + SLACK);
  });
  const sideways = root.scrollWidth > root.clientWidth ? ['the page scrolls sideways'] : [];
  return [...cut.map((element) => `cut off: ${(element.textContent ?? '').trim().slice(0, 60)}`), ...sideways];
}
