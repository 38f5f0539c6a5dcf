import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import { callTabs, callTabsOnce, lookUp, next, until, useScene } from './extension';

const { completed, customerUnanswered, active, unknownStatus, inbound } = SAMPLES;

describe('exotel.lookupCall', () => {
  const scene = useScene();

  it('gives what became of the call', async () => {
    const account = scene().account.id;
    assert.deepEqual(await lookUp({ sid: completed.sid }), {
      sid: completed.sid,
      account,
      state: 'terminal',
      status: 'completed',
      outcome: 'completed',
    });
    assert.deepEqual(await lookUp({ sid: active.sid, account }), {
      sid: active.sid,
      account,
      state: 'active',
      status: null,
      outcome: 'active',
    });
    assert.equal((await lookUp({ sid: customerUnanswered.sid })).outcome, 'customerUnanswered');
    assert.equal((await lookUp({ sid: unknownStatus.sid })).outcome, 'unknown');
  });

  it('asks v2 for the call, and for its legs, with the keys in a header', async () => {
    const { sandbox, account } = scene();
    await lookUp({ sid: customerUnanswered.sid });
    const path = `/v2/accounts/${account.accountSid}/calls/${customerUnanswered.sid}`;
    const sent = { method: 'GET', hadAuthorization: true, region: 'singapore' };
    const seen = sandbox.requests.slice(-2).map(({ at: _at, ...request }) => request);
    assert.deepEqual(seen.toSorted((one, other) => one.path.length - other.path.length), [
      { ...sent, path, resource: 'v2' },
      { ...sent, path: `${path}/legs`, resource: 'legs' },
    ]);
  });

  it('refuses arguments that it does not know, and never takes an endpoint', async () => {
    const { sandbox } = scene();
    const before = sandbox.requests.length;
    for (const argument of [
      {},
      { sid: 5 },
      { sid: 'no sid!' },
      { sid: completed.sid, endpoint: 'https://example.com' },
      { sid: completed.sid, account: 'nobody' },
      'text',
      5,
    ]) {
      await assert.rejects(
        async () => vscode.commands.executeCommand('exotel.lookupCall', argument),
        /exotel\.lookupCall/,
        JSON.stringify(argument),
      );
    }
    assert.equal(sandbox.requests.length, before);
    assert.equal(callTabs().length, 0);
  });

  it('shows a failed lookup in its panel, and says why to the caller', async () => {
    const sid = '00000000000000000000000000000000';
    await assert.rejects(lookUp({ sid }), /has no call with this SID/);
    assert.deepEqual(
      (await callTabsOnce(1)).map(({ label }) => label),
      [shortSid(sid)],
    );
  });

  it('names what wrong keys may mean', async () => {
    const { accounts, account } = scene();
    await accounts.update(account.id, { apiToken: 'wrong' });
    await assert.rejects(lookUp({ sid: completed.sid }), /did not accept the API key and token.*CCM/);
  });

  it('opens one panel for a call, and brings it forward the next time', async () => {
    await lookUp({ sid: completed.sid });
    await lookUp({ sid: inbound.sid });
    await inFront(inbound.sid);
    await lookUp({ sid: completed.sid });
    await inFront(completed.sid);
    await callTabsOnce(2);
  });

  it('gives both callers the later answer when two ask at once', async () => {
    const { sandbox } = scene();
    const stop = sandbox.fail({ kind: 'silent', on: 'calls' });
    const first = lookUp({ sid: completed.sid });
    await until('the first request arrived', () => sandbox.requests.at(-1)?.path.endsWith(completed.sid));
    stop();
    const second = await lookUp({ sid: completed.sid });
    assert.deepEqual(await first, second);
    await callTabsOnce(1);
  });

  it('ends when its panel is closed', async () => {
    const { sandbox } = scene();
    const stop = sandbox.fail({ kind: 'silent', on: 'calls' });
    const asked = assert.rejects(lookUp({ sid: completed.sid }), /cancelled/);
    await until('the request arrived', () => sandbox.requests.at(-1)?.path.endsWith(completed.sid));
    await vscode.window.tabGroups.close(await callTabsOnce(1));
    await asked;
    stop();
  });

  it('uses the active account unless another is named', async () => {
    const { accounts, account, sandbox } = scene();
    const other = await accounts.add({ ...sandbox.credentials, name: 'Other' });
    await accounts.setActive(other.id);
    assert.equal((await lookUp({ sid: completed.sid })).account, other.id);
    assert.equal((await lookUp({ sid: completed.sid, account: account.id })).account, account.id);
    await callTabsOnce(2);
  });

  it('brings to each panel its own call from its own account, though another account becomes the active one meanwhile', async () => {
    const { accounts, account, sandbox, panels } = scene();
    const other = await accounts.add({ ...sandbox.credentials, name: 'Other' });
    await accounts.setActive(account.id);
    const stop = sandbox.fail({ kind: 'slow', on: 'v2', milliseconds: 300 });
    const before = sandbox.requests.length;
    const first = lookUp({ sid: completed.sid });
    await until('the request arrived', () => sandbox.requests.length > before);
    await accounts.setActive(other.id);
    const ends = await Promise.all([first, lookUp({ sid: completed.sid }), lookUp({ sid: inbound.sid })]);
    stop();
    const keys = [
      { sid: completed.sid, account: account.id },
      { sid: completed.sid, account: other.id },
      { sid: inbound.sid, account: other.id },
    ];
    assert.deepEqual(ends.map(({ sid, account: asked }) => ({ sid, account: asked })), keys);
    for (const key of keys) assert.equal(panels.find(key)?.reply?.call.sid, key.sid);
  });

  it('begins with the SID that is selected, and takes it with Enter', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `call placed CallSid=${inbound.sid} to somebody` });
    await selectIn(document, 12, 20 + inbound.sid.length);
    assert.equal((await byQuickPick())?.sid, inbound.sid);
  });

  it('begins with the SID under the cursor', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `{"sid":"${customerUnanswered.sid}"}` });
    await selectIn(document, 15, 15);
    assert.equal((await byQuickPick())?.sid, customerUnanswered.sid);
  });

  it('offers the latest call first where nothing is selected', async () => {
    await lookUp({ sid: completed.sid });
    await lookUp({ sid: inbound.sid });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal((await byQuickPick())?.sid, inbound.sid);
  });
});

