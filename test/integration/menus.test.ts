import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { below, callTabs, lookUp, until, useScene } from './extension';

const { completed } = SAMPLES;

describe('Lookup Exotel Call from a menu', () => {
  const scene = useScene();

  it('asks for a call, whatever VS Code hands over: a file, a line of the view, the line that has the focus', async () => {
    const { tree, account } = scene();
    const [root] = await below(tree);
    const [empty] = await below(tree, root);
    await lookUp({ sid: completed.sid });
    const [call] = await below(tree, root);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const argument of [undefined, null, vscode.Uri.file('/calls.log'), root, call, empty]) {
      assert.equal(await dismissed(vscode.commands.executeCommand('exotel.lookupCall', argument)), undefined);
    }
    assert.equal(callTabs().length, 0);
    assert.equal(call?.kind, 'call', account.id);
    assert.equal(empty?.kind, 'message');
  });
});

/** Closes the input that a command opened, and gives what the command gives then. */
async function dismissed(command: Thenable<unknown>): Promise<unknown> {
  const ended = Promise.resolve(command).then((result) => ({ result }));
  const { result } = await until('the command ended', async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    return Promise.race([ended, new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined))]);
  });
  return result;
}
