import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutCredentials, withoutUrlSecrets } from '../../../src/call/redact';

const KEY = 'k0123456789abcdef';
const TOKEN = 't0123456789abcdef';

describe('a URL that is shown', () => {
  const shown: readonly [url: string, text: string][] = [
    ['https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3', 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3'],
    ['https://bucket.example/a.mp3?X-Amz-Signature=abc&X-Amz-Date=1', 'https://bucket.example/a.mp3?…'],
    ['https://bucket.example/a.mp3#t=1', 'https://bucket.example/a.mp3'],
    ['https://bucket.example/a.mp3?', 'https://bucket.example/a.mp3'],
    ['https://key:token@host.example/a?b#c', 'https://host.example/a?…'],
    ['https://key:to/ken@host.example/a', 'https://host.example/a'],
    ['https://key:to?ken@host.example/a', 'https://host.example/a'],
    ['https://a.example/x,https://key:token@b.example/y', 'https://a.example/x,https://b.example/y'],
    ['https://a.example/?next=https://b.example/?sig=1', 'https://a.example/?…'],
    ['http://127.0.0.1:4000/a@b', 'http://127.0.0.1:4000/a@b'],
    ['http://[::1]:4000/a@b', 'http://[::1]:4000/a@b'],
    [String.raw`{"url":"https:\/\/key:token@b.example\/a?X-Amz-Signature=abc"}`, String.raw`{"url":"https:\/\/b.example\/a?…"}`],
    ['see "https://b.example/a?x=1" and https://c.example/b', 'see "https://b.example/a?…" and https://c.example/b'],
    ['b.example/a?X-Amz-Signature=abc', 'b.example/a?X-Amz-Signature=…'],
    ['sip:agent@exotel.com', 'sip:agent@exotel.com'],
    ['ticket_12345', 'ticket_12345'],
  ];
  for (const [url, text] of shown) it(`has no secret: ${url}`, () => assert.equal(withoutUrlSecrets(url), text));

  it('has no user info and no query, whatever they hold and whatever stands around', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$&'()*+,;=._~%-]{6,40}$/).map((text) => `SECRET${text}`);
    fc.assert(
      fc.property(secret, secret, fc.stringMatching(/^[ a-z"<>\n]{0,20}$/), fc.webPath(), (user, query, around, path) => {
        const text = withoutUrlSecrets(`${around}https://${user}:${user}@host.example${path}?sig=${query}#${query}`);
        assert.doesNotMatch(text, /SECRET/);
        assert.ok(text.startsWith(`${around}https://host.example${path}?…`), text);
      }),
    );
  });

  it('stays the same the second time', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => assert.equal(withoutUrlSecrets(withoutUrlSecrets(url)), withoutUrlSecrets(url))));
  });
});

describe('pasted text that is shown', () => {
  const URL = 'https://ccm-api.exotel.com/v2/accounts/acme1/calls/a1234567';
  const forms: readonly (readonly [what: string, pasted: string])[] = [
    ['the URL of the v2 page, Singapore', `https://${KEY}:${TOKEN}@ccm-api.exotel.com/v2/accounts/acme1/calls/a1234567`],
    ['the URL of the v2 page, Mumbai', `https://${KEY}:${TOKEN}@ccm-api.in.exotel.com/v2/accounts/acme1/calls/a1234567`],
    ['the cURL of the v2 page', `curl 'https://${KEY}:${TOKEN}@ccm-api.exotel.com/v2/accounts/acme1/calls/a1234567'`],
    ['the Python of the v2 page', `requests.get(\n  "${URL}",\n  auth=("${KEY}", "${TOKEN}")\n)`],
    ['the Node.js of the v2 page', `axios.get('${URL}', { auth: { username: '${KEY}', password: '${TOKEN}' } })`],
    ['-u', `curl -u ${KEY}:${TOKEN} ${URL}`],
    ['-u in quotes', `curl -u "${KEY}:${TOKEN}" ${URL}`],
    ['-u in quotes that were not copied whole', `curl ${URL} -u '${KEY}:${TOKEN}`],
    ['-u partly in quotes', `curl -u ${KEY}:'${TOKEN}' ${URL}`],
    ['-u without a space', `curl -u${KEY}:${TOKEN} ${URL}`],
    ['flags run together', `curl -sSu ${KEY}:${TOKEN} ${URL}`],
    ['--user', `curl --user ${KEY}:${TOKEN} ${URL}`],
    ['--user=', `curl --user=${KEY}:${TOKEN} ${URL}`],
    ['--proxy-user', `curl --proxy-user ${KEY}:${TOKEN} ${URL}`],
    ['a continued line', `curl -u \\\n  ${KEY}:${TOKEN} \\\n  ${URL}`],
    ['a continued line that arrives as a space', `curl -u \\ ${KEY}:${TOKEN} \\ ${URL}`],
    ['a header', `curl -H 'Authorization: Basic ${btoa(`${KEY}:${TOKEN}`)}' ${URL}`],
    ['a header in JSON', `{"authorization":"Basic ${btoa(`${KEY}:${TOKEN}`)}"}`],
    ['a URL without its scheme', `${KEY}:${TOKEN}@ccm-api.exotel.com/v2/accounts/acme1`],
    ['a URL that begins with its slashes', `//${KEY}:${TOKEN}@ccm-api.exotel.com/v2/accounts/acme1`],
    ['a URL without its scheme in angle brackets', `<${KEY}:${TOKEN}@ccm-api.exotel.com/v2/accounts/acme1>`],
    ['-u itself in quotes', `curl '-u' '${KEY}:${TOKEN}' ${URL}`],
    ['-u and its value in one pair of quotes', `curl ${URL} "-u${KEY}:${TOKEN}"`],
    ['the value of a header alone', `Basic ${btoa(`${KEY}:${TOKEN}`)}`],
    ['a header put together in code', `{'Authorization': 'Basic ' + '${btoa(`${KEY}:${TOKEN}`)}'}`],
    ['environment variables', `EXOTEL_API_KEY=${KEY} EXOTEL_API_TOKEN="${TOKEN}"`],
  ];
  for (const [what, pasted] of forms) {
    it(`has no credentials: ${what}`, () => {
      const text = withoutCredentials(pasted);
      for (const secret of [KEY, TOKEN, btoa(`${KEY}:${TOKEN}`)]) assert.ok(!text.includes(secret), text);
      assert.equal(text.includes('a1234567'), pasted.includes('a1234567'), text);
    });
  }

  it('is otherwise as it was pasted', () => {
    for (const text of ['acme1', 'sip:agent@exotel.com', 'curl https://x.example/a?b=c@d', 'http://127.0.0.1:4000', 'sort -u names', 'Basic authentication', 'basic-call-0123456789abcdef01', 'mailto:someone@exotel.com', '']) {
      assert.equal(withoutCredentials(text), text);
    }
  });

  it('is read to its end, whatever it begins with', () => {
    for (const text of ['-u '.repeat(3e5), ' -u "'.repeat(2e5), 'authorization:'.repeat(7e4), '://'.repeat(3e5), 'https://a:b/'.repeat(8e4), `-u ${'\\'.repeat(1e6)}`, '@'.repeat(1e6)]) {
      assert.doesNotMatch(withoutCredentials(`${text} curl -u the-key:the-token`), /the-token/);
    }
  });
});
