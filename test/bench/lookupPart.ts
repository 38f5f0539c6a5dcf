/** The main job: from the command to the painted call, and what a refresh and a lookup cost; beside it an empty panel, and `fetch` alone. */
import { detailsAddress, legsAddress } from '../../src/exotel/addresses';
import { basicAuthorization } from '../../src/exotel/secrets';
import type { Sandbox } from '../../src/sandbox/server';
import { SAMPLES } from '../../src/sandbox/samples';
import type { BenchApi } from './api';
import type { BenchWindow } from './desk';
import { median, type Figure } from './table';

const { sid } = SAMPLES.completed;
const DELAYS_MS = [0, 150, 1000];
const SUBJECT = 'lookup';

/** The first lookup of a window, and the files that were loaded by then. */
export interface FirstLookup {
  readonly emptyMs: number;
  readonly lookupMs: number;
  readonly files: readonly string[];
}

export async function lookUpFirst(window: BenchWindow, api: BenchApi, account: string): Promise<FirstLookup> {
  api.delayMs = 0;
  const emptyMs = await openEmpty(window, api);
  await window.do({ work: 'closePanels' });
  const { tookMs, result } = await window.untilPainted(api.nextNumber(), { work: 'lookUp', sid, account });
  await window.do({ work: 'closePanels' });
  return { emptyMs, lookupMs: tookMs, files: result.files };
}

async function openEmpty(window: BenchWindow, api: BenchApi): Promise<number> {
  const text = api.nextNumber();
  return (await window.untilPainted(text, { work: 'emptyPanel', text })).tookMs;
}

interface Round {
  readonly emptyMs: number;
  readonly lookupMs: number;
  readonly asked: number;
  readonly refreshMs: number;
  readonly fetchMs: number;
}

/** In a window that looked up before: {@link lookUpFirst}. */
export async function measureLookups(window: BenchWindow, api: BenchApi, account: string, runs: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const all: Round[] = [];
  for (const delayMs of DELAYS_MS) {
    const rounds: Round[] = [];
    for (let run = 0; run < runs; run += 1) rounds.push(await lookUpOnce(window, api, account, delayMs));
    figures.push(...figuresAt(delayMs, rounds));
    all.push(...rounds);
  }
  const requests: Figure = { subject: SUBJECT, what: 'requests, of a known account', unit: 'requests', values: all.map(({ asked }) => asked), shown: 'most', note: 'one for the call, one for its legs', target: { exactly: 2 } };
  return [...figures, requests];
}

async function lookUpOnce(window: BenchWindow, api: BenchApi, account: string, delayMs: number): Promise<Round> {
  api.delayMs = delayMs;
  const emptyMs = await openEmpty(window, api);
  await window.do({ work: 'closePanels' });
  api.asked = [];
  const { tookMs: lookupMs } = await window.untilPainted(api.nextNumber(), { work: 'lookUp', sid, account });
  const asked = api.asked.length;
  const { tookMs: refreshMs } = await window.untilPainted(api.nextNumber(), { work: 'refresh' });
  const { credentials } = api;
  const urls = [detailsAddress(credentials, sid, 'v2'), legsAddress(credentials, sid, 'v3')].map(String);
  const { tookMs: fetchMs } = await window.do({ work: 'fetch', urls, authorization: basicAuthorization(credentials) });
  await window.do({ work: 'closePanels' });
  return { emptyMs, lookupMs, asked, refreshMs, fetchMs };
}

function figuresAt(delayMs: number, rounds: readonly Round[]): readonly Figure[] {
  const of = (value: (round: Round) => number): readonly number[] => rounds.map(value);
  const emptyMs = median(of((round) => round.emptyMs));
  const isSlow = delayMs > emptyMs;
  const late = `an API that takes ${String(delayMs)} ms`;
  return [
    {
      subject: SUBJECT,
      what: `command to painted call, ${late}`,
      unit: 'ms',
      values: of(({ lookupMs }) => lookupMs),
      floor: isSlow ? { name: 'the API', values: [delayMs] } : { name: 'an empty panel', values: of((round) => round.emptyMs) },
      target: { ratio: 1.15 },
    },
    {
      subject: SUBJECT,
      what: `refresh of an open panel, ${late}`,
      unit: 'ms',
      values: of(({ refreshMs }) => refreshMs),
      floor: { name: '`fetch` alone', values: of(({ fetchMs }) => fetchMs) },
      target: { ratio: 1.3 },
    },
  ];
}

export function figuresOfFirst(firsts: readonly FirstLookup[]): readonly Figure[] {
  return [
    {
      subject: SUBJECT,
      what: 'command to painted call, the first of a window, an API that takes 0 ms',
      unit: 'ms',
      values: firsts.map(({ lookupMs }) => lookupMs),
      floor: { name: 'the first empty panel', values: firsts.map(({ emptyMs }) => emptyMs) },
      target: { ratio: 1.15 },
    },
  ];
}

/** Accounts whose resources refuse: how many requests the first lookup takes, and the next. */
export async function countRequests(window: BenchWindow, sandbox: Sandbox, accountOf: (id: 'sample-no-ccm' | 'sample-no-legs') => string): Promise<readonly Figure[]> {
  const count = async (id: 'sample-no-ccm' | 'sample-no-legs', call: string): Promise<number> => {
    const before = sandbox.requests.length;
    await window.do({ work: 'lookUp', sid: call, account: accountOf(id) });
    await window.do({ work: 'closePanels' });
    return sandbox.requests.slice(before).filter(({ resource }) => resource !== 'recording').length;
  };
  const { completedWithoutCcm, agentUnansweredWithoutCcm, completedWithoutLegs, customerUnansweredWithoutLegs } = SAMPLES;
  const rows = [
    ['two resources refuse, not known yet', await count('sample-no-ccm', completedWithoutCcm.sid), 3],
    ['two resources refuse, known', await count('sample-no-ccm', agentUnansweredWithoutCcm.sid), 1],
    ['no legs, not known yet', await count('sample-no-legs', completedWithoutLegs.sid), 2],
    ['no legs, the next time', await count('sample-no-legs', customerUnansweredWithoutLegs.sid), 2],
  ] as const;
  return rows.map(([what, asked, exactly]) => ({ subject: SUBJECT, what: `requests, ${what}`, unit: 'requests', values: [asked], target: { exactly } }));
}
