import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { accepted, below, lookUp, next, until, useScene } from './extension';

const { completed, customerUnanswered } = SAMPLES;

/** The customer of the sample. */
const NUMBER = '+915555010020';
const MASKED = '+91••••••••20';

describe('Masking of numbers and names', () => {
  const scene = useScene();
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('exotel');

  afterEach(() => settings().update('privacy.maskNumbers', undefined, vscode.ConfigurationTarget.Global));

  it('is off until it is turned on, and off again at the next toggle', async () => {
    assert.equal(settings().get('privacy.maskNumbers'), false);
    await vscode.commands.executeCommand('exotel.toggleMask');
    assert.equal(settings().get('privacy.maskNumbers'), true);
    await vscode.commands.executeCommand('exotel.toggleMask');
    assert.equal(settings().inspect('privacy.maskNumbers')?.globalValue, undefined);
  });

  it('reaches the lines of the view at once, and nothing that is kept', async () => {
    const { tree, history } = scene();
    await lookUp({ sid: completed.sid });
    const line = async (): Promise<string> => {
      const [root] = await below(tree);
      const [call] = await below(tree, root);
      assert.ok(call);
      const { description, tooltip, accessibilityInformation } = tree.getTreeItem(call);
      return JSON.stringify([description, tooltip, accessibilityInformation?.label]);
    };
    assert.equal((await line()).split(NUMBER).length, 4);
    const changed = next(tree.onDidChangeTreeData);
    await vscode.commands.executeCommand('exotel.toggleMask');
    await changed;
    const shown = await line();
    assert.equal(shown.split(MASKED).length, 4);
    assert.ok(!shown.includes(NUMBER.slice(3)));
    assert.equal((await history.read()).entries[0]?.party, NUMBER);
  });

  it('reaches Raw JSON that is open, and gives back what came', async () => {
    scene();
    await lookUp({ sid: customerUnanswered.sid });
    await accepted(vscode.commands.executeCommand('exotel.openRawJson'));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'exotel-raw');
    const came = document.getText();
    assert.match(came, /"\+915555010024"/);
    await vscode.commands.executeCommand('exotel.toggleMask');
    await until('numbers are masked', () => (document.getText() === came ? undefined : true));
    assert.ok(document.getText().includes('"+91••••••••24"'));
    assert.doesNotMatch(document.getText(), /5555010024|asha/);
    assert.equal(document.getText().split('\n').length, came.split('\n').length);
    await vscode.commands.executeCommand('exotel.toggleMask');
    await until('what came is back', () => (document.getText() === came ? true : undefined));
  });
});

describe('A call with somebody in every field, while masking is on,', () => {
  const scene = useScene();
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('exotel');
  const crowd = (place: string): string => `${place} of Zephyrina on +915555019999`;

  afterEach(() => settings().update('privacy.maskNumbers', undefined, vscode.ConfigurationTarget.Global));

  it('has nobody in its lines, tabs, documents and reports', async () => {
    const { sandbox, tree } = scene();
    const party = { name: 'Zephyrina', number: '+915555019999', contact_uri: 'sip:zephyrina@voice.example', user_id: '5555019999' };
    const call_details = { sid: completed.sid, direction: crowd('call'), state: crowd('state'), status: crowd('end'), virtual_number: '+915555019999', assigned_agent_details: party, customer_details: party, custom_field: crowd('ticket'), unheard_of: [crowd('note')], legs: '/v2/+915555019999/legs' };
    const mend = sandbox.fail({ kind: 'answer', on: 'v2', status: 200, body: JSON.stringify({ response: { call_details } }) });
    await settings().update('privacy.maskNumbers', true, vscode.ConfigurationTarget.Global);
    await lookUp({ sid: completed.sid });
    const [root] = await below(tree);
    const lines = (await below(tree, root)).map((node) => tree.getTreeItem(node)).map(({ label, description, tooltip, accessibilityInformation }) => ({ label, description, tooltip, accessibilityInformation }));
    await vscode.commands.executeCommand('exotel.copyReport');
    const report = await vscode.env.clipboard.readText();
    await accepted(vscode.commands.executeCommand('exotel.openRawJson'));
    const raw = vscode.window.activeTextEditor?.document.getText() ?? '';
    mend();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    assert.match(report, /Z•••/);
    assert.match(raw, /Z•••/);
    assert.match(JSON.stringify(lines), /Z•••/);
    for (const shown of [JSON.stringify(lines), JSON.stringify(tabs), report, raw]) assert.doesNotMatch(shown, /zephyrina|5555019999/i);
  });
});

describe('Copy Report', () => {
  const scene = useScene();

  it('puts Markdown on the clipboard, without the number of anybody, whatever is masked elsewhere', async () => {
    scene();
    await lookUp({ sid: completed.sid });
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('exotel.copyReport');
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^# Call `5f0c1b7e…631k`: .* talked for 48 s\n/);
    assert.match(text, /\n```mermaid\n/);
    assert.match(text, /with Exotel Call Inspector \d+\.\d+\.\d+, VS Code \d/);
    assert.ok(text.includes(MASKED));
    assert.doesNotMatch(text, /5555010020|asha\.k/);
  });

  it('looks a call up first that is chosen in the view', async () => {
    const { tree } = scene();
    await lookUp({ sid: completed.sid });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [root] = await below(tree);
    const [call] = await below(tree, root);
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('exotel.copyReport', call);
    assert.match(await vscode.env.clipboard.readText(), /^# Call `5f0c1b7e…631k`/);
  });

  it('leaves the clipboard alone where there is no call', async () => {
    scene();
    await assert.rejects(lookUp({ sid: '00000000000000000000000000000000' }));
    await vscode.env.clipboard.writeText('kept');
    await vscode.commands.executeCommand('exotel.copyReport');
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
  });
});
