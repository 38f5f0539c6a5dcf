import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { lookUp, until, useScene } from './extension';

const { completed } = SAMPLES;

describe('An account that goes while something is under way', () => {
  const scene = useScene();

  it('leaves no call in the list when the answer comes after it was removed', async () => {
    const { accounts, history, account, sandbox } = scene();
    const stop = sandbox.fail({ kind: 'slow', on: 'calls', milliseconds: 500 });
    const asked = lookUp({ sid: completed.sid });
    await until('the request arrived', () => sandbox.requests.at(-1)?.path.endsWith(completed.sid));
    await accounts.remove(account.id);
    await history.clear(account.id);
    assert.equal((await asked).outcome, 'completed');
    stop();
    assert.deepEqual((await history.read()).entries, []);
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
