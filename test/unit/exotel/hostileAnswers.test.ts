import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib';
import type { Transform } from 'node:stream';
import { indentJson } from '../../../src/call/rawJson';
import { type CallAnswer, type ClientOptions, createClient } from '../../../src/exotel/client';
import type { ApiError, ApiErrorKind } from '../../../src/exotel/errors';
import { CLOCKS } from '../../../src/extension/clocks';
import { errorOf } from '../../support/errorOf';
import { credentialsAt, dripsAfter, type HostileServer, sendsForEver, sendsRaw, useDeadPort, useHostileServer } from '../../support/hostileServer';

const SID = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const LIMIT = 5_000_000;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const JSON_HEAD = { 'Content-Type': 'application/json' };

const ask = (server: HostileServer, overrides: Partial<ClientOptions> = {}): Promise<CallAnswer> =>
  createClient({ credentials: server.credentials, fetch, ...CLOCKS, timeoutMs: 10_000, ...overrides }).getCall(SID);

/** Sends these bytes. */
const answers = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): HostileServer['answer'] => (_request, response) =>
  void response.writeHead(200, { ...JSON_HEAD, ...headers }).end(body);

/** A call's answer of exactly so many bytes. */
function answerOf(bytes: number): string {
  const [start, end] = [`{"response":{"call_details":{"sid":"${SID}","custom_field":"`, '"}}}'];
  return `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`;
}

/** Packs zeros without end, as long as anybody takes them: a bomb of kilobytes for each megabyte. */
const bomb = (encoding: string, ...packers: readonly (() => Transform)[]): HostileServer['answer'] => (_request, response) => {
  response.writeHead(200, { ...JSON_HEAD, 'Content-Encoding': encoding });
  pipeline([Readable.from(zeros()), ...packers.map((pack) => pack()), response]).catch(() => undefined);
};

function* zeros(): Generator<Buffer> {
  for (const megabyte = Buffer.alloc(1_000_000, 0x20); ; ) yield megabyte;
}

const gzip = (): Transform => createGzip({ level: 1 });
const brotli = (): Transform => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

