/** axe-core on the page of a panel, and what moves in it. */
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import type { CallPanel } from './call-panel';

/** What WCAG 2.2 AA and axe's best practices object to: a line each, rule and element. `rules`: those alone. */
export async function accessibilityProblems(panel: CallPanel, rules?: readonly string[]): Promise<readonly string[]> {
  const frame = await panel.frame();
  await bringAxe(frame);
  const options: axe.RunOptions = { resultTypes: ['violations'], ...(rules === undefined ? { rules: { 'target-size': { enabled: true } } } : { runOnly: { type: 'rule', values: [...rules] } }) };
  const { violations } = await frame.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`));
}

async function bringAxe(frame: Frame): Promise<void> {
  if (!(await frame.evaluate('"axe" in self'))) await frame.evaluate(axe.source);
}

/** The animations and transitions that run in the page, by what they move. Runs in the page. */
export function movingIn({ ownerDocument }: Element): readonly string[] {
  return ownerDocument.getAnimations().flatMap(({ effect, playState }) => {
    const target = effect instanceof KeyframeEffect ? effect.target : undefined;
    return playState === 'running' ? [`${target?.tagName ?? ''} ${target?.getAttribute('class') ?? ''}${effect instanceof KeyframeEffect ? (effect.pseudoElement ?? '') : ''}`] : [];
  });
}
