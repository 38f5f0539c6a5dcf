import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { lookUp, parts, removeAccounts, until } from './extension';

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
    const [root] = (await tree.getChildren()) ?? [];
    const labels = ((await tree.getChildren(root)) ?? []).map((node) => tree.getTreeItem(node).description);
    assert.deepEqual(
      labels,
      Object.values(SAMPLES).map(({ title }) => title),
    );
    assert.equal((await lookUp({ sid: SAMPLES.completed.sid })).outcome, 'completed');
  });

  it('is gone when it is removed', async () => {
    const { accounts } = await parts();
    await vscode.commands.executeCommand('exotel.exploreSampleCalls');
    await accounts.remove('sample');
    await until('the setting is taken back', () =>
      vscode.workspace.getConfiguration('exotel').inspect('sampleAccount')?.globalValue === undefined ? true : undefined,
    );
    assert.deepEqual((await accounts.list()).accounts, []);
    await assert.rejects(lookUp({ sid: SAMPLES.completed.sid, account: 'sample' }), /no account has this id/);
  });
});
