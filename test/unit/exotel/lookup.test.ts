import assert from 'node:assert/strict';
import type { LegsReply, RequestNote } from '../../../src/call/request';
import type { Credentials } from '../../../src/exotel/account';
import type { CallAnswer, Plan, RequestOutcome } from '../../../src/exotel/client';
import type { ApiError } from '../../../src/exotel/errors';
import type { Fetch } from '../../../src/exotel/transport';
import { errorOf } from '../../support/errorOf';
import { ACCOUNT_SID, clientOfScripted, type Scripted, type ScriptedAnswer, useScriptedServer } from '../../support/scripted';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const CCM = `/accounts/${ACCOUNT_SID}/calls/${SID}`;
const V2 = `/v2${CCM}`;
const V3 = `/v3${CCM}`;
const V1 = `/v1/Accounts/${ACCOUNT_SID}/Calls/${SID}.json?details=true`;
const LEGS = `${V3}/legs`;

const call = (fields: object = {}): ScriptedAnswer => ({ body: { request_id: 'req_1', http_code: 200, response: { call_details: { sid: SID, direction: 'outbound-api', ...fields } } } });
const V1_CALL: ScriptedAnswer = { body: { Call: { Sid: SID, Direction: 'outbound-api', Status: 'completed', Duration: '17' } } };
const V1_CALL_WITH_LEGS: ScriptedAnswer = { body: { Call: { Sid: SID, Status: 'completed', Details: { Leg1Status: 'completed', Leg2Status: 'busy', Legs: [] } } } };
const LEGS_REPORTED: ScriptedAnswer = { body: { response: { leg_details: { from: [{ status: 'completed' }], to: [{ status: 'busy' }] } } } };
const ccmError = (status: number, code?: number, httpStatus = status): ScriptedAnswer => ({
  status: httpStatus,
  body: { http_code: status, response: { code: status, status: 'failure', data: null, error_data: code === undefined ? null : { code, message: 'Said' } } },
});
const v1Error = (status: number, message = 'Not found'): ScriptedAnswer => ({ status, body: { RestException: { Status: status, Message: message } } });
const NOT_FOUND = ccmError(404, 10744);

type Script = Readonly<Record<string, ScriptedAnswer>>;

