/**
 * *Diagnose Account*: from the network up to each resource, what stands between a person and their calls.
 * What the answers mean: src/exotel/README.md, "Hosts and authentication" and "Errors".
 */
import type { Checkup, CheckupId, Diagnosis } from '../call/diagnosis';
import type { Resource } from '../call/request';
import { formatDuration } from '../call/time';
import type { Credentials, Endpoint } from './account';
import {
  acceptedBy,
  accountSidCheckup,
  type Answers,
  type Away,
  ccmCheckup,
  concluded,
  isRefusedByAll,
  keysCheckup,
  type Knock,
  legsCheckup,
  otherRegionCheckup,
  proxyCheckup,
  reachCheckup,
  skipped,
  tlsCheckup,
  unknownAccount,
  v1Checkup,
} from './checkups';
import { SID_THAT_CANNOT_EXIST } from './client';
import { type Clocks, Stopwatch } from './clocks';
import type { OneAnswer } from './lookup';
import { apiHost, apiOrigin, inOtherRegion } from './origin';
import { clockAheadMs } from './replies';
import { type Fetch, headOf, noAnswer, type NoAnswer } from './transport';

export interface DoctorOptions extends Clocks {
  readonly credentials: Credentials;
  /** Sends one request with these credentials. Rejects with nothing but an abort. */
  readonly ask: (credentials: Credentials, resource: Resource, sid: string, signal: AbortSignal) => Promise<OneAnswer>;
  /** For requests without keys. */
  readonly fetch: Fetch;
  /** For one request. */
  readonly timeoutMs: number;
  /** The proxy that is set, without user info: `http.proxy, proxy.example:8080`. Absent: none is set. */
  readonly proxy?: string;
  /** A call of the account, for which legs can be asked; without it a call that cannot exist is asked for. */
  readonly callSid?: string;
  /** Asks the person whether the keys may be sent to the other region's hosts. */
  readonly mayAskOtherRegion: (hosts: string) => Promise<boolean>;
  /** Hears of each check when it ended, in the order of the table. */
  readonly onCheckup?: (checkup: Checkup) => void;
  readonly signal: AbortSignal;
}

/** Makes every check, at most ten requests. Rejects only when it was given up. */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { credentials, signal } = options;
  const told: Checkup[] = [];
  const tell = (...checkups: readonly Checkup[]): void => {
    signal.throwIfAborted();
    for (const checkup of checkups) {
      told.push(checkup);
      options.onCheckup?.(checkup);
    }
  };
  const knocks = await Promise.all(hostsOf(credentials.endpoint).map((origin) => knock(origin, options)));
  tell(reachCheckup(knocks), tlsCheckup(knocks));
  if (knocks.every(({ failure }) => failure !== undefined)) {
    tell(proxyCheckup(knocks, [], options.proxy), ...NEEDS_NETWORK.map((id) => skipped(id, 'Not asked: the host was not reached.')));
    return concluded(told, credentials.endpoint);
  }
  const here = await askEach(options, credentials);
  tell(proxyCheckup(knocks, Object.values(here), options.proxy), keysCheckup(here));
  const away = await askOtherRegion(options, here);
  tell(otherRegionCheckup(credentials.endpoint, here, away), accountSidCheckup(here), ccmCheckup(here), legsCheckup(here, options.callSid !== undefined), v1Checkup(here));
  return concluded(told, credentials.endpoint);
}

const NEEDS_NETWORK: readonly CheckupId[] = ['keys', 'otherRegion', 'accountSid', 'ccm', 'legs', 'v1'];

function hostsOf(endpoint: Endpoint): readonly string[] {
  return [...new Set([apiOrigin(endpoint, 'v2'), apiOrigin(endpoint, 'v1')])];
}

async function knock(origin: string, options: DoctorOptions): Promise<Knock> {
  const { fetch, now, timeoutMs, signal } = options;
  const { host } = new URL(origin);
  const stopwatch = new Stopwatch(options);
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    const request = { redirect: 'manual', cache: 'no-store', credentials: 'omit', signal: either } as const;
    const response = await headOf(fetch(`${origin}/`, request), either);
    await response.body?.cancel();
    const ahead = clockAheadMs(response.headers, now(), stopwatch);
    return { origin, host, milliseconds: stopwatch.milliseconds, status: response.status, ...(ahead === undefined ? {} : { clockAheadMs: ahead }) };
  } catch (error) {
    signal.throwIfAborted();
    const late: NoAnswer = { kind: 'timeout', sentence: `${host} did not answer within ${formatDuration(timeoutMs / 1000)}.` };
    return { origin, host, milliseconds: stopwatch.milliseconds, failure: deadline.aborted ? late : noAnswer(error, host) };
  }
}

async function askEach({ ask, callSid, signal }: DoctorOptions, credentials: Credentials): Promise<Answers> {
  const [v2, v3, v1, legs] = await Promise.all([
    ask(credentials, 'v2', SID_THAT_CANNOT_EXIST, signal),
    ask(credentials, 'v3', SID_THAT_CANNOT_EXIST, signal),
    ask(credentials, 'v1', SID_THAT_CANNOT_EXIST, signal),
    ask(credentials, 'legs', callSid ?? SID_THAT_CANNOT_EXIST, signal),
  ]);
  return { v2, v3, v1, legs };
}

async function askOtherRegion(options: DoctorOptions, here: Answers): Promise<Away> {
  const endpoint = inOtherRegion(options.credentials.endpoint);
  if (endpoint === undefined) return { kind: 'none' };
  if (acceptedBy(here).length > 0 || (!isRefusedByAll(here) && unknownAccount(here) === undefined)) return { kind: 'notNeeded' };
  const hosts = [...new Set([apiHost(endpoint, 'v2'), apiHost(endpoint, 'v1')])].join(' and ');
  if (!(await options.mayAskOtherRegion(hosts))) return { kind: 'declined' };
  const credentials = { ...options.credentials, endpoint };
  const [v2, v1] = await Promise.all([
    options.ask(credentials, 'v2', SID_THAT_CANNOT_EXIST, options.signal),
    options.ask(credentials, 'v1', SID_THAT_CANNOT_EXIST, options.signal),
  ]);
  return { kind: 'asked', endpoint, v2, v1 };
}

