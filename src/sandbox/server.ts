/**
 * A small Exotel on loopback, with sample calls: the sample accounts and the tests talk to this one.
 * It answers as src/exotel/README.md says, in two regions, each a port of its own, with keys that are made up at each start.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Instant } from '../call/call';
import type { Credentials, Region } from '../exotel/account';
import { urlOf } from '../exotel/links';
import { otherRegion } from '../exotel/origin';
import { listenOnLoopback } from '../recording/loopback';
import { createAccounts, credentialsOf, type Enabled, forEachAccount, hasKeysOf, type SandboxAccount } from './accounts';
import { plain, refuse } from './answers';
import { answerFor, refuseCall } from './details';
import { type Asked, deliveryOf, type Fault, isFor, misbehave } from './faults';
import { RateLimiter } from './limit';
import { type Archive, serveRecording } from './recordings';
import { callRoute, isRecordingPath } from './routes';
import { accountOf, type SampleAccountId, type SampleCall, sampleName, SAMPLES, samplesOf } from './samples';
import { lookAt, type Moment } from './scenarios/index';
import { signed } from './scenarios/tell';

export type { Enabled } from './accounts';
export type { Fault, FaultTarget } from './faults';
export { ORDINARY, SAMPLES, samplesOf, type SampleAccountId, type SampleCall, type SampleName } from './samples';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly hadAuthorization: boolean;
  /** What it asked for; `other` where that is nothing there is. */
  readonly resource: Asked;
  readonly region: Region;
  /** When, by the sandbox's clock. */
  readonly at: Instant;
}

export interface SandboxOptions {
  /** Of the first account. Random per start unless given. */
  readonly apiKey?: string;
  readonly apiToken?: string;
  readonly accountSid?: string;
  /** What the first account has; everything unless said otherwise. */
  readonly resources?: Enabled;
  /** How long the active call goes on after it was first asked for, in milliseconds. */
  readonly activeForMs?: number;
  /** How long after it was first asked for the values of a call that come late are there, in milliseconds. */
  readonly settlesAfterMs?: number;
  /** Requests a minute for each account before 429. */
  readonly requestsPerMinute?: number;
  /** This machine's clock unless given. */
  readonly now?: () => Instant;
}

/** An account of the sandbox, as a person would enter it. */
export interface SampleAccount {
  readonly id: SampleAccountId;
  readonly credentials: Credentials;
  readonly calls: readonly SampleCall[];
}

export interface Sandbox {
  /** Of Singapore: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly origins: Readonly<Record<Region, string>>;
  /** Of the first account, with {@link origin} as a custom endpoint. */
  readonly credentials: Credentials;
  /** Of the first account. */
  readonly calls: readonly SampleCall[];
  readonly accounts: Readonly<Record<SampleAccountId, SampleAccount>>;
  /** The latest requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Makes answers misbehave until the function it returns is called. The latest fault goes first. */
  fail(fault: Fault): () => void;
  /** Closes the servers and every connection. */
  stop(): Promise<void>;
}

/** Starts on two random ports of 127.0.0.1. Rejects when they cannot be opened. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { resources: enabled, apiKey, apiToken, accountSid, now = Date.now } = options;
  const accounts = createAccounts({
    ...(enabled === undefined ? {} : { enabled }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(apiToken === undefined ? {} : { apiToken }),
    ...(accountSid === undefined ? {} : { accountSid }),
  });
  const state: State = {
    accounts,
    now,
    startedAt: now(),
    activeForMs: options.activeForMs ?? 75_000,
    settlesAfterMs: options.settlesAfterMs ?? 45_000,
    limiter: new RateLimiter(options.requestsPerMinute ?? 200),
    faults: [],
    requests: [],
    firstAskedAt: new Map(),
    origins: new Map(),
  };
  const servers = { singapore: createRegion('singapore', state), mumbai: createRegion('mumbai', state) };
  const stopAll = async (): Promise<void> => {
    await Promise.all([stop(servers.singapore), stop(servers.mumbai)]);
  };
  const origins = await Promise.all([listen(servers.singapore), listen(servers.mumbai)]).then(
    ([singapore, mumbai]) => ({ singapore, mumbai }),
    async (error: unknown) => {
      await stopAll();
      throw error;
    },
  );
  for (const region of ['singapore', 'mumbai'] as const) state.origins.set(region, origins[region]);
  const published = publish(accounts, origins);
  const { sample } = published;
  return {
    origin: origins.singapore,
    origins,
    credentials: { ...sample.credentials, endpoint: { kind: 'custom', origin: origins.singapore } },
    calls: sample.calls,
    accounts: published,
    requests: state.requests,
    fail(fault) {
      state.faults.push(fault);
      return () => {
        const index = state.faults.indexOf(fault);
        if (index >= 0) state.faults.splice(index, 1);
      };
    },
    stop: stopAll,
  };
}

interface State {
  readonly accounts: Readonly<Record<SampleAccountId, SandboxAccount>>;
  readonly now: () => Instant;
  readonly startedAt: Instant;
  readonly activeForMs: number;
  readonly settlesAfterMs: number;
  readonly limiter: RateLimiter;
  readonly faults: Fault[];
  readonly requests: SeenRequest[];
  /** By SID. */
  readonly firstAskedAt: Map<string, Instant>;
  /** Once they listen. */
  readonly origins: Map<Region, string>;
}

