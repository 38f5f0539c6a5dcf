import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiError, type ApiErrorDetails } from '../../../src/exotel/errors';
import { MOST_REQUESTS_OF_A_POLL, Pace, type Permit, WATCH_REQUESTS_PER_MINUTE } from '../../../src/exotel/pacing';
import { rateLimit } from '../../../src/exotel/replies';
import { FakeTime } from '../../support/fakeTime';

const NOW = Date.UTC(2026, 10, 24, 6, 33, 4);
const MINUTE = 60_000;

function setUp(): { readonly time: FakeTime; readonly pace: Pace } {
  const time = new FakeTime(NOW);
  return { time, pace: new Pace(time) };
}

function permitOf(pace: Pace, account: string): Permit | undefined {
  const admission = pace.admit(account);
  return admission.kind === 'now' ? admission.permit : undefined;
}

/** One poll, if it may go now. */
function poll(pace: Pace, account = 'acme', requests = 2): boolean {
  const permit = permitOf(pace, account);
  for (let count = 0; count < requests; count += 1) permit?.sent();
  permit?.done();
  return permit !== undefined;
}

/** Sends one request of a poll, unless it may not. */
function goesOut(permit: Permit): boolean {
  try {
    permit.sent();
    return true;
  } catch (error) {
    assert.ok(error instanceof ApiError && error.kind === 'rateLimited');
    return false;
  }
}

function failure(kind: ApiError['kind'], details: ApiErrorDetails = {}): { readonly error: ApiError } {
  return { error: new ApiError(kind, 'It failed.', details) };
}

