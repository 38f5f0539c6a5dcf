/** A proxy on loopback that asks for a sign-in before it lets anything through, and never does. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { originOf } from './tcp';

export interface Proxy {
  readonly origin: string;
  /** What it was to connect to: `exotel.invalid:443`. */
  readonly wanted: readonly string[];
}

/** Starts a proxy before the suite and stops it after; call what it returns inside a test. */
export function useProxy(): () => Proxy {
  const state = { origin: '', wanted: new Array<string>() };
  const server = createServer((request, response) => {
    state.wanted.push(request.url ?? '');
    response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="Acme"' }).end();
  });
  server.on('connect', ({ url = '' }, socket) => {
    state.wanted.push(url);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Acme"\r\nContent-Length: 0\r\n\r\n');
  });
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    state.origin = originOf(server, 'http');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return () => state;
}
