import assert from 'node:assert/strict';
import { type CheckupId, type CheckupResult, CHECKUPS, type Diagnosis, diagnosisReport } from '../../../src/call/diagnosis';
import type { Resource } from '../../../src/call/request';
import type { Credentials, Endpoint } from '../../../src/exotel/account';
import { createClient } from '../../../src/exotel/client';
import { diagnose, type DoctorOptions } from '../../../src/exotel/doctor';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../src/exotel/errors';
import type { OneAnswer } from '../../../src/exotel/lookup';
import { apiHost } from '../../../src/exotel/origin';
import { useSandbox } from '../../support/sandbox';

/** What a resource answers: a kind of failure with status and code, or `found`. */
type Answer = 'found' | readonly [kind: ApiErrorKind, status?: number, code?: string | undefined, said?: string];

const NO_SUCH_CALL: Answer = ['notFound', 404, '10744'];
const V1_NO_SUCH_CALL: Answer = ['notFound', 404, undefined, 'The requested resource was not found'];
const REFUSED: Answer = ['auth', 401, '1010'];
const FORBIDDEN: Answer = ['forbidden', 403];
const BARE_404: Answer = ['notFound', 404];

type Answers = Readonly<Partial<Record<Resource, Answer>>>;

const GOOD: Answers = { v2: NO_SUCH_CALL, v3: NO_SUCH_CALL, v1: V1_NO_SUCH_CALL, legs: NO_SUCH_CALL };
const ALL_REFUSED: Answers = { v2: REFUSED, v3: REFUSED, v1: REFUSED, legs: REFUSED };

const SINGAPORE: Endpoint = { kind: 'region', region: 'singapore' };

interface Case {
  readonly endpoint?: Endpoint;
  readonly here?: Answers;
  readonly there?: Answers;
  readonly callSid?: string;
  readonly proxy?: string;
  readonly agrees?: boolean;
  readonly fetch?: DoctorOptions['fetch'];
}

interface Examined extends Diagnosis {
  readonly result: (id: CheckupId) => CheckupResult | undefined;
  /** Each request with keys: `v2 at ccm-api.exotel.com`. */
  readonly sent: readonly string[];
  readonly questions: readonly string[];
}

async function examine({ endpoint = SINGAPORE, here = GOOD, there = ALL_REFUSED, agrees = true, fetch = answers(404), ...rest }: Case): Promise<Examined> {
  const sent: string[] = [];
  const questions: string[] = [];
  const credentials: Credentials = { endpoint, accountSid: 'acme1', apiKey: 'the-key', apiToken: 'the-token' };
  const diagnosis = await diagnose({
    ...rest,
    credentials,
    fetch,
    now: () => 0,
    elapsed: () => 0,
    timeoutMs: 5000,
    signal: new AbortController().signal,
    mayAskOtherRegion: (hosts) => {
      questions.push(hosts);
      return Promise.resolve(agrees);
    },
    ask: ({ endpoint: asked }, resource) => {
      const host = apiHost(asked, resource);
      sent.push(`${resource} at ${host}`);
      return Promise.resolve(askedOf(resource, host, (asked === endpoint ? here : there)[resource] ?? BARE_404));
    },
  });
  return { ...diagnosis, sent, questions, result: (id) => diagnosis.checkups.find((checkup) => checkup.id === id)?.result };
}

function askedOf(resource: Resource, host: string, answer: Answer): OneAnswer {
  const note = { resource, method: 'GET', host, path: '/', milliseconds: 12 } as const;
  if (answer === 'found') return { note: { ...note, status: 200 } };
  const [kind, status, code, said] = answer;
  const request = status === undefined ? note : { ...note, status };
  const details: ApiErrorDetails = { request, ...(code === undefined ? {} : { code }), ...(said === undefined ? {} : { said }) };
  return { note: request, error: new ApiError(kind, 'It failed.', details) };
}

function answers(status: number, headers: Readonly<Record<string, string>> = {}): DoctorOptions['fetch'] {
  return () => Promise.resolve(new Response('', { status, headers }));
}

function breaks(code: string): DoctorOptions['fetch'] {
  return () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('no'), { code }) }));
}

