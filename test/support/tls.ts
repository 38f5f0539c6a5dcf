/** HTTPS on loopback with certificates of every kind, made anew for each suite. */
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import { generate } from 'selfsigned';
import type { Fetch } from '../../src/exotel/transport';
import { originOf } from './tcp';

const DAY_MS = 86_400_000;

/** What is the matter with a server's certificate. */
export type Certificate = 'good' | 'expired' | 'notYetValid' | 'wrongHost' | 'selfSigned';

export interface TlsServers {
  /** Each answers nothing but 204, and is trusted by {@link fetch} as far as its certificate is good. */
  readonly origins: Readonly<Record<Certificate, string>>;
  /** The host's own `fetch`, which trusts the issuer of these certificates as well. */
  readonly fetch: Fetch;
  /** Names of the servers that were sent a request, which no server should be whose certificate is bad. */
  readonly asked: readonly Certificate[];
}

/** Starts the servers before the suite and stops them after; call what it returns inside a test. */
export function useTlsServers(): () => TlsServers {
  const servers: Server[] = [];
  let running: TlsServers | undefined;
  before(async () => {
    running = await start(servers);
  });
  after(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  return () => {
    if (running === undefined) throw new Error('The servers are not running.');
    return running;
  };
}

const SUBJECT = [{ name: 'commonName', value: '127.0.0.1' }];
const FOR_LOOPBACK = { extensions: [{ name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] }] };
const FOR_OTHER = { extensions: [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'other.example' }] }] };

async function start(servers: Server[]): Promise<TlsServers> {
  const made = { keyType: 'ec', algorithm: 'sha256' } as const;
  const issuer = await generate([{ name: 'commonName', value: 'Issuer of a test' }], {
    ...made,
    extensions: [{ name: 'basicConstraints', cA: true }, { name: 'keyUsage', keyCertSign: true }],
  });
  const issued = { ...made, ca: { key: issuer.private, cert: issuer.cert } };
  const from = (days: number, to: number): { readonly notBeforeDate: Date; readonly notAfterDate: Date } => ({
    notBeforeDate: new Date(Date.now() + days * DAY_MS),
    notAfterDate: new Date(Date.now() + to * DAY_MS),
  });
  const asked: Certificate[] = [];
  const serve = async (name: Certificate, options: Parameters<typeof generate>[1]): Promise<string> => {
    const { private: key, cert } = await generate(SUBJECT, options);
    const server = createServer({ key, cert }, (_request, response) => {
      asked.push(name);
      response.writeHead(204).end();
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return originOf(server, 'https');
  };
  return {
    asked,
    fetch: await fetchTrusting(issuer.cert),
    origins: {
      good: await serve('good', { ...issued, ...FOR_LOOPBACK }),
      expired: await serve('expired', { ...issued, ...FOR_LOOPBACK, ...from(-20, -10) }),
      notYetValid: await serve('notYetValid', { ...issued, ...FOR_LOOPBACK, ...from(10, 20) }),
      wrongHost: await serve('wrongHost', { ...issued, ...FOR_OTHER }),
      selfSigned: await serve('selfSigned', { ...made, ...FOR_LOOPBACK }),
    },
  };
}

/** Node's `fetch` takes what it connects by as an option that its types do not know: an agent like the one it uses itself. */
async function fetchTrusting(ca: string): Promise<Fetch> {
  await fetch('data:,');
  const usual: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  if (typeof usual !== 'object' || usual === null) throw new Error('This fetch has no agent.');
  const dispatcher: unknown = Reflect.construct(usual.constructor, [{ connect: { ca } }]);
  return (url, init) => fetch(url, { ...init, dispatcher } as RequestInit);
}
