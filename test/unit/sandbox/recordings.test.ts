import assert from 'node:assert/strict';
import { formatOf } from '../../../src/recording/format';
import { createRecording } from '../../../src/sandbox/audio';
import { heldOf } from '../../../src/sandbox/held';
import { type Fault, SAMPLES, type SampleName, startSandbox } from '../../../src/sandbox/server';
import { clientFor, useSandbox } from '../../support/sandbox';

const MINUTE = 60_000;

describe('the sandbox’s recordings', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });
  const keys = (): Readonly<Record<string, string>> => {
    const { apiKey, apiToken } = sandbox().accounts.sample.credentials;
    return { Authorization: `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}` };
  };
  const urlOf = (name: SampleName): string => `${sandbox().origin}/recordings/${sandbox().credentials.accountSid}/${SAMPLES[name].sid}.${heldOf(name).extension}`;
  const get = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(url, { headers: { ...keys(), ...headers }, redirect: 'manual' });
  const json = async (path: string): Promise<unknown> => (await get(`${sandbox().origin}${path}`)).json();

  async function during<T>(fault: Fault, run: () => Promise<T>): Promise<T> {
    const mend = sandbox().fail({ on: 'recordings', ...fault });
    try {
      return await run();
    } finally {
      mend();
    }
  }

  it('tell one file from another, and join no part of one to another', async () => {
    const response = await get(urlOf('shapeB'), { Range: 'bytes=0-9' });
    const etag = response.headers.get('etag') ?? '';
    assert.match(etag, /^"\w+"$/);
    assert.notEqual((await get(urlOf('shapeC'), { Range: 'bytes=0-9' })).headers.get('etag'), etag);
    assert.equal((await get(urlOf('shapeB'), { Range: 'bytes=0-9', 'If-Range': etag })).status, 206);
    assert.equal((await get(urlOf('shapeB'), { Range: 'bytes=0-9', 'If-Range': '"other"' })).status, 200);
  });

  it('come from a server without ranges', async () => {
    const response = await during({ kind: 'noRange' }, () => get(urlOf('shapeB'), { Range: 'bytes=10-' }));
    assert.deepEqual([response.status, response.headers.get('accept-ranges'), response.headers.get('content-length')], [200, null, String(44 + 55 * 16_000)]);
  });

  it('come in chunks, without a length', async () => {
    for (const ask of [() => during({ kind: 'noLength' }, () => get(urlOf('shapeB'))), () => get(urlOf('recordingInOneGo'))]) {
      const response = await ask();
      assert.deepEqual([response.headers.get('content-length'), response.headers.get('transfer-encoding')], [null, 'chunked']);
      assert.ok((await response.arrayBuffer()).byteLength > 44 + 50 * 16_000);
    }
  });

  it('come no faster than they are let', async () => {
    const startedAt = performance.now();
    const response = await during({ kind: 'throttle', bytesPerSecond: 200_000 }, () => get(urlOf('shapeB'), { Range: 'bytes=0-39999' }));
    assert.equal((await response.arrayBuffer()).byteLength, 40_000);
    assert.ok(performance.now() - startedAt > 100);
  });

  for (const fault of [{ kind: 'breakOff', afterBytes: 5000 }, { kind: 'wrongLength', claims: 99_000_000 }] as const satisfies readonly Fault[]) {
    it(`do not come whole: ${fault.kind}`, async () => {
      const response = await during(fault, () => get(urlOf('shapeB')));
      assert.equal(response.status, 200);
      await assert.rejects(response.arrayBuffer());
    });
  }

  it('stop coming without a word', async () => {
    const leave = new AbortController();
    const response = await during({ kind: 'freeze', afterBytes: 5000 }, () => fetch(urlOf('shapeB'), { headers: keys(), signal: leave.signal }));
    let bytes = 0;
    const reader = response.body?.getReader();
    while (bytes < 5000) bytes += (await reader?.read())?.value?.byteLength ?? Number.NaN;
    assert.equal(bytes, 5000);
    leave.abort();
  });

  it('have no part beyond their end, and none to be had of an empty file’s', async () => {
    assert.equal((await get(urlOf('completed'), { Range: 'bytes=96048-' })).status, 416);
    for (const status of [401, 403, 404, 416, 429, 500]) assert.equal((await during({ kind: 'answer', status }, () => get(urlOf('completed')))).status, status);
  });

  it('lead on to the bucket at the other origin, by a link that is good for a minute', async () => {
    const response = await get(urlOf('recordingRedirects'));
    const link = response.headers.get('location') ?? '';
    assert.equal(response.status, 302);
    assert.equal(new URL(link).origin, sandbox().origins.mumbai);
    assert.equal((await fetch(link)).status, 200);
    assert.equal((await get(link)).status, 400);
  });

  it('are open by a signature alone in the bucket', async () => {
    const { recordingUrl = '' } = await clientFor(sandbox(), 'recordingOnS3').getCall(SAMPLES.recordingOnS3.sid);
    assert.equal(new URL(recordingUrl).origin, sandbox().origins.mumbai);
    assert.equal((await get(recordingUrl)).status, 403);
    assert.equal((await fetch(recordingUrl)).status, 403);
  });

  it('are signed anew by v1, for as long as is asked', async () => {
    const { accountSid } = sandbox().credentials;
    const lives = async (minutes: string, name: SampleName = 'completed'): Promise<number | undefined> => {
      const body = await json(`/v1/Accounts/${accountSid}/Calls/${SAMPLES[name].sid}.json?RecordingUrlValidity=${minutes}`);
      const url = /"PreSignedRecordingUrl":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
      return url === undefined ? undefined : Number(new URL(url).searchParams.get('X-Amz-Expires'));
    };
    assert.deepEqual([await lives('5'), await lives('60'), await lives('4'), await lives('61'), await lives('x'), await lives('5', 'customerUnanswered'), await lives('5', 'recordingExpired')], [300, 3600, undefined, undefined, undefined, undefined, undefined]);
  });

  it('have a voice log', async () => {
    const { accountSid } = sandbox().credentials;
    const logOf = async (name: SampleName, format = 'mp3'): Promise<string> => JSON.stringify(await json(`/v3/accounts/${accountSid}/calls/${SAMPLES[name].sid}/voice-logs?format=${format}&channel=single`));
    assert.match(await logOf('completed'), /"voice_log":\{"status":"available","recording_url":"http[^"]+","recording_duration":48,"recording_size_bytes":96048,"format":"mp3","channel":"single"/);
    assert.match(await logOf('dualChannel', 'wav'), /"channel":"dual"/);
    for (const [name, status] of [['completed', 'not_available'], ['recordingProcessing', 'processing'], ['recordingExpired', 'expired'], ['customerUnanswered', 'not_available'], ['active', 'processing']] as const) {
      assert.match(await logOf(name, 'wav'), new RegExp(`"status":"${status}"`), name);
    }
    assert.equal((await get(`${sandbox().origin}/v3/accounts/${accountSid}/calls/nothing/voice-logs`)).status, 404);
    assert.equal((await fetch(`${sandbox().origin}/v3/accounts/${accountSid}/calls/${SAMPLES.completed.sid}/voice-logs`)).status, 401);
  });

  it('end with their links by the sandbox’s clock', async () => {
    let now = Date.UTC(2026, 5, 15, 9);
    const clocked = await startSandbox({ now: () => now });
    const { recordingUrl = '' } = await clientFor(clocked, 'inbound').getCall(SAMPLES.inbound.sid);
    now += 59 * MINUTE;
    const inTime = (await fetch(recordingUrl)).status;
    now += MINUTE;
    const tooLate = (await fetch(recordingUrl)).status;
    await clocked.stop();
    assert.deepEqual([inTime, tooLate], [200, 403]);
  });
});

