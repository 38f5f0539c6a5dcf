/** A server that is not the account's: it keeps all that it is sent, for tests that nothing secret is. */
import { createServer } from 'node:http';

export interface Elsewhere {
  readonly origin: string;
  /** Each request whole: method, path, headers, body. */
  readonly received: string[];
}

/** Starts before the suite and stops after it; call what it returns inside a test. */
export function useElsewhere(): () => Elsewhere {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (piece) => (body += String(piece)));
    request.on('end', () => {
      received.push(`${request.method ?? ''} ${request.url ?? ''}\n${request.rawHeaders.join('\n')}\n\n${body}`);
      response.end();
    });
  });
  let origin: string | undefined;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address !== 'string') origin = `http://127.0.0.1:${String(address.port)}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return () => {
    if (origin === undefined) throw new Error('The other server is not running.');
    return { origin, received };
  };
}
