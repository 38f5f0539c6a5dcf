import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { RequestNote } from '../../../src/call/request';
import type { ClientOptions } from '../../../src/exotel/client';
import type { ApiError, ApiErrorKind } from '../../../src/exotel/errors';
import { type Fault, SAMPLES, startSandbox } from '../../../src/sandbox/server';
import { errorOf } from '../../support/errorOf';
import { clientOf, useSandbox } from '../../support/sandbox';

const { sid } = SAMPLES.completed;

describe('looking a call up', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });

  /** The error of a lookup while the sandbox misbehaves. */
  async function failing(fault: Fault, options: Partial<ClientOptions> = {}): Promise<ApiError> {
    const mend = sandbox().fail(fault);
    try {
      return await errorOf(clientOf(sandbox(), options).getCall(sid));
    } finally {
      mend();
    }
  }

  it('gives the call, the answer as it came, and a note for the log', async () => {
    const notes: RequestNote[] = [];
    let now = 1000;
    const answer = await clientOf(sandbox(), { now: () => (now += 5), elapsed: () => now, onRequest: (note) => notes.push(note) }).getCall(SAMPLES.documented.sid);
    assert.equal(answer.call.status, 'completed');
    assert.equal(answer.recordingUrl, 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3');
    assert.match(answer.bodies[0]?.body ?? '', /^\{"request_id":"req_abc123","method":"GET","http_code":200,/);
    const [request] = answer.requests;
    assert.deepEqual(request, {
      resource: 'v2',
      method: 'GET',
      host: new URL(sandbox().origin).host,
      path: `/v2/accounts/${sandbox().credentials.accountSid}/calls/unique_call_identifier`,
      status: 200,
      milliseconds: 10,
      requestId: 'req_abc123',
    });
    assert.equal(answer.askedAt, 1025);
    assert.deepEqual(notes, answer.requests);
  });

  it('sends keys in a header, never in the URL', async () => {
    await clientOf(sandbox()).getCall(sid);
    const { apiKey, apiToken, accountSid } = sandbox().credentials;
    const { at: _at, ...seen } = sandbox().requests.at(-2) ?? assert.fail();
    assert.deepEqual(seen, { method: 'GET', path: `/v2/accounts/${accountSid}/calls/${sid}`, hadAuthorization: true, resource: 'v2', region: 'singapore' });
    assert.ok(sandbox().requests.every(({ path }) => !path.includes(apiKey) && !path.includes(apiToken)));
  });

  it('reads every sample call', async () => {
    for (const sample of sandbox().calls) {
      const { call } = await clientOf(sandbox()).getCall(sample.sid);
      assert.equal(call.sid, sample.sid);
    }
  });

  it('puts an odd SID into the path without leaving its place', async () => {
    await errorOf(clientOf(sandbox()).getCall('a/../../b?c#d%'));
    const [ccm, v1] = [`accounts/${sandbox().credentials.accountSid}/calls`, `v1/Accounts/${sandbox().credentials.accountSid}/Calls`];
    const odd = 'a%2F..%2F..%2Fb%3Fc%23d%25';
    assert.deepEqual(sandbox().requests.slice(-3).map(({ path }) => path), [`/v2/${ccm}/${odd}`, `/v3/${ccm}/${odd}`, `/${v1}/${odd}.json?details=true`]);
  });

  it('sends nothing for a SID that would move the request', async () => {
    const before = sandbox().requests.length;
    for (const bad of ['..', '.', '', '\uD800']) assert.equal((await errorOf(clientOf(sandbox()).getCall(bad))).kind, 'notFound');
    const noAccount = clientOf(sandbox(), { credentials: { ...sandbox().credentials, accountSid: '..' } });
    assert.equal((await errorOf(noAccount.getCall(sid))).kind, 'notFound');
    assert.equal(sandbox().requests.length, before);
  });

  it('sends no keys to a custom endpoint that is neither https nor this machine', async () => {
    const never = (): never => assert.fail('Nothing may be sent.');
    for (const origin of ['http://exotel.example.com', 'ftp://127.0.0.1', 'nonsense', 'https://a:b@exotel.example.com']) {
      const error = await errorOf(clientOf(sandbox(), { fetch: never, credentials: { ...sandbox().credentials, endpoint: { kind: 'custom', origin } } }).getCall(sid));
      assert.equal(error.kind, 'network');
    }
  });

  describe('tells failures apart:', () => {
    const json = (body: unknown): string => JSON.stringify(body);
    const ccm = (status: number, code: number): string =>
      json({ request_id: 'req_1', http_code: status, response: { code: status, status: 'failure', data: null, error_data: { code, message: 'Said by Exotel' } } });
    const cases: readonly (readonly [name: string, fault: Fault, kind: ApiErrorKind, code: string | undefined, message: RegExp])[] = [
      ['wrong keys', { kind: 'answer', status: 401, body: ccm(401, 1010) }, 'auth', '1010', /did not accept the API key and token \(401, code 1010\)/],
      ['401 without a body', { kind: 'answer', status: 401 }, 'auth', undefined, /\(401\)/],
      ['a plan limit', { kind: 'answer', status: 402 }, 'forbidden', undefined, /plan/],
      ['a suspended account', { kind: 'answer', status: 403, body: json({ message: 'suspended' }) }, 'forbidden', undefined, /refused/],
      ['an unknown account', { kind: 'answer', status: 404, body: ccm(404, 1017) }, 'accountNotFound', '1017', /no account/],
      ['an unknown call', { kind: 'answer', status: 404, body: ccm(404, 10744) }, 'notFound', '10744', /no call with this SID/],
      ['404 of something else', { kind: 'html', status: 404 }, 'notFound', undefined, /nothing at the address/],
      ['410', { kind: 'answer', status: 410 }, 'notFound', undefined, /410/],
      ['a server that gave up', { kind: 'answer', status: 408 }, 'timeout', undefined, /gave up/],
      ['409', { kind: 'answer', status: 409, body: ccm(409, 1012) }, 'badReply', '1012', /says nothing about the call \(409, code 1012\)/],
      ['too many requests', { kind: 'answer', status: 429, body: json({ RestException: { Status: 429, Message: 'Slow down', Code: 'RATE_LIMIT_EXCEEDED' } }) }, 'rateLimited', 'RATE_LIMIT_EXCEEDED', /pause/],
      ['too many requests, CCM', { kind: 'answer', status: 429, body: ccm(429, 10724) }, 'rateLimited', '10724', /pause/],
      ['an internal error', { kind: 'answer', status: 500, body: ccm(500, 1100) }, 'server', '1100', /error of its own/],
      ['error data as a list', { kind: 'answer', status: 500, body: json({ response: { error_data: [{ code: 10715 }], data: null } }) }, 'server', '10715', /10715/],
      ['error data null', { kind: 'answer', status: 500, body: json({ response: { error_data: null, data: null } }) }, 'server', undefined, /500/],
      ['a gateway', { kind: 'html', status: 502 }, 'server', undefined, /not available at the moment \(502\)/],
      ['an upstream that is away', { kind: 'answer', status: 503, body: '<Error/>' }, 'server', undefined, /not available/],
      ['an odd 599', { kind: 'answer', status: 599 }, 'server', undefined, /599/],
      ['an unknown call inside a 200', { kind: 'answer', status: 200, body: ccm(404, 10744) }, 'notFound', '10744', /\(404, code 10744\)/],
      ['wrong keys inside a 200', { kind: 'answer', status: 200, body: json({ http_code: 401, response: { status: 'failure' } }) }, 'auth', undefined, /401/],
      ['a failure without a reason inside a 200', { kind: 'answer', status: 200, body: json({ response: { status: 'failure' } }) }, 'badReply', undefined, /says nothing/],
      ['a 200 without a call', { kind: 'answer', status: 200, body: json({ http_code: 200, response: {} }) }, 'badReply', undefined, /no call/],
      ['an empty 200', { kind: 'answer', status: 200 }, 'badReply', undefined, /sent nothing where JSON/],
      ['a captive portal', { kind: 'html', status: 200 }, 'badReply', undefined, /an HTML page where JSON/],
      ['XML', { kind: 'answer', status: 200, body: '<?xml version="1.0"?><TwilioResponse/>' }, 'badReply', undefined, /sent XML/],
      ['broken JSON', { kind: 'answer', status: 200, body: '{"response":' }, 'badReply', undefined, /broken JSON/],
      ['plain text', { kind: 'answer', status: 200, body: 'OK' }, 'badReply', undefined, /sent text/],
      ['no content', { kind: 'answer', status: 204 }, 'badReply', undefined, /sent nothing/],
      ['an answer without end', { kind: 'endless' }, 'badReply', undefined, /more than 5 MB/],
      ['a redirect', { kind: 'redirect', location: 'https://login.example/?next=secret' }, 'badReply', undefined, /redirected the request to login\.example \(302\)\. It was not followed/],
      ['a redirect to nowhere', { kind: 'answer', status: 304 }, 'badReply', undefined, /redirected the request elsewhere \(304\)/],
      ['a connection that is closed', { kind: 'reset' }, 'network', undefined, /broke off/],
      ['an answer that is cut off', { kind: 'cut' }, 'network', undefined, /broke off/],
    ];
    for (const [name, fault, kind, code, message] of cases) {
      it(name, async () => {
        const error = await failing(fault);
        assert.equal(error.kind, kind);
        if (kind !== 'network') assert.equal(error.details.code, code);
        assert.match(error.message, message);
        if (kind !== 'network') assert.equal(error.details.request?.status, fault.kind === 'redirect' ? 302 : 'status' in fault ? fault.status : 200);
      });
    }

    it('a real unknown call, unknown account and wrong key of the sandbox', async () => {
      const own = sandbox().credentials;
      assert.equal((await errorOf(clientOf(sandbox()).getCall('f'.repeat(32)))).kind, 'notFound');
      assert.equal((await errorOf(clientOf(sandbox(), { credentials: { ...own, accountSid: 'other1' } }).getCall(sid))).kind, 'accountNotFound');
      assert.equal((await errorOf(clientOf(sandbox(), { credentials: { ...own, apiKey: 'wrong' } }).getCall(sid))).kind, 'auth');
    });

    it('Exotel’s own words, on one line', async () => {
      const error = await failing({ kind: 'answer', status: 404, body: json({ response: { error_data: { code: 10744, message: `Call\nnot ${'very '.repeat(200)}found` } } }) });
      assert.match(error.details.said ?? '', /^Call not very very/);
      assert.ok((error.details.said ?? '').length <= 300);
      assert.equal(error.details.request?.host, new URL(sandbox().origin).host);
    });

    it('Exotel’s own words, without the signature of a link in them', async () => {
      const link = 'https://bucket.example.com/a.mp3?X-Amz-Signature=5161na70e';
      const error = await failing({
        kind: 'answer',
        status: 404,
        body: json({ request_id: link, response: { error_data: { code: link, message: `No call behind ${link}` } } }),
      });
      assert.equal(error.details.said, 'No call behind https://bucket.example.com/a.mp3?…');
      assert.doesNotMatch(JSON.stringify([error.message, error.details.code, error.details.request]), /5161na70e/);
    });

    it('the body as it came, for Raw JSON', async () => {
      assert.deepEqual((await failing({ kind: 'answer', status: 500, body: ccm(500, 1100) })).details.bodies, [{ resource: 'v2', status: 500, body: ccm(500, 1100) }]);
      assert.equal((await failing({ kind: 'answer', status: 404 })).details.bodies, undefined);
    });

    it('a failure by its status, even when its body breaks off', async () => {
      const fetchCut: typeof fetch = () =>
        Promise.resolve(new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) }), { status: 401 }));
      assert.equal((await errorOf(clientOf(sandbox(), { fetch: fetchCut }).getCall(sid))).kind, 'auth');
    });

    it('a proxy that wants a sign-in, where fetch shows its answer', async () => {
      const error = await errorOf(clientOf(sandbox(), { fetch: () => Promise.resolve(new Response('', { status: 407 })) }).getCall(sid));
      assert.equal(error.kind, 'network');
      assert.match(error.message, /The proxy asks for a sign-in/);
    });

    it('a redirect that a browser’s fetch does not show', async () => {
      const opaque = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
      const error = await errorOf(clientOf(sandbox(), { fetch: () => Promise.resolve(opaque) }).getCall(sid));
      assert.equal(error.kind, 'badReply');
      assert.match(error.message, /redirected the request elsewhere\. It was not followed/);
    });

    it('a server that is not there', async () => {
      const gone = await startSandbox();
      await gone.stop();
      const error = await errorOf(clientOf(gone).getCall(sid));
      assert.equal(error.kind, 'network');
      assert.equal(error.details.code, 'ECONNREFUSED');
      assert.match(error.message, /was refused/);
    });

    it('https where none is spoken', async () => {
      const endpoint = { kind: 'custom', origin: sandbox().origin.replace('http:', 'https:') } as const;
      const error = await errorOf(clientOf(sandbox(), { credentials: { ...sandbox().credentials, endpoint } }).getCall(sid));
      assert.equal(error.kind, 'tls');
    });
  });

  describe('waits no longer than it should:', () => {
    it('for an answer that does not begin', async () => {
      const error = await failing({ kind: 'silent' }, { timeoutMs: 60 });
      assert.equal(error.kind, 'timeout');
      assert.match(error.message, /did not answer within 0\.06 s/);
    });

    it('for an answer that does not end', async () => {
      assert.equal((await failing({ kind: 'stall' }, { timeoutMs: 60 })).kind, 'timeout');
    });

    it('for a fetch that does not listen to its signal', async () => {
      const deaf = (): Promise<Response> => new Promise((resolve) => void setTimeout(resolve, 300));
      assert.equal((await errorOf(clientOf(sandbox(), { fetch: deaf, timeoutMs: 30 }).getCall(sid))).kind, 'timeout');
    });

    it('but for a slow answer it does', async () => {
      const mend = sandbox().fail({ kind: 'slow', milliseconds: 50 });
      const { call } = await clientOf(sandbox()).getCall(sid);
      mend();
      assert.equal(call.sid, sid);
    });
  });

  describe('can be cancelled', () => {
    it('before it begins, and then sends nothing', async () => {
      const before = sandbox().requests.length;
      assert.equal((await errorOf(clientOf(sandbox()).getCall(sid, {}, AbortSignal.abort()))).kind, 'cancelled');
      assert.equal(sandbox().requests.length, before);
    });

    for (const kind of ['silent', 'stall'] as const) {
      it(`while the answer is ${kind}`, async () => {
        const mend = sandbox().fail({ kind });
        const cancel = new AbortController();
        const lookup = errorOf(clientOf(sandbox(), { fetch: (url, init) => fetch(url, init).finally(() => cancel.abort()) }).getCall(sid, {}, cancel.signal));
        if (kind === 'silent') cancel.abort();
        assert.equal((await lookup).kind, 'cancelled');
        mend();
      });
    }
  });

  describe('passes on how long to wait', () => {
    const now = Date.UTC(2024, 5, 15, 10, 30);
    const cases: readonly (readonly [headers: Readonly<Record<string, string>>, seconds: number | undefined])[] = [
      [{ 'Retry-After': '30' }, 30],
      [{ 'Retry-After': '0' }, 0],
      [{ 'Retry-After': '-5' }, undefined],
      [{ 'Retry-After': '1.5' }, undefined],
      [{ 'Retry-After': '1e9' }, undefined],
      [{ 'Retry-After': '3600 seconds' }, undefined],
      [{ 'Retry-After': 'soon' }, undefined],
      [{ 'Retry-After': 'soon', 'X-RateLimit-Reset': String(now / 1000 + 12) }, 12],
      [{ 'Retry-After': '99999999999' }, 86_400],
      [{ 'Retry-After': '9'.repeat(400) }, 86_400],
      [{ 'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 86_400],
      [{ 'Retry-After': 'Sat, 15 Jun 2024 10:31:00 GMT' }, 60],
      [{ 'Retry-After': 'Sat, 15 Jun 2024 10:29:00 GMT' }, undefined],
      [{ 'Retry-After': 'Sat, 15 Jun 2024 10:31:00 GMT', Date: 'Sat, 15 Jun 2024 10:30:30 GMT' }, 30],
      [{ 'Retry-After': 'Sat, 15 Jun 2024 10:21:00 GMT', Date: 'Sat, 15 Jun 2024 10:20:00 GMT' }, 60],
      [{ 'Retry-After': 'Sat, 15 Jun 2024 10:41:00 GMT', Date: 'Sat, 15 Jun 2024 10:40:00 GMT' }, 60],
      [{ 'X-RateLimit-Reset': String(now / 1000 + 12) }, 12],
      [{ 'X-RateLimit-Reset': String(now / 1000 - 12) }, undefined],
      [{ 'X-RateLimit-Reset': '-1' }, undefined],
      [{ 'X-RateLimit-Reset': '9'.repeat(400) }, undefined],
      [{ 'X-RateLimit-Reset': String(now / 1000 + 12), Date: 'Sat, 15 Jun 2024 10:30:02 GMT' }, 10],
      [{ 'X-RateLimit-Reset': String(now / 1000 - 588), Date: 'Sat, 15 Jun 2024 10:20:00 GMT' }, 12],
      [{ 'Retry-After': '5', 'X-RateLimit-Reset': String(now / 1000 + 12) }, 5],
      [{}, undefined],
    ];
    for (const [headers, seconds] of cases) {
      it(`${JSON.stringify(headers)} is ${String(seconds)} s`, async () => {
        const error = await failing({ kind: 'answer', status: 429, headers: { Date: new Date(now).toUTCString(), ...headers } }, { now: () => now, elapsed: () => 0 });
        assert.equal(error.details.retryAfterSeconds, seconds);
      });
    }
  });

  describe('reads text as it was meant', () => {
    const body = JSON.stringify({ response: { call_details: { sid: 'c', custom_field: 'naïve ₹' } } });
    const cases: readonly (readonly [name: string, body: Uint8Array, type: string])[] = [
      ['UTF-8', Buffer.from(body), 'application/json'],
      ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${body}`), 'application/json; charset=utf-8'],
      ['UTF-16', Buffer.from(`\uFEFF${body}`, 'utf16le'), 'application/json'],
      ['an unknown charset', Buffer.from(body), 'application/json; charset=klingon'],
      ['JSON called HTML', Buffer.from(body), 'text/html'],
    ];
    for (const [name, bytes, type] of cases) {
      it(name, async () => {
        const mend = sandbox().fail({ kind: 'answer', status: 200, body: bytes, headers: { 'Content-Type': type } });
        const { call } = await clientOf(sandbox()).getCall('c');
        mend();
        assert.equal(call.customField, 'naïve ₹');
      });
    }

    it('Latin-1 that says so', async () => {
      const mend = sandbox().fail({ kind: 'answer', status: 200, body: Buffer.from('{"sid":"c","custom_field":"naïve"}', 'latin1'), headers: { 'Content-Type': 'application/json; charset=iso-8859-1' } });
      assert.equal((await clientOf(sandbox()).getCall('c')).call.customField, 'naïve');
      mend();
    });
  });
});

describe('the keys of an account', () => {
  const sandbox = useSandbox();

  it('are good when the answer is that there is no such call', async () => {
    assert.deepEqual(await clientOf(sandbox()).probe(), { kind: 'good' });
    assert.equal(sandbox().requests.at(-1)?.path, `/v2/accounts/${sandbox().credentials.accountSid}/calls/${'0'.repeat(32)}`);
  });

  it('are good when it says so inside a 200, or has such a call', async () => {
    for (const body of [{ http_code: 404, response: { error_data: { code: 10744 } } }, { response: { call_details: { sid: 'c' } } }]) {
      const mend = sandbox().fail({ kind: 'answer', status: 200, body: JSON.stringify(body) });
      assert.deepEqual(await clientOf(sandbox()).probe(), { kind: 'good' });
      mend();
    }
  });

  const bad: readonly (readonly [name: string, fault: Fault, kind: ApiErrorKind])[] = [
    ['they are refused', { kind: 'answer', status: 401 }, 'auth'],
    ['something that is not Exotel has no such page', { kind: 'html', status: 404 }, 'notFound'],
    ['the account is not known', { kind: 'answer', status: 404, body: '{"response":{"error_data":{"code":1017}}}' }, 'accountNotFound'],
    ['nobody answers', { kind: 'reset' }, 'network'],
  ];
  for (const [name, fault, kind] of bad) {
    it(`are not called good when ${name}`, async () => {
      const mend = sandbox().fail(fault);
      const result = await clientOf(sandbox()).probe();
      mend();
      assert.ok(result.kind === 'failed');
      assert.equal(result.error.kind, kind);
    });
  }
});

describe('no secret is anywhere', () => {
  const secrets = { apiKey: 'kéy/with+odd"chars\n₹', apiToken: 'tok:en-8e17b04d92fa631c' };
  const sandbox = useSandbox({ ...secrets });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const forms = [
    ...Object.values(secrets).flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64(secret), base64(secret).replaceAll('=', '')]),
    base64(`${secrets.apiKey}:${secrets.apiToken}`),
    '8e17b04d92fa631c',
  ];

  function assertClean(text: string): void {
    for (const form of forms) assert.ok(!text.includes(form), `${form} is in: ${text}`);
  }

  /** Every way in which an error is written down. */
  function textsOf(error: ApiError): string {
    const chain: string[] = [];
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) chain.push(String(cause), cause.stack ?? '', JSON.stringify(cause, Object.getOwnPropertyNames(cause)));
    return [...chain, JSON.stringify(error), JSON.stringify(error.details), inspect(error, { depth: null, showHidden: true })].join('\n');
  }

  const faults: readonly Fault[] = [
    { kind: 'echo', status: 401 },
    { kind: 'echo', status: 200 },
    { kind: 'echo', status: 500 },
    { kind: 'html', status: 502 },
    { kind: 'reset' },
    { kind: 'cut' },
    { kind: 'stall' },
    { kind: 'silent' },
    { kind: 'endless' },
    { kind: 'redirect', location: `https://${encodeURIComponent(secrets.apiToken)}.example/?t=${secrets.apiToken}` },
    { kind: 'redirect', location: `https://key:${secrets.apiToken}@login.example/` },
    { kind: 'answer', status: 200, body: `Unreadable: ${secrets.apiToken}` },
    { kind: 'answer', status: 401, body: base64(`${secrets.apiKey}:${secrets.apiToken}`) },
  ];
  for (const fault of faults) {
    it(`in the error, note or log of ${JSON.stringify(fault).slice(0, 60)}`, async () => {
      const logged: unknown[] = [];
      const mend = sandbox().fail(fault);
      const error = await errorOf(clientOf(sandbox(), { timeoutMs: 80, onRequest: (...args) => logged.push(...args) }).getCall(sid));
      mend();
      assertClean(textsOf(error));
      assert.ok(logged.length >= 2);
      assertClean(inspect(logged, { depth: null, showHidden: true }));
    });
  }

  it('when fetch itself quotes the header', async () => {
    const quoting: typeof fetch = (_url, init) => {
      const header = new Headers(init?.headers).get('authorization') ?? '';
      return Promise.reject(new TypeError(`Headers.append: "${header}" is an invalid header value (${secrets.apiKey})`, { cause: new Error(secrets.apiToken) }));
    };
    assertClean(textsOf(await errorOf(clientOf(sandbox(), { fetch: quoting }).getCall(sid))));
  });

  it('when a redirect names a host that holds them: hosts are written in small letters', async () => {
    const credentials = { ...sandbox().credentials, apiKey: 'KEY-5B1F0C7E9A3D42C6' };
    const mend = sandbox().fail({ kind: 'redirect', location: `https://${credentials.apiKey}.login.example/` });
    const error = await errorOf(clientOf(sandbox(), { credentials }).getCall(sid));
    mend();
    assert.doesNotMatch(textsOf(error), /5B1F0C7E9A3D42C6/i);
  });

  it('when a SID holds them, by mistake', async () => {
    const error = await errorOf(clientOf(sandbox()).getCall(secrets.apiToken));
    assertClean(textsOf(error));
    assert.equal(error.kind, 'notFound');
  });

  it('in the call of a server that repeats them, or in its raw answer', async () => {
    const body = JSON.stringify({ request_id: `req_${secrets.apiToken}`, response: { call_details: { sid: 'c', custom_field: secrets.apiKey, [secrets.apiToken]: base64(secrets.apiToken), recording: { url: `https://a.example/${secrets.apiToken}.mp3` } } } });
    const mend = sandbox().fail({ kind: 'answer', status: 200, body });
    const answer = await clientOf(sandbox()).getCall('c');
    mend();
    assertClean(inspect([answer.call, answer.requests, answer.bodies], { depth: null }));
    assert.match(answer.bodies[0]?.body ?? '', /"call_details":\{"sid":"c"/);
  });

  it('and odd keys are sent whole all the same', async () => {
    assert.equal((await clientOf(sandbox()).getCall(sid)).call.sid, sid);
  });
});
