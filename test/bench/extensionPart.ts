/** What the extension costs in a real VS Code: its start, its lookups, its view, what it leaves in memory. */
import type { Credentials } from '../../src/exotel/account';
import type { Sandbox } from '../../src/sandbox/server';
import { BenchApi } from './api';
import { BenchWindow } from './desk';
import { countRequests, type FirstLookup, figuresOfFirst, lookUpFirst, measureLookups } from './lookupPart';
import { measureMemory } from './memoryPart';
import { activateBoth, figuresOfStart, installEmptyExtensions, type Started } from './startPart';
import type { Figure } from './table';
import { measureTree } from './treePart';

/** The parts that are measured here. */
export const PARTS_IN_VSCODE = ['start', 'lookup', 'tree', 'memory'] as const;

/** As many as it takes for 10 000 calls, each within the limit that can be set. */
const ACCOUNTS_OF_VIEW = 10;
const SETTINGS = { 'exotel.history.limit': 1000 };

export interface ExtensionPart {
  readonly figures: readonly Figure[];
  /** The files of `dist` that the extension host loads. */
  readonly started?: readonly string[];
  readonly lookedUp?: readonly string[];
}

interface Scene {
  readonly window: BenchWindow;
  readonly api: BenchApi;
  readonly sandbox: Sandbox;
  readonly runs: number;
  /** Ids. */
  readonly account: string;
  readonly accountOf: (id: 'sample-no-ccm' | 'sample-no-legs') => string;
  readonly ofView: readonly string[];
}

export async function measureExtension(sandbox: Sandbox, parts: readonly string[], runs: number, home: string): Promise<ExtensionPart> {
  const api = await BenchApi.start(sandbox);
  installEmptyExtensions(home);
  const window = await BenchWindow.open({ home, settings: SETTINGS });
  try {
    return await measure(await setTheScene(window, api, sandbox, runs), parts);
  } catch (error) {
    await window.keepEvidence();
    throw error;
  } finally {
    await window.close();
    api.stop();
  }
}

async function setTheScene(window: BenchWindow, api: BenchApi, sandbox: Sandbox, runs: number): Promise<Scene> {
  const refusing = (id: 'sample-no-ccm' | 'sample-no-legs'): Credentials => ({ ...sandbox.accounts[id].credentials, endpoint: { kind: 'custom', origin: sandbox.origin } });
  const ofView = Array.from({ length: ACCOUNTS_OF_VIEW }, (_, index): Credentials => ({ ...api.credentials, accountSid: `bench${String(index)}` }));
  const [account = '', noCcm = '', noLegs = '', ...others] = await window.do({ work: 'addAccounts', accounts: [api.credentials, refusing('sample-no-ccm'), refusing('sample-no-legs'), ...ofView] });
  return { window, api, sandbox, runs, account, accountOf: (id) => (id === 'sample-no-ccm' ? noCcm : noLegs), ofView: others };
}

async function measure({ window, api, sandbox, runs, account, accountOf, ofView }: Scene, parts: readonly string[]): Promise<ExtensionPart> {
  const starts: Started[] = [];
  const firsts: FirstLookup[] = [];
  for (let run = 0; run < runs; run += 1) {
    await window.reload();
    starts.push(await activateBoth(window));
    firsts.push(await lookUpFirst(window, api, account));
  }
  const figures: Figure[] = [];
  if (parts.includes('start')) figures.push(...figuresOfStart(starts));
  if (parts.includes('lookup')) figures.push(...figuresOfFirst(firsts), ...(await measureLookups(window, api, account, runs)), ...(await countRequests(window, sandbox, accountOf)));
  if (parts.includes('memory')) figures.push(...(await measureMemory(window, api, account)));
  if (parts.includes('tree')) figures.push(...(await measureTree(window, api, ofView, runs)));
  const [started, lookedUp] = [starts.at(-1)?.ours.files, firsts.at(-1)?.files];
  return { figures, ...(started === undefined ? {} : { started }), ...(lookedUp === undefined ? {} : { lookedUp }) };
}
