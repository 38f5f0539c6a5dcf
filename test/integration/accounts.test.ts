import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Credentials } from '../../src/exotel/account';
import type { ForTests } from '../../src/extension/extension';
import { SAMPLES } from '../../src/sandbox/samples';
import { below, lookUp, next, parts, removeAccounts, until, useScene } from './extension';

const SECRET = 'exotel.accounts';

const acme: Credentials & { readonly name: string } = {
  name: 'Acme',
  endpoint: { kind: 'region', region: 'mumbai' },
  accountSid: 'acme1',
  apiKey: 'key-5b1f0c7e9a3d42c6',
  apiToken: 'token-8e17b04d92fa631c',
};

describe('Accounts', () => {
  let given: ForTests;
  before(async () => {
    given = await parts();
  });
  afterEach(removeAccounts);

  it('are kept, changed and removed in the secret storage', async () => {
    const { accounts, context } = given;
    const { id } = await accounts.add(acme);
    assert.match((await context.secrets.get(SECRET)) ?? '', /token-8e17b04d92fa631c/);
    await accounts.update(id, { apiToken: 'token-rotated' });
    assert.deepEqual(await accounts.withKeys(id), { ...acme, id, apiToken: 'token-rotated', recordingHosts: [] });
    assert.doesNotMatch((await context.secrets.get(SECRET)) ?? '', /token-8e17b04d92fa631c/);
    await accounts.remove(id);
    assert.doesNotMatch((await context.secrets.get(SECRET)) ?? '', /token-rotated/);
    await assert.rejects(accounts.withKeys(id), { kind: 'unknownAccount' });
  });

  it('added at the same time are all kept', async () => {
    const { accounts } = given;
    const added = await Promise.all(['one', 'two', 'three'].map((name) => accounts.add({ ...acme, name })));
    assert.equal(new Set(added.map(({ id }) => id)).size, 3);
    assert.deepEqual(
      (await accounts.list()).accounts.map(({ name }) => name),
      ['one', 'two', 'three'],
    );
  });

  it('show what another window changed', async () => {
    const { accounts, context } = given;
    const { id } = await accounts.add(acme);
    const stored = (await context.secrets.get(SECRET)) ?? '';
    const changed = next(accounts.onDidChange);
    await context.secrets.store(SECRET, stored.replace('"Acme"', '"Renamed elsewhere"'));
    await changed;
    assert.equal((await accounts.find(id))?.name, 'Renamed elsewhere');
  });

  it('that cannot be read are said in the view, and kept aside when others are written', async () => {
    const { accounts, context, tree } = given;
    await context.secrets.store(SECRET, '{"version":1,"accounts":[{"id":"half"}]}');
    const [trouble] = await below(tree);
    assert.ok(trouble);
    assert.equal(tree.getTreeItem(trouble).label, 'Some stored accounts cannot be read');
    await accounts.add(acme);
    assert.match((await context.secrets.get(`${SECRET}.setAside`)) ?? '', /half/);
    assert.deepEqual(
      (await accounts.list()).accounts.map(({ name }) => name),
      ['Acme'],
    );
    await context.secrets.delete(`${SECRET}.setAside`);
  });

  it('forget the hosts allowed for recordings when they move elsewhere', async () => {
    const { accounts } = given;
    const { id } = await accounts.add(acme);
    await accounts.allowRecordingHost(id, 'audio.exotel.com');
    await accounts.update(id, { name: 'Still there' });
    assert.deepEqual((await accounts.withKeys(id)).recordingHosts, ['audio.exotel.com']);
    await accounts.update(id, { endpoint: { kind: 'region', region: 'singapore' } });
    assert.deepEqual((await accounts.withKeys(id)).recordingHosts, []);
  });

  it('are listed in the view, the active one marked', async () => {
    const { accounts, tree } = given;
    await accounts.add(acme);
    const second = await accounts.add({ ...acme, accountSid: 'acme2', name: 'Second' });
    await accounts.setActive(second.id);
    const items = (await below(tree)).map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        ['Acme', 'Mumbai'],
        ['Second', 'Mumbai · active'],
      ],
    );
  });
});

describe('A secret', () => {
  const scene = useScene();

  it('is in the secret storage and nowhere else: not in state, settings, history or log', async () => {
    const { context, sandbox } = scene();
    const { apiKey, apiToken } = sandbox.credentials;
    const secrets = [apiKey, apiToken, Buffer.from(`${apiKey}:${apiToken}`).toString('base64')];
    await lookUp({ sid: SAMPLES.inbound.sid });
    const stopEchoing = sandbox.fail({ kind: 'echo', status: 400 });
    await assert.rejects(lookUp({ sid: SAMPLES.completed.sid }), (error: Error) =>
      secrets.every((secret) => !error.message.includes(secret)),
    );
    stopEchoing();
    const log = await until('both requests in the log', async () => {
      const text = await filesOf(context.logUri.fsPath);
      return text.includes(SAMPLES.completed.sid) ? text : undefined;
    });
    const states = [context.globalState, context.workspaceState].map((state) =>
      JSON.stringify(state.keys().map((key) => state.get<unknown>(key))),
    );
    const settings = JSON.stringify(vscode.workspace.getConfiguration('exotel'));
    const stored = await filesOf(context.globalStorageUri.fsPath);
    assert.ok(stored.includes(SAMPLES.inbound.sid), 'the history is where it is looked for');
    for (const secret of [...secrets, 'X-Amz-Signature']) {
      for (const place of [log, ...states, settings, stored]) assert.ok(!place.includes(secret));
    }
  });
});

/** The text of every file below a folder. */
async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}
