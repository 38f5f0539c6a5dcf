/** axe-core on the page of a panel. */
import axe from 'axe-core';
import type { CallPanel } from './call-panel';

/** What WCAG 2.2 AA and axe's best practices object to: a line each, rule and element. */
export async function accessibilityProblems(panel: CallPanel): Promise<readonly string[]> {
  const frame = await panel.frame();
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`));
}
