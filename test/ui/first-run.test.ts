import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { withWindow } from './vscode';

describe('First run', () => {
  const vscode = withWindow();

  it('asks nothing and says nothing until the person comes', async () => {
    const { page, workbench } = vscode();
    await workbench.activity('Exotel').waitFor();
    assert.equal(await page.locator('.notification-toast').count(), 0);
    assert.equal(await workbench.quickInput.count(), 0);
  });

  it('welcomes in its view: add an account, see samples, and where keys are found', async () => {
    const { workbench } = vscode();
    await workbench.activity('Exotel').click();
    await workbench.sideBar.getByRole('button', { name: 'Add Account' }).waitFor();
    await workbench.sideBar.getByRole('button', { name: 'Explore Sample Calls' }).waitFor();
    await workbench.sideBar.getByText('API Settings').waitFor();
  });

  it('shows the sample calls at one click, and one of them at another', async () => {
    const { workbench, panel } = vscode();
    await workbench.sideBar.getByRole('button', { name: 'Explore Sample Calls' }).click();
    await workbench.treeRow(/^Account Sample,/).waitFor();
    await workbench.openFromTree(/^Sample call/, SAMPLES.completed.sid);
    await panel.reached('filled');
  });

  it('stays after Reload Window, as do the calls looked up', async () => {
    const { workbench } = vscode();
    await workbench.reload();
    await workbench.openView('Exotel');
    await workbench.treeRow(/^Call /).first().waitFor();
  });

  it('has a walkthrough with a picture for each step', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Welcome: Open Walkthrough');
    await workbench.answer('Select a walkthrough', 'Get Started with Exotel Call Inspector');
    for (const [step, drawn] of [
      ['Look up a call', 'Look up'],
      ['Read the answer', 'Timeline'],
      ['Add an account, or try the samples', 'Singapore'],
    ] as const) {
      await page.locator('.gettingStartedContainer').getByRole('button', { name: step }).click();
      await workbench.webview.locator('svg').getByText(drawn).first().waitFor();
    }
  });
});
