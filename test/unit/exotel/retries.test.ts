import assert from 'node:assert/strict';
import type { CallAnswer, ClientOptions, Plan, Retries } from '../../../src/exotel/client';
import type { ApiError, ApiErrorKind } from '../../../src/exotel/errors';
import { errorOf } from '../../support/errorOf';
import { Pauses } from '../../support/pauses';
import { ACCOUNT_SID, clientOfScripted, type ScriptedAnswer, useScriptedServer } from '../../support/scripted';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const V2 = `/v2/accounts/${ACCOUNT_SID}/calls/${SID}`;
const V3 = `/v3/accounts/${ACCOUNT_SID}/calls/${SID}`;
const LEGS = `${V3}/legs`;

const CALL: ScriptedAnswer = { body: { response: { call_details: { sid: SID } } } };
const NO_LEGS: ScriptedAnswer = { body: { response: { leg_details: { from: [], to: [] } } } };
const NOT_FOUND: ScriptedAnswer = { status: 404, body: { response: { error_data: { code: 10744 } } } };
const AWAY: ScriptedAnswer = { status: 503, body: '<html>Away</html>' };

const HOUR = 3_600_000;

describe('Asking again', () => {
  const server = useScriptedServer();

  /** What the server answers from now on: for each path one after the other, the last one for ever. */
  function answers(script: Readonly<Record<string, readonly ScriptedAnswer[]>>): void {
    const asked = new Map<string, number>();
    server().script = (path) => {
      const count = asked.get(path) ?? 0;
      asked.set(path, count + 1);
      return script[path]?.[count] ?? script[path]?.at(-1);
    };
  }

  const lookedUp = (options: Partial<ClientOptions> = {}, plan: Plan = {}): Promise<CallAnswer> =>
    clientOfScripted(server(), { retries: new Pauses(), ...options }).getCall(SID, plan);
  const failed = (options: Partial<ClientOptions> = {}, plan: Plan = {}): Promise<ApiError> => errorOf(lookedUp(options, plan));
  const asked = (path: string): number => server().requests.filter((each) => each === path).length;

  it('costs nothing where nothing fails: one request, and one for the legs', async () => {
    answers({ [V2]: [CALL], [LEGS]: [NO_LEGS] });
    const { requests } = await lookedUp();
    assert.deepEqual(server().requests, [V2, LEGS]);
    assert.ok(requests.every(({ attempt }) => attempt === undefined));
  });

  describe('brings the call in spite of', () => {
    const passing: Readonly<Record<string, ScriptedAnswer>> = {
      'a gateway that finds nobody (502)': { status: 502, body: '<html></html>' },
      'a server that is away (503)': AWAY,
      'a gateway that waited in vain (504)': { status: 504 },
      'a 503 inside a 200': { body: { http_code: 503, response: { status: 'failure' } } },
      'a connection that is closed without an answer': { breaks: 'atOnce' },
      'an answer that breaks off': { breaks: 'inTheMiddle' },
    };
    for (const [name, answer] of Object.entries(passing)) {
      it(name, async () => {
        answers({ [V2]: [answer, answer, CALL], [LEGS]: [NO_LEGS] });
        const { call, requests } = await lookedUp();
        assert.equal(call.sid, SID);
        assert.deepEqual(requests.map(({ resource, attempt, failure }) => [resource, attempt, failure !== undefined]), [
          ['v2', undefined, true],
          ['v2', 2, true],
          ['v2', 3, false],
          ['legs', undefined, false],
        ]);
      });
    }

    for (const code of ['EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_SOCKET']) {
      it(code, async () => {
        answers({ [V2]: [CALL] });
        let isFirst = true;
        const breaks: ClientOptions['fetch'] = (url, init) => {
          if (!isFirst) return fetch(url, init);
          isFirst = false;
          return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
        };
        assert.equal((await lookedUp({ fetch: breaks })).call.sid, SID);
      });
    }
  });

  it('ends after the third time, and says how often it was', async () => {
    answers({ [V2]: [AWAY] });
    const { kind, message, details } = await failed();
    const { host } = new URL(server().origin);
    assert.deepEqual([kind, message], ['server', `${host} is not available at the moment (503), tried three times.`]);
    assert.deepEqual(details.requests?.map(({ attempt }) => attempt), [undefined, 2, 3]);
    assert.deepEqual(server().requests, [V2, V2, V2]);
  });

  describe('is no use, and is not done, when the answer is', () => {
    const final: Readonly<Record<string, readonly [answer: ScriptedAnswer, kind: ApiErrorKind]>> = {
      'wrong keys': [{ status: 401 }, 'auth'],
      'a refusal': [{ status: 403 }, 'forbidden'],
      'no such call': [NOT_FOUND, 'notFound'],
      'that the server gave up (408)': [{ status: 408 }, 'timeout'],
      'too many requests': [{ status: 429 }, 'rateLimited'],
      'too many requests, a moment ago': [{ status: 429, headers: { 'Retry-After': '0' } }, 'rateLimited'],
      'an error of Exotel’s own (500)': [{ status: 500 }, 'server'],
      'not implemented (501)': [{ status: 501 }, 'server'],
      'a sign-in page of the network (511)': [{ status: 511 }, 'network'],
      'a sign-in page (200)': [{ body: '<!doctype html>' }, 'badReply'],
      'a redirect': [{ status: 302, headers: { Location: 'https://login.example/' } }, 'badReply'],
      'too large': [{ body: ' '.repeat(5_000_001) }, 'badReply'],
      'a wish to be left alone for longer than anybody would wait': [{ status: 503, headers: { 'Retry-After': '3' } }, 'server'],
    };
    for (const [name, [answer, kind]] of Object.entries(final)) {
      it(name, async () => {
        answers({ [V2]: [answer] });
        const error = await failed({}, { only: 'v2' });
        assert.equal(error.kind, kind);
        assert.deepEqual(server().requests, [V2]);
        assert.doesNotMatch(error.message, /tried/);
      });
    }

    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'HPE_INVALID_CONSTANT', 'ERR_TUNNEL_CONNECTION_FAILED']) {
      it(code, async () => {
        let count = 0;
        const breaks = (): Promise<Response> => {
          count += 1;
          return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
        };
        await failed({ fetch: breaks });
        assert.equal(count, 1);
      });
    }
  });

  describe('waits', () => {
    it('a little at first and longer then, never all clients at the same time', async () => {
      answers({ [V2]: [AWAY] });
      for (const [random, pauses] of [[0, [150, 450]], [0.5, [300, 900]], [1, [450, 1350]]] as const) {
        const retries = new Pauses(() => random);
        await failed({ retries });
        assert.deepEqual(retries.taken, pauses);
      }
    });

    it('for as long as the answer asks for, up to two seconds', async () => {
      answers({ [V2]: [{ ...AWAY, headers: { 'Retry-After': '2' } }, CALL] });
      const retries = new Pauses();
      await lookedUp({ retries });
      assert.deepEqual(retries.taken, [2000]);
    });

    it('for the account’s limit, and lets it be where that takes long', async () => {
      answers({ [V2]: [AWAY, CALL] });
      const patient = Object.assign(new Pauses(), { waitMs: () => 1700 });
      await lookedUp({ retries: patient });
      assert.deepEqual(patient.taken, [1700]);
      answers({ [V2]: [AWAY, CALL] });
      assert.equal((await failed({ retries: Object.assign(new Pauses(), { waitMs: () => 2001 }) })).kind, 'server');
    });
  });

  describe('takes no longer in all than one request may:', () => {
    it('a pause ends with the time, and what came is told', async () => {
      answers({ [V2]: [AWAY] });
      const sleep: Retries['sleep'] = (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      const error = await failed({ timeoutMs: 60, retries: { sleep, random: () => 0 } });
      assert.equal(error.kind, 'server');
      assert.equal(asked(V2), 1);
      assert.equal(error.details.requests?.length, 1);
      assert.doesNotMatch(error.message, /tried/);
    });

    it('what came in time is told of rather than the silence after it', async () => {
      answers({ [V2]: [AWAY, { after: new Promise(() => undefined) }] });
      const error = await failed({ timeoutMs: 120 });
      assert.deepEqual([error.kind, error.details.status], ['server', 503]);
      assert.match(error.message, /\(503\), tried twice\.$/);
      assert.deepEqual(error.details.requests?.map(({ status }) => status), [503, undefined]);
    });

    it('so silence itself is not asked again', async () => {
      answers({ [V2]: [{ after: new Promise(() => undefined) }] });
      assert.equal((await failed({ timeoutMs: 40 })).kind, 'timeout');
      assert.equal(asked(V2), 1);
    });
  });

  it('does not take the end of the limit, which any answer may tell of, for a wish to be left alone', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 40);
    answers({ [V2]: [{ ...AWAY, headers: { 'X-RateLimit-Reset': reset, 'X-RateLimit-Remaining': '150' } }, CALL] });
    assert.equal((await lookedUp()).call.sid, SID);
  });

  it('goes on to the next resource where the answer turns out to be a refusal', async () => {
    answers({ [V2]: [AWAY, NOT_FOUND], [V3]: [CALL], [LEGS]: [NO_LEGS] });
    const { call } = await lookedUp();
    assert.equal(call.resource, 'v3');
    assert.deepEqual(server().requests, [V2, V2, V3, LEGS]);
  });

  it('is done for legs as well, and the call is shown whatever comes of it', async () => {
    answers({ [V2]: [CALL], [LEGS]: [{ breaks: 'atOnce' }, AWAY, NO_LEGS] });
    for (const hasLegs of [true, false]) {
      assert.equal((await lookedUp({}, { hasLegs })).legs.kind, 'reported');
      answers({ [V2]: [CALL], [LEGS]: [{ breaks: 'atOnce' }, AWAY, NO_LEGS] });
    }
    answers({ [V2]: [CALL], [LEGS]: [AWAY] });
    const { legs } = await lookedUp({}, { hasLegs: true });
    assert.match('sentence' in legs ? legs.sentence : '', /^Leg details are missing: .*\(503\), tried three times\.$/);
  });

  it('lists no try that was given up before it was sent', async () => {
    let pauses = (): void => undefined;
    const inPause = new Promise<void>((resolve) => (pauses = resolve));
    const sleep: Retries['sleep'] = (_ms, signal) => {
      pauses();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    answers({ [V2]: [{ status: 500, after: inPause }], [LEGS]: [AWAY] });
    const told: unknown[] = [];
    const error = await failed({ retries: { sleep, random: () => 0 }, onRequest: (note) => told.push(note) }, { hasLegs: true });
    assert.deepEqual(error.details.requests?.map(({ resource, attempt }) => [resource, attempt]), [['v2', undefined], ['legs', undefined]]);
    assert.equal(told.length, 2);
  });

  it('leaves one answer of each resource for Raw JSON: the last that came', async () => {
    answers({ [V2]: [AWAY, CALL], [LEGS]: [NO_LEGS] });
    assert.deepEqual((await lookedUp()).bodies.map(({ resource, status }) => [resource, status]), [['v2', 200], ['legs', 200]]);
    answers({ [V2]: [AWAY, { breaks: 'atOnce' }] });
    assert.deepEqual((await failed()).details.bodies?.map(({ resource, status }) => [resource, status]), [['v2', 503]]);
  });

  it('is left to the next poll, to the next way to a recording, and to the person who diagnoses', async () => {
    answers({ [V2]: [AWAY] });
    assert.equal((await errorOf(clientOfScripted(server()).getCall(SID))).details.requests?.length, 1);
    const client = clientOfScripted(server(), { retries: new Pauses() });
    assert.equal((await client.askOne('v2', SID)).error?.details.status, 503);
    assert.equal(asked(V2), 2);
    server().script = () => AWAY;
    server().requests.length = 0;
    assert.equal((await client.freshRecording({ resource: 'v2' }, SID, { url: 'https://recordings.example/a.mp3' })).kind, 'none');
    assert.equal(server().requests.length, 2);
  });

  it('is done for keys that are tried', async () => {
    let count = 0;
    server().script = () => ((count += 1) === 1 ? AWAY : NOT_FOUND);
    assert.deepEqual(await clientOfScripted(server(), { retries: new Pauses() }).probe(), { kind: 'good' });
  });

  describe('after a sleep in the middle of a request', () => {
    const never = new Promise(() => undefined);
    const asleep = (ms: number): Partial<ClientOptions> => {
      let slept = 0;
      void server().asked(V2).then(() => (slept = ms));
      return { now: () => Date.now() + slept, timeoutMs: 60 };
    };

    it('is done once more, with all the time there is for one', async () => {
      answers({ [V2]: [{ after: never }, CALL], [LEGS]: [NO_LEGS] });
      const { call, requests } = await lookedUp(asleep(3 * HOUR));
      assert.equal(call.sid, SID);
      assert.ok((requests[0]?.milliseconds ?? 0) < HOUR);
    });

    it('ends all the same when nobody answers', async () => {
      answers({ [V2]: [{ after: never }] });
      assert.equal((await failed(asleep(3 * HOUR))).kind, 'timeout');
      assert.equal(asked(V2), 2);
    });

    it('is not taken for one when the clock was put back', async () => {
      answers({ [V2]: [{ after: never }] });
      assert.equal((await failed(asleep(-24 * HOUR))).kind, 'timeout');
      assert.equal(asked(V2), 1);
    });
  });
});
