/** Whether the player looks right, as far as that can be measured. */

/** What does not stand where it should in the recording's section, a line each. Runs in the page. */
export function misplacedInPlayer(section: Element): readonly string[] {
  const SLACK = 1;
  const boxes = (selector: string) =>
    [...section.querySelectorAll(selector)]
      .map((element) => ({ element, box: element.getBoundingClientRect(), name: element.getAttribute('aria-label') ?? (element.textContent ?? '').trim() }))
      .filter(({ box, element }) => box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert], .unseen') === null);
  const player = section.querySelector('.player')?.getBoundingClientRect();
  if (player === undefined || player.width === 0) return ['There is no player.'];
  const controls = boxes('button, select, input, .times, .standing, .wave-name, .measures > span, .problem p');
  const spilt = controls
    .filter(({ box }) => box.left < player.left - SLACK || box.right > player.right + SLACK || box.top < player.top - SLACK || box.bottom > player.bottom + SLACK)
    .filter(({ element }) => element.closest('.player') !== null)
    .map(({ name }) => `spilt from the player: ${name}`);
  const contains = (one: Element, other: Element): boolean => one.contains(other) || other.contains(one);
  const overlaps = (one: DOMRect, other: DOMRect): boolean => one.left < other.right - SLACK && other.left < one.right - SLACK && one.top < other.bottom - SLACK && other.top < one.bottom - SLACK;
  const crossed = controls.flatMap((one, index) =>
    controls.slice(index + 1).flatMap((other) => (!contains(one.element, other.element) && overlaps(one.box, other.box) ? [`one over another: ${one.name} and ${other.name}`] : [])),
  );
  const cut = boxes('button, .times, .wave-name, .measures > span').flatMap(({ element, name }) => (element.scrollWidth > element.clientWidth + SLACK && getComputedStyle(element).display !== 'inline' ? [`cut off: ${name}`] : []));
  const page = section.ownerDocument.documentElement;
  const tooWide = page.scrollWidth > page.clientWidth ? ['the page scrolls sideways'] : [];
  return [...spilt, ...crossed, ...cut, ...tooWide];
}
