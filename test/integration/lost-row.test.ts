import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { lookUp, useScene } from './extension';

const { completed } = SAMPLES;

describe('A row of the view that a refresh replaced while its menu was open', () => {
  const scene = useScene();

  it('is not taken for the call in front, which stays in the list', async () => {
    const { history } = scene();
    await lookUp({ sid: completed.sid });
    await vscode.commands.executeCommand('exotel.removeCall', undefined, undefined);
    assert.deepEqual(
      (await history.read()).entries.map(({ sid }) => sid),
      [completed.sid],
    );
    await vscode.commands.executeCommand('exotel.removeCall');
    assert.deepEqual((await history.read()).entries, []);
  });
});
