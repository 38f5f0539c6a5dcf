import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SAMPLES } from '../../src/sandbox/samples';
import type { Failure } from '../../src/shared/protocol';
import { useProxy } from '../support/proxy';
import { originWithNobody } from '../support/tcp';
import { useTlsServers } from '../support/tls';
import { lookUp, until, useScene } from './extension';

const { completed, active } = SAMPLES;

/** By VS Code's own `fetch`, which knows its proxy and its certificates. */
describe('A lookup on a bad day', () => {
  const scene = useScene();
  const proxy = useProxy();
  const tls = useTlsServers();

  /** How a lookup fails with an account at that origin. */
  async function failureAt(origin: string): Promise<Failure> {
    const { accounts, panels, sandbox } = scene();
    const { id } = await accounts.add({ ...sandbox.credentials, accountSid: 'acme9', endpoint: { kind: 'custom', origin }, name: 'Elsewhere' });
    const end = await panels.lookUp({ sid: completed.sid, account: id });
    assert.equal(end.kind, 'failed');
    return 'failure' in end ? end.failure : assert.fail();
  }

  it('behind a proxy that wants a sign-in says so, and leads to the proxy’s settings', async () => {
    const settings = vscode.workspace.getConfiguration('http');
    await settings.update('proxy', proxy().origin, vscode.ConfigurationTarget.Global);
    try {
      const { sentence, remedies, actions } = await failureAt('https://exotel.invalid');
      assert.equal(sentence, 'The proxy asks for a sign-in before it lets the request through to exotel.invalid.');
      assert.match(remedies.join(' '), /Give http\.proxy a user name and password/);
      assert.equal(actions[0], 'openProxySettings');
      assert.deepEqual(proxy().wanted, ['exotel.invalid:443']);
    } finally {
      await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('without that name says that the host was not found', async () => {
    assert.match((await failureAt('https://exotel.invalid')).sentence, /^exotel\.invalid was not found: there is no network, or its name cannot be resolved/);
  });

  it('with nobody there says that the connection was refused', async () => {
    const origin = await originWithNobody();
    assert.equal((await failureAt(origin)).sentence, `The connection to ${new URL(origin).host} was refused.`);
  });

  for (const certificate of ['selfSigned', 'expired'] as const) {
    it(`with a certificate that is ${certificate} says that it is not secure, and sends no keys`, async () => {
      const { kind, sentence } = await failureAt(tls().origins[certificate]);
      assert.equal(kind, 'tls');
      assert.match(sentence, certificate === 'expired' ? /its certificate has expired/ : /does not trust who issued its certificate/);
      assert.deepEqual(tls().asked, []);
    });
  }

  it('is tried again where the server is away for a moment, and brings the call', async () => {
    const { sandbox, panels, account } = scene();
    const seen = sandbox.requests.length;
    const mend = sandbox.fail({ kind: 'html', status: 503, on: 'v2' });
    const end = panels.lookUp({ sid: completed.sid, account: account.id });
    await until('it was asked', () => sandbox.requests.length > seen || undefined);
    mend();
    assert.equal((await end).kind, 'filled');
    const requests = panels.find({ sid: completed.sid, account: account.id })?.reply?.requests ?? [];
    assert.deepEqual(requests.map(({ resource, attempt, status }) => [resource, attempt, status]), [
      ['v2', undefined, 503],
      ['v2', 2, 200],
      ['legs', undefined, 200],
    ]);
  });

  it('is tried three times and no more where it stays away, and says so', async () => {
    const { sandbox, panels, account } = scene();
    const mend = sandbox.fail({ kind: 'html', status: 502, on: 'calls' });
    const seen = sandbox.requests.length;
    const end = await panels.lookUp({ sid: completed.sid, account: account.id });
    mend();
    assert.match('failure' in end ? end.failure.sentence : '', /\(502\), tried three times\.$/);
    assert.equal(sandbox.requests.length, seen + 3);
  });
});

describe('A call that is watched while the server is away', () => {
  const scene = useScene({ activeForMs: 600_000 });

  it('is asked for once each time', async () => {
    const { sandbox, live } = scene();
    await lookUp({ sid: active.sid });
    const mend = sandbox.fail({ kind: 'html', status: 502, on: 'calls' });
    const seen = sandbox.requests.length;
    await until('it waits', () => live.calls.find(({ live: { phase } }) => phase === 'waiting'));
    mend();
    const asked = sandbox.requests.slice(seen).map(({ resource }) => resource);
    assert.deepEqual(asked.filter((resource) => resource === 'v2'), ['v2']);
  });
});