describe('A lookup', () => {
  const server = useScriptedServer();

  function played(script: Script): Scripted {
    server().script = (path) => script[path];
    return server();
  }

  async function lookedUp(script: Script, plan: Plan = {}): Promise<CallAnswer> {
    return clientOfScripted(played(script)).getCall(SID, plan);
  }

  async function refused(script: Script, plan: Plan = {}): Promise<ApiError> {
    return errorOf(clientOfScripted(played(script), { timeoutMs: 300 }).getCall(SID, plan));
  }

  const resourcesOf = (notes: readonly RequestNote[] = []): readonly string[] => notes.map(({ resource }) => resource);

  it('of a known account costs one request, and one for legs', async () => {
    const { call: found, requests } = await lookedUp({ [V2]: call({ legs: `${V2}/legs` }), [`${V2}/legs`]: LEGS_REPORTED });
    assert.equal(found.resource, 'v2');
    assert.deepEqual(server().requests, [V2, `${V2}/legs`]);
    assert.deepEqual(resourcesOf(requests), ['v2', 'legs']);
  });

  describe('goes on to v3 and to v1, one request for each that refuses, when the answer is', () => {
    const refusals: Readonly<Record<string, ScriptedAnswer>> = {
      '401': { status: 401 },
      '401 of Exotel’s': ccmError(401, 1010),
      '403': ccmError(403),
      '404 of a page': { status: 404, body: '<html></html>' },
      '404 of an unknown call': NOT_FOUND,
      '404 of an unknown account': ccmError(404, 1017),
      '401 inside a 200': ccmError(401, 1010, 200),
      '403 inside a 200': ccmError(403, undefined, 200),
      '404 inside a 200': ccmError(404, 10744, 200),
      'a code alone inside a 200': { body: { response: { status: 'failure', error_data: [{ code: 10744 }] } } },
    };
    for (const [name, refusal] of Object.entries(refusals)) {
      it(name, async () => {
        const byV3 = await lookedUp({ [V2]: refusal, [V3]: call(), [LEGS]: LEGS_REPORTED });
        assert.equal(byV3.call.resource, 'v3');
        assert.deepEqual(server().requests, [V2, V3, LEGS]);
        server().requests.length = 0;
        const byV1 = await lookedUp({ [V2]: refusal, [V3]: refusal, [V1]: V1_CALL });
        assert.equal(byV1.call.resource, 'v1');
        assert.deepEqual(server().requests, [V2, V3, V1]);
        assert.deepEqual(byV1.requests.map(({ failure }) => failure !== undefined), [true, true, false]);
      });
    }
  });

  describe('asks no other resource when', () => {
    const finals: Readonly<Record<string, ScriptedAnswer>> = {
      'the plan does not cover it': ccmError(402),
      'the plan does not cover it, inside a 200': ccmError(402, undefined, 200),
      'the call is gone for good': { status: 410 },
      'there were too many requests': ccmError(429, 10724),
      'the server failed': ccmError(500, 1100),
      'a gateway answers': { status: 502, body: '<html></html>' },
      'a page comes in its place': { body: '<html></html>' },
      'XML comes in its place': { body: '<TwilioResponse><RestException/></TwilioResponse>' },
      'there is no call in the answer': { body: { response: {} } },
      'it redirects': { status: 302, headers: { Location: '/elsewhere' } },
      'it never answers': { after: new Promise(() => undefined) },
    };
    for (const [name, answer] of Object.entries(finals)) {
      it(name, async () => {
        const error = await refused({ [V2]: answer, [V3]: call(), [V1]: V1_CALL });
        assert.deepEqual(server().requests, [V2]);
        assert.deepEqual(resourcesOf(error.details.requests), ['v2']);
      });
    }

    it('nobody is there', async () => {
      const requests: string[] = [];
      const gone: Fetch = (url) => {
        requests.push(url);
        return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code: 'ECONNREFUSED' }) }));
      };
      assert.equal((await errorOf(clientOfScripted(server(), { fetch: gone }).getCall(SID))).kind, 'network');
      assert.equal(requests.length, 1);
    });

    it('one is pinned, whatever answered before', async () => {
      for (const [only, path] of [['v2', V2], ['v3', V3], ['v1', V1]] as const) {
        server().requests.length = 0;
        await refused({ [path]: NOT_FOUND }, { only, first: 'v3' });
        assert.deepEqual(server().requests, [path]);
      }
    });
  });

  it('asks on the hosts of the account’s own region, and nowhere else', async () => {
    const hosts = {
      singapore: ['https://ccm-api.exotel.com', 'https://ccm-api.exotel.com', 'https://api.exotel.com'],
      mumbai: ['https://ccm-api.in.exotel.com', 'https://ccm-api.in.exotel.com', 'https://api.in.exotel.com'],
    } as const;
    for (const region of ['singapore', 'mumbai'] as const) {
      const sent: string[] = [];
      const nothing: Fetch = (url) => {
        sent.push(url);
        return Promise.resolve(new Response('', { status: 404 }));
      };
      const ask = (credentials: Credentials): Promise<ApiError> => errorOf(clientOfScripted(server(), { credentials, fetch: nothing }).getCall(SID));
      await ask({ ...server().credentials, endpoint: { kind: 'region', region } });
      assert.deepEqual(sent, [V2, V3, V1].map((path, index) => `${String(hosts[region][index])}${path}`));
      sent.length = 0;
      const origins = { singapore: 'http://127.0.0.1:7001', mumbai: 'http://127.0.0.1:7002' };
      await ask({ ...server().credentials, endpoint: { kind: 'sandbox', region, origins } });
      assert.deepEqual(sent, [V2, V3, V1].map((path) => `${origins[region]}${path}`));
    }
  });

  it('takes a path to the legs on the host of its region', async () => {
    const sent: string[] = [];
    const answers: Fetch = (url) => {
      sent.push(url);
      return Promise.resolve(new Response(JSON.stringify({ response: { call_details: { sid: SID, legs: `https://CCM-API.exotel.com:443${V2}/legs` } } })));
    };
    await clientOfScripted(server(), { credentials: { ...server().credentials, endpoint: { kind: 'region', region: 'singapore' } }, fetch: answers }).getCall(SID);
    assert.deepEqual(sent, [`https://ccm-api.exotel.com${V2}`, `https://ccm-api.exotel.com${V2}/legs`]);
  });

  it('asks first what answered the last time, then the others in their order', async () => {
    await refused({}, { first: 'v1' });
    assert.deepEqual(server().requests, [V1, V2, V3]);
    server().requests.length = 0;
    await refused({}, { first: 'v3' });
    assert.deepEqual(server().requests, [V3, V2, V1]);
  });

  describe('that fails at every resource tells', () => {
    const cases: readonly (readonly [what: string, answers: readonly [v2: ScriptedAnswer, v3: ScriptedAnswer, v1: ScriptedAnswer], kind: string, resource: string])[] = [
      ['that there is no such call, by CCM’s code', [{ status: 404 }, NOT_FOUND, v1Error(401)], 'notFound', 'v3'],
      ['that there is no such call, by v1’s word', [ccmError(401, 1010), ccmError(404, 1017), v1Error(404)], 'notFound', 'v1'],
      ['else that the account is not known', [{ status: 401 }, ccmError(404, 1017), { status: 403 }], 'accountNotFound', 'v3'],
      ['also by v1’s word', [{ status: 401 }, { status: 403 }, v1Error(404, 'Account not found')], 'accountNotFound', 'v1'],
      ['else that the account may not', [{ status: 401 }, { status: 404 }, { status: 403 }], 'forbidden', 'v1'],
      ['else that the keys are not taken', [{ status: 404 }, { status: 401 }, { status: 404 }], 'auth', 'v3'],
      ['else that nothing is there', [{ status: 404 }, { status: 404 }, { status: 404 }], 'notFound', 'v2'],
      ['what stopped it, though another said no', [NOT_FOUND, ccmError(500, 1100), v1Error(404)], 'server', 'v3'],
    ];
    for (const [what, [v2, v3, v1], kind, resource] of cases) {
      it(what, async () => {
        const error = await refused({ [V2]: v2, [V3]: v3, [V1]: v1 });
        assert.equal(error.kind, kind);
        assert.equal(error.details.request?.resource, resource);
        assert.deepEqual(resourcesOf(error.details.requests), resource === 'v3' && kind === 'server' ? ['v2', 'v3'] : ['v2', 'v3', 'v1']);
      });
    }

    it('and keeps every answer, its own first', async () => {
      const error = await refused({ [V2]: ccmError(401, 1010), [V3]: { status: 403 }, [V1]: v1Error(404) });
      assert.deepEqual(error.details.bodies?.map(({ resource }) => resource), ['v1', 'v2']);
    });
  });

  it('keeps every answer, that of the call’s own resource first', async () => {
    const { bodies } = await lookedUp({ [V2]: NOT_FOUND, [V3]: call({ note: 1 }), [LEGS]: LEGS_REPORTED });
    assert.deepEqual(bodies.map(({ resource }) => resource), ['v3', 'v2', 'legs']);
    assert.match(bodies[0]?.body ?? '', /"note":1/);
  });

  it('tells of each request once, whatever became of it, and of the limit', async () => {
    const told: (readonly [RequestNote, RequestOutcome])[] = [];
    const headers = { 'X-RateLimit-Limit': '200', 'X-RateLimit-Remaining': '17', 'X-RateLimit-Reset': '1718447460' };
    played({ [V2]: { ...NOT_FOUND, headers }, [V3]: { ...call(), headers: { 'X-RateLimit-Remaining': 'many' } } });
    const { requests } = await clientOfScripted(server(), { onRequest: (...each) => told.push(each) }).getCall(SID);
    assert.deepEqual(told.map(([note]) => note), requests);
    const [v2, v3, legs] = told.map(([, outcome]) => outcome);
    assert.deepEqual([v2?.error?.kind, v2?.limit], ['notFound', { allowed: 200, remaining: 17, resetAt: 1_718_447_460_000 }]);
    assert.deepEqual([v3, legs?.error?.kind], [{}, 'notFound']);
  });

  describe('tells how far this machine’s clock is ahead', () => {
    const date = 'Sat, 15 Jun 2024 10:30:00 GMT';
    const at = Date.parse(date);
    const cases: readonly (readonly [name: string, now: number, headers: Readonly<Record<string, string>>, ahead: number | undefined])[] = [
      ['5 minutes', at + 300_000, { Date: date }, 300_000],
      ['2 hours behind', at - 7_200_000, { Date: date }, -7_200_000],
      ['nothing within a second', at + 900, { Date: date }, 0],
      ['nothing that is known where the date is none', at, { Date: 'yesterday' }, undefined],
      ['nothing that is known where the answer was kept on the way', at, { Date: date, Age: '300' }, undefined],
    ];
    for (const [name, now, headers, ahead] of cases) {
      it(name, async () => {
        played({ [V2]: { ...call(), headers } });
        assert.equal((await clientOfScripted(server(), { now: () => now, elapsed: () => 0 }).getCall(SID)).clockAheadMs, ahead);
      });
    }
  });
});