describe('diagnosing an account', () => {
  const cases: readonly [what: string, given: Case, results: Readonly<Partial<Record<CheckupId, CheckupResult>>>, conclusion: RegExp, cure?: string][] = [
    ['that works', {}, { reach: 'good', tls: 'good', proxy: 'good', keys: 'good', otherRegion: 'skipped', accountSid: 'good', ccm: 'good', legs: 'good', v1: 'good' }, /^Everything answers/],
    ['without CCM', { here: { v2: REFUSED, v3: FORBIDDEN, v1: V1_NO_SUCH_CALL, legs: REFUSED } }, { keys: 'good', otherRegion: 'skipped', accountSid: 'good', ccm: 'off', legs: 'off', v1: 'good' }, /no CCM/],
    ['without leg details', { here: { ...GOOD, legs: FORBIDDEN } }, { keys: 'good', legs: 'off' }, /only leg details are not enabled/],
    ['without legs of a call that exists', { here: { ...GOOD, legs: NO_SUCH_CALL }, callSid: 'c'.repeat(32) }, { legs: 'off' }, /only leg details/],
    ['with legs of a call that exists', { here: { ...GOOD, legs: 'found' }, callSid: 'c'.repeat(32) }, { legs: 'good' }, /^Everything answers/],
    ['whose legs are missing', { here: { ...GOOD, legs: ['server', 500, '10743'] } }, { legs: 'good' }, /^Everything answers/],
    ['without v1', { here: { ...GOOD, v1: REFUSED } }, { keys: 'good', ccm: 'good', v1: 'off' }, /^Everything answers/],
    ['of the other region', { here: ALL_REFUSED, there: GOOD }, { keys: 'bad', otherRegion: 'good', accountSid: 'skipped', ccm: 'unclear', legs: 'unclear', v1: 'unclear' }, /belong to Mumbai, and this account is set to Singapore/, 'useOtherRegion'],
    ['of the other region, known there to v1 only', { here: ALL_REFUSED, there: { ...ALL_REFUSED, v1: V1_NO_SUCH_CALL } }, { otherRegion: 'good' }, /belong to Mumbai/, 'useOtherRegion'],
    ['with wrong keys', { here: ALL_REFUSED }, { keys: 'bad', otherRegion: 'bad' }, /not accepted/, 'updateCredentials'],
    ['with wrong keys that are not to be sent elsewhere', { here: ALL_REFUSED, agrees: false }, { keys: 'bad', otherRegion: 'skipped' }, /not accepted/, 'updateCredentials'],
    ['with a wrong account SID', { here: { v2: ['accountNotFound', 404, '1017'], v3: ['accountNotFound', 404, '1017'], v1: REFUSED, legs: REFUSED } }, { keys: 'unclear', otherRegion: 'bad', accountSid: 'bad' }, /account SID is not known/, 'editAccount'],
    ['at a server that is not Exotel’s', { endpoint: { kind: 'custom', origin: 'https://exotel.example' }, here: { v2: ['badReply', 200], v3: ['badReply', 200], v1: ['badReply', 200], legs: ['badReply', 200] } }, { proxy: 'unclear', keys: 'unclear', otherRegion: 'skipped' }, /not as Exotel’s API does/, 'editAccount'],
    ['behind a proxy that wants a sign-in before it connects', { fetch: breaks('ERR_PROXY_AUTH_REQUESTED'), proxy: 'http.proxy, proxy.example:8080' }, { reach: 'bad', proxy: 'bad', keys: 'skipped' }, /^A proxy keeps/],
    ['behind a network that wants a sign-in', { here: { v2: ['network', 511], v3: ['network', 511], v1: ['network', 511], legs: ['network', 511] } }, { proxy: 'unclear', keys: 'unclear' }, /not as Exotel’s API does/, 'editAccount'],
    ['behind a proxy that wants a sign-in', { fetch: answers(407), here: { v2: ['network', 407], v3: ['network', 407], v1: ['network', 407], legs: ['network', 407] }, proxy: 'http.proxy, proxy.example:8080' }, { proxy: 'bad' }, /^A proxy keeps/],
    ['behind a proxy that lets it through', { proxy: 'http.proxy, proxy.example:8080' }, { proxy: 'good' }, /^Everything answers/],
    ['whose host has no name', { fetch: breaks('ENOTFOUND') }, { reach: 'bad', tls: 'skipped', proxy: 'good', keys: 'skipped', v1: 'skipped' }, /not reached from this machine/],
    ['behind a false certificate', { fetch: breaks('SELF_SIGNED_CERT_IN_CHAIN') }, { reach: 'good', tls: 'bad', keys: 'skipped' }, /not secure/],
  ];
  for (const [what, given, results, conclusion, cure] of cases) {
    it(`${what}: says so, and what helps`, async () => {
      const { result, checkups, conclusion: said, cure: offered } = await examine(given);
      assert.deepEqual(checkups.map(({ id }) => id), CHECKUPS);
      for (const id of CHECKUPS) if (results[id] !== undefined) assert.equal(result(id), results[id], id);
      assert.match(said, conclusion);
      assert.equal(offered, cure);
      for (const { means, todo, result: how } of checkups) {
        assert.match(means, /^\S.*\.$/);
        assert.ok(how !== 'bad' || todo !== undefined || /either/.test(means), means);
      }
    });
  }

  it('sends no keys to the other region before the person agreed', async () => {
    const { sent, questions } = await examine({ here: ALL_REFUSED, agrees: false });
    assert.deepEqual(questions, ['ccm-api.in.exotel.com and api.in.exotel.com']);
    assert.deepEqual(sent.filter((request) => request.includes('.in.')), []);
  });

  it('asks nobody about the other region while the keys are good here', async () => {
    assert.deepEqual((await examine({})).questions, []);
  });

  it('sends no keys at all where no host answers, or none is trusted', async () => {
    for (const code of ['ECONNREFUSED', 'CERT_HAS_EXPIRED']) assert.deepEqual((await examine({ fetch: breaks(code) })).sent, []);
  });

  it('knocks without keys', async () => {
    const headers: (RequestInit['headers'] | undefined)[] = [];
    await examine({ fetch: (_url, init) => (headers.push(init.headers), Promise.resolve(new Response(''))) });
    assert.deepEqual(headers, [undefined, undefined]);
  });

  it('tells a clock that is wrong', async () => {
    const { checkups } = await examine({ fetch: answers(404, { date: 'Thu, 01 Jan 1970 00:20:00 GMT' }) });
    assert.match(checkups.find(({ id }) => id === 'tls')?.means ?? '', /clock is 20 min behind the server’s/);
  });

  const sandbox = useSandbox();
  const samples = [
    ['sample', 'otherRegion', 'skipped', /^Everything answers/],
    ['sample-no-legs', 'legs', 'off', /only leg details are not enabled/],
    ['sample-no-ccm', 'ccm', 'off', /no CCM/],
    ['sample-other-region', 'otherRegion', 'good', /belong to Mumbai, and this account is set to Singapore/],
  ] as const;
  for (const [account, id, expected, conclusion] of samples) {
    it(`tells of the ${account} account, over real requests, what is special about it`, async () => {
      const { credentials } = sandbox().accounts[account];
      const { checkups, conclusion: said } = await diagnose({
        credentials,
        fetch,
        now: Date.now,
        elapsed: () => performance.now(),
        timeoutMs: 5000,
        signal: new AbortController().signal,
        mayAskOtherRegion: () => Promise.resolve(true),
        ask: (asked, resource, sid, signal) => createClient({ credentials: asked, fetch, now: Date.now, elapsed: () => performance.now(), timeoutMs: 5000 }).askOne(resource, sid, signal),
      });
      assert.match(said, conclusion);
      assert.equal(checkups.find((checkup) => checkup.id === id)?.result, expected);
    });
  }

  it('reaches a real server, and says that plain http stays on this machine', async () => {
    const { result, checkups } = await examine({ endpoint: { kind: 'custom', origin: sandbox().origin }, fetch });
    assert.equal(result('reach'), 'good');
    assert.equal(checkups[1]?.came, 'plain http');
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const never = diagnose({
      credentials: { endpoint: SINGAPORE, accountSid: 'a', apiKey: 'k', apiToken: 't' },
      fetch: () => (giveUp.abort(), new Promise(() => undefined)),
      ask: () => Promise.reject(new Error('asked')),
      now: () => 0,
      elapsed: () => 0,
      timeoutMs: 5000,
      signal: giveUp.signal,
      mayAskOtherRegion: () => Promise.resolve(true),
    });
    await assert.rejects(never, { name: 'AbortError' });
  });
});

describe('the report of a diagnosis', () => {
  it('hides the account SID, and keeps its table whole', async () => {
    const diagnosis = await examine({ here: { ...GOOD, legs: ['forbidden', 403, 'a|b`<img>@you'] } });
    const text = diagnosisReport(diagnosis, { region: 'Singapore', accountSid: 'acme1', at: '24 Nov 2026, 10:00:00 UTC', versions: 'Exotel Call Inspector 1, VS Code 2, linux' });
    assert.doesNotMatch(text, /acme1|the-key|the-token|<img|@you/);
    assert.match(text, /^Account acm•••, Singapore, 24 Nov 2026, 10:00:00 UTC\.$/m);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    assert.equal(rows.length, CHECKUPS.length + 2);
    for (const row of rows) assert.equal(row.replaceAll(/\\\|/g, '').split('|').length, 7, row);
  });
});
