import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { accepted, lookUp, next, until, useScene } from './extension';

const { inbound, completed } = SAMPLES;

describe('Raw JSON', () => {
  const scene = useScene();

  it('shows what came, indented, in a read-only editor', async () => {
    await lookUp({ sid: inbound.sid });
    const document = await openRaw();
    assert.equal(document.languageId, 'json');
    assert.match(document.getText(), new RegExp(`\\n {4}"call_details": \\{\\n {6}"sid": "${inbound.sid}",\\n`));
    const before = document.getText();
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(document.getText(), before);
  });

  it('changes no number and no duplicate key, and follows a refresh', async () => {
    const { sandbox } = scene();
    const stop = sandbox.fail({
      on: 'v2',
      kind: 'answer',
      status: 200,
      body: `{"response":{"call_details":{"sid":"${completed.sid}","state":"terminal","x":1.50,"x":12345678901234567890}}}`,
    });
    await lookUp({ sid: completed.sid });
    const document = await openRaw();
    assert.match(document.getText(), /"x": 1\.50,\s+"x": 12345678901234567890/);
    stop();
    const changed = next(vscode.workspace.onDidChangeTextDocument);
    await lookUp({ sid: completed.sid });
    await changed;
    assert.match(document.getText(), /"http_code": 200/);
  });

  it('has each answer apart, under its resource’s name', async () => {
    const { account, raw } = scene();
    await lookUp({ sid: completed.sid });
    const key = { sid: completed.sid, account: account.id };
    assert.deepEqual(raw.answers(key), [{ resource: 'v2', status: 200 }, { resource: 'legs', status: 200 }]);
    await raw.show(key, 'legs');
    const { activeTextEditor: editor } = vscode.window;
    assert.match(editor?.document.fileName ?? '', new RegExp(`${completed.sid}\\.legs\\.json$`));
    assert.match(editor?.document.getText() ?? '', /"leg_details": \{/);
  });

  it('shows what failed too, untouched where it is no JSON', async () => {
    const stop = scene().sandbox.fail({ kind: 'answer', status: 502, body: '<html>  Bad Gateway</html>' });
    await assert.rejects(lookUp({ sid: completed.sid }));
    const document = await openRaw();
    await until('what came is shown', () => document.getText() === '<html>  Bad Gateway</html>' || undefined);
    stop();
  });
});

/** Opens what came for the call whose panel is in front: of several answers the first, the call's details. */
async function openRaw(): Promise<vscode.TextDocument> {
  await accepted(vscode.commands.executeCommand('exotel.openRawJson'));
  const { activeTextEditor: editor } = vscode.window;
  assert.equal(editor?.document.uri.scheme, 'exotel-raw');
  return editor.document;
}
