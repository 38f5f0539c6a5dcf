import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { accessibilityProblems } from './accessibility';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completedInMumbai } = SAMPLES;

describe('Diagnose Account', () => {
  const vscode = withWindow({ settings: { 'exotel.sampleAccount': true } });
  const check = (id: string) => vscode().panel.document.locator(`[data-check="${id}"]`);

  it('asks before keys go to the other region, and then says that they belong there', async () => {
    const { workbench, panel } = vscode();
    await workbench.runCommand('Diagnose Account');
    await workbench.pick('Sample in the other region');
    await workbench.dialog.getByRole('button', { name: 'Send' }).waitFor();
    assert.equal(await check('otherRegion').getAttribute('data-result'), 'none');
    await workbench.dialog.getByRole('button', { name: 'Send' }).click();
    await panel.document.locator('main[data-phase="done"]').waitFor();
    assert.equal(await panel.headline.innerText(), 'The keys belong to Mumbai, and this account is set to Singapore');
    assert.equal(await check('keys').getAttribute('data-result'), 'bad');
    assert.equal(await check('otherRegion').getAttribute('data-result'), 'good');
    assert.match(await check('otherRegion').innerText(), /Set the account’s region to Mumbai/);
  });

  it('copies a report that a support ticket can hold', async () => {
    await vscode().panel.document.getByRole('button', { name: 'Copy Report' }).click();
    await assertSoon(async () => /^## Exotel account diagnosis[^]+\| Keys in this region: trouble \|/.test(await vscode().clipboard()));
  });

  it('can be read by everybody', async () => {
    assert.deepEqual(await accessibilityProblems(vscode().panel), []);
  });

  it('is offered where keys are refused', async () => {
    const { workbench, panel } = vscode();
    await workbench.runCommand('View: Close All Editors');
    await workbench.openView('Exotel');
    await workbench.treeRow(/^Account Sample,/).click();
    await workbench.treeRow(/^Account Sample in the other region/).click();
    await workbench.openFromTree(`Sample call ${completedInMumbai.sid}`, completedInMumbai.sid);
    await panel.reached('failed');
    await panel.document.getByRole('button', { name: 'Diagnose Account' }).click();
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await panel.document.locator('main[data-phase="done"]').waitFor();
    assert.equal(await panel.headline.innerText(), 'The API key and token are not accepted');
  });
});
