import assert from 'node:assert/strict';
import type { RequestNote } from '../../../src/call/request';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../src/exotel/errors';
import { AccountError, type KeptAccount, SAMPLE } from '../../../src/extension/accounts/account';
import { failureOf, remediesOfProbe } from '../../../src/extension/report';
import type { FailureAction } from '../../../src/shared/protocol';

const account: KeptAccount = {
  kind: 'kept',
  id: 'acme1',
  name: 'Acme',
  endpoint: { kind: 'region', region: 'singapore' },
  accountSid: 'acme1',
};

function note(resource: RequestNote['resource'], status: number): RequestNote {
  return { resource, method: 'GET', host: 'exotel.example.com', path: '/', status, milliseconds: 1 };
}

const KINDS: readonly ApiErrorKind[] = [
  'auth',
  'forbidden',
  'notFound',
  'accountNotFound',
  'rateLimited',
  'server',
  'network',
  'tls',
  'timeout',
  'cancelled',
  'badReply',
];

describe('A failed lookup', () => {
  it('says of every kind what failed and one to three things to do', () => {
    for (const kind of KINDS) {
      const { sentence, remedies, actions } = failureOf(new ApiError(kind, 'It failed.'), account);
      assert.equal(sentence, 'It failed.');
      assert.ok(remedies.length >= 1 && remedies.length <= 3 && remedies.every((remedy) => remedy.endsWith('.')), kind);
      assert.ok(actions.includes('retry'), kind);
    }
  });

  it('with refused keys names the three causes, the other region by its name, and offers to update them', () => {
    const { remedies, actions } = failureOf(new ApiError('auth', 'Refused.'), account);
    assert.match(remedies.join(' '), /wrong.*Singapore, not Mumbai.*CCM/);
    assert.equal(actions[0], 'updateCredentials');
    assert.ok(!failureOf(new ApiError('auth', 'Refused.'), SAMPLE).actions.includes('updateCredentials'));
  });

  it('does not blame CCM alone where v1, which needs none, refused too', () => {
    const requests = (v1: number): readonly RequestNote[] => [note('v2', 401), note('v3', 401), note('v1', v1)];
    const remedies = (kind: ApiErrorKind, v1: number): string => failureOf(new ApiError(kind, 'Refused.', { requests: requests(v1) }), account).remedies.join(' ');
    assert.match(remedies('auth', 401), /v1, which needs no CCM, refused as well/);
    assert.match(remedies('forbidden', 403), /v1, which needs no CCM, refused as well/);
    assert.match(remedies('auth', 404), /CCM .+ is not enabled/);
  });

  it('says which resources were asked for a call that none has, and how to have more asked', () => {
    const remedies = (...requests: readonly RequestNote[]): string => failureOf(new ApiError('notFound', 'Nothing.', { requests }), account).remedies.join(' ');
    assert.match(remedies(note('v1', 404), note('v2', 404), note('v3', 404), note('legs', 404)), /v2, v3 and v1 were asked, and none has this call\./);
    assert.match(remedies(note('v1', 404)), /Only v1 was asked, as the account is set: Choose Resource…/);
    assert.doesNotMatch(remedies(), /asked/);
  });

  it('with a plan that ended says so, though the answer was a good one to HTTP', () => {
    assert.match(failureOf(new ApiError('forbidden', 'Refused.', { status: 402 }), account).remedies.join(' '), /plan or the balance/);
  });

  it('says how long to wait, where the answer said so', () => {
    const waits = (retryAfterSeconds: number): string =>
      failureOf(new ApiError('rateLimited', 'Too many.', { retryAfterSeconds }), account).remedies[0] ?? '';
    assert.equal(waits(17), 'Try again in 17 seconds.');
    assert.equal(waits(300), 'Try again in 5 minutes.');
    assert.equal(waits(86_400), 'Try again in 24 hours.');
    assert.equal(waits(60), 'Try again in a minute.');
    assert.equal(waits(0), 'Try again.');
    assert.match(failureOf(new ApiError('server', 'It is away.', { status: 503, retryAfterSeconds: 30 }), account).remedies.join(' '), /server’s side: try again in 30 seconds\./);
  });

  it('at a proxy leads to the settings where the proxy is, and any other does not', () => {
    const shown = (details: ApiErrorDetails): readonly [action: FailureAction | undefined, remedies: string] => {
      const { actions, remedies } = failureOf(new ApiError('network', 'It failed.', details), account);
      return [actions[0], remedies.join(' ')];
    };
    for (const [details, remedy] of [
      [{ code: 'ERR_TUNNEL_CONNECTION_FAILED' }, /^Check the setting http\.proxy, or ask/],
      [{ code: 'ERR_PROXY_CONNECTION_FAILED' }, /^Check the setting http\.proxy, or ask/],
      [{ code: 'ERR_PROXY_AUTH_REQUESTED' }, /^Give http\.proxy a user name and password/],
      [{ status: 407 }, /^Give http\.proxy a user name and password/],
    ] as const) {
      const [action, remedies] = shown(details);
      assert.equal(action, 'openProxySettings');
      assert.match(remedies, remedy);
    }
    for (const details of [{ code: 'ECONNREFUSED' }, { status: 404, code: 'PROXY' }]) assert.equal(shown(details)[0], 'retry');
  });

  it('that a network’s sign-in page may have answered sends to a browser', () => {
    const said = (kind: ApiErrorKind, details: ApiErrorDetails): string => failureOf(new ApiError(kind, 'It failed.', details), account).remedies.join(' ');
    for (const remedies of [said('network', { status: 511 }), said('badReply', { status: 200 }), said('tls', {})]) assert.match(remedies, /open any page in a browser, sign in/);
    assert.doesNotMatch(said('network', { status: 511 }), /http\.proxy/);
  });

  it('repeats the answer’s own words, and offers the whole answer', () => {
    const failure = failureOf(new ApiError('server', 'It failed.', { said: 'Database is away', bodies: [{ resource: 'v2', status: 500, body: '{}' }] }), account);
    assert.equal(failure.said, 'Database is away');
    assert.ok(failure.actions.includes('openRawReply'));
  });

  it('for want of an account says so, and offers no retry that cannot help', () => {
    assert.deepEqual(failureOf(new AccountError('unknownAccount', 'This account is no longer there.'), undefined).actions, ['otherAccount', 'showLog']);
  });

  it('by a fault of this extension tells nothing of what it was working on', () => {
    assert.doesNotMatch(JSON.stringify(failureOf(new Error('key-5b1f0c7e'), account)), /5b1f0c7e/);
  });
});

describe('Keys that were tried and not confirmed', () => {
  it('say of a server that knows nothing of calls that it is the wrong one, and nothing of a SID that nobody typed', () => {
    const said = remediesOfProbe(new ApiError('notFound', 'Nothing there.'), account.endpoint).join(' ');
    assert.match(said, /endpoint/);
    assert.doesNotMatch(said, /SID may|moment ago/);
  });

  it('otherwise say what a failed lookup says', () => {
    for (const kind of KINDS.filter((each) => each !== 'notFound')) {
      const error = new ApiError(kind, 'It failed.');
      assert.deepEqual(remediesOfProbe(error, account.endpoint), failureOf(error, account).remedies);
    }
  });
});
