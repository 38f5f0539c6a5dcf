import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { useScriptedServer } from '../support/scripted';
import { below, lookUp, next, until, useScene } from './extension';

const { completed, inbound } = SAMPLES;
const SECRET = 'exotel.accounts';
const never = new Promise<never>(() => undefined);

describe('An account that goes while something is under way', () => {
  const scene = useScene();
  const scripted = useScriptedServer();

  /** As another window removes it: the secret is another all at once. */
  async function removeElsewhere(id: string): Promise<void> {
    const { secrets } = scene().context;
    const stored: { readonly accounts: readonly { readonly id: string }[] } = JSON.parse((await secrets.get(SECRET)) ?? '');
    await secrets.store(SECRET, JSON.stringify({ ...stored, accounts: stored.accounts.filter((account) => account.id !== id) }));
  }

  for (const [where, remove] of [
    ['in this window', (id: string) => scene().accounts.remove(id)],
    ['in another window', removeElsewhere],
  ] as const)
    it(`${where} ends its lookup at once; the panel says so, and nothing of an answer is kept`, async () => {
      const { accounts, history, panels, raw } = scene();
      const { credentials } = scripted();
      scripted().script = () => ({ after: never });
      const { id } = await accounts.add({ ...credentials, name: 'Soon gone' });
      const path = `/v2/accounts/${credentials.accountSid}/calls/${completed.sid}`;
      const [arrived, dropped] = [scripted().asked(path), scripted().dropped(path)];
      const asked = assert.rejects(lookUp({ sid: completed.sid, account: id }), /no longer there.*another account/);
      await arrived;
      await remove(id);
      await dropped;
      await asked;
      const key = { sid: completed.sid, account: id };
      assert.equal(panels.find(key)?.reply, undefined);
      assert.deepEqual(raw.answers(key), []);
      assert.deepEqual((await history.read()).entries, []);
    });

  it('leaves no call in the list that this window noted while another window removed it', async () => {
    const { history, account } = scene();
    await lookUp({ sid: completed.sid });
    await removeElsewhere(account.id);
    await until('its calls are gone', async () => (await history.read()).entries.length === 0);
  });

  it('leaves what its panel shows, with the sentence that it is gone, until it is there again, and asks nothing for that', async () => {
    const { accounts, account, history, panels, sandbox } = scene();
    await lookUp({ sid: completed.sid });
    const panel = panels.find({ sid: completed.sid, account: account.id });
    assert.ok(panel !== undefined);
    await accounts.remove(account.id);
    await until('the panel says so', () => panel.failure?.kind === 'unknownAccount');
    assert.ok(panel.reply !== undefined);
    await until('its calls are gone', async () => (await history.read()).entries.length === 0);
    const before = sandbox.requests.filter(({ resource }) => resource === 'v2').length;
    assert.equal((await accounts.add({ ...sandbox.credentials, name: 'Back' })).id, account.id);
    await until('it is as it was', () => panel.failure === undefined);
    assert.equal(panel.reply.call.sid, completed.sid);
    assert.equal(sandbox.requests.filter(({ resource }) => resource === 'v2').length, before);
    assert.deepEqual((await history.read()).entries, []);
  });

  it('fills a panel that could show nothing once it is there again', async () => {
    const { accounts, account, panels, sandbox } = scene();
    await accounts.remove(account.id);
    const key = { sid: completed.sid, account: account.id };
    await vscode.commands.executeCommand('exotel.openCall', key);
    assert.equal(panels.find(key)?.failure?.kind, 'unknownAccount');
    await accounts.add({ ...sandbox.credentials, name: 'Back' });
    await until('it is filled', () => panels.find(key)?.reply);
  });

  it('ends its diagnosis too, which sends its keys nowhere any more', async () => {
    const { accounts, tree } = scene();
    const { credentials } = scripted();
    scripted().script = () => ({ after: never });
    const { id } = await accounts.add({ ...credentials, name: 'Soon gone' });
    const node = (await below(tree)).find((each) => each.kind === 'account' && each.account.id === id);
    const [arrived, dropped] = [scripted().asked('/'), scripted().dropped('/')];
    const ended = vscode.commands.executeCommand('exotel.diagnoseAccount', node);
    await arrived;
    await accounts.remove(id);
    await dropped;
    await ended;
    assert.deepEqual(scripted().requests, ['/'], 'the knock without keys is all that was sent');
  });

  it('is asked anew with its new keys where they are changed meanwhile, and never shown what the old ones brought', async () => {
    const { accounts, account, sandbox } = scene();
    const stop = sandbox.fail({ kind: 'silent', on: 'calls' });
    const asked = assert.rejects(lookUp({ sid: completed.sid }), /did not accept the API key and token/);
    await until('the request arrived', () => sandbox.requests.at(-1)?.path.endsWith(completed.sid));
    stop();
    await accounts.update(account.id, { apiToken: 'rotated' });
    await asked;
  });

  it('does not disturb the lookups of any other account', async () => {
    const { accounts, account, sandbox } = scene();
    const { id } = await accounts.add({ ...sandbox.credentials, accountSid: 'other', name: 'Other' });
    const before = sandbox.requests.length;
    const stop = sandbox.fail({ kind: 'slow', on: 'v2', milliseconds: 300 });
    const asked = lookUp({ sid: inbound.sid, account: account.id });
    await until('the request arrived', () => sandbox.requests.length > before);
    const changed = next(accounts.onDidChange);
    await accounts.remove(id);
    await changed;
    assert.equal((await asked).outcome, 'completed');
    stop();
    assert.equal(sandbox.requests.slice(before).filter(({ path }) => path.endsWith(inbound.sid)).length, 1);
  });

  it('does not trouble a panel that is closed at the same moment', async () => {
    const { accounts, account, panels } = scene();
    await accounts.update(account.id, { apiToken: 'wrong' });
    await assert.rejects(lookUp({ sid: completed.sid }));
    const panel = panels.find({ sid: completed.sid, account: account.id });
    assert.ok(panel);
    const left: unknown[] = [];
    const note = (reason: unknown): unknown => left.push(reason);
    const close = accounts.onDidChange(() => panel.dispose());
    process.on('unhandledRejection', note);
    try {
      await accounts.update(account.id, { name: 'Other name' });
      await until('the panel is closed', () => panels.find(panel.key) === undefined);
      await accounts.list();
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(left, []);
    } finally {
      process.off('unhandledRejection', note);
      close.dispose();
    }
  });
});
