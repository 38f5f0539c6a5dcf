/** Servers below HTTP: connections that are closed, reset or left alone wherever a test wants. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

export interface TcpServer {
  readonly origin: string;
  /** What is done with each connection from now on, which has no data yet; to begin with it is left alone. */
  onConnection: (socket: Socket) => void;
  /** Connections that came. */
  readonly connections: number;
}

/** Starts a server before the suite and stops it after; each test begins anew. Call what it returns inside a test. */
export function useTcpServer(): () => TcpServer {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    state.connections += 1;
    state.onConnection(socket);
  });
  const state = { origin: '', connections: 0, onConnection: (_socket: Socket): void => undefined };
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    state.origin = originOf(server, 'http');
  });
  beforeEach(() => {
    state.connections = 0;
    state.onConnection = () => undefined;
  });
  after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return () => state;
}

/** Answers a connection's first request with bytes as they are, and then does as it is told. */
export function sends(bytes: string, then: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => socket.write(bytes, () => then(socket)));
  };
}

/** An address of this machine at which nobody listens. */
export async function originWithNobody(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = originOf(server, 'http');
  await new Promise((resolve) => server.close(resolve));
  return origin;
}

/** Where a listening server is. */
export function originOf(server: Pick<Server, 'address'>, scheme: 'http' | 'https'): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `${scheme}://127.0.0.1:${String(address.port)}`;
}
