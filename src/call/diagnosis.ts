/** What *Diagnose Account* found out, one row a check, and the same as text to hand on. Holds no key and no token. */
import { markdownTable, markdownText } from './markdown';

export type CheckupId = 'reach' | 'tls' | 'proxy' | 'keys' | 'otherRegion' | 'accountSid' | 'ccm' | 'legs' | 'v1';

/** The order in which checks are made and shown. */
export const CHECKUPS: readonly CheckupId[] = ['reach', 'tls', 'proxy', 'keys', 'otherRegion', 'accountSid', 'ccm', 'legs', 'v1'];

export type CheckupResult =
  | 'good'
  | 'bad'
  /** Something optional that the account does not have. */
  | 'off'
  /** What came does not tell. */
  | 'unclear'
  /** Nothing was asked: `means` says why. */
  | 'skipped';

/** One row of the table. */
export interface Checkup {
  readonly id: CheckupId;
  readonly result: CheckupResult;
  /** What was asked, where: `v2 details at ccm-api.exotel.com`; empty when nothing was. */
  readonly asked: string;
  /** What came: `404 (10744) in 120 ms`; empty when nothing was asked. */
  readonly came: string;
  /** One or two sentences. */
  readonly means: string;
  /** One or two sentences; absent when there is nothing to do. */
  readonly todo?: string;
}

/** What helps most, and can be done from here. */
export type Cure = 'updateCredentials' | 'useOtherRegion' | 'editAccount';

/** All that was found out. */
export interface Diagnosis {
  readonly checkups: readonly Checkup[];
  /** The answer in one sentence. */
  readonly conclusion: string;
  /** Whether the account works: calls can be looked up. */
  readonly works: boolean;
  readonly cure?: Cure;
}

const TITLES: Readonly<Record<CheckupId, string>> = {
  reach: 'Reachability',
  tls: 'Encryption (TLS)',
  proxy: 'Proxy',
  keys: 'Keys in this region',
  otherRegion: 'Keys in the other region',
  accountSid: 'Account SID',
  ccm: 'CCM (v2 and v3)',
  legs: 'Leg details',
  v1: 'Voice v1',
};

/** A check's name for people. */
export function checkupTitle(id: CheckupId): string {
  return TITLES[id];
}

const RESULT_WORDS: Readonly<Record<CheckupResult, string>> = { good: 'good', bad: 'trouble', off: 'not enabled', unclear: 'not clear', skipped: 'not asked' };

/** A result in a word or two. */
export function resultWord(result: CheckupResult): string {
  return RESULT_WORDS[result];
}

/** What a report says of the account and of what ran the checks. */
export interface DiagnosisContext {
  readonly region: string;
  readonly accountSid: string;
  /** When the checks ended, as text with its zone. */
  readonly at: string;
  /** `Exotel Call Inspector 0.2.0, VS Code 1.105.0, linux`. */
  readonly versions: string;
}

/** The diagnosis as Markdown, fit for a support ticket. The account SID is masked; hosts and status codes stay. */
export function diagnosisReport({ checkups, conclusion }: Diagnosis, { region, accountSid, at, versions }: DiagnosisContext): string {
  const shown = (text: string): string => markdownText(text.replaceAll(accountSid, maskedSid(accountSid)));
  const rows = checkups.map(({ id, result, asked, came, means, todo = '' }) => [`${TITLES[id]}: ${RESULT_WORDS[result]}`, asked, came, means, todo].map(shown));
  return [
    '## Exotel account diagnosis',
    `**${shown(conclusion)}**`,
    `Account ${shown(accountSid)}, ${shown(region)}, ${shown(at)}.`,
    markdownTable(['Check', 'Asked', 'Came', 'Means', 'To do'], rows),
    `${shown(versions)}. Keys and tokens are not part of this report.\n`,
  ].join('\n\n');
}

/** The first three characters stay, to tell accounts apart. */
function maskedSid(accountSid: string): string {
  return `${accountSid.slice(0, 3)}•••`;
}
