import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RecordingProblem } from '../../../src/call/recording';
import { type RecordingRequest, streamRecording, transferRecording } from '../../../src/recording/fetch';
import type { AudioFormat } from '../../../src/recording/format';
import { nothingToFetch, type RecordingFailure } from '../../../src/recording/problems';
import { type Fault, SAMPLES, type SampleName } from '../../../src/sandbox/server';
import { clientOf, credentials, detour, useSandbox } from '../../support/sandbox';

const MB = 1_000_000;
const WAV = { name: 'WAV', mime: 'audio/wav', extension: 'wav' } as const satisfies AudioFormat;
const MINUTE = 60_000;

type Loaded = { readonly kind: 'audio'; readonly bytes: Buffer; readonly format: AudioFormat | undefined } | RecordingFailure;

describe('fetching a recording', () => {
  const sandbox = useSandbox();
  const urlOf = (name: SampleName, extension = 'wav'): string => `${sandbox().origin}/recordings/${sandbox().credentials.accountSid}/${SAMPLES[name].sid}.${extension}`;

  async function load(overrides: Partial<RecordingRequest> = {}): Promise<Loaded> {
    const pieces: Uint8Array[] = [];
    let format: AudioFormat | undefined;
    const result = await transferRecording({
      url: urlOf('shapeB'),
      credentials: sandbox().credentials,
      allowedHosts: [],
      fetch,
      now: Date.now,
      ...overrides,
      onHead: (_, known) => (format = known),
      write: async (piece) => void pieces.push(piece),
    });
    return result.kind === 'problem' ? result : { kind: 'audio', bytes: Buffer.concat(pieces), format };
  }

  async function failing(fault: Fault, overrides: Partial<RecordingRequest> = {}): Promise<Loaded> {
    const mend = sandbox().fail(fault);
    try {
      return await load(overrides);
    } finally {
      mend();
    }
  }

  function assertProblem(result: Loaded, problem: RecordingProblem, sentence: RegExp, can: { readonly retry?: boolean; readonly download?: boolean } = {}): void {
    assert.ok(result.kind === 'problem', result.kind);
    assert.equal(result.problem, problem, result.sentence);
    assert.match(result.sentence, sentence);
    if (can.retry !== undefined) assert.equal(result.canRetry, can.retry, 'canRetry');
    if (can.download !== undefined) assert.equal(result.canDownload, can.download, 'canDownload');
  }

  /** The URL of a sample's recording as its record names it. */
  async function namedUrl(name: SampleName): Promise<string> {
    const { recordingUrl } = await clientOf(sandbox()).getCall(SAMPLES[name].sid);
    assert.ok(recordingUrl !== undefined);
    return recordingUrl;
  }

  it('gives the whole audio, what it is, and its progress', async () => {
    const progress: (readonly [number, number | undefined])[] = [];
    const result = await load({ onProgress: (received, total) => progress.push([received, total]) });
    assert.ok(result.kind === 'audio');
    assert.deepEqual(result.format, { ...WAV, channels: 1 });
    assert.equal(result.bytes.byteLength, 44 + 55 * 8000 * 2);
    assert.deepEqual(progress.at(-1), [result.bytes.byteLength, result.bytes.byteLength]);
    assert.equal(sandbox().requests.at(-1)?.hadAuthorization, true);
  });

  it('tells two channels from one', async () => {
    const result = await load({ url: urlOf('dualChannel') });
    assert.ok(result.kind === 'audio');
    assert.equal(result.format?.channels, 2);
  });

  it('sends no keys along with a signed link', async () => {
    const result = await load({ url: await namedUrl('inbound') });
    assert.equal(result.kind, 'audio');
    assert.equal(sandbox().requests.at(-1)?.hadAuthorization, false);
  });

  it('tells the log where it asked, without the link’s signature', async () => {
    const notes: unknown[] = [];
    await load({ url: await namedUrl('inbound'), onRequest: (note) => notes.push(note), now: () => 0 });
    const { host } = new URL(sandbox().origin);
    assert.deepEqual(notes, [{ resource: 'recording', method: 'GET', host, path: new URL(urlOf('inbound')).pathname, milliseconds: 0, status: 200 }]);
  });

  describe('says what is the matter:', () => {
    it('the link has expired', async () => assertProblem(await load({ url: await namedUrl('recordingExpired') }), 'expired', /expired.*Refresh/, { retry: true, download: false }));

    it('a link of S3’s older kind has expired, by its own time', async () => {
      const fault: Fault = { kind: 'answer', status: 403, body: '<Error/>' };
      assertProblem(await failing(fault, { url: `${urlOf('completed')}?Expires=1718447700&Signature=x` }), 'expired', /expired/);
      assertProblem(await failing(fault, { url: `${urlOf('completed')}?Expires=9718447700&Signature=x` }), 'refused', /signature in its link was not accepted/);
    });

    it('the token of a link has expired', async () => {
      assertProblem(await failing({ kind: 'answer', status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' }), 'expired', /expired/);
    });

    it('it is refused, with the keys', async () => assertProblem(await load({ url: urlOf('recordingRefused') }), 'refused', /key and token were sent and not accepted.*allow list of IP addresses/, { retry: true, download: false }));

    it('it is gone', async () => assertProblem(await load({ url: urlOf('recordingGone') }), 'gone', /no longer has the recording \(404\)/, { download: false }));

    it('it is not there yet', async () => {
      const endedAt = Date.now() - 14 * MINUTE;
      for (const status of [401, 403, 404]) assertProblem(await failing({ kind: 'answer', status }, { endedAt }), 'processing', /not there yet/, { retry: true });
      assertProblem(await failing({ kind: 'answer', status: 200 }, { endedAt }), 'processing', /not there yet/);
    });

    it('and no longer “not yet” a quarter of an hour after the call', async () => {
      const endedAt = Date.now() - 16 * MINUTE;
      assertProblem(await failing({ kind: 'answer', status: 404 }, { endedAt }), 'gone', /404/);
      assertProblem(await failing({ kind: 'answer', status: 403 }, { endedAt }), 'refused', /403/);
      assertProblem(await failing({ kind: 'answer', status: 200 }, { endedAt }), 'notAudio', /empty file/);
    });

    for (const status of [416, 429, 500, 503, 400]) {
      it(`the host answers ${status}`, async () => assertProblem(await failing({ kind: 'answer', status }), 'failed', new RegExp(String(status)), { retry: true, download: true }));
    }

    it('it is a web page', async () => {
      assertProblem(await load({ url: urlOf('recordingNotAudio', 'mp3') }), 'notAudio', /sent an HTML page where audio was expected\. It starts with “<!DOCTYPE html>/, { download: false });
    });

    const texts: readonly (readonly [body: string, looks: RegExp])[] = [
      ['{"error":"not found"}', /sent JSON/],
      ['<?xml version="1.0"?><Error/>', /sent XML/],
      ['File not found', /sent text/],
    ];
    for (const [body, looks] of texts) {
      it(`it is ${body}`, async () => assertProblem(await failing({ kind: 'answer', status: 200, body }), 'notAudio', looks));
    }

    it('it is of a kind that nobody knows, which may still be downloaded', async () => {
      assertProblem(await failing({ kind: 'answer', status: 200, body: Uint8Array.of(1, 2, 3, 0, 255, 254) }), 'notAudio', /no audio of a kind that is known.*starts with the bytes 01 02 03 00 ff fe\./, { download: true });
    });

    it('it breaks off', async () => {
      const body = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(10_000)]);
      assertProblem(await failing({ kind: 'cut', body }), 'cutOff', /broke off before the recording was complete/, { retry: true, download: true });
    });

    it('its host is not there', async () => assertProblem(await failing({ kind: 'reset' }), 'offline', /broke off/, { retry: true }));

    it('its host says nothing', async () => assertProblem(await failing({ kind: 'silent' }, { stallMs: 40 }), 'stalled', /did not answer/, { retry: true }));

    it('its host stops in the middle', async () => {
      assertProblem(await failing({ kind: 'stall', body: Buffer.concat([Buffer.from('ID3'), Buffer.alloc(10_000)]) }, { stallMs: 40 }), 'stalled', /stopped sending/, { retry: true, download: true });
    });

    for (const url of ['', 'recording.mp3', '/a/b.mp3', 'https://', 'javascript:alert(1)', 'ftp://a.example/b.mp3']) {
      it(`the record names ${JSON.stringify(url)}`, async () => assertProblem(await load({ url }), 'failed', /no web address/, { retry: false }));
    }
  });

  describe('can be cancelled', () => {
    it('before anything is sent', async () => {
      const before = sandbox().requests.length;
      assertProblem(await load({ signal: AbortSignal.abort() }), 'failed', /cancelled/);
      assert.equal(sandbox().requests.length, before);
    });

    it('while it comes, and then nothing more comes', async () => {
      const cancel = new AbortController();
      const received: number[] = [];
      const result = await load({
        url: urlOf('recordingHour'),
        signal: cancel.signal,
        onProgress: (bytes) => {
          received.push(bytes);
          cancel.abort();
        },
      });
      assertProblem(result, 'failed', /cancelled/, { retry: true });
      assert.equal(received.length, 1);
    });
  });

  describe('keeps the keys where they belong:', () => {
    const own = credentials();
    const audio = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(100)]);
    let mend = (): void => undefined;
    beforeEach(() => {
      mend = sandbox().fail({ kind: 'answer', status: 200, body: audio });
    });
    afterEach(() => mend());

    const cases: readonly (readonly [url: string, hasKeys: boolean, allowedHosts?: readonly string[]])[] = [
      ['https://recordings.exotel.com/exotelrecordings/acme1/c.mp3', true],
      ['https://recordings.in.exotel.com/c.mp3', true],
      ['https://media.exotel.com/c.mp3', true, ['media.exotel.com']],
      ['https://media.exotel.com/c.mp3?X-Amz-Signature=1', false, ['media.exotel.com']],
      ['https://recordings.exotel.com/c.mp3?Expires=1&Signature=1', false],
      ['https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/c.mp3', false],
      ['https://recordings.exotel.com:8443/c.mp3', false],
      ['https://recordings.exotel.com.evil.example/c.mp3', false, ['recordings.exotel.com.evil.example']],
    ];
    for (const [url, hasKeys, allowedHosts = []] of cases) {
      it(`${url} is asked ${hasKeys ? 'with' : 'without'} them`, async () => {
        const { fetch, sent } = detour(sandbox());
        assert.equal((await load({ url, credentials: own, allowedHosts, fetch })).kind, 'audio');
        assert.deepEqual(sent.map(({ authorization }) => authorization !== undefined), [hasKeys]);
      });
    }

    it('another host of Exotel’s is asked for first', async () => {
      const { fetch, sent } = detour(sandbox());
      const result = await load({ url: 'https://media.exotel.com/c.mp3', credentials: own, fetch });
      assertProblem(result, 'askHost', /media\.exotel\.com.*may this account’s key and token be sent there\?/);
      assert.ok(result.kind === 'problem');
      assert.equal(result.host, 'media.exotel.com');
      assert.deepEqual(sent, []);
    });

    it('an address in this machine’s own network is not asked at all', async () => {
      const { fetch, sent } = detour(sandbox());
      for (const url of ['http://recordings.exotel.com/c.mp3', 'https://127.0.0.1/c.mp3', 'https://169.254.169.254/latest', 'http://localhost/c.mp3']) {
        assertProblem(await load({ url, credentials: own, fetch }), 'refused', /was not fetched/);
      }
      assert.deepEqual(sent, []);
    });

    it('user info in a link is not used', async () => {
      const { fetch, sent } = detour(sandbox());
      await load({ url: 'https://user:pass@bucket.example.com/c.mp3#x', credentials: own, fetch });
      assert.deepEqual(sent, [{ url: 'https://bucket.example.com/c.mp3', authorization: undefined }]);
    });

    it('a redirect to a stranger drops them, and one back does not bring a stranger’s', async () => {
      const hops: Readonly<Record<string, string>> = {
        'https://recordings.exotel.com/1.mp3': 'https://bucket.example.com/2.mp3',
        'https://bucket.example.com/2.mp3': 'https://recordings.exotel.com/3.mp3',
      };
      const { fetch, sent } = detour(sandbox(), (url) => hops[url]);
      assert.equal((await load({ url: 'https://recordings.exotel.com/1.mp3', credentials: own, fetch })).kind, 'audio');
      assert.deepEqual(sent.map(({ url, authorization }) => [url, authorization !== undefined]), [
        ['https://recordings.exotel.com/1.mp3', true],
        ['https://bucket.example.com/2.mp3', false],
        ['https://recordings.exotel.com/3.mp3', true],
      ]);
    });

    it('a relative redirect stays on its host', async () => {
      const { fetch, sent } = detour(sandbox(), (url) => (url.endsWith('/1.mp3') ? '../other/2.mp3' : undefined));
      await load({ url: 'https://recordings.exotel.com/a/1.mp3', credentials: own, fetch });
      assert.equal(sent[1]?.url, 'https://recordings.exotel.com/other/2.mp3');
    });

    const refusals: readonly (readonly [to: string, problem: RecordingProblem])[] = [
      ['http://recordings.exotel.com/2.mp3', 'refused'],
      ['http://bucket.example.com/2.mp3', 'refused'],
      ['https://127.0.0.1/2.mp3', 'refused'],
      ['https://[::1]/2.mp3', 'refused'],
      ['file:///etc/passwd', 'refused'],
      ['https://media.exotel.com/2.mp3', 'askHost'],
      ['https://', 'failed'],
    ];
    for (const [to, problem] of refusals) {
      it(`a redirect to ${to} is not followed`, async () => {
        const { fetch, sent } = detour(sandbox(), () => to);
        const result = await load({ url: 'https://recordings.exotel.com/1.mp3', credentials: own, fetch });
        assertProblem(result, problem, /./);
        assert.equal(sent.length, 1);
      });
    }

    it('redirects end somewhere', async () => {
      const { fetch, sent } = detour(sandbox(), (url) => url);
      assertProblem(await load({ url: 'https://recordings.exotel.com/1.mp3', credentials: own, fetch }), 'failed', /once too often/);
      assert.equal(sent.length, 4);
    });

    it('what a server repeats of them is not shown', async () => {
      mend();
      mend = sandbox().fail({ kind: 'answer', status: 200, body: `Hello ${own.apiToken}, see https://a.example/?X-Amz-Signature=abc` });
      const { fetch } = detour(sandbox());
      const result = await load({ url: 'https://recordings.exotel.com/1.mp3', credentials: own, fetch });
      assertProblem(result, 'notAudio', /It starts with “Hello •••, see/);
      assert.doesNotMatch(JSON.stringify(result), /abc/);
    });
  });

  describe('as a download', () => {
    const download = (url: string, write: (chunk: Uint8Array) => Promise<void>) =>
      streamRecording({ url, credentials: sandbox().credentials, allowedHosts: [], fetch, now: Date.now, write });

    it('comes whole at any size, in pieces that wait for the disk', async () => {
      let written = 0;
      let open = 0;
      const result = await download(urlOf('recordingHour'), async (chunk) => {
        open += 1;
        assert.equal(open, 1);
        await new Promise(setImmediate);
        assert.ok(chunk.byteLength <= MB);
        written += chunk.byteLength;
        open -= 1;
      });
      assert.deepEqual(result, { kind: 'done', bytes: 115_200_044, format: { ...WAV, channels: 2 } });
      assert.equal(written, 115_200_044);
    }).timeout(20_000);

    it('writes nothing of an error page', async () => {
      const result = await download(urlOf('recordingNotAudio', 'mp3'), () => assert.fail('Nothing may be written.'));
      assert.equal(result.kind === 'problem' && result.problem, 'notAudio');
    });

    it('writes a kind of file that nobody knows', async () => {
      const mend = sandbox().fail({ kind: 'answer', status: 200, body: Uint8Array.of(1, 2, 3, 0, 255, 254) });
      const written: number[] = [];
      const result = await download(urlOf('completed'), async (chunk) => void written.push(...chunk));
      mend();
      assert.deepEqual(result, { kind: 'done', bytes: 6 });
      assert.deepEqual(written, [1, 2, 3, 0, 255, 254]);
    });

    it('passes on that the disk is full, and lets go of the connection', async () => {
      const full = new Error('ENOSPC');
      const closed = new AbortController();
      const watching: typeof fetch = async (url, init) => {
        const response = await fetch(url, init);
        const body = response.body?.pipeThrough(new TransformStream({ flush: () => assert.fail('It must not be read to its end.') }));
        const cancel = body?.getReader();
        const stream = new ReadableStream<Uint8Array>({
          pull: async (controller) => {
            const next = await cancel?.read();
            if (next?.value !== undefined) controller.enqueue(next.value);
          },
          cancel: () => closed.abort(),
        });
        return new Response(stream, { headers: response.headers });
      };
      const given = { url: urlOf('recordingLarge'), credentials: sandbox().credentials, allowedHosts: [], now: Date.now };
      const ended = once(closed.signal, 'abort');
      await assert.rejects(streamRecording({ ...given, fetch: watching, write: () => Promise.reject(full) }), full);
      await ended;
    });
  });
});

describe('what a record alone tells of its recording', () => {
  const sandbox = useSandbox();
  const problemOf = async (name: SampleName, later = 0): Promise<string | undefined> => {
    const { call } = await clientOf(sandbox()).getCall(SAMPLES[name].sid);
    return nothingToFetch(call, Date.now() + later)?.problem;
  };

  it('there is one to fetch', async () => assert.equal(await problemOf('completed'), undefined));
  it('there is none', async () => assert.equal(await problemOf('customerUnanswered'), 'none'));
  it('there is none of a call just ended in which nobody spoke', async () => assert.equal(await problemOf('customerUnanswered', -36 * MINUTE), 'none'));
  it('it is on its way', async () => assert.equal(await problemOf('recordingProcessing'), 'processing'));
  it('it is no longer on its way', async () => assert.equal(await problemOf('recordingProcessing', 20 * MINUTE), 'none'));
  it('the call is not over', async () => assert.equal(await problemOf('active'), 'processing'));
  it('there is one that nobody can find', async () => assert.equal(await problemOf('odd'), 'none'));
});
