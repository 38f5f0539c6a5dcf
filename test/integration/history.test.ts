import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Call } from '../../src/call/call';
import { History } from '../../src/extension/history';
import { SAMPLES } from '../../src/sandbox/samples';
import { fillDisk } from '../support/fullDisk';
import { below, lookUp, next, useScene } from './extension';

const { completed, inbound } = SAMPLES;

const call: Call = {
  resource: 'v2',
  state: 'terminal',
  status: 'completed',
  customer: { number: '+910000000000' },
  sources: {},
  reported: [],
  reportedLeftOut: 0,
};

describe('Recent calls', () => {
  const scene = useScene();
  const sids = async (): Promise<readonly string[]> => (await scene().history.read()).entries.map(({ sid }) => sid);

  it('are listed newest first under their account, pinned ones on top', async () => {
    const { tree, history, account } = scene();
    await lookUp({ sid: completed.sid });
    await lookUp({ sid: inbound.sid });
    assert.deepEqual(await sids(), [inbound.sid, completed.sid]);
    await history.setPinned({ sid: completed.sid, account: account.id }, true);
    const [root] = await below(tree);
    const items = (await below(tree, root)).map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ contextValue, id }) => [contextValue, id]),
      [
        ['call.pinned', `${account.id}/${completed.sid}`],
        ['call', `${account.id}/${inbound.sid}`],
      ],
    );
  });

  it('say so where there are none', async () => {
    const { tree } = scene();
    const [root] = await below(tree);
    const [only, ...others] = await below(tree, root);
    assert.ok(only);
    assert.equal(tree.getTreeItem(only).label, 'No calls yet');
    assert.deepEqual(others, []);
  });

  it('do not list a call that was not found', async () => {
    await assert.rejects(lookUp({ sid: '00000000000000000000000000000000' }));
    assert.deepEqual(await sids(), []);
  });

  it('are as many as the setting says, and every pinned one besides', async () => {
    const { history, account } = scene();
    const settings = vscode.workspace.getConfiguration('exotel');
    await settings.update('history.limit', 2, vscode.ConfigurationTarget.Global);
    try {
      for (const [index, sid] of ['pinned-1', 'aaaaaaaa', 'bbbbbbbb', 'cccccccc'].entries()) {
        await history.record({ sid, account: account.id }, call, 1000 + index);
        if (index === 0) await history.setPinned({ sid, account: account.id }, true);
      }
      assert.deepEqual(await sids(), ['cccccccc', 'bbbbbbbb', 'pinned-1']);
    } finally {
      await settings.update('history.limit', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are listed fifty at first, and more of them when somebody wants more', async () => {
    const { tree, history, account } = scene();
    const settings = vscode.workspace.getConfiguration('exotel');
    await settings.update('history.limit', 100, vscode.ConfigurationTarget.Global);
    try {
      for (let index = 0; index < 60; index += 1) await history.record({ sid: `call-${String(index)}-abc`, account: account.id }, call, index);
      const [root] = await below(tree);
      const listed = (await below(tree, root)).map((node) => tree.getTreeItem(node));
      assert.deepEqual([listed.length, listed.at(0)?.id, listed.at(-1)?.label], [51, `${account.id}/call-59-abc`, 'Show 10 More']);
      const more = listed.at(-1)?.command;
      await vscode.commands.executeCommand(more?.command ?? '', ...(more?.arguments ?? []));
      assert.equal((await below(tree, root)).length, 60);
    } finally {
      await settings.update('history.limit', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('survive a restart, and are shared by windows', async () => {
    const { history, context, account } = scene();
    const otherWindow = new History(context.globalStorageUri);
    try {
      await history.record({ sid: 'from-this-window', account: account.id }, call, 1);
      const heard = next(history.onDidChange);
      await otherWindow.record({ sid: 'from-the-other', account: account.id }, call, 2);
      await heard;
      assert.deepEqual(await sids(), ['from-the-other', 'from-this-window']);
    } finally {
      otherWindow.dispose();
    }
  });

  it('keep every call that is noted at the same time', async () => {
    const { history, account } = scene();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => history.record({ sid: `call-${String(index)}-abc`, account: account.id }, call, index)),
    );
    assert.equal((await sids()).length, 20);
    const files = await readdir(scene().context.globalStorageUri.fsPath);
    assert.deepEqual(
      files.filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('hold a few labels of a call, and nothing else of the answer', async () => {
    const { context } = scene();
    await lookUp({ sid: completed.sid });
    const text = await readFile(vscode.Uri.joinPath(context.globalStorageUri, 'history.json').fsPath, 'utf8');
    const { calls }: { readonly calls: readonly object[] } = JSON.parse(text);
    const known = ['sid', 'account', 'state', 'status', 'direction', 'party', 'startedAt', 'lookedUpAt', 'pinned'];
    assert.deepEqual(
      Object.keys(calls[0] ?? {}).filter((key) => !known.includes(key)),
      [],
    );
  });

  it('that cannot be read are set aside, which the view says, and begun anew', async () => {
    const { context, tree, history, account } = scene();
    const file = (name: string): string => vscode.Uri.joinPath(context.globalStorageUri, name).fsPath;
    await history.record({ sid: 'soon-damaged', account: account.id }, call, 1);
    await writeFile(file('history.json'), '{"version":1,"calls":[{"sid":');
    await sids();
    const roots = await below(tree);
    assert.deepEqual(
      roots.map((node) => tree.getTreeItem(node).label),
      ['Earlier calls could not be read', account.name],
    );
    const [notice] = roots;
    assert.ok(notice?.kind === 'message');
    const { setAside } = history.troubles;
    assert.ok(setAside !== undefined && notice.detail.includes(setAside.fsPath), 'it says where');
    assert.match(await readFile(setAside.fsPath, 'utf8'), /"calls":\[\{"sid":/);
    await history.record({ sid: 'begun-anew', account: account.id }, call, 2);
    assert.deepEqual(await sids(), ['begun-anew']);
  });

  it('that cannot be written leave a lookup as good as it is, and the view says why until they can again', async () => {
    const { tree, history, account } = scene();
    const makeRoom = await fillDisk();
    try {
      assert.equal((await lookUp({ sid: completed.sid })).outcome, 'completed');
      await assert.rejects(history.setPinned({ sid: completed.sid, account: account.id }, true), /could not be written: the disk is full\. Make room/);
    } finally {
      makeRoom();
    }
    const labels = async (): Promise<readonly unknown[]> => (await below(tree)).map((node) => tree.getTreeItem(node).label);
    assert.deepEqual(await labels(), ['The last change of this list is lost', account.name]);
    await lookUp({ sid: completed.sid });
    assert.deepEqual(await labels(), [account.name]);
    assert.deepEqual(await sids(), [completed.sid]);
  });
});
