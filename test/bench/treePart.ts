/** The view with many calls: until it shows, and until one more shows; beside it the same with few. */
import type { BenchApi } from './api';
import type { BenchWindow } from './desk';
import type { Figure, Floor, Target } from './table';

const MANY = 10_000;
const FEW = 10;
const SUBJECT = 'view';

interface Round {
  readonly firstMs: number;
  readonly insertMs: number;
}

/** `accounts`: among whom the calls are shared out; as many as it takes for the limit of 1000 each. */
export async function measureTree(window: BenchWindow, api: BenchApi, accounts: readonly string[], runs: number): Promise<readonly Figure[]> {
  const [few, many]: [Round[], Round[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    few.push(await showOnce(window, api, accounts, FEW));
    many.push(await showOnce(window, api, accounts, MANY));
  }
  const of = (what: string, value: (round: Round) => number, target: Target): Figure => ({ subject: SUBJECT, what, unit: 'ms', values: many.map(value), floor: withFew(few.map(value)), target });
  return [of('10 000 calls, until they show', ({ firstMs }) => firstMs, { ratio: 2 }), of('10 000 calls, until one more shows', ({ insertMs }) => insertMs, { ratio: 2 })];
}

const withFew = (values: readonly number[]): Floor => ({ name: `${String(FEW)} calls`, values });

/** In a new window, whose view was not open before. */
async function showOnce(window: BenchWindow, api: BenchApi, accounts: readonly string[], count: number): Promise<Round> {
  const [account = ''] = accounts;
  await window.do({ work: 'fillHistory', accounts, count, number: api.nextNumber() });
  await window.reload();
  await window.do({ work: 'heap' });
  const { tookMs: firstMs } = await window.untilPainted(api.number, { work: 'showView' });
  const number = api.nextNumber();
  const { tookMs: insertMs } = await window.untilPainted(number, { work: 'record', account, sid: `0${number.slice(1).padEnd(31, '0')}`, number });
  await window.do({ work: 'hideView' });
  return { firstMs, insertMs };
}
