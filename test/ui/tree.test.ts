import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed, customerUnanswered } = SAMPLES;

describe('The view of accounts and calls', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  before('two calls were looked up', async () => {
    const { workbench, panel } = vscode();
    await addAccount(workbench, sandbox().credentials, 'Loopback');
    for (const { sid } of [completed, customerUnanswered]) {
      await vscode().lookUp(sid);
      await workbench.treeRow(`Call ${sid}`).waitFor();
      await panel.reached('filled');
    }
  });

  it('lists the newest call first', async () => {
    assert.deepEqual(await vscode().callsInTree(), [customerUnanswered.sid, completed.sid]);
  });

  it('opens a call at a click, which makes it the newest', async () => {
    const { workbench, panel } = vscode();
    await workbench.openFromTree(`Call ${completed.sid}`, completed.sid);
    await panel.reached('filled');
    await assertSoon(async () => (await vscode().callsInTree())[0] === completed.sid);
  });

  it('keeps a pinned call on top', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(workbench.treeRow(`Call ${customerUnanswered.sid}`), 'Pin Call');
    await workbench.treeRow(/pinned/).waitFor();
    assert.deepEqual(await vscode().callsInTree(), [customerUnanswered.sid, completed.sid]);
  });

  it('copies a SID', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(workbench.treeRow(`Call ${completed.sid}`), 'Copy SID');
    await assertSoon(async () => (await vscode().clipboard()) === completed.sid);
  });

  it('takes one call off the list', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(workbench.treeRow(`Call ${customerUnanswered.sid}`), 'Remove Call from List');
    await workbench.treeRow(`Call ${customerUnanswered.sid}`).waitFor({ state: 'detached' });
    assert.deepEqual(await vscode().callsInTree(), [completed.sid]);
  });

  it('still lists its calls after every reload, while the panels that come back ask for theirs', async () => {
    const { workbench } = vscode();
    for (let reloads = 0; reloads < 2; reloads += 1) {
      await workbench.reload();
      await workbench.openView('Exotel');
      await workbench.treeRow(`Call ${completed.sid}`).waitFor();
    }
  });

  it('asks once before it clears the list, and does it after a reload too', async () => {
    const { workbench } = vscode();
    await workbench.runCommand('Exotel: Clear All Calls');
    await workbench.dialog.getByRole('button', { name: 'Clear' }).click();
    await workbench.treeRow(`Call ${completed.sid}`).waitFor({ state: 'detached' });
  });
});
