import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type PastedRequest, readPastedRequest } from '../../../src/exotel/pasted';

const SID = 'c5797dcbf1d34c6a9d2f8e0b7a61189g';
const singapore = { kind: 'region', region: 'singapore' } as const;
const mumbai = { kind: 'region', region: 'mumbai' } as const;
const keys = { apiKey: 'k3y', apiToken: 't0ken' };
const ccm = { endpoint: singapore };
const whole = { ...ccm, accountSid: 'acme1', ...keys };
const basic = Buffer.from('k3y:t0ken').toString('base64');

describe('a pasted request fills in all that it holds:', () => {
  const cases: readonly (readonly [name: string, text: string, read: PastedRequest])[] = [
    ['a URL with keys', `https://k3y:t0ken@ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['a URL in quotes, with spaces around', `  "https://k3y:t0ken@ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}"\n`, whole],
    ['a URL in a sentence', `See https://k3y:t0ken@ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}, please`, whole],
    ['v3, legs', `https://k3y:t0ken@ccm-api.in.exotel.com/v3/accounts/acme1/calls/${SID}/legs`, { ...whole, endpoint: mumbai }],
    ['v1', `https://k3y:t0ken@api.exotel.com/v1/Accounts/acme1/Calls/${SID}.json?details=true`, whole],
    ['v1 list', 'https://k3y:t0ken@api.in.exotel.com/v1/Accounts/acme1/Calls.json', { endpoint: mumbai, accountSid: 'acme1', ...keys }],
    ['no call', 'https://k3y:t0ken@ccm-api.exotel.com/v2/accounts/acme1', { ...ccm, accountSid: 'acme1', ...keys }],
    ['no keys', `https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, { ...ccm, accountSid: 'acme1' }],
    ['percent-encoded keys', 'https://k%2F3y:t%400%3Aken@ccm-api.exotel.com/v2/accounts/acme%2D1', { ...ccm, accountSid: 'acme-1', apiKey: 'k/3y', apiToken: 't@0:ken' }],
    ['what is no account SID: none', 'https://k3y:t0ken@ccm-api.exotel.com/v2/accounts/%5BSign%20in%5D(command:a.b)', { ...ccm, ...keys }],
    ['a custom endpoint', 'https://k3y:t0ken@exotel.example.com:8443/v2/accounts/acme1', { endpoint: { kind: 'custom', origin: 'https://exotel.example.com:8443' }, accountSid: 'acme1', ...keys }],
    ['loopback', 'http://k3y:t0ken@127.0.0.1:3000/', { endpoint: { kind: 'custom', origin: 'http://127.0.0.1:3000' }, ...keys }],
    ['http elsewhere: no endpoint', 'http://k3y:t0ken@exotel.example.com/', keys],
    ['the dashboard: no endpoint', 'https://my.exotel.com/acme1/settings', {}],
    ['a look-alike is a custom endpoint, not Exotel', 'https://k3y:t0ken@ccm-api.exotel.com.example/', { endpoint: { kind: 'custom', origin: 'https://ccm-api.exotel.com.example' }, ...keys }],
    ['placeholders of the documentation', "curl 'https://<api_key>:<api_token>@ccm-api.exotel.com/v2/accounts/<account_sid>/calls/<call_sid>'", ccm],
    ['placeholders of a shell', 'curl -u "$EXOTEL_API_KEY:$EXOTEL_API_TOKEN" https://ccm-api.exotel.com/v2/accounts/acme1', { ...ccm, accountSid: 'acme1' }],
    ['cURL -u', `curl -u k3y:t0ken https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL -u, quoted', `curl -s -u 'k3y:t0ken' "https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}"`, whole],
    ['cURL -u without a space', `curl -uk3y:t0ken https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL -sSu', `curl -sSu k3y:t0ken https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL --user', `curl --user k3y:t0ken --url https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL --user=', `curl --user="k3y:t0ken" https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL -H', `curl -H 'Accept: */*' -H 'Authorization: Basic ${basic}' https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL --header=, any case', `curl --header="authorization:  basic ${basic}" https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['cURL over several lines', `curl -X GET \\\n  -u k3y:t0ken \\\r\n  'https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}'`, whole],
    ['cURL over several lines, ends turned into spaces', `curl -X GET \\   -u k3y:t0ken \\  'https://ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}'`, whole],
    ['cURL -u wins over the URL', `curl -u k3y:t0ken https://old:older@ccm-api.exotel.com/v2/accounts/acme1/calls/${SID}`, whole],
    ['only a key', 'curl -u k3y https://ccm-api.exotel.com/v2/accounts/acme1', { ...ccm, accountSid: 'acme1', apiKey: 'k3y' }],
    ['a token with a colon', 'curl -u k3y:t0:ken https://ccm-api.exotel.com/', { ...ccm, apiKey: 'k3y', apiToken: 't0:ken' }],
    ['a token with odd characters', `curl -u 'k3y:t0 $"\\ken' https://ccm-api.exotel.com/`, { ...ccm, apiKey: 'k3y', apiToken: 't0 $"\\ken' }],
    ['no URL', 'curl -u k3y:t0ken', keys],
    ['another header', 'curl -H "Authorization: Bearer abc" https://ccm-api.exotel.com/', ccm],
    ['broken percent-encoding', 'https://k%zz:t0ken@ccm-api.exotel.com/', { ...ccm, apiKey: 'k%zz', apiToken: 't0ken' }],
    ['nothing', '', {}],
    ['a sentence', 'where do I find my keys?', {}],
    ['an option at the end', 'curl -u', {}],
    ['a quote that does not end', `curl -u 'k3y:t0ken`, keys],
  ];
  for (const [name, text, read] of cases) it(name, () => assert.deepEqual(readPastedRequest(text), read));

  it('is read for any keys that cURL can be given', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_/+.=-]{3,39}$/).filter((text) => !/^your[_-]/i.test(text));
    fc.assert(
      fc.property(key, key, (apiKey, apiToken) => {
        const path = 'ccm-api.exotel.com/v2/accounts/acme1';
        const read = { ...ccm, accountSid: 'acme1', apiKey, apiToken };
        assert.deepEqual(readPastedRequest(`curl -u '${apiKey}:${apiToken}' https://${path}`), read);
        assert.deepEqual(readPastedRequest(`https://${encodeURIComponent(apiKey)}:${encodeURIComponent(apiToken)}@${path}`), read);
      }),
    );
  });

  it('never throws, and stays fast on a large paste', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPastedRequest(`curl -u ${text}`)));
    for (const part of ['https://', "-u '", '\\ ', '"', 'a:b@']) readPastedRequest(part.repeat(300_000));
  });
});
