/** A long day of work with the extension in a real VS Code, in as little time as possible, and whether anything of it stays. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import type { Call } from '../../src/call/call';
import type { KeptAccount } from '../../src/extension/accounts/account';
import type { ForTests } from '../../src/extension/extension';
import type { CallPanel } from '../../src/extension/panel/callPanel';
import { SPREAD_MS, WATCH_REQUESTS_PER_MINUTE } from '../../src/exotel/pacing';
import { SAMPLES, samplesOf, type Sandbox, startSandbox } from '../../src/sandbox/server';
import type { UseFigures, WindowFigures } from '../host/outside.mjs';
import { callTabsOnce, lookUp, next, parts, removeAccounts, until } from '../integration/extension';
import { FakeTime } from '../support/fakeTime';
import { collectGarbage, handles, heapInUse, passingFiles } from './inside';
import { outside } from './outside';

/** How much of everything. */
export interface Amounts {
  readonly lookups: number;
  readonly panels: number;
  /** Calls in the list, at most a thousand of an account. */
  readonly history: number;
  /** Polls of a call that goes on. */
  readonly turns: number;
}

const SOAKS: Readonly<Record<'short' | 'full', Amounts>> = {
  short: { lookups: 100, panels: 20, history: 1000, turns: 50 },
  full: { lookups: 2000, panels: 200, history: 10_000, turns: 500 },
};

/** Enough of everything that code is loaded and compiled, caches are filled, and connections are open. */
const WARM_UP: Amounts = { lookups: 20, panels: 4, history: 50, turns: 5 };

const SETTLING_ROUNDS = 3;
/** The heap of the extension host may grow by this share. */
const GROWTH = 0.1;
const MINUTE = 60_000;
/** 200 a minute: as fast as an account may be asked. Two requests for a call that is known, four for one that v1 alone has, and a few for a new link. */
const BETWEEN_LOOKUPS_MS = 600;
const BETWEEN_ANY_CALLS_MS = 2100;
/** Mostly: what is not answered by then is waited for. */
const ANSWERED_WITHIN_MS = 50;
const MOST_OF_AN_ACCOUNT = 1000;
/** The samples stand by kinds: so a few panels have some of each. */
const STRIDE = 7;
const SIDS = samplesOf('sample').map(({ sid }) => sid);
/** A person stays with a call for a while. */
const LOOKUPS_IN_A_ROW = 10;
/** Looked up in turn: with and without a recording. */
const USUAL = [SAMPLES.completed.sid, SAMPLES.dualChannel.sid, SAMPLES.customerUnanswered.sid, SAMPLES.transfer.sid, SAMPLES.agentUnanswered.sid];
const ONGOING = SAMPLES.stuckActive.sid;

/** Bytes that the window may keep of a panel that was closed, beyond what it keeps of any webview. */
const MOST_OF_A_PANEL = 50_000;

interface Stand {
  readonly heap: number;
  readonly window: WindowFigures | null;
  readonly handles: Readonly<Record<string, number>>;
}

