import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed } = SAMPLES;

describe('The resources of an account', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  /** The resources that the panel says were asked. */
  async function said(...resources: readonly string[]): Promise<void> {
    const rows = vscode().panel.section('Resources asked').locator('tr[data-resource]');
    await assertSoon(async () => {
      const names = await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-resource')));
      return JSON.stringify(names) === JSON.stringify(resources);
    });
  }

  before('a call was looked up', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    await vscode().lookUp(completed.sid);
    await vscode().panel.reached('filled');
  });

  it('come down to one where the account is set to it, until it is set to Automatic again', async () => {
    const { workbench, panel } = vscode();
    await workbench.contextMenu(workbench.treeRow('Account Loopback'), 'Choose Resource…');
    await workbench.question('Which resource of the API').waitFor();
    await workbench.quickInputRow(/Automatic.*now/).waitFor();
    await workbench.pick('v3 alone');
    await workbench.statusBar.getByText('asked for v3 details alone').waitFor();
    await panel.button('Refresh').click();
    await said('v3', 'legs');
    await workbench.runCommand('Exotel: Choose Resource…');
    await workbench.quickInputRow(/v3 alone.*now/).waitFor();
    await workbench.pick('Automatic');
    await panel.button('Refresh').click();
    await said('v2', 'legs');
    assert.equal(sandbox().requests.filter(({ resource }) => resource === 'v1').length, 0);
  });

  it('are all asked on request, and each answer is there as it came', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(workbench.treeRow(`Call ${completed.sid}`), 'Ask All Resources');
    await said('v2', 'v3', 'v1', 'legs');
    await workbench.contextMenu(workbench.treeRow(`Call ${completed.sid}`), 'Open Raw JSON');
    await workbench.question('Which answer?').waitFor();
    await workbench.quickInputRow(/v2 details.*200/).waitFor();
    await workbench.pick('v1 details');
    await workbench.selectedTab(`${completed.sid}.v1.json`).waitFor();
    await workbench.editorText.getByText('"Call"').waitFor();
  });
});
