import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { findSids, readSid } from '../../../src/call/sid';
import { SAMPLES, startSandbox } from '../../../src/sandbox/server';
import { DOCUMENTED_ANSWER } from '../../support/documented';
import { clientOf, useSandbox } from '../../support/sandbox';

describe('the sample account', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });
  const authorization = (): string => `Basic ${Buffer.from(`${sandbox().credentials.apiKey}:${sandbox().credentials.apiToken}`).toString('base64')}`;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(`${sandbox().origin}${path}`, { headers: { Authorization: authorization(), ...headers } });
  const recordingPath = (sid: string): string => `/recordings/${sandbox().credentials.accountSid}/${sid}.wav`;
  const statusOf = async (sid: string): Promise<readonly (string | undefined)[]> => {
    const { call } = await clientOf(sandbox()).getCall(sid);
    return [call.state, call.status];
  };

  it('listens on this machine only, with new keys at each start', async () => {
    const other = await startSandbox();
    assert.match(other.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(other.credentials.apiToken, sandbox().credentials.apiToken);
    assert.notEqual(other.credentials.apiKey, sandbox().credentials.apiKey);
    await other.stop();
  });

  it('has SIDs that can be typed, found in text, and told apart', () => {
    const sids = sandbox().calls.map(({ sid }) => sid);
    assert.equal(new Set(sids).size, sids.length);
    assert.ok(sids.length >= 12);
    for (const sid of sids) assert.deepEqual(readSid(sid), { ok: true, sid });
    const found = findSids(sids.join('\n')).map(({ sid }) => sid);
    assert.deepEqual(found, sids.filter((sid) => sid !== SAMPLES.documented.sid));
  });

  it('answers for the documented call exactly as the documentation does', async () => {
    const body: unknown = await (await get(`/v2/accounts/${sandbox().credentials.accountSid}/calls/unique_call_identifier`)).json();
    assert.deepEqual(body, DOCUMENTED_ANSWER);
  });

  it('refuses wrong keys before it says anything else', async () => {
    for (const path of ['/v2/accounts/other/calls/x', `/v2/accounts/${sandbox().credentials.accountSid}/calls/${SAMPLES.completed.sid}`, recordingPath(SAMPLES.completed.sid)]) {
      assert.equal((await get(path, { Authorization: 'Basic d3Jvbmc6a2V5cw==' })).status, 401);
      assert.equal((await fetch(`${sandbox().origin}${path}`)).status, 401);
    }
  });

  it('knows nothing but its calls and their recordings', async () => {
    const { accountSid } = sandbox().credentials;
    for (const path of ['/', '/v2', '/v1/Accounts/x/Calls/y.json', `/v2/accounts/${accountSid}/calls/`, `/v2/accounts/${accountSid}/calls/__proto__`, `/v3/accounts/${accountSid}/calls/${SAMPLES.completed.sid}/log`, '/v2/accounts/%zz/calls/x', '/recordings/x/y.wav', recordingPath('toString'), '/recordings/../v2']) {
      assert.equal((await get(path)).status, 404, path);
    }
    assert.equal((await fetch(`${sandbox().origin}/v2/accounts/a/calls/b`, { method: 'POST', headers: { Authorization: authorization() } })).status, 405);
  });

  it('lets the active call move on', async () => {
    const quick = await startSandbox({ activeForMs: 0 });
    const { call, recordingUrl } = await clientOf(quick).getCall(SAMPLES.active.sid);
    await quick.stop();
    assert.deepEqual([call.state, call.status], ['terminal', 'completed']);
    assert.ok(recordingUrl?.endsWith('.wav'));
    assert.deepEqual(await statusOf(SAMPLES.active.sid), ['active', undefined]);
  });

  it('limits the rate, and says for how long', async () => {
    const strict = await startSandbox({ requestsPerMinute: 0 });
    const response = await fetch(`${strict.origin}/v2/accounts/a/calls/b`);
    await strict.stop();
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('x-ratelimit-remaining'), '0');
    const wait = Number(response.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 60);
    assert.deepEqual(await response.json(), { RestException: { Status: 429, Message: 'Too many requests', Code: 'RATE_LIMIT_EXCEEDED' } });
  });

  describe('serves recordings', () => {
    const size = 44 + 55 * 8000 * 2;
    const path = (): string => recordingPath(SAMPLES.shapeB.sid);

    it('with sound in them', async () => {
      const samples = Buffer.from(await (await get(path())).arrayBuffer()).subarray(44);
      const loudest = Array.from({ length: samples.length / 2 }, (_, index) => Math.abs(samples.readInt16LE(index * 2))).reduce((most, value) => Math.max(most, value));
      assert.ok(loudest > 8000 && loudest < 32_767, String(loudest));
    });

    it('with the agent on the left and the customer on the right', async () => {
      const samples = Buffer.from(await (await get(recordingPath(SAMPLES.dualChannel.sid))).arrayBuffer()).subarray(44);
      const loudness = (second: number, channel: number): number =>
        Array.from({ length: 8000 }, (_, index) => Math.abs(samples.readInt16LE((second * 8000 + index) * 4 + channel * 2))).reduce((most, value) => Math.max(most, value));
      assert.ok(loudness(1, 0) > 3000 && loudness(1, 1) === 0);
      assert.ok(loudness(3, 0) === 0 && loudness(3, 1) > 3000);
    });

    const ranges: readonly (readonly [range: string, contentRange: string, length: number])[] = [
      ['bytes=0-43', `bytes 0-43/${size}`, 44],
      ['bytes=40-', `bytes 40-${size - 1}/${size}`, size - 40],
      ['bytes=-100', `bytes ${size - 100}-${size - 1}/${size}`, 100],
      [`bytes=${size - 10}-${size + 10}`, `bytes ${size - 10}-${size - 1}/${size}`, 10],
    ];
    for (const [range, contentRange, length] of ranges) {
      it(`in parts: ${range}`, async () => {
        const whole = Buffer.from(await (await get(path())).arrayBuffer());
        const response = await get(path(), { Range: range });
        const part = Buffer.from(await response.arrayBuffer());
        assert.equal(response.status, 206);
        assert.equal(response.headers.get('content-range'), contentRange);
        assert.equal(part.length, length);
        const start = Number(/\d+/.exec(contentRange)?.[0]);
        assert.ok(part.equals(whole.subarray(start, start + length)));
      });
    }

    it('whole where a range makes no sense, and not at all where it lies outside', async () => {
      for (const range of ['bytes=a-b', 'bytes=-', 'lines=1-2', 'bytes=0-1,3-4']) assert.equal((await get(path(), { Range: range })).headers.get('content-length'), String(size));
      for (const range of [`bytes=${size}-`, 'bytes=9-3', 'bytes=-0']) {
        const response = await get(path(), { Range: range });
        assert.equal(response.status, 416, range);
        assert.equal(response.headers.get('content-range'), `bytes */${size}`);
      }
    });

    it('by their headers alone', async () => {
      const response = await fetch(`${sandbox().origin}${path()}`, { method: 'HEAD', headers: { Authorization: authorization() } });
      assert.equal(response.headers.get('content-length'), String(size));
      assert.equal(response.headers.get('accept-ranges'), 'bytes');
      assert.equal((await response.arrayBuffer()).byteLength, 0);
    });

    it('of any size from the middle, at once', async () => {
      const response = await get(recordingPath(SAMPLES.recordingLarge.sid), { Range: 'bytes=50000000-50000999' });
      assert.equal((await response.arrayBuffer()).byteLength, 1000);
    });

    it('by a signature or by keys, never by both', async () => {
      const { recordingUrl = '' } = await clientOf(sandbox()).getCall(SAMPLES.inbound.sid);
      assert.equal((await fetch(recordingUrl)).status, 200);
      assert.equal((await fetch(recordingUrl, { headers: { Authorization: authorization() } })).status, 400);
      assert.equal((await fetch(recordingUrl.replace(/Signature=.*/, 'Signature=forged'))).status, 403);
      assert.equal((await fetch(recordingUrl.replace(/Expires=\d+/, 'Expires=-1'))).status, 403);
    });
  });

  it('ends with every connection it has', async () => {
    const short = await startSandbox();
    const { hostname, port } = new URL(short.origin);
    const sockets = [connect(Number(port), hostname), connect(Number(port), hostname)];
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const closed = sockets.map((socket) => new Promise((resolve) => void socket.on('error', () => undefined).resume().once('close', resolve)));
    short.fail({ kind: 'silent' });
    const waiting = assert.rejects(clientOf(short).getCall(SAMPLES.completed.sid), { kind: 'network' });
    while (short.requests.length === 0) await new Promise(setImmediate);
    await short.stop();
    await Promise.all([...closed, waiting]);
  });
});
