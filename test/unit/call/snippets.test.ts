import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { snippet, type SnippetLanguage, type SnippetTarget } from '../../../src/call/snippets';

const LANGUAGES: readonly SnippetLanguage[] = ['curl', 'python', 'node'];
const SINGAPORE: SnippetTarget = { origin: 'https://ccm-api.exotel.com', resource: 'v2', accountSid: 'acme1', callSid: 'unique_call_identifier' };
const MUMBAI = { ...SINGAPORE, origin: 'https://ccm-api.in.exotel.com' };

/** What the Node.js sample asks for when it runs. */
async function askedByNode(code: string, env: Readonly<Record<string, string>>): Promise<{ url: unknown; options: unknown; printed: unknown }> {
  return new Promise((resolve) => {
    let asked: { url: unknown; options: unknown };
    const axios = {
      get: (url: unknown, options: unknown) => {
        asked = { url, options };
        return Promise.resolve({ data: 'the call' });
      },
    };
    runInNewContext(code, { require: () => axios, process: { env }, console: { log: (printed: unknown) => resolve({ ...asked, printed }) } });
  });
}

describe('code to take away', () => {
  it('asks the resource that has the call', () => {
    assert.match(snippet('curl', { ...SINGAPORE, resource: 'v3' }), /exotel\.com\/v3\/accounts\/acme1\/calls\/unique_call_identifier'/);
    const ofV1 = snippet('python', { ...SINGAPORE, origin: 'https://api.exotel.com', resource: 'v1' });
    assert.match(ofV1, /"https:\/\/api\.exotel\.com\/v1\/Accounts\/acme1\/Calls\/unique_call_identifier\.json\?details=true"/);
  });

  it('is the cURL sample of the v2 page, keys from the environment', () => {
    assert.equal(
      snippet('curl', SINGAPORE),
      `curl -u "$EXOTEL_API_KEY:$EXOTEL_API_TOKEN" 'https://ccm-api.exotel.com/v2/accounts/acme1/calls/unique_call_identifier'\n`,
    );
  });

  it('is the Python sample of the v2 page, keys from the environment', () => {
    assert.equal(
      snippet('python', SINGAPORE),
      `import os
import requests

response = requests.get(
    "https://ccm-api.exotel.com/v2/accounts/acme1/calls/unique_call_identifier",
    auth=(os.environ["EXOTEL_API_KEY"], os.environ["EXOTEL_API_TOKEN"])
)
print(response.json())
`,
    );
  });

  it('is a Node.js program that asks for the call and prints it', async () => {
    const asked = await askedByNode(snippet('node', SINGAPORE), { EXOTEL_API_KEY: 'k', EXOTEL_API_TOKEN: 't' });
    assert.equal(
      JSON.stringify(asked),
      JSON.stringify({ url: 'https://ccm-api.exotel.com/v2/accounts/acme1/calls/unique_call_identifier', options: { auth: { username: 'k', password: 't' } }, printed: 'the call' }),
    );
  });

  for (const language of LANGUAGES) {
    it(`asks the account's own region: ${language}`, () => {
      assert.match(snippet(language, SINGAPORE), /https:\/\/ccm-api\.exotel\.com\/v2\/accounts\/acme1\/calls\/unique_call_identifier["']/);
      assert.match(snippet(language, MUMBAI), /https:\/\/ccm-api\.in\.exotel\.com\/v2\/accounts\/acme1\/calls\/unique_call_identifier["']/);
    });

    it(`cannot be broken out of by a SID: ${language}`, () => {
      const hostile = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom("'", '"', '$', '\\', '\n', '`', '${x}', '$(x)', '%27', ';', '\u2028', '/', '?', '#', '\uD800'), { maxLength: 12 }).map((parts) => parts.join('')),
      );
      const plain = snippet(language, { ...SINGAPORE, accountSid: 'A', callSid: 'C' });
      const before = plain.slice(0, plain.indexOf('/A/') + 1);
      const after = plain.slice(plain.indexOf('/C') + 2);
      fc.assert(
        fc.property(hostile, hostile, (accountSid, callSid) => {
          const code = snippet(language, { ...SINGAPORE, accountSid, callSid });
          assert.ok(code.startsWith(before) && code.endsWith(after), code);
          const [account, call, ...more] = code.slice(before.length, code.length - after.length).split('/calls/');
          assert.equal(more.length, 0);
          for (const [written, meant] of [
            [account, accountSid],
            [call, callSid],
          ]) {
            assert.match(written ?? '', /^[A-Za-z0-9._~%-]*$/);
            assert.equal(decodeURIComponent(written ?? ''), meant?.replace(/\p{Cs}/gu, '\uFFFD'));
          }
        }),
      );
    });

    it(`cannot be broken out of by an endpoint: ${language}`, () => {
      const code = snippet(language, { ...SINGAPORE, origin: `https://x.example'"\\` });
      const inString = { curl: `'https://x.example'\\''"\\/v2/`, python: String.raw`"https://x.example'\"\\/v2/`, node: String.raw`'https://x.example\'"\\/v2/` };
      assert.ok(code.includes(inString[language]), code);
    });
  }
});
