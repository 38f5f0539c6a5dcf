import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import type { Account } from '../../../src/extension/accounts/account';
import { failureOf } from '../../../src/extension/report';
import { type ClientOptions, createClient } from '../../../src/exotel/client';
import type { Failure } from '../../../src/shared/protocol';
import { errorOf } from '../../support/errorOf';
import { Pauses } from '../../support/pauses';
import { credentials } from '../../support/sandbox';
import { originWithNobody, sends, useTcpServer } from '../../support/tcp';
import { type Certificate, useTlsServers } from '../../support/tls';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';

const NOBODYS: Account = { kind: 'kept', id: 'acme1', name: 'Acme', endpoint: { kind: 'region', region: 'singapore' }, accountSid: 'acme1' };

/** What the panel shows of a lookup there, the host’s own name taken out. */
async function shownOf(origin: string, options: Partial<ClientOptions> = {}): Promise<Failure> {
  const asked = { ...credentials(), endpoint: { kind: 'custom', origin } } as const;
  const client = createClient({ credentials: asked, fetch, now: Date.now, elapsed: () => performance.now(), timeoutMs: 5000, retries: new Pauses(), ...options });
  const failure = failureOf(await errorOf(client.getCall(SID)), NOBODYS);
  return { ...failure, sentence: failure.sentence.replaceAll(new URL(origin).host, 'HOST') };
}

describe('A bad day on the network', () => {
  const tcp = useTcpServer();
  const tls = useTlsServers();

  it('without that name says that the host was not found', async () => {
    const { kind, sentence, remedies } = await shownOf('https://exotel.invalid');
    assert.equal(kind, 'network');
    assert.match(sentence, /^HOST was not found: there is no network, or its name cannot be resolved/);
    assert.match(remedies.join(' '), /Check the network connection/);
  });

  it('with nobody at that address says that the connection was refused, and asks once', async () => {
    const { sentence, requests } = await shownOf(await originWithNobody());
    assert.equal(sentence, 'The connection to HOST was refused.');
    assert.equal(requests.length, 1);
  });

  describe('with a connection that breaks says so, and how often it was tried, when that happens', () => {
    const reset = (socket: Socket): void => void socket.resetAndDestroy();
    const cases: Readonly<Record<string, (socket: Socket) => void>> = {
      'before anything was sent': reset,
      'while the request is read': (socket) => void socket.once('data', () => reset(socket)),
      'in the middle of the headers': sends('HTTP/1.1 200 OK\r\nContent-Type: appl', reset),
      'in the middle of the body': sends('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"response":', reset),
      'in a body that comes in pieces': sends('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"res\r\n', reset),
      'by an end that comes too early': sends('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"response":', (socket) => socket.end()),
      'by a close without an answer': (socket) => void socket.once('data', () => socket.end()),
    };
    for (const [name, breaks] of Object.entries(cases)) {
      it(name, async () => {
        tcp().onConnection = breaks;
        const { kind, sentence, actions, requests } = await shownOf(tcp().origin);
        assert.deepEqual([kind, sentence], ['network', 'The connection to HOST broke off, tried three times.']);
        assert.deepEqual([actions[0], requests.length], ['retry', 3]);
        assert.ok(tcp().connections >= 3);
      });
    }
  });

  it('with an answer that is no HTTP says so, and asks once', async () => {
    tcp().onConnection = sends('SSH-2.0-OpenSSH_9.6\r\n\r\n', (socket) => socket.end());
    const { kind, sentence, requests } = await shownOf(tcp().origin);
    assert.equal(kind, 'badReply');
    assert.match(sentence, /^HOST sent an answer that breaks the rules of HTTP/);
    assert.equal(requests.length, 1);
  });

  describe('with a certificate that is', () => {
    const cases: Readonly<Record<Exclude<Certificate, 'good'>, RegExp>> = {
      selfSigned: /not secure: this machine does not trust who issued its certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
      expired: /not secure: its certificate has expired, or is not valid yet \(CERT_HAS_EXPIRED\)/,
      notYetValid: /not secure: its certificate has expired, or is not valid yet \(CERT_NOT_YET_VALID\)/,
      wrongHost: /not secure: its certificate is that of another host \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    };
    for (const certificate of ['selfSigned', 'expired', 'notYetValid', 'wrongHost'] as const) {
      it(`${certificate} says so, and the keys are not sent`, async () => {
        const { origins, fetch: trusting, asked } = tls();
        const { kind, sentence, remedies, requests } = await shownOf(origins[certificate], { fetch: trusting });
        assert.equal(kind, 'tls');
        assert.match(sentence, cases[certificate]);
        assert.match(remedies.join(' '), /A proxy or virus scanner .* date and time/);
        assert.equal(requests.length, 1);
        assert.ok(!asked.includes(certificate));
      });
    }

    it('good, and issued by somebody who is trusted, lets the request through', async () => {
      const { origins, fetch: trusting, asked } = tls();
      assert.equal((await shownOf(origins.good, { fetch: trusting })).kind, 'badReply');
      assert.ok(asked.includes('good'));
    });

    it('good, and issued by somebody who is not trusted, does not', async () => {
      assert.match((await shownOf(tls().origins.good)).sentence, /does not trust who issued its certificate/);
    });
  });

  describe('with a sign-in page in between, says so and sends to a browser, when it comes as', () => {
    const http = (head: string, body = '<html>Sign in</html>'): string => `HTTP/1.1 ${head}\r\nConnection: close\r\nContent-Length: ${String(body.length)}\r\nContent-Type: text/html\r\n\r\n${body}`;
    const cases: Readonly<Record<string, readonly [answer: string, sentence: string]>> = {
      'a page': [http('200 OK'), 'HOST sent an HTML page where JSON was expected (200).'],
      'a redirect': [http('302 Found\r\nLocation: https://login.hotel.example/?from=exotel'), 'HOST redirected the request to login.hotel.example (302). It was not followed: keys go only to the account’s own address.'],
      'a redirect that keeps the method': [http('307 Temporary Redirect\r\nLocation: http://10.0.0.1/login'), 'HOST redirected the request to 10.0.0.1 (307). It was not followed: keys go only to the account’s own address.'],
      '511': [http('511 Network Authentication Required'), 'The network asks for a sign-in before it lets the request through to HOST (511).'],
    };
    for (const [name, [answer, expected]] of Object.entries(cases)) {
      it(name, async () => {
        tcp().onConnection = sends(answer, (socket) => socket.end());
        const { sentence, remedies, actions, requests } = await shownOf(tcp().origin);
        assert.equal(sentence, expected);
        assert.match(remedies.join(' '), /open any page in a browser, sign in, and try again\./);
        assert.deepEqual([actions[0], requests.length], ['retry', 1]);
      });
    }
  });
});
