import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { withWindow } from './vscode';

const { active, stuckActive } = SAMPLES;

describe('A call that goes on while it is looked at', () => {
  const sandbox = useSandbox({ activeForMs: 6000 });
  const vscode = withWindow();

  before('an account is there', () => addAccount(vscode().workbench, sandbox().credentials, 'Loopback'));

  it('ends on the panel and in the view by itself, without ever being loaded anew', async () => {
    const { panel, workbench } = vscode();
    await vscode().lookUp(active.sid);
    await panel.reached('filled');
    const phases = await panel.main.evaluateHandle((main) => {
      const seen = new Set<string>();
      const look = (): void => {
        seen.add(`${main.dataset['phase'] ?? ''} ${main.querySelector('[aria-label="Refresh"]')?.getAttribute('aria-disabled') ?? ''}`);
      };
      look();
      new MutationObserver(look).observe(main, { attributes: true, childList: true, subtree: true, characterData: true });
      return seen;
    });
    await panel.document.locator('.live[data-live="watching"]').waitFor();
    await workbench.statusBar.getByText('Exotel: 1 call live').waitFor();
    await workbench.treeRow(new RegExp(`^Call ${active.sid}, Completed`)).waitFor();
    await panel.headline.filter({ hasText: 'talked for' }).waitFor();
    await panel.recordingReached('ready');
    await workbench.statusBar.getByText('Exotel: 1 call live').waitFor({ state: 'hidden' });
    assert.deepEqual(await phases.evaluate((seen) => [...seen]), ['filled false']);
  });

  it('stays on the panel while the server fails, which the panel says instead', async () => {
    const { panel, workbench } = vscode();
    await vscode().lookUp(stuckActive.sid);
    await panel.reached('filled');
    const headline = await panel.headline.innerText();
    const mend = sandbox().fail({ kind: 'html', status: 502, on: 'calls' });
    await panel.document.locator('.live[data-live="waiting"]').filter({ hasText: 'is not available at the moment (502)' }).waitFor();
    await panel.reached('filled');
    assert.equal(await panel.headline.innerText(), headline);
    mend();
    await panel.document.locator('.live[data-live="watching"]').waitFor();
    await workbench.statusBar.getByText('Exotel: 1 call live').waitFor();
  });

  it('can be stopped by the status bar, which the panel then says', async () => {
    const { panel, workbench } = vscode();
    await workbench.statusBar.getByText('Exotel: 1 call live').click();
    await workbench.quickInputRow('live').hover();
    await workbench.quickInput.getByRole('button', { name: 'Stop Watching' }).click();
    await panel.document.locator('.live[data-live="stopped"]').filter({ hasText: 'Refresh goes on.' }).waitFor();
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.statusBar.getByText('Exotel: 1 call live').waitFor({ state: 'hidden' });
  });
});
