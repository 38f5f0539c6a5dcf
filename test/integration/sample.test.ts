import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES, samplesOf } from '../../src/sandbox/samples';
import { below, lookUp, parts, removeAccounts, until } from './extension';

describe('The sample account', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await (await parts()).history.clear();
    await removeAccounts();
  });

  it('is added by Explore Sample Calls, lists its calls and answers', async () => {
    const { accounts, tree } = await parts();
    await vscode.commands.executeCommand('exotel.exploreSampleCalls');
    assert.deepEqual((await accounts.list()).active, { kind: 'sample', id: 'sample', name: 'Sample' });
    const [root] = await below(tree);
    const labels = (await below(tree, root)).map((node) => tree.getTreeItem(node).description);
    assert.deepEqual(
      labels,
      samplesOf('sample').map(({ title }) => title),
    );
    assert.equal((await lookUp({ sid: SAMPLES.completed.sid })).outcome, 'completed');
  });

  it('is drawn once when it is added: VS Code 1.100 loses a click on lines that are taken anew', async () => {
    const { accounts, tree } = await parts();
    await accounts.setActive('');
    let drawn = 0;
    const counting = tree.onDidChangeTreeData(() => (drawn += 1));
    try {
      await vscode.commands.executeCommand('exotel.exploreSampleCalls');
      await until('the samples are shown', () => (drawn > 0 ? true : undefined));
      assert.equal((await accounts.list()).active?.id, 'sample');
      assert.equal(drawn, 1);
    } finally {
      counting.dispose();
    }
  });

  it('leaves another account active where the setting that shows it cannot be written', async () => {
    const { accounts } = await parts();
    const { id } = await accounts.add({ name: 'Own', endpoint: { kind: 'region', region: 'mumbai' }, accountSid: 'acme1', apiKey: 'key-5b1f0c7e', apiToken: 'token-8e17b04d' });
    await accounts.setActive(id);
    await vscode.commands.executeCommand('workbench.action.openSettingsJson');
    const editor = await until('the settings are open', () => vscode.window.activeTextEditor);
    try {
      assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' ')));
      await assert.rejects(async () => vscode.commands.executeCommand('exotel.exploreSampleCalls'), /settings/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.workspace.getConfiguration('exotel').update('sampleAccount', true, vscode.ConfigurationTarget.Global);
    assert.equal((await accounts.list()).active?.id, id);
  });

  it('has others beside it, each below the person’s own and closed until it is opened, with calls of its own', async () => {
    const { accounts, tree } = await parts();
    await accounts.add({ name: 'Own', endpoint: { kind: 'region', region: 'mumbai' }, accountSid: 'acme1', apiKey: 'key-5b1f0c7e', apiToken: 'token-8e17b04d' });
    await vscode.commands.executeCommand('exotel.exploreSampleCalls');
    const roots = await below(tree);
    const items = roots.map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ label, collapsibleState }) => [label, collapsibleState === vscode.TreeItemCollapsibleState.Expanded]),
      [
        ['Own', true],
        ['Sample', true],
        ['Sample without legs', false],
        ['Sample without CCM', false],
        ['Sample in the other region', false],
      ],
    );
    const labels = await Promise.all(roots.slice(2).map(async (root) => (await below(tree, root)).map((node) => tree.getTreeItem(node).description)));
    assert.deepEqual(labels, (['sample-no-legs', 'sample-no-ccm', 'sample-other-region'] as const).map((id) => samplesOf(id).map(({ title }) => title)));
  });

  it('has others beside it that answer as such accounts do', async () => {
    await vscode.commands.executeCommand('exotel.exploreSampleCalls');
    assert.equal((await lookUp({ sid: SAMPLES.completedWithoutLegs.sid, account: 'sample-no-legs' })).outcome, 'completed');
    assert.equal((await lookUp({ sid: SAMPLES.completedWithoutCcm.sid, account: 'sample-no-ccm' })).outcome, 'completed');
    await assert.rejects(lookUp({ sid: SAMPLES.completedInMumbai.sid, account: 'sample-other-region' }), /did not accept the API key and token/);
    await assert.rejects(lookUp({ sid: SAMPLES.completed.sid, account: 'sample-no-legs' }), /no call with this SID/);
  });

  it('is gone with the others when one of them is removed', async () => {
    const { accounts } = await parts();
    await vscode.commands.executeCommand('exotel.exploreSampleCalls');
    await accounts.remove('sample-no-legs');
    await until('the setting is taken back', () =>
      vscode.workspace.getConfiguration('exotel').inspect('sampleAccount')?.globalValue === undefined ? true : undefined,
    );
    assert.deepEqual((await accounts.list()).accounts, []);
    await assert.rejects(lookUp({ sid: SAMPLES.completed.sid, account: 'sample' }), /no account has this id/);
  });
});
