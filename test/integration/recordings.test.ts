import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { lookUp, parts, until, useScene } from './extension';

const { completed, dualChannel } = SAMPLES;

describe('The recordings of a window', () => {
  const scene = useScene();
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('exotel.recording');

  let before = 0;

  beforeEach(() => {
    before = scene().sandbox.requests.length;
  });
  afterEach(async () => {
    await settings().update('loadAutomatically', undefined, vscode.ConfigurationTarget.Global);
  });

  /** The files of all recordings, oldest first. */
  async function files(): Promise<readonly string[]> {
    const { context } = await parts();
    const root = path.join(context.globalStorageUri.fsPath, 'recordings');
    const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => path.join(root, name));
    return all.filter((file) => file.endsWith('.audio')).toSorted((one, other) => statSync(one).birthtimeMs - statSync(other).birthtimeMs);
  }

  /** How often a recording was asked for in this test. */
  const fetches = (sid: string): number => scene().sandbox.requests.slice(before).filter(({ resource, path: asked }) => resource === 'recording' && asked.includes(sid)).length;

  /** Waits until so many recordings lie there whole. */
  const kept = (count: number): Promise<readonly string[]> =>
    until(`${String(count)} recordings`, async () => {
      const found = await files();
      return found.length === count && found.every((file) => statSync(file).size > 0) ? found : undefined;
    });

  it('lie in files for their user alone, and go with their account', async () => {
    const others = (await files().catch(() => [])).length;
    await lookUp({ sid: completed.sid });
    const [file] = (await kept(others + 1)).slice(-1);
    assert.ok(file !== undefined);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
    await scene().accounts.remove(scene().account.id);
    await kept(others);
  });

  it('are fetched once, however often their call is opened', async () => {
    await lookUp({ sid: completed.sid });
    await until('it is fetched', () => fetches(completed.sid) === 1);
    await until('it is whole', async () => (await files()).some((file) => statSync(file).size === WHOLE_BYTES));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await lookUp({ sid: completed.sid });
    await lookUp({ sid: dualChannel.sid });
    await until('the next one is fetched', () => fetches(dualChannel.sid) === 1);
    assert.equal(fetches(completed.sid), 1);
  });

  it('are left alone until Play is pressed where that is set', async () => {
    await settings().update('loadAutomatically', false, vscode.ConfigurationTarget.Global);
    await lookUp({ sid: completed.sid });
    await settings().update('loadAutomatically', undefined, vscode.ConfigurationTarget.Global);
    await lookUp({ sid: dualChannel.sid });
    await until('the other one is fetched', () => fetches(dualChannel.sid) === 1);
    assert.equal(fetches(completed.sid), 0);
  });
});

/** Of the recording of the call that completed: 48 seconds at 16 kbit/s, in frames of 72 ms. */
const WHOLE_BYTES = Math.round(48 / 0.072) * 144;
