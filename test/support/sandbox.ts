/** The sandbox and a client of it, for tests: one server for each suite, everything overridable. */
import type { Credentials } from '../../src/exotel/account';
import { type Client, type ClientOptions, createClient } from '../../src/exotel/client';
import type { Fetch } from '../../src/exotel/transport';
import { accountOf } from '../../src/sandbox/samples';
import { type SampleName, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server';

/** Starts a sandbox before the suite and stops it after; call what it returns inside a test. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
  let running: Sandbox | undefined;
  before(async () => {
    running = await startSandbox(options);
  });
  after(() => running?.stop());
  return () => {
    if (running === undefined) throw new Error('The sandbox is not running.');
    return running;
  };
}

/** A client of the sandbox's account that has a sample call. */
export function clientFor(sandbox: Sandbox, name: SampleName, overrides: Partial<ClientOptions> = {}): Client {
  return clientOf(sandbox, { credentials: sandbox.accounts[accountOf(name)].credentials, ...overrides });
}

/** A client of the sandbox's first account. */
export function clientOf(sandbox: Sandbox, overrides: Partial<ClientOptions> = {}): Client {
  return createClient({ credentials: sandbox.credentials, fetch, now: Date.now, elapsed: () => performance.now(), timeoutMs: 5000, ...overrides });
}

export function credentials(overrides: Partial<Credentials> = {}): Credentials {
  return {
    endpoint: { kind: 'region', region: 'singapore' },
    accountSid: 'acme1',
    apiKey: 'key-5b1f0c7e9a3d42c6',
    apiToken: 'token-8e17b04d92fa631c',
    ...overrides,
  };
}

/** A request as it would have gone out. */
export interface SentRequest {
  readonly url: string;
  readonly authorization: string | undefined;
}

/**
 * A `fetch` for hosts that tests must not reach: it notes each request and takes it to the sandbox instead, path and headers
 * unchanged. `redirect` gives the answer for a URL that is to redirect.
 */
export function detour(sandbox: Sandbox, redirect: (url: string) => string | undefined = () => undefined): { readonly fetch: Fetch; readonly sent: readonly SentRequest[] } {
  const sent: SentRequest[] = [];
  return {
    sent,
    fetch: (url, init) => {
      sent.push({ url, authorization: new Headers(init.headers).get('authorization') ?? undefined });
      const location = redirect(url);
      if (location !== undefined) return Promise.resolve(new Response(null, { status: 302, headers: { Location: location } }));
      const { pathname, search } = new URL(url);
      return fetch(`${sandbox.origin}${pathname}${search}`, init);
    },
  };
}