describe('what is heard in a sample’s recording', () => {
  const fileOf = (name: SampleName, talk: number): Buffer => {
    const file = heldOf(name).make(talk);
    const bytes = Buffer.concat([...file.read(0, file.size)]);
    assert.equal(bytes.length, file.size);
    return bytes;
  };

  /** The loudest of each second, 0 to 1, of a 16-bit WAV's channel. */
  function loudness(wav: Buffer, channel: number): readonly number[] {
    const channels = wav.readUInt16LE(22);
    const seconds = Math.floor((wav.length - 44) / (8000 * 2 * channels));
    return Array.from({ length: seconds }, (_, second) => {
      let loudest = 0;
      for (let frame = second * 8000; frame < (second + 1) * 8000; frame += 1) loudest = Math.max(loudest, Math.abs(wav.readInt16LE(44 + (frame * channels + channel) * 2)));
      return loudest / 32_767;
    });
  }

  const most = (values: readonly number[]): number => Math.max(...values);

  it('is two voices that are not clipped, in most', () => {
    for (const channel of [0, 1]) assert.ok(most(loudness(fileOf('dualChannel', 300), channel)) > 0.3);
    assert.ok(most(loudness(fileOf('longCall', 300), 0)) < 1);
  });

  it('is only the agent where the customer is silent', () => {
    const wav = fileOf('customerSilent', 96);
    assert.ok(most(loudness(wav, 0)) > 0.3);
    assert.equal(most(loudness(wav, 1)), 0);
  });

  it('is an agent who is clipped', () => {
    const wav = fileOf('recordingClipping', 72);
    assert.ok(loudness(wav, 0).filter((value) => value === 1).length > 10);
    assert.ok(most(loudness(wav, 1)) < 1);
  });

  it('is nothing at all', () => assert.equal(most(loudness(fileOf('recordingSilent', 60), 0)), 0));

  it('is shorter than the talk', () => assert.equal(loudness(fileOf('recordingShorter', 100), 0).length, 60));

  it('is an hour that does not repeat itself, with pauses and both at once', () => {
    const [agent, customer] = [createRecording(3600, 2), createRecording(3600, 2)].map((file, channel) => loudness(Buffer.concat([...file.read(0, file.size)]), channel));
    assert.ok(agent !== undefined && customer !== undefined);
    const speaks = (values: readonly number[], second: number): boolean => (values[second] ?? 0) > 0.05;
    const seconds = Array.from(agent, (_, second) => `${Number(speaks(agent, second))}${Number(speaks(customer, second))}`);
    const share = (what: string): number => seconds.filter((each) => each === what).length / seconds.length;
    assert.ok(share('11') > 0.05 && share('00') > 0.05 && share('10') > 0.2 && share('01') > 0.2, seconds.join(' '));
    assert.match(seconds.join(''), /(?:00){40}/);
    const minutes = new Set(Array.from({ length: 60 }, (_, minute) => seconds.slice(minute * 60, minute * 60 + 60).join('')));
    assert.ok(minutes.size > 30, String(minutes.size));
  }).timeout(10_000);

  it('is a file of the kind that its title says', () => {
    const kinds: readonly (readonly [name: SampleName, format: string, extension: string])[] = [
      ['completed', 'MP3', 'mp3'],
      ['recordingVbr', 'MP3', 'mp3'],
      ['recordingMuLaw', 'WAV (µ-law)', 'wav'],
      ['recordingGsm', 'WAV (GSM)', 'wav'],
      ['dualChannel', 'WAV', 'wav'],
    ];
    for (const [name, format, extension] of kinds) {
      assert.equal(formatOf(fileOf(name, 30))?.name, format);
      assert.equal(heldOf(name).extension, extension);
    }
  });

  it('is loud in µ-law as it is in PCM', () => {
    const [coded, plain] = [fileOf('recordingMuLaw', 12).subarray(58), fileOf('shapeB', 12).subarray(44)];
    for (let index = 0; index < coded.length; index += 501) {
      const [expected, byte] = [plain.readInt16LE(index * 2), ~(coded[index] ?? 0) & 0xff];
      const magnitude = ((((byte & 0x0f) << 3) + 132) << ((byte & 0x70) >> 4)) - 132;
      const value = byte >= 0x80 ? -magnitude : magnitude;
      assert.ok(Math.abs(value - expected) <= 4 + Math.abs(expected) / 16, `${value} for ${expected}`);
    }
  });

  it('is an MP3 of whole frames, one after the other, that stand alone', () => {
    for (const [name, sizes] of [['completed', [144]], ['recordingVbr', [144, 288]]] as const) {
      const bytes = fileOf(name, 48);
      const seen = new Set<number>();
      let frames = 0;
      for (let at = 0; at < bytes.length; frames += 1) {
        const size = ((bytes[at + 2] ?? 0) >> 4) * 72;
        assert.deepEqual([bytes[at], bytes[at + 1], bytes[at + 4]], [0xff, 0xe3, 0]);
        seen.add(size);
        at += size;
      }
      assert.deepEqual([[...seen], frames], [[...sizes], 667]);
    }
  });

  it('is larger than anything that is kept here, and yet takes no time from its middle', () => {
    const file = heldOf('recordingLarge').make(3600);
    assert.ok(file.size > 600_000_000);
    assert.equal(Buffer.concat([...file.read(file.size - 1000, file.size)]).length, 1000);
  });
});