export function describeSoak(): void {
  const { EXOTEL_SOAK: wanted, VSCODE_SUITE_OUTSIDE: address = '' } = process.env;
  const amounts = SOAKS[wanted === 'full' ? 'full' : 'short'];
  const rows: Row[] = [];

  describe('A long day of work', function () {
    this.timeout(60 * MINUTE);
    let day: Day;
    let start: Stand;
    /** How it stood when the last part ended well: one that failed leaves things open. */
    let last: Stand | undefined;
    let used: UseFigures | null;

    before('everything was done once', async () => {
      day = await Day.begin(address);
      await day.lookUpCalls(WARM_UP.lookups);
      await day.openPanels(WARM_UP.panels);
      await day.emptyPanels(WARM_UP.panels);
      await day.listCalls(WARM_UP.history);
      used = await day.use();
      await day.watch(WARM_UP.turns);
      await day.tidy();
      await day.settle();
      start = await day.tidyStand();
      last = start;
    });

    after('the figures', async () => {
      await day.end();
      tell(rows, wanted === 'full');
    });

    const measured = async (what: string, work: () => Promise<void>): Promise<Measured> => {
      const before = last ?? (await day.tidyStand());
      last = undefined;
      const began = performance.now();
      await work();
      const seconds = (performance.now() - began) / 1000;
      const after = await day.tidyStand();
      last = after;
      const row = { what, seconds, before, after };
      rows.push(row);
      return row;
    };

    it('keeps nothing of the calls that were looked up', async () => {
      const { before, after } = await measured(`${String(amounts.lookups)} lookups`, () => day.lookUpCalls(amounts.lookups));
      assert.ok(after.heap <= before.heap * (1 + GROWTH));
    });

    it('gives back the memory of every panel that was closed, and its page', async () => {
      const count = amounts.panels;
      const ofPanels = await measured(`${String(count)} panels opened and closed`, async () => {
        const panels = await day.openPanels(count);
        await collectGarbage();
        const alive = panels.filter((panel) => panel.deref() !== undefined).length;
        assert.ok(alive <= 1, `${String(alive)} of ${String(count)} closed panels are still in memory`);
      });
      const ofEmpty = await measured('as many empty webviews, for comparison', () => day.emptyPanels(count));
      const above = windowGrowth(ofPanels) - windowGrowth(ofEmpty);
      assert.ok(above <= count * MOST_OF_A_PANEL, `the window keeps ${megabytes(above)} more than of empty webviews`);
      assert.equal(ofPanels.after.window?.frames, ofPanels.before.window?.frames);
    });

    it('lists as many calls as people have, loses none, and can still be used', async () => {
      await measured(`${String(amounts.history)} calls listed`, async () => {
        await day.listCalls(amounts.history);
        const again = await day.use();
        if (used !== null && again !== null) rows.push({ what: 'the view and a call opened by mouse', use: [used, again] });
      });
    });

    it('asks for a call that goes on as often as it may, and no more often', async () => {
      await measured(`${String(amounts.turns)} live updates`, () => day.watch(amounts.turns));
    });

    it('is as light at the end as it was at the start', async () => {
      const end = await day.tidyStand();
      rows.push({ what: 'all of it', seconds: 0, before: start, after: end });
      assert.ok(end.heap <= start.heap * (1 + GROWTH), `the extension host’s heap grew from ${megabytes(start.heap)} to ${megabytes(end.heap)}`);
      assert.deepEqual(end.window?.webviews ?? 0, 0);
      assert.equal(end.window?.frames, start.window?.frames);
    });

    it('adds no listener that stays', async () => {
      assert.deepEqual([...day.warnings, ...(await day.outside.leakWarnings())], []);
    });

    it('leaves no recording, no file, no socket and no handle behind', async () => {
      await day.removeAccount();
      await until('recordings are removed', () => day.files().length === 0 || undefined).catch(() => assert.deepEqual(day.files(), []));
      // Fewer are no leak: idle connections of VS Code's own come and go.
      const more = (): readonly string[] => Object.entries(handles()).filter(([kind, count]) => count > (start.handles[kind] ?? 0)).map(([kind, count]) => `${String(count)} ${kind}`);
      await until('no more sockets and handles than at the start', () => more().length === 0 || undefined, 15_000).catch(() => assert.deepEqual(more(), []));
    });
  });
}