describe('An answer that is meant to harm', () => {
  const server = useHostileServer();
  const deadPort = useDeadPort();

  async function failing(answer: HostileServer['answer'], overrides: Partial<ClientOptions> = {}): Promise<ApiError> {
    server().answer = answer;
    const left = server().left();
    const error = await errorOf(ask(server(), overrides));
    await left;
    assert.equal(server().seen.length, 1);
    return error;
  }

  describe('is given up at five megabytes, its connection too:', () => {
    const cases: readonly (readonly [name: string, answer: HostileServer['answer']])[] = [
      ['one byte more', answers(answerOf(LIMIT + 1))],
      ['fifty megabytes of JSON that say how long they are', answers(answerOf(50_000_000))],
      ['chunks without end', sendsForEver(' '.repeat(65_536))],
      ['a call in the middle of chunks without end', sendsForEver(' '.repeat(65_536), answerOf(500))],
      ['a bomb in gzip', bomb('gzip', gzip)],
      ['a bomb in deflate', bomb('deflate', () => createDeflate({ level: 1 }))],
      ['a bomb in Brotli', bomb('br', brotli)],
      ['a bomb in gzip in gzip', bomb('gzip, gzip', gzip, gzip)],
      ['fifty megabytes in fifty kilobytes', answers(gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'Content-Encoding': 'gzip' })],
    ];
    for (const [name, answer] of cases) {
      it(name, async () => {
        const error = await failing(answer);
        assert.equal(error.kind, 'badReply');
        assert.match(error.message, /^127\.0\.0\.1:\d+ sent more than 5 MB, which is no answer about a call\.$/);
        assert.ok((error.details.bodies ?? []).every(({ body }) => body.length <= LIMIT));
      });
    }

    it('and one of exactly that is read', async () => {
      server().answer = answers(answerOf(LIMIT));
      assert.equal((await ask(server())).call.sid, SID);
    });

    it('however it is refused: the status counts', async () => {
      const error = await failing((_request, response) => {
        response.writeHead(500, JSON_HEAD);
        pipeline(Readable.from(zeros()), response).catch(() => undefined);
      });
      assert.equal(error.kind, 'server');
    });
  });

  describe('is waited for no longer than is set, its connection given up:', () => {
    const cases: readonly (readonly [stage: string, answer: HostileServer['answer']])[] = [
      ['no byte comes', () => undefined],
      ['half of the first line comes', sendsRaw('HTTP/1.1 2')],
      ['half of a header comes', sendsRaw(`${HEAD}X-Request-`)],
      ['every header comes, and no body', sendsRaw(`${HEAD}Content-Length: 100\r\n\r\n`)],
      ['half of the body comes', sendsRaw(`${HEAD}Content-Length: 100\r\n\r\n{"response":`)],
      ['a whole call comes, but not the end of the body', sendsRaw(`${HEAD}Content-Length: 1000\r\n\r\n${answerOf(200)}`)],
      ['a chunk is announced that does not come', sendsRaw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n{`)],
      ['the last chunk does not come', sendsRaw(`${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)],
      ['a header comes letter by letter', dripsAfter(`${HEAD}X-Long: `, 'a', 10)],
      ['a body comes letter by letter', dripsAfter(`${HEAD}\r\n`, ' ', 10)],
      ['chunks come byte by byte', dripsAfter(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n', 10)],
      ['a packed body stops in the middle', (_request, response) => void response.writeHead(200, { ...JSON_HEAD, 'Content-Encoding': 'gzip' }).write(gzipSync(answerOf(200)).subarray(0, 30))],
    ];
    for (const [stage, answer] of cases) {
      it(stage, async () => {
        const error = await failing(answer, { timeoutMs: 100 });
        assert.equal(error.kind, 'timeout', error.message);
        assert.match(error.message, /did not answer within 0\.1 s/);
      });
    }

    it('the connection is taken, and no word of TLS comes', async () => {
      const error = await errorOf(ask(server(), { credentials: credentialsAt(`https://${deadPort()}`), timeoutMs: 100 }));
      assert.equal(error.kind, 'timeout');
    });
  });

  describe('is told by what it is:', () => {
    const cases: readonly (readonly [name: string, answer: HostileServer['answer'], kind: ApiErrorKind, message: RegExp])[] = [
      ['headers without end', sendsRaw(`${HEAD}${'X-A: b\r\n'.repeat(20_000)}\r\n{}`), 'badReply', /breaks the rules of HTTP/],
      ['a server that is always about to continue', dripsAfter('', 'HTTP/1.1 100 Continue\r\n\r\n', 10), 'network', /broke off/],
      ['no HTTP', sendsRaw('SSH-2.0-OpenSSH_9.6\r\n'.repeat(3)), 'badReply', /breaks the rules of HTTP/],
      ['called gzip, and none', answers('{"sid":"c"}', { 'Content-Encoding': 'gzip' }), 'badReply', /breaks the rules of HTTP/],
      ['lists nested without end', answers(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'badReply', /nested without end/],
      ['objects nested without end, in a call', answers(`{"response":{"call_details":{"sid":"c","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}}`), 'badReply', /nested without end/],
      ['five megabytes of brackets', answers('['.repeat(LIMIT)), 'badReply', /nested without end/],
      ['UTF-16 that says it is UTF-8', answers(Buffer.from(answerOf(200), 'utf16le'), { 'Content-Type': 'application/json; charset=utf-8' }), 'badReply', /broken JSON where JSON was expected/],
      ['NULs', answers('\0'.repeat(1000)), 'badReply', /sent text where JSON was expected/],
    ];
    for (const [name, answer, kind, message] of cases) {
      it(name, async () => {
        server().answer = answer;
        const error = await errorOf(ask(server()));
        assert.equal(error.kind, kind, error.message);
        assert.match(error.message, message);
      });
    }
  });

  describe('is read without harm:', () => {
    const read = async (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<CallAnswer> => {
      server().answer = answers(body, headers);
      return ask(server());
    };

    it('names of prototypes are names like any other', async () => {
      const { call } = await read('{"__proto__":{"response":{}},"response":{"call_details":{"sid":"c","__proto__":{"status":"polluted","polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","hasOwnProperty":1}}}');
      assert.equal(call.sid, 'c');
      assert.equal(call.status, undefined);
      assert.equal(Reflect.get({}, 'polluted'), undefined);
      assert.deepEqual(call.reported.map(({ path }) => path), ['sid', '__proto__.status', '__proto__.polluted', 'constructor.prototype.polluted', 'toString', 'hasOwnProperty']);
    });

    it('of a key that stands twice the last one counts, and the raw answer has both', async () => {
      const { call, bodies } = await read('{"response":{"call_details":{"sid":"c","status":"completed","status":"agent_unanswered"}}}');
      assert.equal(call.status, 'agent_unanswered');
      assert.match(indentJson(bodies[0]?.body ?? ''), /"status": "completed",\s+"status": "agent_unanswered"/);
    });

    const charsets: readonly (readonly [name: string, body: Uint8Array, type: string, shown: string])[] = [
      ['Latin-1 that says it is UTF-8', Buffer.from('{"sid":"c","custom_field":"naïve"}', 'latin1'), 'application/json; charset=utf-8', 'na\uFFFDve'],
      ['UTF-8 that says it is Latin-1', Buffer.from('{"sid":"c","custom_field":"naïve"}'), 'application/json; charset=iso-8859-1', 'naÃ¯ve'],
      ['half a character at the end', Buffer.concat([Buffer.from('{"sid":"c","custom_field":"a'), Buffer.of(0xe2, 0x82), Buffer.from('"}')]), 'application/json', 'a\uFFFD'],
      ['a charset that would be code', Buffer.from('{"sid":"c","custom_field":"a"}'), 'application/json; charset="utf-7"', 'a'],
      ['a lone surrogate', Buffer.from(String.raw`{"sid":"c","custom_field":"\ud800"}`), 'application/json', '\uD800'],
    ];
    for (const [name, body, type, shown] of charsets) {
      it(`a wrong charset loses letters at most: ${name}`, async () => assert.equal((await read(body, { 'Content-Type': type })).call.customField, shown));
    }
  });
});
