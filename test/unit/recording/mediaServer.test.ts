import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { MediaServer } from '../../../src/recording/mediaServer';
import type { Rendition } from '../../../src/recording/rendition';

const PAGE = 'vscode-webview://0l3aqbn2';
const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the server that a page hears recordings from', () => {
  let server = new MediaServer();
  let port = 0;
  let path = '';
  const rendition: Rendition = {
    mime: 'audio/wav',
    size: BYTES.length,
    async *read(start, end) {
      yield BYTES.subarray(start, Math.min(end, start + 100));
      yield BYTES.subarray(Math.min(end, start + 100), end);
    },
  };

  beforeEach(async () => {
    server = new MediaServer();
    port = await server.start();
    ({ path } = server.serve(rendition, PAGE));
  });
  afterEach(() => server.stop());

  async function ask(options: { readonly method?: string; readonly path?: string; readonly headers?: Readonly<Record<string, string | undefined>> } = {}): Promise<Reply> {
    const headers = Object.fromEntries(Object.entries({ Origin: PAGE, ...options.headers }).filter(([, value]) => value !== undefined));
    const sent = request({ host: '127.0.0.1', port, path: options.path ?? path, method: options.method ?? 'GET', headers, agent: false });
    sent.end();
    const [response] = await once(sent, 'response');
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) };
  }

  it('has the port again that it had before, so that a remote window forwards one alone, and another where that is taken', async () => {
    server.stop();
    const again = new MediaServer();
    const third = new MediaServer();
    try {
      assert.equal(await again.start(port), port);
      assert.notEqual(await third.start(port), port);
    } finally {
      again.stop();
      third.stop();
    }
  });

  it('gives the whole recording, and lets the page’s own origin alone read it: else Web Audio plays silence', async () => {
    const { status, headers, body } = await ask();
    assert.equal(status, 200);
    assert.deepEqual(body, BYTES);
    assert.equal(headers['access-control-allow-origin'], PAGE);
    assert.equal(headers['accept-ranges'], 'bytes');
    assert.equal(headers['content-type'], 'audio/wav');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  for (const [range, from, to] of [
    ['bytes=0-', 0, 1000],
    ['bytes=990-', 990, 1000],
    ['bytes=10-19', 10, 20],
    ['bytes=-5', 995, 1000],
    ['bytes=900-5000', 900, 1000],
  ] as const) {
    it(`seeks: ${range}`, async () => {
      const { status, headers, body } = await ask({ headers: { Range: range } });
      assert.equal(status, 206);
      assert.equal(headers['content-range'], `bytes ${from}-${to - 1}/1000`);
      assert.deepEqual(body, BYTES.subarray(from, to));
    });
  }

  for (const range of ['bytes=1000-', 'bytes=20-10', 'bytes=-0']) {
    it(`refuses a range that is not there: ${range}`, async () => {
      const { status, headers } = await ask({ headers: { Range: range } });
      assert.equal(status, 416);
      assert.equal(headers['content-range'], 'bytes */1000');
    });
  }

  it('tells the length without a body when asked for the head alone', async () => {
    const { status, headers, body } = await ask({ method: 'HEAD' });
    assert.deepEqual([status, headers['content-length'], body.length], [200, '1000', 0]);
  });

  for (const method of ['POST', 'OPTIONS', 'PUT', 'DELETE']) {
    it(`takes no ${method}`, async () => {
      assert.equal((await ask({ method })).status, 405);
    });
  }

  for (const [what, headers] of [
    ['another page', { Origin: 'https://evil.example' }],
    ['a page without an origin', { Origin: undefined }],
    ['a sandboxed page', { Origin: 'null' }],
    ['a page of a like origin', { Origin: `${PAGE}.evil.example` }],
  ] as const) {
    it(`gives nothing to ${what}, even if it knew the path`, async () => {
      const { status, body, headers: answered } = await ask({ headers });
      assert.deepEqual([status, body.length, answered['access-control-allow-origin']], [403, 0, undefined]);
    });
  }

  for (const host of ['evil.example', 'localhost.evil.example:1', '127.0.0.1', 'localhost']) {
    it(`answers under no other name (${host}): a name rebound to this machine is another page’s`, async () => {
      assert.equal((await ask({ headers: { Host: host } })).status, 421);
    });
  }

  it('answers under the authority that VS Code forwards to it', async () => {
    server.allow('Tunnel.example:8443');
    assert.equal((await ask({ headers: { Host: 'tunnel.example:8443' } })).status, 200);
  });

  it('knows a page that it is forwarded to under the page’s own authority, where browsers name no origin', async () => {
    const page = 'https://code.example:8443';
    server.allow('code.example:8443');
    const { path: own } = server.serve(rendition, page);
    const headers = { Origin: undefined, Host: 'code.example:8443' };
    assert.equal((await ask({ path: own, headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' } })).status, 200);
    assert.equal((await ask({ path: own, headers: { ...headers, 'Sec-Fetch-Site': 'cross-site' } })).status, 403);
    assert.equal((await ask({ path: own, headers })).status, 403);
  });

  it('has paths that nobody guesses: each of 24 random bytes, none twice', () => {
    const paths = Array.from({ length: 50 }, () => server.serve(rendition, PAGE).path);
    assert.equal(new Set(paths).size, 50);
    for (const each of paths) assert.match(each, /^\/[\w-]{32}$/);
  });

  it('has nothing at any other path', async () => {
    for (const each of ['/', '/x', `${path}/`, `${path}?a`, `/${path}`]) assert.equal((await ask({ path: each })).status, 404, each);
  });

  it('stops sending once the recording is let go', async () => {
    let asked = (): void => undefined;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    const endless: Rendition = {
      mime: 'audio/wav',
      size: 1e9,
      async *read(_, __, signal) {
        asked();
        yield new Uint8Array(10);
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      },
    };
    const served = server.serve(endless, PAGE);
    const reply = ask({ path: served.path });
    await wasAsked;
    served.end();
    await assert.rejects(reply);
    assert.equal((await ask({ path: served.path })).status, 404);
  });

  it('is bound to this machine alone, and gone once it is stopped', async () => {
    server.stop();
    await assert.rejects(ask(), { code: 'ECONNREFUSED' });
  });
});
