import assert from 'node:assert/strict';
import type { FreshLink, KnownRecording, NoFreshLink, RecordedCall } from '../../../src/exotel/client';
import { ApiError } from '../../../src/exotel/errors';
import { readVoiceLog } from '../../../src/exotel/wireVoiceLog';
import { SAMPLES, type SampleName } from '../../../src/sandbox/server';
import { isPreSigned, linkExpiry } from '../../../src/exotel/links';
import { clientFor, clientOf, credentials, useSandbox } from '../../support/sandbox';

const REGION_SIDS = { accountSid: 'acme1', sid: 'f1ca1057692d586b23b4e7ffcc3216mk' } as const;

describe('a fresh link to a recording', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });

  /** Looks a sample up, searches, and gives what came of it with the paths that were asked. */
  async function search(name: SampleName, known: Partial<KnownRecording> = {}): Promise<{ readonly found: FreshLink | NoFreshLink; readonly asked: readonly string[]; readonly old: string }> {
    const client = clientFor(sandbox(), name);
    const { call, recordingUrl = '' } = await client.getCall(SAMPLES[name].sid);
    const before = sandbox().requests.length;
    const found = await client.freshRecording(call, SAMPLES[name].sid, { url: recordingUrl, ...known });
    const asked = sandbox().requests.slice(before).map(({ path, resource }) => `${resource} ${path.replace(/^[^?]*\??/, '')}`);
    return { found, asked, old: recordingUrl };
  }

  it('comes from voice-logs where the record names the old one again', async () => {
    const { found, asked, old } = await search('recordingRenewed');
    assert.ok(found.kind === 'link');
    assert.deepEqual(asked, ['v2 ', 'voiceLogs format=mp3&channel=single']);
    assert.notEqual(found.url, old);
    assert.equal((await fetch(found.url)).status, 200);
  });

  it('comes from v1, signed for an hour, where voice-logs has none', async () => {
    const { found, asked, old } = await search('recordingOnS3');
    assert.equal((await fetch(old)).status, 403);
    assert.ok(found.kind === 'link');
    assert.deepEqual(asked, ['voiceLogs format=mp3&channel=single', 'v1 details=true&RecordingUrlValidity=60']);
    const left = (linkExpiry(new URL(found.url)) ?? 0) - Date.now();
    assert.ok(left > 3_590_000 && left <= 3_600_000, String(left));
    assert.equal((await fetch(found.url)).status, 200);
  });

  it('comes from the record itself, in one request, where that names a new one', async () => {
    const { found, asked } = await search('inbound', { url: 'https://recordings.exotel.com/a.mp3?Signature=old' });
    assert.ok(found.kind === 'link');
    assert.deepEqual(asked, ['v2 ']);
  });

  it('is asked of v1 first for a call that v1 told of', async () => {
    const { found, asked } = await search('v1Only');
    assert.ok(found.kind === 'link');
    assert.deepEqual(asked, ['v1 details=true&RecordingUrlValidity=60']);
  });

  it('is none where no way has one, with voice-logs’ own word for it', async () => {
    const { found, asked } = await search('recordingExpired');
    assert.deepEqual(found, { kind: 'none', status: 'expired', errors: [] });
    assert.equal(asked.length, 3);
    const refused = await search('recordingRefused');
    assert.deepEqual([refused.found, refused.asked.length], [{ kind: 'none', status: 'not_available', errors: [] }, 2]);
    const { found: processing } = await search('recordingProcessing');
    assert.deepEqual(processing, { kind: 'none', status: 'processing', errors: [] });
  });

  it('is of the file that is known: its extension says which, or its channels', async () => {
    const queryFor = async (known: KnownRecording): Promise<string | undefined> => (await search('recordingOnS3', known)).asked[0];
    assert.equal(await queryFor({ url: 'https://a.example/b.mp3' }), 'voiceLogs format=mp3&channel=single');
    assert.equal(await queryFor({ url: 'https://a.example/b.WAV?x=1' }), 'voiceLogs format=wav&channel=dual');
    assert.equal(await queryFor({ url: 'https://a.example/b.wav', channels: 1 }), 'voiceLogs format=wav&channel=single');
    assert.equal(await queryFor({ url: 'https://a.example/b.mp3', channels: 2 }), 'voiceLogs format=mp3&channel=dual');
    assert.equal(await queryFor({ url: 'no address' }), 'voiceLogs format=mp3&channel=single');
  });

  it('is found by a machine whose clock is hours ahead: links end by the server’s clock', async () => {
    const ahead = 5 * 3_600_000;
    const client = clientFor(sandbox(), 'recordingRenewed', { now: () => Date.now() + ahead });
    const { call, recordingUrl = '' } = await client.getCall(SAMPLES.recordingRenewed.sid);
    assert.equal((await client.freshRecording(call, SAMPLES.recordingRenewed.sid, { url: recordingUrl })).kind, 'link');
  });

  it('is still found when a way fails', async () => {
    const mend = sandbox().fail({ kind: 'html', status: 502, on: 'voiceLogs' });
    const { found } = await search('recordingOnS3');
    mend();
    assert.ok(found.kind === 'link' && isPreSigned(new URL(found.url)));
  });

  it('is told to have failed where every way did', async () => {
    const client = clientFor(sandbox(), 'recordingOnS3');
    const { call } = await client.getCall(SAMPLES.recordingOnS3.sid);
    const mend = sandbox().fail({ kind: 'reset' });
    const found = await client.freshRecording(call, SAMPLES.recordingOnS3.sid, { url: 'x' });
    mend();
    assert.ok(found.kind === 'none');
    assert.deepEqual(found.errors.map(({ kind, details }) => [kind, details.request?.resource]), [['network', 'voiceLogs'], ['network', 'v1']]);
  });

  it('is not asked for on and on by an account that asks too much', async () => {
    const client = clientFor(sandbox(), 'recordingRenewed');
    const { call, recordingUrl = '' } = await client.getCall(SAMPLES.recordingRenewed.sid);
    const mend = sandbox().fail({ kind: 'answer', status: 429 });
    const before = sandbox().requests.length;
    const found = await client.freshRecording(call, SAMPLES.recordingRenewed.sid, { url: recordingUrl });
    mend();
    assert.equal(sandbox().requests.length, before + 1);
    assert.ok(found.kind === 'none');
    assert.equal(found.errors[0]?.kind, 'rateLimited');
  });

  it('throws when it is cancelled, and nothing else', async () => {
    const call: RecordedCall = { resource: 'v2' };
    await assert.rejects(clientFor(sandbox(), 'completed').freshRecording(call, 'x', { url: 'x' }, AbortSignal.abort()), (error) => error instanceof ApiError && error.kind === 'cancelled');
    const unusable = clientOf(sandbox(), { credentials: credentials({ endpoint: { kind: 'custom', origin: 'http://exotel.example.com' } }) });
    const found = await unusable.freshRecording(call, 'x', { url: 'x' });
    assert.deepEqual(found.kind === 'none' && found.errors.map(({ kind }) => kind), ['network', 'network']);
  });

  it('is asked for at the region’s voice host, with the keys in a header, and logged without a secret', async () => {
    const sent: (readonly [url: string, keys: boolean])[] = [];
    const notes: string[] = [];
    const client = clientOf(sandbox(), {
      credentials: credentials({ accountSid: REGION_SIDS.accountSid }),
      fetch: async (url, init) => {
        sent.push([url, new Headers(init.headers).has('authorization')]);
        return Response.json({ response: { voice_log: { status: 'processing' } } });
      },
      onRequest: ({ resource, host, path }) => notes.push(`${resource} ${host}${path}`),
    });
    await client.freshRecording({ resource: 'v3' }, REGION_SIDS.sid, { url: 'https://a.example/b.mp3' });
    assert.deepEqual(sent, [
      [`https://api.exotel.com/v3/accounts/acme1/calls/${REGION_SIDS.sid}/voice-logs?format=mp3&channel=single`, true],
      [`https://api.exotel.com/v1/Accounts/acme1/Calls/${REGION_SIDS.sid}.json?details=true&RecordingUrlValidity=60`, true],
    ]);
    assert.deepEqual(notes, [`voiceLogs api.exotel.com/v3/accounts/acme1/calls/${REGION_SIDS.sid}/voice-logs`, `v1 api.exotel.com/v1/Accounts/acme1/Calls/${REGION_SIDS.sid}.json`]);
  });
});

describe('a voice log', () => {
  const read = (log: unknown): unknown => readVoiceLog({ response: { voice_log: log } });

  it('is read as far as it makes sense', () => {
    assert.deepEqual(read({ status: 'AVAILABLE', recording_url: ' https://a.example/b.mp3 ', expires_at: '2024-06-15T10:30:00Z' }), {
      value: { status: 'available', url: 'https://a.example/b.mp3', expiresAt: Date.UTC(2024, 5, 15, 10, 30) },
    });
    assert.deepEqual(read([{ recording_url: 'null', status: 'lost', expires_at: 'soon' }]), { value: {} });
  });

  it('is none in an answer without one, or with a failure', () => {
    for (const body of [null, {}, [], { response: {} }, { response: { voice_log: 'x' } }]) assert.ok('problem' in readVoiceLog(body), JSON.stringify(body));
    assert.ok('failure' in readVoiceLog({ http_code: 404, response: { status: 'failure', voice_log: {} } }));
  });
});