describe('The legs of a call', () => {
  const server = useScriptedServer();

  async function legsOf(script: Script, plan: Plan = {}): Promise<LegsReply> {
    server().script = (path) => script[path];
    return (await clientOfScripted(server()).getCall(SID, plan)).legs;
  }

  it('are asked for at the usual place where the record names none', async () => {
    for (const legs of [undefined, null, '', 'null', [], {}, '/v2/accounts/<account_sid>/calls/<call_sid>/legs']) {
      server().requests.length = 0;
      assert.deepEqual(await legsOf({ [V2]: call({ legs }), [LEGS]: LEGS_REPORTED }), { kind: 'reported' });
      assert.deepEqual(server().requests, [V2, LEGS]);
    }
  });

  it('are asked for where the record says', async () => {
    for (const path of [`${V2}/legs`, `${V3}/legs`, `/v2/accounts/${ACCOUNT_SID}/calls/another-call/legs`, `/v2/accounts/%61cme1/calls/${SID}/legs`]) {
      for (const named of [path, `${server().origin}${path}`]) {
        server().requests.length = 0;
        assert.deepEqual(await legsOf({ [V2]: call({ legs: named }), [path]: LEGS_REPORTED }), { kind: 'reported' });
        assert.deepEqual(server().requests, [V2, path]);
      }
    }
  });

  describe('are not asked for, and it is said, where the record names', () => {
    const below = (rest: string): string => `/v2/accounts/${ACCOUNT_SID}/calls/${rest}`;
    const elsewhere: readonly string[] = [
      'https://elsewhere.example/legs',
      `https://elsewhere.example${V2}/legs`,
      `//elsewhere.example${V2}/legs`,
      `http://127.0.0.1:1${V2}/legs`,
      `https://key:token@127.0.0.1${V2}/legs`,
      `/v2/accounts/other1/calls/${SID}/legs`,
      `/v1/Accounts/${ACCOUNT_SID}/Calls/${SID}`,
      `https://api.exotel.com${V2}/legs`,
      `/v2/accounts/${ACCOUNT_SID}/users`,
      below(''),
      below('../../other1/calls/x/legs'),
      below('%2e%2e/%2e%2e/other1/legs'),
      below('%252e%252e/legs'),
      below('a%2F..%2Fb/legs'),
      below('a%5C..%5Cb/legs'),
      below('a\\..\\b/legs'),
      below('a//legs'),
      below('./legs'),
      below('x/legs?signature=s3cr3t'),
      below('x/legs?t=s3cr3t'),
      below('x/legs#there'),
      below('x/le\tgs'),
      below('x/légs'),
      below('%ZZ/legs'),
      'legs',
      `v2/accounts/${ACCOUNT_SID}/calls/${SID}/legs`,
    ];
    for (const named of elsewhere) {
      it(JSON.stringify(named), async () => {
        const reply = await legsOf({ [V2]: call({ legs: named }), [LEGS]: LEGS_REPORTED });
        assert.deepEqual(server().requests, [V2]);
        assert.ok(reply.kind === 'refusedPath', reply.kind);
        assert.doesNotMatch(reply.sentence, /s3cr3t|key:token/);
      });
    }

    it('something long and hostile, in a sentence of one line', async () => {
      const reply = await legsOf({ [V2]: call({ legs: `https://elsewhere.example/\u202E${'x'.repeat(5000)}\n` }) });
      assert.ok(reply.kind === 'refusedPath');
      assert.match(reply.sentence, /^The record names “https:\/\/elsewhere\.example\/ x+…” as the place of its legs: .+ not asked\.$/u);
      assert.ok(reply.sentence.length < 300);
    });
  });

  describe('lose nothing of the call when they', () => {
    const cases: readonly (readonly [name: string, answer: ScriptedAnswer, kind: LegsReply['kind'], sentence: RegExp])[] = [
      ['are refused with 401', ccmError(401, 1010), 'notEnabled', /^Leg details are not enabled for this account: v3 legs answered 401\.$/],
      ['are refused with 403', { status: 403 }, 'notEnabled', /403/],
      ['are refused with 404', { status: 404, body: '<html></html>' }, 'notEnabled', /404/],
      ['are refused inside a 200', ccmError(403, undefined, 200), 'notEnabled', /403/],
      ['are not found, by their code', ccmError(404, 10743), 'notFound', /^There are no leg details for this call: v3 legs answered 404 \(code 10743\)\.$/],
      ['are not found, as a server’s error', ccmError(500, 10743), 'notFound', /500 \(code 10743\)/],
      ['are not found, by their words', { status: 404, body: { response: { status: 'failure', error_data: { message: 'Legs not found' } } } }, 'notFound', /404/],
      ['are of a call that is not known there', ccmError(404, 10744), 'notFound', /10744/],
      ['cannot be retrieved', ccmError(500, 10715), 'failed', /^Leg details are missing: .+ had an error of its own \(500, code 10715\)\.$/],
      ['are not covered by the plan', ccmError(402), 'failed', /plan/],
      ['are too many requests', ccmError(429, 10724), 'failed', /pause/],
      ['come as a page', { body: '<html></html>' }, 'failed', /an HTML page where JSON was expected/],
      ['come as something else', { body: { response: { leg_details: null } } }, 'failed', /sent JSON, but no legs/],
      ['never come', { after: new Promise(() => undefined) }, 'failed', /did not answer within/],
    ];
    for (const [name, answer, kind, sentence] of cases) {
      it(name, async () => {
        server().script = (path) => ({ [V2]: call({ status: 'completed' }), [LEGS]: answer })[path];
        for (const plan of [{}, { hasLegs: true }]) {
          const found = await clientOfScripted(server(), { timeoutMs: 300 }).getCall(SID, plan);
          assert.equal(found.call.status, 'completed');
          assert.equal(found.call.legs, undefined);
          assert.ok(found.legs.kind === kind && 'sentence' in found.legs, found.legs.kind);
          assert.match(found.legs.sentence, sentence);
          assert.deepEqual(found.requests.map(({ resource }) => resource).toSorted(), ['legs', 'v2']);
        }
      });
    }
  });

  it('are told to be none where there are none', async () => {
    server().script = (path) => ({ [V2]: call(), [LEGS]: { body: { response: { leg_details: { from: [], to: null } } } } })[path];
    assert.deepEqual((await clientOfScripted(server()).getCall(SID)).call.legs, []);
  });

  it('that v1 tells of itself cost no request', async () => {
    assert.deepEqual(await legsOf({ [V1]: V1_CALL_WITH_LEGS }, { only: 'v1' }), { kind: 'inDetails' });
    assert.deepEqual(await legsOf({ [V1]: V1_CALL }, { only: 'v1' }), { kind: 'notAsked' });
    assert.deepEqual(server().requests, [V1, V1]);
  });

  it('of a call that the legs resource does not know are those that v1 tells of', async () => {
    assert.deepEqual(await legsOf({ [V1]: V1_CALL_WITH_LEGS, [LEGS]: NOT_FOUND }, { only: 'v1', hasLegs: true }), { kind: 'inDetails' });
  });

  describe('of an account that is known to have them', () => {
    it('are asked for at the same time as the details, at the place that answered before', async () => {
      for (const [plan, path] of [[{ hasLegs: true }, LEGS], [{ hasLegs: true, legsUnder: 'v2' }, `${V2}/legs`]] as const) {
        server().requests.length = 0;
        const [details, legs] = [server().asked(V2), server().asked(path)];
        const script: Script = { [V2]: { ...call({ legs: `${V2}/legs` }), after: legs }, [path]: { ...LEGS_REPORTED, after: details } };
        server().script = (asked) => script[asked];
        const answer = await clientOfScripted(server()).getCall(SID, plan);
        assert.equal(answer.legs.kind, 'reported');
        assert.deepEqual(answer.requests.map(({ resource }) => resource), ['v2', 'legs']);
        assert.deepEqual(server().requests.toSorted(), [V2, path].toSorted());
      }
    });

    it('tell of a path in the record that leads elsewhere, though it was not needed', async () => {
      server().script = (asked) => ({ [V2]: call({ legs: 'https://evil.example/legs' }), [LEGS]: LEGS_REPORTED })[asked];
      const { legs } = await clientOfScripted(server()).getCall(SID, { hasLegs: true });
      assert.deepEqual(legs, { kind: 'reported', refusesPath: true });
    });

    it('are given up when there is no call', async () => {
      const [asked, dropped] = [server().asked(LEGS), server().dropped(LEGS)];
      const script: Script = { [V2]: { ...ccmError(500, 1100), after: asked }, [LEGS]: { after: new Promise(() => undefined) } };
      server().script = (path) => script[path];
      const error = await errorOf(clientOfScripted(server()).getCall(SID, { hasLegs: true }));
      await dropped;
      assert.equal(error.kind, 'server');
      assert.deepEqual(error.details.requests?.map(({ resource }) => resource), ['v2', 'legs']);
      assert.equal(error.details.requests[1]?.failure, 'The legs were given up with the lookup.');
    });
  });

  it('say under which version they were found', async () => {
    server().script = (path) => ({ [V2]: call({ legs: `${V2}/legs` }), [V3]: call(), [`${V2}/legs`]: LEGS_REPORTED, [LEGS]: LEGS_REPORTED })[path];
    assert.equal((await clientOfScripted(server()).getCall(SID)).legsUnder, 'v2');
    assert.equal((await clientOfScripted(server()).getCall(SID, { only: 'v3' })).legsUnder, 'v3');
  });
});

