import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readStore, type StoredAccount, withResource, writeStore } from '../../../src/extension/accounts/store';

const account: StoredAccount = {
  id: 'acme1',
  name: 'Acme',
  endpoint: { kind: 'region', region: 'mumbai' },
  accountSid: 'acme1',
  apiKey: 'key',
  apiToken: 'token',
  recordingHosts: [],
};

describe('The secret that holds the accounts', () => {
  it('is read back as it was written', () => {
    const other: StoredAccount = {
      ...account,
      id: 'other',
      endpoint: { kind: 'custom', origin: 'https://exotel.example.com' },
      recordingHosts: ['audio.exotel.com'],
    };
    assert.deepEqual(readStore(writeStore([account, other])), { accounts: [account, other] });
    assert.deepEqual(readStore(undefined), { accounts: [] });
  });

  it('keeps the resource that an account is set to, and no account is lost to one that nobody knows', () => {
    const pinned: StoredAccount = { ...account, resource: 'v1' };
    assert.deepEqual(readStore(writeStore([pinned])), { accounts: [pinned] });
    for (const resource of ['auto', 'v9', null, 7]) {
      assert.deepEqual(readStore(JSON.stringify({ version: 1, accounts: [{ ...account, resource }] })), { accounts: [account] });
    }
    assert.deepEqual([withResource(pinned, 'v3').resource, withResource(pinned, undefined)], ['v3', account]);
  });

  it('loses no account that can be read to one that cannot, and sets aside no key but of those', () => {
    for (const broken of [
      null,
      {},
      { ...account, id: '' },
      { ...account, endpoint: { kind: 'custom', origin: 'http://exotel.example.com' } },
      { ...account, apiKey: 5 },
      { ...account, endpoint: { kind: 'sandbox', region: 'mumbai', origins: { singapore: 'http://127.0.0.1:1', mumbai: 'http://127.0.0.1:2' } } },
      account,
    ]) {
      const text = JSON.stringify({ version: 1, accounts: [account, broken] });
      assert.deepEqual(readStore(text), { accounts: [account], unread: JSON.stringify([broken]) });
    }
  });

  it('says of anything else that it cannot be read, and never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.deepEqual(readStore(text), { accounts: [], unread: text })));
  });
});
