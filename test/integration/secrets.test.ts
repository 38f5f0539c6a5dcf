import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Log } from '../../src/extension/log';
import { SAMPLES } from '../../src/sandbox/samples';
import { accepted, below, callTabsOnce, lookUp, until, useScene } from './extension';

const { completed, inbound } = SAMPLES;
const SECRET = 'exotel.accounts';

/** What a secret storage does when all is well. */
function usualOf(secrets: vscode.SecretStorage): Pick<vscode.SecretStorage, 'get' | 'store'> {
  return { get: secrets.get.bind(secrets), store: secrets.store.bind(secrets) };
}

describe('A secret storage that fails', () => {
  const scene = useScene();
  let mend = (): void => undefined;
  afterEach(() => mend());

  /** Has the secret storage do something else than it would, until the test ends or {@link mend} is called. What was read of it before is nobody's by then. */
  async function misbehave(how: Partial<Pick<vscode.SecretStorage, 'get' | 'store'>>): Promise<void> {
    const { accounts, context } = scene();
    const { secrets } = context;
    await accounts.list();
    await nextTurn();
    const usual = usualOf(secrets);
    Object.assign(secrets, how);
    mend = () => {
      Object.assign(secrets, usual);
      mend = () => undefined;
    };
  }

  const refuse = (): Promise<never> => Promise.reject(new Error('The keyring is locked.'));

  it('is said with a remedy, costs no sample account anything, and is over by itself once it can be read again', async () => {
    const { accounts, tree, account, panels, context } = scene();
    await accounts.setActive(account.id);
    await vscode.workspace.getConfiguration('exotel').update('sampleAccount', true, vscode.ConfigurationTarget.Global);
    await misbehave({ get: refuse });
    await assert.rejects(lookUp({ sid: completed.sid, account: account.id }), /could not read its secret storage.*unlock it and try again/);
    await vscode.commands.executeCommand('exotel.openCall', { sid: completed.sid, account: account.id });
    const panel = panels.find({ sid: completed.sid, account: account.id });
    assert.equal(panel?.failure?.kind, 'secretsUnavailable');
    const labels = (await below(tree)).map((node) => tree.getTreeItem(node).label);
    assert.deepEqual(labels.slice(0, 2), ['Accounts cannot be read', 'Sample']);
    assert.equal((await lookUp({ sid: completed.sid, account: 'sample' })).outcome, 'completed');
    await assert.rejects(lookUp({ sid: completed.sid }), /could not read its secret storage/, 'it is not another account that is asked instead');
    panel?.reveal();
    mend();
    await context.secrets.store(SECRET, `${(await context.secrets.get(SECRET)) ?? ''} `);
    await until('the panel is filled', () => panel?.reply);
  });

  it('is not waited for by a panel that is closed', async () => {
    const { account, sandbox } = scene();
    await misbehave({ get: () => new Promise(() => undefined) });
    const before = sandbox.requests.length;
    const opened = vscode.commands.executeCommand('exotel.openCall', { sid: completed.sid, account: account.id });
    await vscode.window.tabGroups.close(await callTabsOnce(1));
    await opened;
    assert.equal(sandbox.requests.length, before);
  });

  it('loses nothing that was typed: what could not be kept is kept at the next try', async () => {
    const { accounts, account, tree } = scene();
    const [node] = await below(tree);
    const tries: string[] = [];
    const { store } = usualOf(scene().context.secrets);
    await misbehave({ store: (key, value) => (tries.push(value) === 1 ? refuse() : store(key, value)) });
    await accepted(vscode.commands.executeCommand('exotel.rotateKeys', node));
    assert.equal(tries.length, 2);
    assert.equal(tries[0], tries[1]);
    assert.deepEqual((await accounts.withKeys(account.id)).apiKey, scene().sandbox.credentials.apiKey);
  });

  it('says of a change that it was not made, and what to do', async () => {
    const { accounts, account } = scene();
    await misbehave({ store: refuse });
    await assert.rejects(accounts.update(account.id, { name: 'Never' }), /could not write its secret storage: nothing was changed/);
    mend();
    assert.equal((await accounts.find(account.id))?.name, 'Loopback');
  });
});

describe('A panel that is closed in the middle', () => {
  const scene = useScene();

  it('ends its lookup and its recording without a word of an error in the log', async () => {
    const { sandbox, context, account } = scene();
    const log = async (): Promise<string> => {
      const folder = context.logUri.fsPath;
      const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
      return (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n');
    };
    const before = (await log()).length;
    const silent = sandbox.fail({ kind: 'silent', on: 'calls' });
    const asked = assert.rejects(lookUp({ sid: completed.sid }), /cancelled/);
    await until('the request arrived', () => sandbox.requests.at(-1)?.path.endsWith(completed.sid));
    await vscode.window.tabGroups.close(await callTabsOnce(1));
    await asked;
    silent();
    const slow = sandbox.fail({ kind: 'throttle', bytesPerSecond: 20_000, on: 'recordings' });
    await lookUp({ sid: inbound.sid });
    await until('the recording is on its way', () => sandbox.requests.some(({ resource, path: sent }) => resource === 'recording' && sent.includes(inbound.sid)));
    await vscode.window.tabGroups.close(await callTabsOnce(1));
    slow();
    const left = { sid: '00000000000000000000000000000000', account: account.id };
    await assert.rejects(lookUp(left));
    const since = await until('the log has what came after', async () => {
      const text = (await log()).slice(before);
      return text.includes(left.sid) ? text : undefined;
    });
    assert.doesNotMatch(since, /\[error\]/);
  });
});

describe('The extension that ends in the middle', () => {
  it('is not thrown at by its own log, where what it ended has its last words', () => {
    const log = new Log(vscode.window.createOutputChannel('A log that is closed', { log: true }));
    log.dispose();
    log.error('The recording was not fetched', new Error('Aborted.'));
    log.request({ resource: 'v2', method: 'GET', host: 'api.exotel.com', path: '/v2/accounts', milliseconds: 1 });
  });
});
