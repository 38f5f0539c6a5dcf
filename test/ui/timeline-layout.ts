/** Whether the timeline's drawing looks right, as far as that can be measured. */

/** What does not stand where it should in the timeline's section, a line each. Runs in the page. */
export function misplacedIn(section: Element): readonly string[] {
  const SLACK = 1;
  const boxes = (selector: string, root: Element = section) =>
    [...root.querySelectorAll(selector)].map((element) => ({ element, box: element.getBoundingClientRect(), text: (element.textContent ?? '').trim() })).filter(({ box }) => box.width > 0);
  const isWithin = (box: DOMRect, outer: DOMRect): boolean => box.left >= outer.left - SLACK && box.right <= outer.right + SLACK;
  const overlaps = (one: DOMRect, other: DOMRect): boolean => one.left < other.right - SLACK && other.left < one.right - SLACK && one.top < other.bottom - SLACK && other.top < one.bottom - SLACK;
  const chart = section.querySelector('.chart')?.getBoundingClientRect();
  const plot = section.querySelector('.axis > svg')?.getBoundingClientRect();
  if (chart === undefined || plot === undefined || plot.width === 0) return ['There is no drawing.'];

  const outside = boxes('.tick, .bar, .in-bar, .in-lane, .moments text, .diamond')
    .filter(({ box, element }) => !isWithin(box, element.classList.contains('diamond') ? new DOMRect(plot.left - 5, plot.top, plot.width + 10, plot.height) : plot))
    .map(({ element, text }) => `outside the drawing: ${element.getAttribute('class') ?? ''} ${text}`);
  const spilt = boxes('.part.span').flatMap(({ element }) => {
    const [bar] = boxes('.bar', element);
    return boxes('.in-bar', element).flatMap(({ box, text }) => (bar !== undefined && isWithin(box, bar.box) ? [] : [`spilt from its bar: ${text}`]));
  });
  const texts = boxes('.tick, .moments text, .lane-label .elided, .in-lane');
  const crossed = texts.flatMap(({ box, text }, index) => texts.slice(index + 1).flatMap((other) => (overlaps(box, other.box) ? [`one over another: ${text} and ${other.text}`] : [])));
  const unlabelled = boxes('.lane').flatMap(({ element, box }) => {
    const [label] = boxes('.lane-label', element);
    if (label === undefined || label.text === '' || !isWithin(label.box, box)) return ['a lane without a label that stands in it'];
    return boxes('.elided', label.element).flatMap((text) => (isWithin(text.box, label.box) ? [] : [`spilt from its label: ${text.text}`]));
  });
  const hidden = boxes('.part.span').flatMap(({ element, box }) => (box.width >= 4 - SLACK ? [] : [`too narrow to see: ${element.getAttribute('data-part') ?? ''}`]));
  const bars = boxes('.bar');
  const covered = bars.flatMap(({ box }, index) => bars.slice(index + 1).flatMap((other) => (overlaps(box, other.box) ? ['one bar over another'] : [])));
  const page = section.ownerDocument.documentElement;
  const tooWide = page.scrollWidth > page.clientWidth ? ['the page scrolls sideways'] : [];
  return [...outside, ...spilt, ...crossed, ...unlabelled, ...hidden, ...covered, ...tooWide];
}
