import assert from 'node:assert/strict';
import type { AudioFormat } from '../../../src/recording/format';
import { type TransferHead, transferRecording, type TransferRequest, type TransferResult } from '../../../src/recording/fetch';
import { heldOf } from '../../../src/sandbox/held';
import { type Fault, SAMPLES, type SampleName } from '../../../src/sandbox/server';
import { detour, useSandbox } from '../../support/sandbox';

interface Heard {
  readonly result: TransferResult;
  readonly heads: readonly (readonly [head: TransferHead, format: AudioFormat | undefined])[];
  readonly bytes: Buffer;
  /** Where the first byte was written; -1: nowhere. */
  readonly at: number;
}

describe('a recording that comes piece by piece', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });
  const account = () => sandbox().accounts.sample.credentials;
  const urlOf = (name: SampleName): string => `${sandbox().origin}/recordings/${account().accountSid}/${SAMPLES[name].sid}.${heldOf(name).extension}`;
  const wholeOf = (name: SampleName, talk: number): Buffer => {
    const file = heldOf(name).make(talk);
    return Buffer.concat([...file.read(0, file.size)]);
  };
  const SHAPE_B = 44 + 55 * 8000 * 2;

  async function transfer(overrides: Partial<TransferRequest> = {}, fault?: Fault): Promise<Heard> {
    const heads: (readonly [TransferHead, AudioFormat | undefined])[] = [];
    const pieces: Uint8Array[] = [];
    let first = -1;
    let next = -1;
    const mend = fault === undefined ? undefined : sandbox().fail({ on: 'recordings', ...fault });
    const result = await transferRecording({
      url: urlOf('shapeB'),
      credentials: account(),
      allowedHosts: [],
      fetch,
      now: Date.now,
      ...overrides,
      onHead: (head, format) => {
        assert.equal(pieces.length, 0, 'The head comes before the bytes.');
        heads.push([head, format]);
      },
      write: async (piece, at) => {
        if (next === -1) first = at;
        else assert.equal(at, next, 'Pieces join without a gap.');
        next = at + piece.byteLength;
        pieces.push(piece.slice());
      },
    });
    mend?.();
    return { result, heads, bytes: Buffer.concat(pieces), at: first };
  }

  function problemIn({ result }: Heard): readonly unknown[] {
    assert.ok(result.kind === 'problem', result.kind);
    return [result.problem, result.cause, result.canRetry];
  }

  it('comes whole, after its head', async () => {
    const { result, heads, bytes, at } = await transfer();
    assert.deepEqual(result, { kind: 'done', bytes: SHAPE_B });
    assert.equal(at, 0);
    assert.ok(bytes.equals(wholeOf('shapeB', 55)));
    const [[head, format] = []] = heads;
    assert.equal(heads.length, 1);
    assert.deepEqual({ ...head, etag: undefined }, { from: 0, total: SHAPE_B, etag: undefined, acceptsRanges: true });
    assert.match(head?.etag ?? '', /^"\w+"$/);
    assert.deepEqual(format, { name: 'WAV', mime: 'audio/wav', extension: 'wav', channels: 1 });
  });

  it('comes from the middle on, so that nothing is fetched twice', async () => {
    const { heads: [[whole] = []] } = await transfer();
    const { result, heads, bytes, at } = await transfer({ from: 400_001, size: SHAPE_B, ...(whole?.etag === undefined ? {} : { etag: whole.etag }) });
    assert.deepEqual(result, { kind: 'done', bytes: SHAPE_B - 400_001 });
    assert.equal(at, 400_001);
    assert.deepEqual(heads, [[{ ...whole, from: 400_001 }, undefined]]);
    assert.ok(bytes.equals(wholeOf('shapeB', 55).subarray(400_001)));
  });

  it('comes whole from a server without ranges, and says so', async () => {
    const { heads, bytes, at } = await transfer({ from: 1000 }, { kind: 'noRange' });
    const [[head, format] = []] = heads;
    assert.deepEqual([head?.from, head?.acceptsRanges, at, bytes.length, format?.name], [0, false, 0, SHAPE_B, 'WAV']);
  });

  it('comes whole when the file is another by now, rather than half of each', async () => {
    const { heads: [[head] = []], bytes } = await transfer({ from: 1000, etag: '"of-yesterday"' });
    assert.deepEqual([head?.from, head?.acceptsRanges, bytes.length], [0, true, SHAPE_B]);
  });

  it('is refused as a part of a file of another size', async () => {
    const heard = await transfer({ from: 1000, size: SHAPE_B + 1 });
    assert.deepEqual(problemIn(heard), ['failed', 'otherPart', true]);
    assert.deepEqual([heard.heads, heard.bytes.length], [[], 0]);
  });

  for (const contentRange of ['bytes 999-1002/5000', 'bytes 1001-1004/5000', 'bytes 1000-1003', '', 'bytes 1000-5000/5000', 'bytes 1000-999/5000']) {
    it(`is refused as another part than was asked for: ${JSON.stringify(contentRange)}`, async () => {
      const heard = await transfer({ from: 1000 }, { kind: 'answer', status: 206, body: 'abcd', headers: { 'Content-Range': contentRange } });
      assert.deepEqual(problemIn(heard), ['failed', 'otherPart', true]);
      assert.equal(heard.bytes.length, 0);
    });
  }

  it('has nothing beyond its end, and says how long it is', async () => {
    const { result, heads } = await transfer({ from: SHAPE_B });
    assert.ok(result.kind === 'problem');
    assert.deepEqual([result.problem, result.cause, result.size, heads.length], ['failed', 'nothingThere', SHAPE_B, 0]);
  });

  it('comes without a known length', async () => {
    const { result, heads: [[head] = []] } = await transfer({ url: urlOf('recordingInOneGo') });
    assert.deepEqual(result, { kind: 'done', bytes: 44 + 54 * 16_000 });
    assert.deepEqual([head?.total, head?.acceptsRanges], [undefined, false]);
  });

  it('breaks off in the middle: what came is kept, and the rest can be asked for', async () => {
    const heard = await transfer({}, { kind: 'breakOff', afterBytes: 300_000 });
    assert.deepEqual(problemIn(heard), ['cutOff', undefined, true]);
    const rest = await transfer({ from: heard.bytes.length });
    assert.ok(heard.bytes.length > 4096);
    assert.ok(Buffer.concat([heard.bytes, rest.bytes]).equals(wholeOf('shapeB', 55)));
  });

  it('breaks off without a known length', async () => {
    const body = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(10_000)]);
    assert.deepEqual(problemIn(await transfer({}, { kind: 'cut', body })), ['cutOff', undefined, true]);
  });

  it('is shorter than its length says', async () => {
    assert.deepEqual(problemIn(await transfer({}, { kind: 'wrongLength', claims: SHAPE_B + 500 })), ['cutOff', undefined, true]);
  });

  it('stops coming, and goes on when the rest is asked for', async () => {
    const url = urlOf('recordingStalls');
    const whole = wholeOf('recordingStalls', 120);
    const heard = await transfer({ url, stallMs: 250 });
    assert.deepEqual(problemIn(heard), ['stalled', undefined, true]);
    const rest = await transfer({ url, from: heard.bytes.length });
    assert.equal(rest.result.kind, 'done');
    assert.ok(Buffer.concat([heard.bytes, rest.bytes]).equals(whole));
  });

  it('never comes further than to where it is cut off', async () => {
    const url = urlOf('recordingCutOff');
    const heard = await transfer({ url });
    assert.deepEqual(problemIn(heard), ['cutOff', undefined, true]);
    assert.deepEqual(problemIn(await transfer({ url, from: heard.bytes.length })), ['cutOff', undefined, true]);
  });

  it('is no audio: nothing is written, and its first bytes are told', async () => {
    const heard = await transfer({}, { kind: 'answer', status: 200, body: Uint8Array.of(0, 1, 254, 255) });
    assert.deepEqual(problemIn(heard), ['notAudio', undefined, false]);
    assert.match(heard.result.kind === 'problem' ? heard.result.sentence : '', /bytes 00 01 fe ff\./);
    assert.deepEqual([heard.heads, heard.bytes.length], [[], 0]);
  });

  it('does not repeat keys as bytes', async () => {
    const body = Buffer.concat([Buffer.from([0]), Buffer.from(account().apiKey)]);
    const { result } = await transfer({}, { kind: 'answer', status: 200, body });
    assert.ok(result.kind === 'problem');
    assert.equal(result.sentence, 'What came is no audio of a kind that is known here. It can be downloaded as it is.');
  });

  it('leads on to another host, where no keys arrive', async () => {
    const before = sandbox().requests.length;
    const { result } = await transfer({ url: urlOf('recordingRedirects') });
    assert.equal(result.kind, 'done');
    assert.deepEqual(sandbox().requests.slice(before).map(({ region, hadAuthorization }) => [region, hadAuthorization]), [['singapore', true], ['mumbai', false]]);
  });

  it('keeps its range over a redirect', async () => {
    const { result, at } = await transfer({ url: urlOf('recordingRedirects'), from: 50_000 });
    assert.equal(result.kind, 'done');
    assert.equal(at, 50_000);
  });

  it('tells that it was cancelled from that it failed', async () => {
    assert.deepEqual(problemIn(await transfer({ signal: AbortSignal.abort() })), ['failed', 'cancelled', true]);
    assert.deepEqual(problemIn(await transfer({}, { kind: 'answer', status: 429 })), ['failed', 'tooManyRequests', true]);
    assert.deepEqual(problemIn(await transfer({}, { kind: 'answer', status: 500 })), ['failed', undefined, true]);
    assert.deepEqual(problemIn(await transfer({}, { kind: 'reset' })), ['offline', undefined, true]);
  });

  it('asks for no packing, in which places in the file would be others', async () => {
    const seen: (string | null)[] = [];
    const { fetch: through } = detour(sandbox());
    await transfer({
      fetch: (url, init) => {
        seen.push(new Headers(init.headers).get('accept-encoding'));
        return through(url, init);
      },
    });
    assert.deepEqual(seen, ['identity']);
  });

  it('passes on what writing throws, and stops', async () => {
    const full = new Error('ENOSPC');
    const request = { url: urlOf('shapeB'), credentials: account(), allowedHosts: [], fetch, now: Date.now };
    await assert.rejects(transferRecording({ ...request, onHead: () => undefined, write: () => Promise.reject(full) }), full);
  });
});
