import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../host/repository.mjs';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed } = SAMPLES;

describe('Numbers and names on a shared screen', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  before('a call is shown', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    await vscode().lookUp(completed.sid);
    await vscode().panel.reached('filled');
  });

  it('are masked in the panel and in the view by the button with the eye, and shown again by the command', async () => {
    const { workbench, panel } = vscode();
    await panel.openAllFields();
    await panel.main.filter({ hasText: '+915555010020' }).waitFor();
    await panel.button('Mask numbers and names').click();
    await panel.main.filter({ hasText: '+91••••••••20' }).waitFor();
    assert.doesNotMatch(await panel.main.innerText(), /5555010020|asha/i);
    await workbench.treeRow(/Call .*\+91••••••••20/).waitFor();
    await workbench.runCommand('Exotel: Toggle Masking of Numbers and Names');
    await panel.main.filter({ hasText: '+915555010020' }).waitFor();
    await workbench.treeRow(/Call .*\+915555010020/).waitFor();
  });

  it('are not in a report that is copied, and are in it where that is asked for', async () => {
    const { workbench, panel } = vscode();
    await panel.button('More actions').click();
    await panel.main.getByRole('menuitem', { name: 'Copy Report' }).click();
    const copied = workbench.toast('Report copied');
    await copied.waitFor();
    assert.match(await vscode().clipboard(), /\| Customer \|[^|]*\| `\+91••••••••20` \|/);
    await copied.getByRole('button', { name: 'Copy With Numbers' }).click();
    await assertSoon(async () => /\| Customer \|[^|]*\| `\+915555010020` \|/.test(await vscode().clipboard()));
  });

  it('are in a report that is saved only where that is chosen; the file opens', async () => {
    const { workbench } = vscode();
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'there.md'), 'There');
    for (const [choice, customer] of [['Masked (recommended)', '+91••••••••20'], ['As they are', '+915555010020']] as const) {
      const file = path.join(folder, `${customer}.md`);
      await workbench.runCommand('Exotel: Save Report…');
      await workbench.pick(choice);
      await workbench.saveAs('Save Report', file);
      await workbench.toast(`Report saved as ${customer}.md`).waitFor();
      assert.ok(readFileSync(file, 'utf8').includes(`\`${customer}\``));
    }
    await workbench.toast('+915555010020.md').getByRole('button', { name: 'Open' }).click();
    await workbench.editorTab('+915555010020.md').waitFor();
  });
});
