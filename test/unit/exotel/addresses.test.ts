import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import fc from 'fast-check';
import type { Credentials } from '../../../src/exotel/account';
import { namedLegs } from '../../../src/exotel/addresses';
import { ApiError } from '../../../src/exotel/errors';
import { credentialRule } from '../../../src/exotel/origin';
import { credentials } from '../../support/sandbox';
import { clientOfScripted, useScriptedServer } from '../../support/scripted';

/** As often decoded as anything on the way might. */
function decoded(path: string): string {
  for (let text = path; ; ) {
    const next = text.replaceAll(/%[\da-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
    if (next === text) return text;
    text = next;
  }
}

const PIECES = ['/', '//', '\\', '.', '..', '%2e', '%2E%2e', '%252e', '%2f', '%5c', '%00', '?', '#', ';', '@', ':', 'v2', 'v3', 'V2', 'accounts', 'Accounts', 'acme1', 'acme', 'other1', 'calls', 'legs', 'x', 'ccm-api.exotel.com', 'https:', 'http:', 'evil.example', 'ccm-api.exotel.com.', 'ccm-api.exotel.com:443', 'ccm-api.exotel.com:8443', 'CCM-API.EXOTEL.COM', 'ccm‑api.exotel.com', 'key:token@', '\t', '\n', ' ', '\u202E', 'é', '%C3%A9', '%ZZ'] as const;
const START = ['/v2/accounts/acme1/calls/', '/v3/accounts/acme1/calls/x/', 'https://ccm-api.exotel.com/v2/accounts/acme1/calls/', ''] as const;

describe('A path to the legs that a record names', () => {
  const accounts: readonly Credentials[] = [credentials(), credentials({ accountSid: '..' }), credentials({ accountSid: 'a/../b' }), credentials({ accountSid: 'acme1?x' }), credentials({ endpoint: { kind: 'custom', origin: 'http://127.0.0.1:8080' } })];

  it('gets keys only below the account’s own calls on its own origin, however often it is decoded', () => {
    const texts = fc.tuple(fc.constantFrom(...START), fc.array(fc.constantFrom(...PIECES), { maxLength: 8 })).map(([start, pieces]) => start + pieces.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(...accounts), (text, account) => {
        const named = namedLegs(account, text);
        if (named.kind !== 'address') return;
        assert.equal(credentialRule(named.url, account.endpoint, 'api', []), 'yes');
        assert.match(decoded(named.url.pathname), /^\/v[23]\/accounts\/acme1\/calls(?:\/(?!\.+(?:\/|$))[\w.~-]+)+$/);
        assert.equal(named.url.search + named.url.hash + named.url.username, '');
      }),
      { numRuns: 5000 },
    );
  });

  it('is not asked where it is longer than any there is', () => {
    assert.equal(namedLegs(credentials(), `/v2/accounts/acme1/calls/${'x'.repeat(100)}/legs`).kind, 'address');
    assert.equal(namedLegs(credentials(), `/v2/accounts/acme1/calls/${'x'.repeat(5000)}/legs`).kind, 'refused');
  });
});

describe('A redirect, of whatever kind and of whichever resource', () => {
  const server = useScriptedServer();
  let asked = 0;
  let elsewhere: Server;
  before(async () => {
    elsewhere = createServer((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  after(() => elsewhere.close());

  for (const status of [301, 302, 303, 307, 308]) {
    it(`is not followed: ${String(status)}`, async () => {
      const address = elsewhere.address();
      assert.ok(typeof address === 'object' && address !== null);
      const Location = `http://127.0.0.1:${String(address.port)}/v2/accounts/acme1/calls/x`;
      server().script = () => ({ status, headers: { Location } });
      for (const resource of ['v2', 'v3', 'v1', 'legs'] as const) {
        const { error } = await clientOfScripted(server()).askOne(resource, 'some-call');
        assert.ok(error instanceof ApiError && error.kind === 'badReply', error?.message);
        assert.match(error.message, /It was not followed/);
      }
      assert.equal(server().requests.length, 4);
      assert.equal(asked, 0);
    });
  }
});
