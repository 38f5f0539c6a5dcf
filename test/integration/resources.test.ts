import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import { accepted, below, lookUp, type Scene, until, useScene } from './extension';

const { completed, inbound, customerUnanswered } = SAMPLES;

/** What is asked for while something is done, in the order it is asked for. */
async function askedBy({ sandbox }: Scene, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = sandbox.requests.length;
  await work();
  return sandbox.requests.slice(before).flatMap(({ resource }) => (resource === 'recording' ? [] : [resource]));
}

describe('An account without CCM', () => {
  const scene = useScene({ resources: { ccm: false, legs: false } });

  it('is asked in turn until v1 answers, and v1 at once from then on, until it is removed', async () => {
    const { accounts, account, context } = scene();
    assert.deepEqual(await askedBy(scene(), () => lookUp({ sid: completed.sid })), ['v2', 'v3', 'v1']);
    assert.deepEqual(await askedBy(scene(), () => lookUp({ sid: inbound.sid })), ['v1']);
    const { id: _id, kind: _kind, ...draft } = account;
    const { apiKey, apiToken } = scene().sandbox.credentials;
    await accounts.remove(account.id);
    await until('it is forgotten', () => (JSON.stringify(context.globalState.get('exotel.resources')) === '{}' ? true : undefined));
    await accounts.add({ ...draft, apiKey, apiToken });
    assert.deepEqual(await askedBy(scene(), () => lookUp({ sid: completed.sid })), ['v2', 'v3', 'v1']);
  });
});

describe('An account', () => {
  const scene = useScene();

  it('costs one request and one for legs', async () => {
    for (const { sid } of [completed, inbound]) {
      assert.deepEqual((await askedBy(scene(), () => lookUp({ sid }))).toSorted(), ['legs', 'v2']);
    }
  });

  it('that is set to one resource asks that alone, and says so in the view', async () => {
    const { accounts, account, tree } = scene();
    await accounts.setResource(account.id, 'v1');
    assert.deepEqual((await askedBy(scene(), () => lookUp({ sid: customerUnanswered.sid }))).filter((resource) => resource !== 'legs'), ['v1']);
    const [root] = await below(tree);
    assert.ok(root);
    assert.match(JSON.stringify(tree.getTreeItem(root).tooltip), /Asked: v1 details alone/);
    await accounts.update(account.id, { name: 'Renamed' });
    assert.equal((await accounts.withKeys(account.id)).resource, 'v1');
    await accounts.setResource(account.id, undefined);
    assert.doesNotMatch(JSON.stringify(await accounts.find(account.id)), /resource/);
  });

  it('is set by Choose Resource, which begins at what is set', async () => {
    const { accounts, account, tree } = scene();
    await accounts.setResource(account.id, 'v3');
    const [root] = await below(tree);
    await accepted(vscode.commands.executeCommand('exotel.chooseResource', root));
    assert.equal((await accounts.withKeys(account.id)).resource, 'v3');
  });

  it('has all resources asked, each once, by Ask All Resources', async () => {
    const { account, panels, raw } = scene();
    await lookUp({ sid: completed.sid });
    const asked = await askedBy(scene(), async () => vscode.commands.executeCommand('exotel.askAllResources'));
    assert.deepEqual(asked.toSorted(), ['legs', 'v1', 'v2', 'v3']);
    const key = { sid: completed.sid, account: account.id };
    assert.deepEqual(panels.find(key)?.reply?.requests.map(({ resource, status }) => [resource, status]), [['v2', 200], ['v3', 200], ['v1', 200], ['legs', 200]]);
    assert.equal(raw.answers(key)[0]?.resource, 'v2');
    assert.equal(raw.answers(key).length, 4);
  });
});