describe('A lookup that is cancelled', () => {
  const server = useScriptedServer();
  const never: ScriptedAnswer = { after: new Promise(() => undefined) };

  it('while legs are asked for is cancelled, and nothing is left behind', async () => {
    const [asked, dropped] = [server().asked(LEGS), server().dropped(LEGS)];
    server().script = (path) => ({ [V2]: call(), [LEGS]: never })[path];
    const cancel = new AbortController();
    const lookup = errorOf(clientOfScripted(server()).getCall(SID, {}, cancel.signal));
    await asked;
    cancel.abort();
    const error = await lookup;
    await dropped;
    assert.equal(error.kind, 'cancelled');
    assert.deepEqual(error.details.requests?.map(({ resource }) => resource), ['v2', 'legs']);
  });

  it('while both are asked for gives up both', async () => {
    const [details, legs] = [server().dropped(V2), server().dropped(LEGS)];
    const asked = Promise.all([server().asked(V2), server().asked(LEGS)]);
    server().script = () => never;
    const cancel = new AbortController();
    const lookup = errorOf(clientOfScripted(server()).getCall(SID, { hasLegs: true }, cancel.signal));
    await asked;
    cancel.abort();
    assert.equal((await lookup).kind, 'cancelled');
    await Promise.all([details, legs]);
  });

  it('between two resources asks no other', async () => {
    const cancel = new AbortController();
    server().script = () => {
      cancel.abort();
      return NOT_FOUND;
    };
    assert.equal((await errorOf(clientOfScripted(server()).getCall(SID, {}, cancel.signal))).kind, 'cancelled');
    assert.deepEqual(server().requests, [V2]);
  });
});

