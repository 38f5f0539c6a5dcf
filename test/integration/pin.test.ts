import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { lookUp, useScene } from './extension';

const { completed } = SAMPLES;

describe('Pin Call', () => {
  const scene = useScene();

  it('keeps the call of the panel in front, also one that the list does not have', async () => {
    const { history, account } = scene();
    await lookUp({ sid: completed.sid });
    await history.remove({ sid: completed.sid, account: account.id });
    await vscode.commands.executeCommand('exotel.pinCall');
    const [entry, ...others] = (await history.read()).entries;
    assert.deepEqual([entry?.sid, entry?.pinned, entry?.status], [completed.sid, true, 'completed']);
    assert.deepEqual(others, []);
    await vscode.commands.executeCommand('exotel.unpinCall');
    assert.equal((await history.read()).entries[0]?.pinned, false);
  });
});