class Day {
  readonly time = new FakeTime(Date.now());
  readonly outside: ReturnType<typeof outside>;
  readonly warnings: string[] = [];
  readonly #hear = (warning: Error): void => {
    this.warnings.push(`${warning.name}: ${warning.message}`);
  };

  private constructor(
    private readonly given: ForTests,
    address: string,
  ) {
    this.outside = outside(address);
  }

  #sandbox: Sandbox | undefined;
  #account: KeptAccount | undefined;

  static async begin(address: string): Promise<Day> {
    const day = new Day(await parts(), address);
    process.on('warning', day.#hear);
    day.given.clock.goBy(day.time);
    day.#sandbox = await startSandbox({ now: day.time.now });
    day.#account = await day.given.accounts.add({ ...day.sandbox.credentials, name: 'Soak' });
    await vscode.workspace.getConfiguration('exotel').update('history.limit', MOST_OF_AN_ACCOUNT, vscode.ConfigurationTarget.Global);
    return day;
  }

  removeAccount(): Promise<void> {
    return this.given.accounts.remove(this.account.id);
  }

  async end(): Promise<void> {
    await this.tidy();
    await removeAccounts();
    await vscode.workspace.getConfiguration('exotel').update('history.limit', undefined, vscode.ConfigurationTarget.Global);
    this.given.clock.goBy();
    process.off('warning', this.#hear);
    await this.sandbox.stop();
  }

  get sandbox(): Sandbox {
    return this.#sandbox ?? assert.fail('no day has begun');
  }

  get account(): KeptAccount {
    return this.#account ?? assert.fail('no day has begun');
  }

  /** Of the account's, in turn, on a few panels. */
  async lookUpCalls(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await this.#lookUp(USUAL[Math.floor(index / LOOKUPS_IN_A_ROW) % USUAL.length] ?? assert.fail());
    }
    await this.#close();
  }

  /** Each alone, until its page shows what came. */
  async openPanels(count: number): Promise<readonly WeakRef<CallPanel>[]> {
    const opened: WeakRef<CallPanel>[] = [];
    for (let index = 0; index < count; index += 1) {
      const sid = SIDS[(index * STRIDE) % SIDS.length] ?? assert.fail();
      await this.time.pass(BETWEEN_ANY_CALLS_MS);
      await this.#lookUp(sid);
      opened.push(new WeakRef(this.#panel(sid)));
      await this.outside.webviews(1);
      await this.#close();
      await this.outside.webviews(0);
    }
    return opened;
  }

  /** What VS Code itself costs. */
  async emptyPanels(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const panel = vscode.window.createWebviewPanel('exotel.empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true, retainContextWhenHidden: true });
      panel.webview.html = '<!DOCTYPE html><html><body>Empty</body></html>';
      await this.outside.webviews(1);
      panel.dispose();
      await this.outside.webviews(0);
    }
  }

  /** One by one, as lookups do; they stay until {@link tidy}. */
  async listCalls(count: number): Promise<void> {
    const { history, accounts } = this.given;
    const owners = Math.ceil(count / MOST_OF_AN_ACCOUNT);
    const { credentials } = this.sandbox;
    const ids: string[] = [this.account.id];
    while (ids.length < owners) ids.push((await accounts.add({ ...credentials, accountSid: `soak${String(ids.length)}`, name: `Soak ${String(ids.length)}` })).id);
    await history.clear();
    const at = Date.now() - count;
    for (let index = 0; index < count; index += 1) {
      await history.record({ sid: `soak-${String(index).padStart(6, '0')}`, account: ids[index % ids.length] ?? assert.fail() }, CALL, at + index);
    }
    const { entries } = await history.read();
    assert.equal(entries.length, count);
    assert.equal(entries[0]?.sid, `soak-${String(count - 1).padStart(6, '0')}`);
  }

  /** By the mouse: the view, and in it a call. */
  async use(): Promise<UseFigures | null> {
    await this.#lookUp(SAMPLES.customerUnanswered.sid);
    await this.#close();
    await vscode.commands.executeCommand('workbench.view.explorer');
    const figures = await this.outside.use(SAMPLES.customerUnanswered.sid);
    await this.#close();
    await vscode.commands.executeCommand('workbench.view.explorer');
    return figures;
  }

  /** So many polls of a call that goes on; the server counts them. */
  async watch(turns: number): Promise<void> {
    const { live } = this.given;
    const asked: number[] = [];
    await this.#lookUp(ONGOING);
    for (let turn = 0; turn < turns; turn += 1) {
      const polled = next(live.onDidChange).then(() => true);
      const before = this.sandbox.requests.at(-1);
      await this.time.pass(Math.max(0, this.#dueAt - this.time.now()));
      while (!(await Promise.race([polled, this.#moment()])));
      const { requests } = this.sandbox;
      asked.push(...requests.slice(before === undefined ? 0 : requests.lastIndexOf(before) + 1).map(({ at }) => at));
      // Four hours after a person asked for it, it is given up.
      if (turn % 100 === 99) await this.#lookUp(ONGOING);
    }
    await this.#close();
    assert.ok(asked.length >= turns, `${String(asked.length)} requests in ${String(turns)} turns`);
    const over = asked.findIndex((at, index) => (asked[index + WATCH_REQUESTS_PER_MINUTE] ?? Infinity) - at < MINUTE);
    assert.equal(over, -1, 'more than sixty requests in a minute');
  }

  /** Closes everything and empties the list. */
  async tidy(): Promise<void> {
    await this.#close();
    await this.given.history.clear();
    const { accounts } = await this.given.accounts.list();
    for (const { id } of accounts) if (id !== this.account.id) await this.given.accounts.remove(id);
    await vscode.commands.executeCommand('workbench.view.explorer');
    await this.time.pass(2 * MINUTE);
  }

  /** Code that is not used any more is dropped after some collections: the first figures would be too large without this. */
  async settle(): Promise<void> {
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) await collectGarbage();
  }

  /** How it stands with nothing open. */
  async tidyStand(): Promise<Stand> {
    await this.tidy();
    const window = await this.outside.window(0);
    return { heap: await heapInUse(), window, handles: handles() };
  }

  files(): readonly string[] {
    return passingFiles(this.given.context.globalStorageUri.fsPath);
  }

  /** When the call that goes on is asked for again, unless something holds that back. */
  get #dueAt(): number {
    const [call] = this.given.live.calls;
    return call?.live.nextAt ?? assert.fail('nothing is watched');
  }

  #panel(sid: string): CallPanel {
    return this.given.panels.find({ sid, account: this.account.id }) ?? assert.fail('the panel is not there');
  }

  async #lookUp(sid: string): Promise<void> {
    await this.time.pass(BETWEEN_LOOKUPS_MS);
    await lookUp({ sid, account: this.account.id });
  }

  async #close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await callTabsOnce(0);
  }

  /** Waits for an answer, and lets a second pass in which what is held back may be sent. */
  async #moment(): Promise<false> {
    await new Promise((resolve) => setTimeout(resolve, ANSWERED_WITHIN_MS));
    await this.time.pass(SPREAD_MS);
    return false;
  }
}

const CALL: Call = {
  resource: 'v2',
  state: 'terminal',
  status: 'completed',
  direction: 'outbound-api',
  customer: { number: '+910000000000' },
  startTime: Date.UTC(2026, 10, 24, 6, 33, 4),
  sources: {},
  reported: [],
  reportedLeftOut: 0,
};

interface Measured {
  readonly what: string;
  readonly seconds: number;
  readonly before: Stand;
  readonly after: Stand;
}

/** Bytes; 0 where the window cannot be seen. */
function windowGrowth({ before, after }: Measured): number {
  return (after.window?.heapBytes ?? 0) - (before.window?.heapBytes ?? 0);
}

type Row =
  | Measured
  | { readonly what: string; readonly use: readonly [UseFigures, UseFigures] };

function tell(rows: readonly Row[], isFull: boolean): void {
  const head = ['work', 'seconds', 'extension host’s heap', 'window’s heap', 'nodes', 'listeners', 'frames', 'ports'];
  const table = [head, head.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const text = `\n${new Date().toISOString().slice(0, 10)}, VS Code ${vscode.version}, Node ${process.versions.node}; each: before → after, with garbage collected.\n\n${table}\n`;
  for (const line of text.split('\n')) Mocha.reporters.Base.consoleLog(line);
  if (!isFull) return;
  const folder = path.join(__dirname, '..', 'soak');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'figures.md'), text);
}

function cellsOf(row: Row): readonly string[] {
  if ('use' in row) {
    const [first, last] = row.use;
    return [row.what, `list ${first.listMs.toFixed(0)} → ${last.listMs.toFixed(0)} ms, open ${first.openMs.toFixed(0)} → ${last.openMs.toFixed(0)} ms`, '', '', '', '', '', ''];
  }
  const { what, seconds, before, after } = row;
  const pair = (of: (window: WindowFigures) => string): string => (before.window && after.window ? `${of(before.window)} → ${of(after.window)}` : 'not seen');
  return [
    what,
    seconds === 0 ? '' : seconds.toFixed(1),
    `${megabytes(before.heap)} → ${megabytes(after.heap)} (${percent(before.heap, after.heap)})`,
    pair(({ heapBytes }) => megabytes(heapBytes)),
    pair(({ nodes }) => String(nodes)),
    pair(({ listeners }) => String(listeners)),
    pair(({ frames }) => String(frames)),
    pair(({ ports }) => String(ports)),
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

function percent(before: number, after: number): string {
  const change = ((after - before) / before) * 100;
  return `${change >= 0 ? '+' : ''}${change.toFixed(1)} %`;
}