describe('Asking all resources', () => {
  const server = useScriptedServer();

  it('asks each once, at the same time', async () => {
    const paths = [V2, V3, V1, LEGS];
    const all = Promise.all(paths.map((path) => server().asked(path)));
    const script: Script = { [V2]: call(), [V3]: call(), [V1]: V1_CALL, [LEGS]: LEGS_REPORTED };
    server().script = (path) => ({ ...script[path], after: all });
    const answer = await clientOfScripted(server()).askAll(SID, { only: 'v1' });
    assert.deepEqual(server().requests.toSorted(), paths.toSorted());
    assert.equal(answer.call.resource, 'v2');
    assert.deepEqual(answer.requests.map(({ resource }) => resource), ['v2', 'v3', 'v1', 'legs']);
    assert.equal(answer.bodies[0]?.resource, 'v2');
    assert.deepEqual(answer.bodies.map(({ resource }) => resource).toSorted(), ['legs', 'v1', 'v2', 'v3']);
    assert.equal(answer.call.legs?.length, 2);
  });

  it('plays the recording that the call shows, not one that only another resource has', async () => {
    const signed = 'https://a.example/r.mp3?signature=1';
    const v1 = { body: { Call: { Sid: SID, RecordingUrl: signed } } };
    const recordingOf = async (recording: object): Promise<readonly [url: string | undefined, location: string | undefined]> => {
      const script: Script = { [V2]: call({ recording }), [V1]: v1 };
      server().script = (path) => script[path];
      const answer = await clientOfScripted(server()).askAll(SID);
      return [answer.recordingUrl, answer.call.recording?.location];
    };
    assert.deepEqual(await recordingOf({ available: false, url: '' }), [undefined, undefined]);
    assert.deepEqual(await recordingOf({ available: true }), [signed, 'https://a.example/r.mp3']);
    assert.deepEqual(await recordingOf({ available: true, url: 'https://b.example/own.mp3' }), ['https://b.example/own.mp3', 'https://b.example/own.mp3']);
  });

  it('shows the call by those that have it, with the link to the recording of any', async () => {
    const v1 = { body: { Call: { Sid: SID, Status: 'completed', RecordingUrl: 'https://recordings.exotel.com/a/b.mp3' } } };
    server().script = (path) => ({ [V2]: { status: 502 }, [V3]: call(), [V1]: v1, [LEGS]: { status: 403 } })[path];
    const answer = await clientOfScripted(server()).askAll(SID);
    assert.equal(answer.call.resource, 'v3');
    assert.equal(answer.recordingUrl, 'https://recordings.exotel.com/a/b.mp3');
    assert.equal(answer.legs.kind, 'notEnabled');
    assert.deepEqual(answer.requests.map(({ status }) => status), [502, 200, 200, 403]);
  });

  it('fails only when none has the call, with what stopped one before what refused others', async () => {
    server().script = (path) => ({ [V2]: NOT_FOUND, [V3]: NOT_FOUND, [V1]: v1Error(404), [LEGS]: { status: 403 } })[path];
    const nowhere = await errorOf(clientOfScripted(server()).askAll(SID));
    assert.deepEqual([nowhere.kind, nowhere.details.requests?.length], ['notFound', 4]);
    server().script = (path) => ({ [V2]: NOT_FOUND, [V3]: NOT_FOUND, [V1]: { status: 502 } })[path];
    assert.equal((await errorOf(clientOfScripted(server()).askAll(SID))).kind, 'server');
  });

  it('is cancelled as a whole', async () => {
    const [details, dropped] = [server().asked(V2), server().dropped(V1)];
    server().script = (path) => (path === V1 ? { after: new Promise(() => undefined) } : call());
    const cancel = new AbortController();
    const lookup = errorOf(clientOfScripted(server()).askAll(SID, {}, cancel.signal));
    await details;
    cancel.abort();
    assert.equal((await lookup).kind, 'cancelled');
    await dropped;
  });
});

