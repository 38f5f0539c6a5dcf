import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shortSid } from '../../src/call/sid';
import type { LiveCall } from '../../src/extension/live';
import { SAMPLES } from '../../src/sandbox/samples';
import { accepted, callTabs, lookUp, type Scene, until, useScene } from './extension';

const { active, stuckActive, recordingSoon, completed } = SAMPLES;

/** What was asked for one call, recordings aside. */
function askedFor({ sandbox }: Scene, { sid }: { readonly sid: string }): readonly string[] {
  return sandbox.requests.filter(({ path, resource }) => path.includes(sid) && resource !== 'recording').map(({ resource }) => resource);
}

function liveCall({ live }: Scene, { sid }: { readonly sid: string }): LiveCall | undefined {
  return live.calls.find(({ key }) => key.sid === sid);
}

function stateOf({ panels, account }: Scene, { sid }: { readonly sid: string }): string | undefined {
  return panels.find({ sid, account: account.id })?.reply?.call.state;
}

async function inFront({ sid }: { readonly sid: string }): Promise<void> {
  await until('the panel is in front', () => callTabs().find(({ isActive, label }) => isActive && label === shortSid(sid)));
}

describe('A call that goes on', () => {
  const scene = useScene({ activeForMs: 2500 });

  it('ends on its panel and in the view by itself, in its place, at two requests each time', async () => {
    const { history, live } = scene();
    assert.equal((await lookUp({ sid: active.sid })).outcome, 'active');
    assert.equal(liveCall(scene(), active)?.live.phase, 'watching');
    const [{ lookedUpAt } = assert.fail()] = (await history.read()).entries;
    await until('it is over in the view', async () => (await history.read()).entries.find(({ state }) => state === 'terminal'));
    assert.equal(stateOf(scene(), active), 'terminal');
    assert.deepEqual((await history.read()).entries.map(({ sid, status, lookedUpAt: at }) => [sid, status, at]), [[active.sid, 'completed', lookedUpAt]]);
    assert.deepEqual(live.calls, []);
    const asked = askedFor(scene(), active);
    assert.equal(asked.filter((resource) => resource === 'v2').length, asked.filter((resource) => resource === 'legs').length);
    assert.ok(asked.length <= 8, asked.join());
  });
});

describe('A call that goes on for long', () => {
  const scene = useScene({ activeForMs: 600_000 });

  it('is not asked for while its panel is hidden, and again when it is seen', async () => {
    await lookUp({ sid: active.sid });
    await lookUp({ sid: stuckActive.sid });
    await until('the panel is hidden', () => liveCall(scene(), active)?.isOn === false || undefined);
    const before = askedFor(scene(), active).length;
    await until('the other was asked for', () => askedFor(scene(), stuckActive).length >= 6 || undefined, 15_000);
    assert.equal(askedFor(scene(), active).length, before);
    liveCall(scene(), active)?.reveal();
    await until('it is asked for again', () => askedFor(scene(), active).length > before || undefined);
  });

  it('is listed by Show Live Calls, which shows it', async () => {
    await lookUp({ sid: active.sid });
    await lookUp({ sid: stuckActive.sid });
    await inFront(stuckActive);
    await accepted(vscode.commands.executeCommand('exotel.showLiveCalls'));
    await inFront(active);
  });

  it('is asked for no longer once somebody stopped that, or closed its panel', async () => {
    const { live } = scene();
    await lookUp({ sid: active.sid });
    liveCall(scene(), active)?.stop();
    assert.deepEqual(live.calls, []);
    await lookUp({ sid: active.sid });
    assert.equal(live.calls.length, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('nothing is watched', () => live.calls.length === 0 || undefined);
  });

  it('is asked for as long as the setting says so', async () => {
    const { live } = scene();
    const settings = vscode.workspace.getConfiguration('exotel');
    await settings.update('live.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await lookUp({ sid: active.sid });
      assert.deepEqual(live.calls, []);
    } finally {
      await settings.update('live.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('it is watched', () => liveCall(scene(), active)?.isOn);
  });

  it('is left as it is once all resources were asked for it, until it is refreshed', async () => {
    const { live } = scene();
    await lookUp({ sid: active.sid });
    await vscode.commands.executeCommand('exotel.askAllResources');
    assert.deepEqual(live.calls, []);
    await vscode.commands.executeCommand('exotel.refreshCall');
    assert.equal(live.calls.length, 1);
  });

  it('waits while the server fails, with the last answer still there, and goes on', async () => {
    const { sandbox, live } = scene();
    await lookUp({ sid: active.sid });
    const mend = sandbox.fail({ kind: 'html', status: 502, on: 'calls' });
    await until('it waits', () => liveCall(scene(), active)?.live.phase === 'waiting' || undefined);
    assert.equal(stateOf(scene(), active), 'active');
    mend();
    await until('it goes on', () => liveCall(scene(), active)?.live.phase === 'watching' || undefined);
    assert.equal(live.calls.length, 1);
  });

  it('is given up when its account is removed', async () => {
    const { accounts, account, live } = scene();
    await lookUp({ sid: active.sid });
    await accounts.remove(account.id);
    await until('it is given up', () => live.calls.length === 0 || undefined);
  });
});

describe('A call that was taken off the list while it goes on', () => {
  const scene = useScene({ activeForMs: 1000 });

  it('is not put back there when it ends', async () => {
    const { history, account } = scene();
    await lookUp({ sid: active.sid });
    await history.remove({ sid: active.sid, account: account.id });
    await until('it is over', () => stateOf(scene(), active) === 'terminal' || undefined);
    await lookUp({ sid: completed.sid });
    assert.deepEqual((await history.read()).entries.map(({ sid }) => sid), [completed.sid]);
  });
});

describe('A call that ended some minutes ago', () => {
  /** The call ended three minutes before it is first asked for by that clock. */
  const scene = useScene({ now: () => Date.now() - 118_000, settlesAfterMs: 500 });

  it('is asked for once more, five minutes after its end, and then its recording is there', async () => {
    const { live, panels, account } = scene();
    await lookUp({ sid: recordingSoon.sid });
    assert.equal(liveCall(scene(), recordingSoon)?.live.phase, 'settling');
    await until('it has settled', () => live.calls.length === 0 || undefined);
    assert.equal(panels.find({ sid: recordingSoon.sid, account: account.id })?.reply?.call.recording?.available, true);
    assert.deepEqual(askedFor(scene(), recordingSoon), ['v2', 'legs', 'v2', 'legs']);
  });
});

describe('A recording that is not there yet, though the record names it', () => {
  const scene = useScene({ now: () => Date.now() - 118_000, settlesAfterMs: 0 });

  it('is fetched once more, five minutes after the end of the call', async () => {
    const { sandbox } = scene();
    const fetched = (): number => sandbox.requests.filter(({ resource }) => resource === 'recording').length;
    const mend = sandbox.fail({ kind: 'answer', status: 404, on: 'recordings' });
    await lookUp({ sid: recordingSoon.sid });
    await until('it is known to be late', () => liveCall(scene(), recordingSoon)?.live.phase === 'settling' || undefined);
    mend();
    assert.equal(fetched(), 1);
    await until('it is fetched', () => fetched() === 2 || undefined);
    assert.deepEqual(scene().live.calls, []);
  });
});