describe('the pace of watching', () => {
  it('lets calls that are due at once go one after the other', async () => {
    const { time, pace } = setUp();
    assert.ok(poll(pace, 'one'));
    assert.deepEqual(pace.admit('other'), { kind: 'later', waitMs: 1000, isHeld: false });
    await time.pass(1000);
    assert.ok(poll(pace, 'other'));
  });

  it('sends no more than sixty requests in a minute for all calls, and goes on as soon as there is room', async () => {
    const { time, pace } = setUp();
    let sent = 0;
    for (let second = 0; second < 60; second += 1) {
      if (poll(pace, `account-${second % 7}`)) sent += 2;
      await time.pass(1000);
    }
    assert.equal(sent, 58);
    assert.ok(poll(pace));
  });

  it('begins no poll that could go past the sixtieth request', async () => {
    const { time, pace } = setUp();
    for (let count = 0; count < 19; count += 1) {
      assert.ok(poll(pace, `account-${count}`, 3));
      await time.pass(1000);
    }
    assert.deepEqual(pace.admit('acme'), { kind: 'later', waitMs: 41_000, isHeld: false });
    await time.pass(41_000);
    assert.ok(poll(pace));
  });

  it('counts what a poll under way may still send', async () => {
    const { time, pace } = setUp();
    const permits: Permit[] = [];
    for (let second = 0; second < 30; second += 1) {
      const permit = permitOf(pace, `account-${second}`);
      if (permit !== undefined) permits.push(permit);
      await time.pass(1000);
    }
    assert.equal(permits.length, WATCH_REQUESTS_PER_MINUTE / MOST_REQUESTS_OF_A_POLL);
    permits[0]?.done();
    assert.ok(poll(pace, 'another'));
  });

  it('leaves a tenth of what the account may send to its person, whose requests count', async () => {
    const { time, pace } = setUp();
    for (let count = 0; count < 177; count += 1) pace.sent('acme');
    assert.deepEqual(pace.admit('acme'), { kind: 'later', waitMs: MINUTE, isHeld: true });
    assert.ok(poll(pace, 'other'));
    await time.pass(MINUTE);
    assert.ok(poll(pace));
  });

  it('waits for as long as a refusal asks for, in this account alone', async () => {
    const { time, pace } = setUp();
    pace.heard('acme', failure('rateLimited', { retryAfterSeconds: 90 }));
    assert.equal(pace.heldMs('acme'), 90_000);
    assert.deepEqual(pace.admit('acme'), { kind: 'later', waitMs: 90_000, isHeld: true });
    assert.ok(poll(pace, 'other'));
    await time.pass(90_000);
    assert.ok(poll(pace));
  });

  it('waits half a minute where a refusal does not say for how long', () => {
    const { pace } = setUp();
    pace.heard('acme', failure('rateLimited'));
    assert.equal(pace.heldMs('acme'), 30_000);
  });

  it('sends nothing more of a poll once an answer asked for a pause, or the limit is used up', () => {
    for (const [heard, isOver] of [
      [failure('rateLimited', { retryAfterSeconds: 40 }), true],
      [failure('server', { retryAfterSeconds: 40 }), true],
      [failure('rateLimited'), true],
      [{ limit: { remaining: 0, resetAt: NOW + 40_000 } }, true],
      [{ limit: { remaining: 1, resetAt: NOW + 40_000 } }, false],
      [failure('server'), false],
    ] as const) {
      const { pace } = setUp();
      const permit = permitOf(pace, 'acme') ?? assert.fail();
      assert.ok(goesOut(permit));
      pace.heard('other', failure('rateLimited'));
      assert.ok(goesOut(permit), 'held by another account');
      pace.heard('acme', heard);
      assert.equal(goesOut(permit), !isOver, JSON.stringify(heard));
    }
  });

  it('sends no more in a poll than was kept free for it', () => {
    const { pace } = setUp();
    const permit = permitOf(pace, 'acme') ?? assert.fail();
    const went = Array.from({ length: MOST_REQUESTS_OF_A_POLL + 2 }, () => goesOut(permit));
    assert.equal(went.filter(Boolean).length, MOST_REQUESTS_OF_A_POLL);
    assert.equal(pace.heldMs('acme'), 0);
  });

  it('does not wait for an error that is about something else', () => {
    const { pace } = setUp();
    pace.heard('acme', failure('network'));
    pace.heard('acme', failure('notFound'));
    assert.equal(pace.heldMs('acme'), 0);
  });

  it('waits until the limit begins anew once little of it is left', () => {
    for (const [allowed, remaining, isHeld] of [
      [200, 20, false],
      [200, 19, true],
      [200, 0, true],
      [10, 5, false],
      [10, 4, true],
      [undefined, 19, true],
    ] as const) {
      const { pace } = setUp();
      pace.heard('acme', { limit: { ...(allowed === undefined ? {} : { allowed }), remaining, resetAt: NOW + 17_000 } });
      assert.equal(pace.heldMs('acme'), isHeld ? 17_000 : 0, `${String(remaining)} of ${String(allowed)}`);
    }
  });

  it('waits until then by the server’s clock, though this machine’s be wrong', () => {
    const { pace } = setUp();
    const limit = rateLimit(new Headers({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String((NOW - 600_000 + 17_000) / 1000) }), 600_000);
    pace.heard('acme', limit === undefined ? {} : { limit });
    assert.equal(pace.heldMs('acme'), 17_000);
  });

  it('waits a minute where it is not told when the limit begins anew, or that is over already', () => {
    for (const resetAt of [undefined, NOW - 5000, 30_000]) {
      const { pace } = setUp();
      pace.heard('acme', { limit: { remaining: 0, ...(resetAt === undefined ? {} : { resetAt }) } });
      assert.equal(pace.heldMs('acme'), MINUTE);
    }
  });

  it('waits a day at most, however far off an answer says that the limit begins anew', () => {
    const { pace } = setUp();
    const limit = rateLimit(new Headers({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '999999999999' }));
    pace.heard('acme', limit === undefined ? {} : { limit });
    assert.equal(pace.heldMs('acme'), 24 * 60 * MINUTE);
  });

  it('does not forget a long pause because of a short one', () => {
    const { pace } = setUp();
    pace.heard('acme', failure('server', { retryAfterSeconds: 300 }));
    pace.heard('acme', failure('rateLimited', { retryAfterSeconds: 1 }));
    assert.equal(pace.heldMs('acme'), 300_000);
  });

  it('goes on at the same pace when the clock is put back or forward', () => {
    const { time, pace } = setUp();
    assert.ok(poll(pace));
    time.sleep(-3_600_000);
    assert.deepEqual(pace.admit('acme'), { kind: 'later', waitMs: 1000, isHeld: false });
    time.sleep(7_200_000);
    assert.deepEqual(pace.admit('acme'), { kind: 'later', waitMs: 1000, isHeld: false });
  });

  it('holds every bound whatever is asked for, when, and however long it takes', async () => {
    const account = fc.constantFrom('acme', 'other');
    const event = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('poll'), account, requests: fc.nat(MOST_REQUESTS_OF_A_POLL), takesMs: fc.nat(90_000) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('person'), account, requests: fc.nat(40) }) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: 1, max: 4000 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('limited'), account, seconds: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('used'), account, seconds: fc.nat(20) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 150, maxLength: 300 }), async (events) => {
        const { time, pace } = setUp();
        const watch: number[] = [];
        const starts: number[] = [];
        const heldUntil = new Map<string, number>();
        const all: { readonly account: string; readonly at: number }[] = [];
        const note = (of: string): void => {
          all.push({ account: of, at: time.elapsed() });
        };
        for (const each of events) {
          if ('ms' in each) await time.pass(each.ms);
          else if ('takesMs' in each) {
            const permit = permitOf(pace, each.account);
            if (permit === undefined) continue;
            assert.ok(time.elapsed() >= (heldUntil.get(each.account) ?? 0), 'a poll in a pause');
            const ofAccount = all.filter(({ account: of, at }) => of === each.account && at > time.elapsed() - MINUTE);
            assert.ok(ofAccount.length <= 180 - MOST_REQUESTS_OF_A_POLL, 'a poll on what is kept for the person');
            starts.push(time.elapsed());
            for (let count = 1; count <= each.requests; count += 1) {
              time.setTimer(
                () => {
                  if (!goesOut(permit)) return;
                  watch.push(time.elapsed());
                  note(each.account);
                },
                (each.takesMs * count) / each.requests,
              );
            }
            time.setTimer(() => permit.done(), each.takesMs + 1);
          } else if ('requests' in each) {
            for (let count = 0; count < each.requests; count += 1) {
              pace.sent(each.account);
              note(each.account);
            }
          } else {
            const resetAt = time.now() + each.seconds * 1000;
            if (each.kind === 'limited') pace.heard(each.account, failure('rateLimited', { retryAfterSeconds: each.seconds }));
            else pace.heard(each.account, { limit: { remaining: 0, resetAt } });
            heldUntil.set(each.account, Math.max(heldUntil.get(each.account) ?? 0, time.elapsed() + each.seconds * 1000));
          }
        }
        await time.pass(2 * MINUTE);
        assert.ok(watch.every((at, index) => (watch[index + WATCH_REQUESTS_PER_MINUTE] ?? Infinity) - at >= MINUTE), 'more than 60 a minute');
        assert.ok(starts.every((at, index) => index === 0 || at - (starts[index - 1] ?? 0) >= 1000), 'polls closer than a second');
      }),
      { numRuns: 20 },
    );
  });
});
