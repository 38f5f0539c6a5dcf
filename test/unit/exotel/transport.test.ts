import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/exotel/transport';

const withCode = (code: string, cause?: unknown): Error => Object.assign(new Error('Something failed', { cause }), { code });
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });
const electron = (code: string): Error => new Error(`net::${code}`);

describe('why no answer came', () => {
  const cases: readonly (readonly [name: string, error: unknown, kind: string, sentence: RegExp])[] = [
    ['no such name', fetchFailed(withCode('ENOTFOUND')), 'network', /^api\.example was not found/],
    ['no name server', fetchFailed(withCode('EAI_AGAIN')), 'network', /was not found/],
    ['refused', fetchFailed(withCode('ECONNREFUSED')), 'network', /^The connection to api\.example was refused\.$/],
    ['refused on every address', fetchFailed(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])), 'network', /^The connection to api\.example was refused\.$/],
    ['reset', fetchFailed(withCode('ECONNRESET')), 'network', /broke off/],
    ['closed by the other side', fetchFailed(withCode('UND_ERR_SOCKET')), 'network', /broke off/],
    ['no route', fetchFailed(withCode('ENETUNREACH')), 'network', /no way to api\.example/],
    ['a proxy that refuses the tunnel', fetchFailed(withCode('UND_ERR_ABORTED', new Error('Proxy response (403) !== 200 when HTTP Tunneling'))), 'network', /proxy did not let/],
    ['a proxy that wants a sign-in', fetchFailed(withCode('UND_ERR_ABORTED', new Error('Proxy response (407) ?.== 200 when HTTP Tunneling'))), 'network', /proxy asks for a sign-in/],
    ['connecting took too long', fetchFailed(withCode('UND_ERR_CONNECT_TIMEOUT')), 'timeout', /in time/],
    ['headers took too long', fetchFailed(withCode('UND_ERR_HEADERS_TIMEOUT')), 'timeout', /in time/],
    ['the system’s time-out', fetchFailed(withCode('ETIMEDOUT')), 'timeout', /in time/],
    ['a self-signed certificate', fetchFailed(withCode('DEPTH_ZERO_SELF_SIGNED_CERT')), 'tls', /does not trust who issued its certificate.*DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['a self-signed root', fetchFailed(withCode('SELF_SIGNED_CERT_IN_CHAIN')), 'tls', /not secure/],
    ['an unknown issuer', fetchFailed(withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'tls', /not secure/],
    ['an unknown local issuer', fetchFailed(withCode('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')), 'tls', /not secure/],
    ['an expired certificate', fetchFailed(withCode('CERT_HAS_EXPIRED')), 'tls', /not secure: its certificate has expired/],
    ['another host’s certificate', fetchFailed(withCode('ERR_TLS_CERT_ALTNAME_INVALID')), 'tls', /that of another host/],
    ['no TLS at all', fetchFailed(withCode('ERR_SSL_WRONG_VERSION_NUMBER')), 'tls', /its certificate or its encryption was not accepted/],
    ['a TLS failure under a socket failure', fetchFailed(withCode('UND_ERR_SOCKET', withCode('CERT_HAS_EXPIRED'))), 'tls', /CERT_HAS_EXPIRED/],
    ['broken HTTP', fetchFailed(withCode('HPE_INVALID_CONSTANT')), 'badReply', /breaks the rules of HTTP/],
    ['broken compression', withCode('Z_DATA_ERROR'), 'badReply', /breaks the rules/],
    ['headers without end', fetchFailed(withCode('UND_ERR_HEADERS_OVERFLOW')), 'badReply', /breaks the rules/],
    ['Electron: no such name', electron('ERR_NAME_NOT_RESOLVED'), 'network', /was not found/],
    ['Electron: offline', electron('ERR_INTERNET_DISCONNECTED'), 'network', /no way to/],
    ['Electron: refused', electron('ERR_CONNECTION_REFUSED'), 'network', /^The connection to api\.example was refused\.$/],
    ['Electron: reset', electron('ERR_CONNECTION_RESET'), 'network', /broke off/],
    ['Electron: proxy', electron('ERR_PROXY_CONNECTION_FAILED'), 'network', /proxy/],
    ['Electron: proxy sign-in', electron('ERR_PROXY_AUTH_UNSUPPORTED'), 'network', /proxy asks for a sign-in/],
    ['Electron: tunnel', fetchFailed(electron('ERR_TUNNEL_CONNECTION_FAILED')), 'network', /proxy/],
    ['Electron: certificate', electron('ERR_CERT_AUTHORITY_INVALID'), 'tls', /ERR_CERT_AUTHORITY_INVALID/],
    ['Electron: certificate name', electron('ERR_CERT_COMMON_NAME_INVALID'), 'tls', /not secure/],
    ['Electron: TLS', electron('ERR_SSL_PROTOCOL_ERROR'), 'tls', /not secure/],
    ['Electron: time-out', electron('ERR_CONNECTION_TIMED_OUT'), 'timeout', /in time/],
    ['a code nobody knows', fetchFailed(withCode('EWEIRD')), 'network', /could not be reached \(EWEIRD\)/],
    ['nothing to go by', fetchFailed(undefined), 'network', /^api\.example could not be reached\.$/],
    ['no error at all', 'oops', 'network', /could not be reached/],
  ];
  for (const [name, error, kind, sentence] of cases) {
    it(`${name}: ${kind}`, () => {
      const reason = noAnswer(error, 'api.example');
      assert.equal(reason.kind, kind);
      assert.match(reason.sentence, sentence);
    });
  }

  it('is found in a chain that bites its tail', () => {
    const error = new Error('a');
    error.cause = error;
    assert.equal(noAnswer(error, 'api.example').kind, 'network');
  });

  it('quotes nothing but a code', () => {
    const { sentence } = noAnswer(new Error('Invalid header "Basic c2VjcmV0"', { cause: { code: 'not a code: secret' } }), 'api.example');
    assert.equal(sentence, 'api.example could not be reached.');
  });
});
