import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { manifest, parts } from './extension';

describe('The key of Lookup Exotel Call', () => {
  before(() => parts());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('takes no key from anything that VS Code binds by default', async () => {
    const [binding] = manifest().contributes.keybindings;
    assert.ok(binding);
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const bound = [...text.matchAll(/"key":\s*"([^"]+)",\s*"command":\s*"([^"]+)"/g)].map(([, key = '', command = '']) => ({
      key,
      command,
    }));
    assert.ok(bound.length > 300, 'these are not the default keybindings');
    const ours = bound.filter(({ command }) => command === binding.command).map(({ key }) => key);
    assert.equal(ours.length, 1);
    const [key = ''] = ours;
    assert.ok([binding.key, binding.mac].includes(key), key);
    const others = bound.filter(({ command }) => command !== binding.command);
    assert.deepEqual(
      others.filter((each) => each.key === key || each.key.startsWith(`${key} `)),
      [],
    );
  });

  it('is no Ctrl+Alt with a letter, which many keyboards need for typing', () => {
    for (const { key, mac } of manifest().contributes.keybindings) assert.doesNotMatch(`${key} ${mac}`, /alt/);
  });
});