describe('A panel after Reload Window', () => {
  const scene = useScene();

  it('looks its call up again by SID and account alone', async () => {
    const { panels, history, account, context } = scene();
    const key = { sid: completed.sid, account: account.id };
    const recorded = next(history.onDidChange);
    const panel = vscode.window.createWebviewPanel('exotel.call', '', vscode.ViewColumn.Active, {
      localResourceRoots: [context.extensionUri],
    });
    await panels.deserializeWebviewPanel(panel, { ...key, position: 12 });
    await recorded;
    assert.equal(panel.title, shortSid(completed.sid));
    assert.ok(panels.find(key));
  });

  it('is closed when what it kept cannot be read', async () => {
    const { panels } = scene();
    for (const kept of [undefined, {}, { sid: 'no sid!', account: 'a' }, { sid: completed.sid }]) {
      const panel = vscode.window.createWebviewPanel('exotel.call', '', vscode.ViewColumn.Active);
      const closed = next(panel.onDidDispose);
      await panels.deserializeWebviewPanel(panel, kept);
      await closed;
    }
  });
});

/** Waits until a call's panel is in front. */
async function inFront(sid: string): Promise<void> {
  await until('the panel is in front', () => callTabs().find(({ isActive, label }) => isActive && label === shortSid(sid)));
}

/** Opens the quick pick, and accepts what it begins with. */
async function byQuickPick(): Promise<{ readonly sid: string } | undefined> {
  const picked = vscode.commands.executeCommand<{ readonly sid: string } | undefined>('exotel.lookupCall').then((result) => ({ result }));
  const { result } = await until('the quick pick took what it began with', async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return Promise.race([picked, new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined))]);
  });
  return result;
}

/** Shows a document with a selection, once the window says that it is the one in front, and selected so. */
async function selectIn(document: vscode.TextDocument, from: number, to: number): Promise<void> {
  const selection = new vscode.Selection(document.positionAt(from), document.positionAt(to));
  await vscode.window.showTextDocument(document, { selection });
  await until('the editor in front', async () => {
    // What the window said before it answers is heard by then: that an earlier panel was closed, too.
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    const editor = vscode.window.activeTextEditor;
    return editor?.document === document && editor.selection.isEqual(selection) ? editor : undefined;
  });
}
