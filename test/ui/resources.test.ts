import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed } = SAMPLES;

const HEARD_WITHIN_MS = 5000;

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

  /** Takes an entry of the call's menu until it was heard: the call's line is drawn anew a moment after an answer, which closes its menu. */
  async function take(entry: string, heard: Locator): Promise<void> {
    const { workbench } = vscode();
    const isHeard = (): Promise<boolean> => heard.waitFor({ timeout: HEARD_WITHIN_MS }).then(() => true, () => false);
    do await workbench.contextMenu(workbench.treeRow(`Call ${completed.sid}`), entry);
    while (!(await isHeard()));
  }

  it('are all asked on request, and each answer is there as it came', async () => {
    const { workbench, panel } = vscode();
    await take('Ask All Resources', panel.section('Resources asked').locator('tr[data-resource="v1"]'));
    await said('v2', 'v3', 'v1', 'legs');
    await take('Open Raw JSON', workbench.question('Which answer?'));
    await workbench.quickInputRow(/v2 details.*200/).waitFor();
    await workbench.pick('v1 details');
    await workbench.selectedTab(`${completed.sid}.v1.json`).waitFor();
    await workbench.editorText.getByText('"Call"').waitFor();
  });
});
