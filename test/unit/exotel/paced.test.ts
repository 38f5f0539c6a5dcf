import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Credentials } from '../../../src/exotel/account';
import { type CallAnswer, type Client, createClient, SID_THAT_CANNOT_EXIST } from '../../../src/exotel/client';
import { ApiError } from '../../../src/exotel/errors';
import { Pace, paced, type Permit, WATCH_REQUESTS_PER_MINUTE } from '../../../src/exotel/pacing';
import type { Fetch } from '../../../src/exotel/transport';
import { Watch } from '../../../src/exotel/watch';
import { type Fault, SAMPLES, type Sandbox, startSandbox } from '../../../src/sandbox/server';
import { errorOf } from '../../support/errorOf';
import { FakeTime, settled } from '../../support/fakeTime';

const NOW = Date.UTC(2026, 10, 24, 6, 33, 4);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const SID = SAMPLES.stuckActive.sid;

/** An answer is dated in whole seconds. */
const DATE_RESOLUTION_MS = 1000;

const ACCOUNTS = ['acme', 'other'] as const;

type AccountId = (typeof ACCOUNTS)[number];

/** A request that went to a sandbox. */
interface Sent {
  readonly account: AccountId;
  readonly who: 'watch' | 'person';
  /** By the time that never goes back. */
  readonly at: number;
}

/** One account: a server of its own, and until when that server's answers so far say that nothing is to be asked. */
interface Account {
  readonly sandbox: Sandbox;
  closedUntil: number;
  /** Counted by the server's clock: this much of it may be missed. */
  toleranceMs: number;
  mend: () => void;
}

/** A window full of calls that go on, of two accounts, each against a real sandbox; time is moved by hand. */
class BusyWindow {
  readonly sent: Sent[] = [];
  /** Requests of watches that an answer had said not to send. */
  readonly wrong: string[] = [];
  readonly watches: Watch<CallAnswer>[] = [];
  latencyMs = 0;
  #underWay = 0;
  readonly time = new FakeTime(NOW, () => this.#answered());
  readonly pace = new Pace(this.time);

  private constructor(private readonly accounts: Readonly<Record<AccountId, Account>>) {}

  static async open(requestsPerMinute: number, run: (window: BusyWindow) => Promise<void>): Promise<void> {
    let elapsed = (): number => 0;
    const start = async (resources: { readonly ccm?: boolean }): Promise<Account> => ({
      sandbox: await startSandbox({ resources, requestsPerMinute, now: () => NOW + elapsed() }),
      closedUntil: 0,
      toleranceMs: 0,
      mend: () => undefined,
    });
    const accounts = { acme: await start({}), other: await start({ ccm: false }) };
    try {
      const window = new BusyWindow(accounts);
      ({ elapsed } = window.time);
      await run(window);
    } finally {
      await Promise.all(ACCOUNTS.map((id) => accounts[id].sandbox.stop()));
    }
  }

  /** Opens a panel on a call that goes on. */
  openCall(account: AccountId): Promise<void> {
    const watch = new Watch<CallAnswer>({
      account,
      pace: this.pace,
      now: this.time.now,
      elapsed: this.time.elapsed,
      setTimer: this.time.setTimer,
      ask: (signal, permit) => this.#client(account, permit).getCall(SID, {}, signal),
      onChange: () => undefined,
      sentenceOf: String,
    });
    this.watches.push(watch);
    return this.lookUp(watch, account);
  }

  /** A person asks for a watched call. */
  async lookUp(watch: Watch<CallAnswer>, account: AccountId): Promise<void> {
    watch.interrupt();
    void this.#client(account)
      .getCall(SID)
      .then(
        (answer) => watch.take(answer),
        (error: unknown) => watch.fail(error),
      );
    await this.#answered();
  }

  /** *Diagnose Account*. */
  async diagnose(account: AccountId): Promise<void> {
    const client = this.#client(account);
    const asked = (['v2', 'v3', 'v1', 'legs'] as const).map((resource) => client.askOne(resource, SID_THAT_CANNOT_EXIST));
    void Promise.allSettled(asked);
    await this.#answered();
  }

  misbehave(account: AccountId, fault: Fault | undefined): void {
    const of = this.accounts[account];
    of.mend();
    of.mend = fault === undefined ? () => undefined : of.sandbox.fail(fault);
  }

  /** Holds for whatever happened. */
  check(): void {
    assert.deepEqual(this.wrong, []);
    const watching = this.sent.filter(({ who }) => who === 'watch').map(({ at }) => at);
    const over = watching.findIndex((at, index) => (watching[index + WATCH_REQUESTS_PER_MINUTE] ?? Infinity) - at < MINUTE);
    assert.equal(over, -1, 'more than sixty requests in a minute');
    for (const id of ACCOUNTS) {
      const sent = this.sent.filter(({ account }) => account === id).map(({ at }) => NOW + at);
      // One that was given up at once may never have come there.
      const uncounted = this.accounts[id].sandbox.requests.filter(({ at }) => !sent.includes(at));
      assert.deepEqual(uncounted, [], 'the server saw what was not counted');
      assert.ok(this.accounts[id].sandbox.requests.length <= sent.length);
    }
  }

  close(): void {
    for (const watch of this.watches) watch.dispose();
  }

  #client(account: AccountId, permit?: Permit): Client {
    const credentials: Credentials = this.accounts[account].sandbox.credentials;
    const fetch = this.#fetch(account, permit === undefined ? 'person' : 'watch');
    return createClient(paced({ credentials, fetch, now: this.time.now, elapsed: this.time.elapsed, timeoutMs: 60_000 }, this.pace, account, permit));
  }

