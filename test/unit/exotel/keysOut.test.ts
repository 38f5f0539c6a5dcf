import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import fc from 'fast-check';
import type { Credentials } from '../../../src/exotel/account';
import { type Client, createClient } from '../../../src/exotel/client';
import { CLOCKS } from '../../../src/extension/clocks';
import { ApiError } from '../../../src/exotel/errors';
import type { Fetch } from '../../../src/exotel/transport';
import { type DownloadResult, transferRecording } from '../../../src/recording/fetch';
import { type HostileServer, useHostileServer } from '../../support/hostileServer';

const SID = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const REDIRECTS = [301, 302, 303, 307, 308] as const;
const MP3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(200)]);

/**
 * Two servers of this machine, each of which notes what it is sent: keys belong to the first alone. The account is a sample account of
 * the region that is the first server; recordings may be fetched from the other region's as well, without keys.
 */
describe('Whoever leads them where, the keys arrive', () => {
  const own = useHostileServer();
  const stranger = useHostileServer();
  const asked: { readonly url: string; readonly hadKeys: boolean }[] = [];
  beforeEach(() => {
    asked.length = 0;
  });

  /** Reaches nothing but this machine: what is asked of another is noted, and nobody is there. */
  const fetchHere: Fetch = (url, init) => {
    asked.push({ url, hadKeys: new Headers(init.headers).has('authorization') });
    return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname) ? fetch(url, init) : Promise.resolve(new Response('', { status: 404 }));
  };

  function account(kind: 'sandbox' | 'custom'): Credentials {
    const { credentials, origin } = own();
    return kind === 'custom' ? credentials : { ...credentials, endpoint: { kind: 'sandbox', region: 'singapore', origins: { singapore: origin, mumbai: stranger().origin } } };
  }

  const client = (credentials: Credentials): Client => createClient({ credentials, fetch: fetchHere, ...CLOCKS, timeoutMs: 5000 });

  const fetched = (url: string, credentials: Credentials): Promise<DownloadResult> =>
    transferRecording({ url, credentials, allowedHosts: ['evil.example'], fetch: fetchHere, now: Date.now, stallMs: 5000, onHead: () => undefined, write: async () => undefined });

  function assertKept(): void {
    assert.deepEqual(stranger().seen.filter(({ authorization }) => authorization !== undefined), []);
    assert.deepEqual(own().seen.filter(({ authorization, host }) => authorization !== undefined && host !== own().host), []);
    assert.deepEqual(asked.filter(({ url, hadKeys }) => hadKeys && new URL(url).origin !== own().origin), []);
  }

  const redirectTo = (location: string, status = 302) => (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(status, { Location: location }).end();

  const audio = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end(MP3);

  /** Addresses of the other server, or of nobody, in clothes that may pass for the account's own. */
  const elsewhere = ({ host, origin }: HostileServer, { host: other, origin: others }: HostileServer): readonly string[] => [
    `${others}/a.mp3`,
    `//${other}/a.mp3`,
    `/\\${other}/a.mp3`,
    `\\\\${other}\\a.mp3`,
    `http:/\t/${other}/a.mp3`,
    `\n${others}/a.mp3`,
    `http:${others.slice(5)}/a.mp3`,
    `http://${host}@${other}/a.mp3`,
    `http://key:token@${other}/a.mp3`,
    `http://${other}#@${host}/a.mp3`,
    `http://${other}?@${host}/a.mp3`,
    `http://${other}\\@${host}/a.mp3`,
    `http://${host}.evil.example/a.mp3`,
    `http://${host}%2f@${other}/a.mp3`,
    `${origin.replace('127.0.0.1', 'localhost')}/a.mp3`,
    `${origin.replace('127.0.0.1', '127.0.0.2')}/a.mp3`,
    `${origin.replace('127.0.0.1', '[::1]')}/a.mp3`,
    `${origin.replace('127.0.0.1', '[::ffff:127.0.0.1]')}/a.mp3`,
    `${origin.replace('http:', 'https:')}/a.mp3`,
    `blob:${origin}/a.mp3`,
    'https://recordings.exotel.com/a.mp3',
    'https://evil.example/a.mp3',
    'file:///etc/passwd',
    'data:audio/mpeg,ID3',
  ];

  describe('at their own server alone, when a recording is redirected', () => {
    for (const status of REDIRECTS) {
      it(`${String(status)} to the other one, which is asked without them`, async () => {
        own().answer = redirectTo(`${stranger().origin}/b.mp3`, status);
        stranger().answer = audio;
        assert.equal((await fetched(`${own().origin}/a.mp3`, account('sandbox'))).kind, 'done');
        assert.deepEqual(stranger().seen, [{ host: stranger().host, path: '/b.mp3', authorization: undefined }]);
        assert.notEqual(own().seen[0]?.authorization, undefined);
        assertKept();
      });

      it(`${String(status)} there and back: each hop by its own address`, async () => {
        own().answer = (request, response) => (request.url === '/a.mp3' ? redirectTo(`${stranger().origin}/b.mp3`, status)(request, response) : audio(request, response));
        stranger().answer = redirectTo(`${own().origin}/c.mp3`, status);
        assert.equal((await fetched(`${own().origin}/a.mp3`, account('sandbox'))).kind, 'done');
        assert.deepEqual(own().seen.map(({ path, authorization }) => [path, authorization !== undefined]), [['/a.mp3', true], ['/c.mp3', true]]);
        assertKept();
      });
    }

    it('round and round, which ends', async () => {
      own().answer = redirectTo(`${stranger().origin}/b.mp3`);
      stranger().answer = redirectTo(`${own().origin}/a.mp3`);
      const result = await fetched(`${own().origin}/a.mp3`, account('sandbox'));
      assert.ok(result.kind === 'problem');
      assert.match(result.sentence, /once too often/);
      assert.equal(own().seen.length + stranger().seen.length, 4);
      assertKept();
    });

    it('to whatever else, with a custom endpoint of which nothing but itself is asked', async () => {
      for (const location of elsewhere(own(), stranger())) {
        const header = Buffer.from(location.replaceAll(/[\t\n]/g, ' ')).toString('latin1');
        own().answer = redirectTo(header);
        const result = await fetched(`${own().origin}/a.mp3`, account('custom'));
        assert.equal(result.kind, 'problem', location);
      }
      assert.deepEqual(stranger().seen, []);
      assert.ok(own().seen.every(({ host, authorization }) => host === own().host && authorization !== undefined));
      assertKept();
    });
  });

  it('at their own server alone, when a link to a recording is redirected that is looked for', async () => {
    for (const status of REDIRECTS) {
      own().answer = redirectTo(`${stranger().origin}/x`, status);
      const result = await client(account('sandbox')).freshRecording({ resource: 'v2', recording: { signed: true } }, SID, { url: 'https://evil.example/a.mp3' });
      assert.ok(result.kind === 'none');
      for (const error of result.errors) assert.match(error.message, /It was not followed/);
    }
    assert.equal(own().seen.length, 3 * REDIRECTS.length);
    assert.deepEqual(stranger().seen, []);
    assertKept();
  });

  /** Every field of an answer that holds an address, with this one. */
  const answerNaming = (address: string) => (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    const details = { sid: SID, status: 'completed', legs: address, recording: { available: true, url: address }, recordings: [{ url: address }], recording_url: address, uri: address };
    const v1 = { Sid: SID, Status: 'completed', Uri: address, RecordingUrl: address, PreSignedRecordingUrl: `${address}?X-Amz-Signature=1`, ParentCallSid: address };
    const body = path.startsWith('/v1/')
      ? { Metadata: { FirstPageUri: address, NextPageUri: address }, Call: v1 }
      : path.includes('voice-logs')
        ? { response: { voice_log: { status: 'available', recording_url: address } } }
        : path.endsWith('/legs')
          ? { response: { leg_details: { from: [{ sid: address, contact_uri: address, status: 'completed' }], to: [], legs: address, next: address } } }
          : { response: { call_details: details, next: address } };
    response.writeHead(200, { 'Content-Type': 'application/json', Location: address.replaceAll(/[^\x21-\x7E]/g, ''), 'Content-Location': stranger().origin, Link: `<${stranger().origin}>; rel="next"`, Refresh: `0; url=${stranger().origin}` });
    response.end(JSON.stringify(body));
  };

  /** A lookup, all that can be asked beside it, and the recording wherever it is said to be. */
  async function goEverywhere(credentials: Credentials): Promise<void> {
    const api = client(credentials);
    for (const lookUp of [() => api.getCall(SID), () => api.getCall(SID, { only: 'v1' }), () => api.askAll(SID)]) {
      const answer = await lookUp().catch((error: unknown) => assert.ok(error instanceof ApiError));
      if (answer?.recordingUrl !== undefined) await fetched(answer.recordingUrl, credentials);
    }
    for (const resource of ['v2', 'v1'] as const) {
      const fresh = await api.freshRecording({ resource, recording: { signed: true } }, SID, { url: 'https://evil.example/known.mp3' });
      if (fresh.kind === 'link') await fetched(fresh.url, credentials);
    }
  }

  for (const kind of ['sandbox', 'custom'] as const) {
    it(`at their own server alone, wherever the fields of an answer point: ${kind}`, async () => {
      for (const address of elsewhere(own(), stranger())) {
        own().answer = answerNaming(address);
        stranger().answer = audio;
        await goEverywhere(account(kind));
      }
      assert.ok(own().seen.length > 100);
      assertKept();
    });
  }


  it('at their own server alone, whatever an address is made of and wherever it stands', async () => {
    const parts = fc.array(
      fc.constantFrom('OWN', 'OTHER', '127.0.0.1', 'localhost', '[::1]', 'evil.example', 'http://', 'https://', 'http:', '//', '/', '\\', '@', ':', '#', '?', '.', '..', '%2f', '%40', '%00', '\t', '\n', ' ', 'a.mp3', '/v2/accounts/acme1/calls/', '/legs', 'key:token@', 'X-Amz-Signature=1', '&', '\u3002', '\u202E', '127.1', '0x7f000001'),
      { minLength: 1, maxLength: 7 },
    );
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom('sandbox', 'custom'), fc.constantFrom('field', 'redirect', 'recording'), async (pieces, kind, place) => {
        const address = pieces.join('').replaceAll('OWN', own().host).replaceAll('OTHER', stranger().host);
        for (const server of [own(), stranger()]) server.seen.length = 0;
        asked.length = 0;
        const location = Buffer.from(address.replaceAll(/[\t\n\0]/g, '')).toString('latin1');
        stranger().answer = place === 'redirect' ? redirectTo(location) : audio;
        own().answer = place === 'field' ? answerNaming(address) : place === 'redirect' ? redirectTo(location) : audio;
        if (place === 'field') await goEverywhere(account(kind));
        else await fetched(place === 'redirect' ? `${own().origin}/start.mp3` : address, account(kind));
        assertKept();
      }),
      { numRuns: 150 },
    );
  });
});
