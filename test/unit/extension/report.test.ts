import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../src/exotel/errors';
import { AccountError, type KeptAccount, SAMPLE } from '../../../src/extension/accounts/account';
import { failureOf, remediesOfProbe } from '../../../src/extension/report';

const account: KeptAccount = {
  kind: 'kept',
  id: 'acme1',
  name: 'Acme',
  endpoint: { kind: 'region', region: 'singapore' },
  accountSid: 'acme1',
};

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

  it('says how long to wait, where the answer said so', () => {
    const waits = (retryAfterSeconds: number): string =>
      failureOf(new ApiError('rateLimited', 'Too many.', { retryAfterSeconds }), account).remedies[0] ?? '';
    assert.equal(waits(17), 'Try again in 17 seconds.');
    assert.equal(waits(300), 'Try again in 5 minutes.');
  });

  it('repeats the answer’s own words, and offers the whole answer', () => {
    const failure = failureOf(new ApiError('server', 'It failed.', { said: 'Database is away', bodies: [{ resource: 'v2', body: '{}' }] }), account);
    assert.equal(failure.said, 'Database is away');
    assert.ok(failure.actions.includes('openRawReply'));
  });

  it('for want of an account says so, and offers no retry that cannot help', () => {
    assert.deepEqual(failureOf(new AccountError('unknownAccount', 'This account is no longer there.'), undefined).actions, ['showLog']);
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