describe('Trying keys', () => {
  const server = useScriptedServer();
  const nobody = SID.replace(/./g, '0');
  const path = (of: string): string => of.replace(SID, nobody);

  async function tried(v2: ScriptedAnswer, v1: ScriptedAnswer): Promise<unknown> {
    server().requests.length = 0;
    server().script = (asked) => ({ [path(V2)]: v2, [path(V1)]: v1 })[asked];
    const result = await clientOfScripted(server()).probe();
    return result.kind === 'good' ? result : result.error.kind;
  }

  it('that CCM refuses asks v1, which may take them', async () => {
    for (const v2 of [ccmError(401, 1010), { status: 403 }, ccmError(404, 1017)]) {
      assert.deepEqual(await tried(v2, v1Error(404, 'Call not found')), { kind: 'good', first: 'v1' });
      assert.deepEqual(server().requests, [path(V2), path(V1)]);
    }
  });

  it('that v1 does not take either are bad, as v2 said', async () => {
    assert.equal(await tried(ccmError(401, 1010), v1Error(403)), 'auth');
    assert.equal(await tried({ status: 403 }, v1Error(404, 'Account not found')), 'forbidden');
    assert.equal(await tried({ status: 403 }, { status: 404, body: '<html></html>' }), 'forbidden');
    assert.equal(await tried({ status: 401 }, { status: 502 }), 'auth');
  });

  it('asks nothing more where v2 knows, or knows nothing at all', async () => {
    assert.deepEqual(await tried(NOT_FOUND, v1Error(404)), { kind: 'good' });
    for (const v2 of [{ status: 404 }, { status: 402 }, { status: 500 }]) await tried(v2, v1Error(404));
    assert.deepEqual(server().requests, [path(V2)]);
  });
});