  /** Goes to the sandbox, and comes back after the time that the network takes, with a date of the sandbox’s clock. */
  #fetch(account: AccountId, who: Sent['who']): Fetch {
    return async (url, init) => {
      const of = this.accounts[account];
      if (who === 'watch' && this.time.elapsed() < of.closedUntil - of.toleranceMs) this.wrong.push(`${account} at ${String(this.time.elapsed())}, closed until ${String(of.closedUntil)}`);
      this.sent.push({ account, who, at: this.time.elapsed() });
      const date = new Date(NOW + this.time.elapsed()).toUTCString();
      const sentAt = { elapsed: this.time.elapsed(), wall: this.time.now() };
      const { response, body } = await this.#answer(url, init);
      const headers = new Headers(response.headers);
      headers.set('Date', date);
      if (this.latencyMs > 0) await this.#later(init.signal ?? undefined);
      const tookMs = Math.max(this.time.elapsed() - sentAt.elapsed, Math.abs(this.time.now() - sentAt.wall));
      this.#close(of, closedFor(response, NOW + this.time.elapsed()), tookMs);
      return new Response(body, { status: response.status, headers });
    };
  }

  async #answer(url: string, init: RequestInit): Promise<{ readonly response: Response; readonly body: ArrayBuffer }> {
    this.#underWay += 1;
    try {
      const response = await fetch(url, init);
      return { response, body: await response.arrayBuffer() };
    } finally {
      this.#underWay -= 1;
    }
  }

  /** `tookMs`: by one clock or the other. The server's clock is misjudged by half of it at most. */
  #close(account: Account, { ms, isByClock }: ReturnType<typeof closedFor>, tookMs: number): void {
    const until = this.time.elapsed() + ms;
    if (until <= account.closedUntil) return;
    account.closedUntil = until;
    account.toleranceMs = isByClock ? DATE_RESOLUTION_MS + tookMs / 2 : 0;
  }

  #later(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.time.setTimer(resolve, this.latencyMs);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(new Error('Aborted'));
      });
    });
  }

  async #answered(): Promise<void> {
    do await settled();
    while (this.#underWay > 0);
    await settled();
  }
}

/** For how long an answer says not to ask, in milliseconds, as src/exotel/README.md has it, and whether by the server's clock. */
function closedFor({ status, headers }: Response, now: number): { readonly ms: number; readonly isByClock: boolean } {
  const number = (name: string): number | undefined => (headers.has(name) ? Number(headers.get(name)) : undefined);
  const reset = number('x-ratelimit-reset');
  const after = status === 429 || status >= 500 ? number('retry-after') : undefined;
  const untold = status === 429 && reset === undefined ? 30_000 : 0;
  const asked = after === undefined ? untold : Math.min(24 * HOUR, after * 1000);
  const used = number('x-ratelimit-remaining') === 0 && reset !== undefined ? reset * 1000 - now : 0;
  return { ms: Math.max(used, asked), isByClock: used > asked };
}

const refusal = (headers: Readonly<Record<string, string>>, status = 429): Fault => ({ kind: 'answer', status, headers, on: 'calls' });

const FAULTS: readonly Fault[] = [
  refusal({}),
  refusal({ 'Retry-After': '0' }),
  refusal({ 'Retry-After': '7' }),
  refusal({ 'Retry-After': '180' }),
  refusal({ 'Retry-After': '999999999999' }),
  refusal({ 'Retry-After': '20' }, 503),
  refusal({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String((NOW + 4 * MINUTE) / 1000) }, 401),
  { kind: 'answer', status: 404, on: 'v2' },
  { kind: 'answer', status: 429, headers: { 'Retry-After': '50' }, on: 'legs' },
  { kind: 'html', status: 502, on: 'calls' },
  { kind: 'reset', on: 'calls' },
];