const MAX_REMEMBERED_REQUESTS = 1000;

function createRegion(region: Region, state: State): Server {
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    serve(state, region, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 200;
  return server;
}

async function listen(server: Server): Promise<string> {
  return `http://127.0.0.1:${String(await listenOnLoopback(server))}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(state: State, region: Region, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  const url = addressOf(request, target);
  const resource = resourceOf(target);
  remember(state, { method: request.method ?? '', path: target, hadAuthorization: request.headers.authorization !== undefined, resource, region, at: state.now() });
  const fault = state.faults.findLast((each) => isFor(each, resource));
  if (fault !== undefined && (await misbehave(fault, resource, request, response))) return;
  if (url === undefined) return plain(response, 400, 'Bad request\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'Method not allowed\n', { Allow: 'GET, HEAD' });
  if (resource !== 'recording') return serveCall(state, region, url, request, response);
  await serveRecording(archiveOf(state, { region, origin: url.origin }, fault), url, request, response);
}

function addressOf({ headers }: IncomingMessage, target: string): URL | undefined {
  return urlOf(target, `http://${headers.host ?? ''}`);
}

function resourceOf(target: string): Asked {
  if (isRecordingPath(target)) return 'recording';
  return callRoute(target.replace(/[?#].*$/s, ''))?.resource ?? 'other';
}

function remember({ requests }: State, request: SeenRequest): void {
  requests.push(request);
  if (requests.length > MAX_REMEMBERED_REQUESTS) requests.shift();
}

/** The accounts whose keys a region knows. */
function accountsAt({ accounts }: State, region: Region): readonly SandboxAccount[] {
  return Object.values(accounts).filter(({ home }) => home === region);
}

function serveCall(state: State, region: Region, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const route = callRoute(url.pathname);
  const accounts = accountsAt(state, region);
  const limit = state.limiter.take(accounts.find(({ accountSid }) => accountSid === route?.accountSid)?.id ?? '', state.now());
  for (const [name, value] of Object.entries(limit.headers)) response.setHeader(name, value);
  if (limit.exceeded) return refuse(response, { status: 429, code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' }, 'exception');
  const account = accounts.find((each) => hasKeysOf(each, request));
  if (account === undefined) return refuseCall(response, route ?? NO_ROUTE, { status: 401, code: 1010, message: 'Authentication failed' });
  if (route === undefined) return plain(response, 404, '404 page not found\n');
  if (route.accountSid !== account.accountSid) return refuseCall(response, route, { status: 404, code: 1017, message: 'Tenant not found' });
  const { ccm = true, v1 = true, legs = true } = account.enabled;
  const isEnabled = { v2: ccm, v3: ccm, v1, legs, voiceLogs: v1 }[route.resource];
  if (!isEnabled && route.resource !== 'legs') return refuseCall(response, route, { status: 401, code: 1010, message: 'Authentication failed' });
  if (!isEnabled) return refuse(response, { status: 403, message: 'Forbidden' }, 'null');
  const name = sampleName(route.callSid);
  if (name === undefined || accountOf(name) !== account.id) return refuseCall(response, route, { status: 404, code: 10744, message: 'Call not found' });
  answerFor(name, momentOf(state, account, route.callSid, { region, origin: url.origin }), route, url.searchParams, response);
}

const NO_ROUTE = { resource: 'v2', asXml: false } as const;

/** Where a request came in. */
interface Gate {
  readonly region: Region;
  /** As the asker knows it. */
  readonly origin: string;
}

function archiveOf(state: State, gate: Gate, fault: Fault | undefined): Archive {
  return {
    accounts: accountsAt(state, gate.region),
    everyAccount: Object.values(state.accounts),
    now: state.now(),
    misbehaviour: fault === undefined ? undefined : deliveryOf(fault),
    lengthOf(account, name) {
      if (accountOf(name) !== account.id) return undefined;
      const { recording, talk } = lookAt(name, momentOf(state, account, SAMPLES[name].sid, gate), 'v2').record;
      return recording.url === undefined ? undefined : talk;
    },
    linkInBucket(account, name) {
      const moment = momentOf(state, account, SAMPLES[name].sid, gate);
      return signed(name, moment, { signedAt: moment.now, seconds: 60, place: 'bucket' }).url;
    },
  };
}

function momentOf(state: State, { accountSid, signature }: SandboxAccount, callSid: string, { region, origin }: Gate): Moment {
  const { startedAt, activeForMs, settlesAfterMs } = state;
  const now = state.now();
  const firstAskedAt = state.firstAskedAt.get(callSid) ?? now;
  state.firstAskedAt.set(callSid, firstAskedAt);
  const bucket = state.origins.get(otherRegion(region)) ?? origin;
  return { startedAt, now, firstAskedAt, activeForMs, settlesAfterMs, origin, bucket, accountSid, signature };
}

function publish(accounts: State['accounts'], origins: Readonly<Record<Region, string>>): Sandbox['accounts'] {
  return forEachAccount((id) => ({ id, credentials: credentialsOf(accounts[id], origins), calls: samplesOf(id) }));
}