describe('what a window asks for by itself, counted by the server', () => {
  it('is no more than sixty requests in any minute with a hundred calls open, and not much less', async () => {
    await BusyWindow.open(200, async (window) => {
      for (let count = 0; count < 100; count += 1) await window.openCall(ACCOUNTS[count % 2] ?? 'acme');
      await window.time.pass(MINUTE);
      await window.diagnose('acme');
      await window.time.pass(2 * MINUTE);
      window.check();
      const inLastMinutes = window.sent.filter(({ who, at }) => who === 'watch' && at > window.time.elapsed() - 2 * MINUTE);
      assert.ok(inLastMinutes.length > 2 * 50, String(inLastMinutes.length));
      window.close();
    });
  });

  it('stops where an account’s answers say so, and goes on when that is over, while another account goes on', async () => {
    await BusyWindow.open(200, async (window) => {
      for (const account of ACCOUNTS) for (let count = 0; count < 5; count += 1) await window.openCall(account);
      window.misbehave('acme', refusal({ 'Retry-After': '180' }));
      await window.time.pass(10_000);
      window.misbehave('acme', undefined);
      const countOf = (id: AccountId): number => window.sent.filter(({ who, account }) => who === 'watch' && account === id).length;
      const before = { acme: countOf('acme'), other: countOf('other') };
      await window.time.pass(160_000);
      assert.equal(countOf('acme'), before.acme);
      assert.ok(countOf('other') > before.other + 30);
      await window.time.pass(MINUTE);
      assert.ok(countOf('acme') > before.acme);
      window.check();
      window.close();
    });
  });

  it('keeps to both whatever is opened, hidden, closed, asked for and answered', async () => {
    const account = fc.constantFrom(...ACCOUNTS);
    const which = fc.nat(1000);
    const event = fc.oneof(
      { weight: 10, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 15_000 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.integer({ min: -HOUR, max: HOUR }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), account }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), which }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('visible' as const), which, is: fc.boolean() }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('refresh' as const), which, account }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('diagnose' as const), account }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('latency' as const), ms: fc.constantFrom(0, 300, 4000, 40_000) }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('answers' as const), account, fault: fc.option(fc.constantFrom(...FAULTS), { nil: undefined }) }) },
    );
    const limit = fc.constantFrom(200, 60, 12);
    const calls = fc.constantFrom(2, 12);
    let watched = 0;
    await fc.assert(
      fc.asyncProperty(limit, calls, fc.array(event, { minLength: 40, maxLength: 80 }), (requestsPerMinute, count, events) =>
        BusyWindow.open(requestsPerMinute, async (window) => {
          const { time, watches } = window;
          for (let index = 0; index < count; index += 1) await window.openCall(ACCOUNTS[index % 2] ?? 'acme');
          for (const each of events) {
            if (each.kind === 'pass') await time.pass(each.ms);
            else if (each.kind === 'clock') time.sleep(each.ms);
            else if (each.kind === 'latency') window.latencyMs = each.ms;
            else if (each.kind === 'open') await window.openCall(each.account);
            else if (each.kind === 'diagnose') await window.diagnose(each.account);
            else if (each.kind === 'answers') window.misbehave(each.account, each.fault);
            else {
              const watch = watches[each.which % watches.length] ?? assert.fail();
              if (each.kind === 'close') watch.dispose();
              else if (each.kind === 'visible') watch.setVisible(each.is);
              else await window.lookUp(watch, each.account);
            }
          }
          await time.pass(MINUTE);
          window.check();
          watched += window.sent.filter(({ who }) => who === 'watch').length;
          window.close();
        }),
      ),
      { numRuns: 6, endOnFailure: true },
    );
    assert.ok(watched > 0, 'nothing was watched');
  });

  it('says that the account takes no more, and sends nothing, where an answer asked for a pause in the middle of a poll', async () => {
    const sandbox = await startSandbox({});
    try {
      const time = new FakeTime(NOW);
      const pace = new Pace(time);
      const admission = pace.admit('acme');
      assert.ok(admission.kind === 'now');
      pace.heard('acme', { error: new ApiError('rateLimited', 'Too many requests.', { retryAfterSeconds: 20 }) });
      const options = { credentials: sandbox.credentials, fetch, now: time.now, elapsed: time.elapsed, timeoutMs: 60_000 };
      const error = await errorOf(createClient(paced(options, pace, 'acme', admission.permit)).getCall(SID));
      assert.deepEqual([error.kind, error.message, error.details.retryAfterSeconds], ['rateLimited', 'Exotel takes no more requests of this account for now.', 20]);
      assert.deepEqual(sandbox.requests, []);
    } finally {
      await sandbox.stop();
    }
  });
});
