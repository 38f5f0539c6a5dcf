import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call, Instant, Leg } from '../../../src/call/call';
import type { RequestOutcome } from '../../../src/exotel/client';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../src/exotel/errors';
import { Pace } from '../../../src/exotel/pacing';
import { LONGEST_WATCH_MS, Watch, type WatchedAnswer } from '../../../src/exotel/watch';
import { FakeTime, settled } from '../../support/fakeTime';

const NOW = Date.UTC(2026, 10, 24, 6, 33, 4);
const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

function call(fields: Partial<Call>): Call {
  return { resource: 'v2', direction: 'outbound-api', sources: {}, reported: [], reportedLeftOut: 0, ...fields };
}

const ACTIVE = call({ state: 'active' });

/** A call that is over, with everything there is to know. */
function over(fields: Partial<Call> = {}): Call {
  return call({ state: 'terminal', status: 'completed', totalDuration: 60, totalTalkTime: 40, recording: { location: 'https://recordings.example/a.mp3', signed: false }, ...fields });
}

/** A call that is over and whose recording is still to come. */
function lacking(endTime: Instant, fields: Partial<Call> = {}): Call {
  return over({ endTime, recording: { available: false, signed: false }, ...fields });
}

function leg(status: string): Leg {
  return { end: 'from', sid: 'leg-a', status, sources: {} };
}

function failure(kind: ApiErrorKind, details: ApiErrorDetails = {}): ApiError {
  return new ApiError(kind, `It failed: ${kind}.`, details);
}

/** A watched call, and what came of it. */
class Scene {
  readonly time = new FakeTime(NOW);
  readonly pace = new Pace(this.time);
  /** When polls were sent, in milliseconds from the beginning, not counting sleep. */
  readonly polls: number[] = [];
  readonly answers: WatchedAnswer[] = [];
  changes = 0;
  underWay = 0;
  mostUnderWay = 0;
  /** What the next polls come to, and how long they take. */
  next: Call | Error = ACTIVE;
  takesMs = 0;
  /** What the account's pace hears of each. */
  hears: RequestOutcome = {};
  readonly watch = this.watchOf('acme');

  watchOf(account: string): Watch<WatchedAnswer> {
    return new Watch<WatchedAnswer>({
      account,
      pace: this.pace,
      now: this.time.now,
      elapsed: this.time.elapsed,
      setTimer: this.time.setTimer,
      ask: async (signal, permit) => {
        this.polls.push(this.time.elapsed());
        permit.sent();
        permit.sent();
        this.underWay += 1;
        this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
        await this.answered(signal);
        this.pace.heard(account, this.hears);
        this.underWay -= 1;
        if (signal.aborted) throw failure('cancelled');
        if (this.next instanceof Error) throw this.next;
        return { call: this.next };
      },
      onChange: (answer) => {
        this.changes += 1;
        if (answer !== undefined) this.answers.push(answer);
      },
      sentenceOf: (error) => (error instanceof Error ? error.message : 'Unknown.'),
    });
  }

  /** A person's lookup that brought a call. */
  lookedUp(found: Call, clockAheadMs = 0): void {
    this.watch.interrupt();
    this.watch.take({ call: found, clockAheadMs });
  }

  /** Seconds between polls. */
  get waits(): readonly number[] {
    return this.polls.map((at, index) => (at - (this.polls[index - 1] ?? 0)) / SECOND);
  }

  private answered(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.time.setTimer(resolve, this.takesMs);
      signal.addEventListener('abort', () => resolve());
    });
  }
}

describe('a call that is watched', () => {
  it('is asked for again, soon at first and ever more rarely while nothing happens', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    assert.deepEqual(scene.watch.live, { phase: 'watching', nextAt: NOW + 2 * SECOND });
    await scene.time.pass(5 * MINUTE);
    assert.deepEqual(scene.waits.slice(0, 10), [2, 3, 4.5, 6.75, 10.125, 15.1875, 22.78125, 30, 30, 30]);
  });

  for (const [what, changed] of [
    ['its status', call({ state: 'active', status: 'ringing' })],
    ['its state', call({ state: 'queued', status: 'queued' })],
    ['a leg', call({ state: 'active', legs: [leg('in-progress')] })],
  ] as const) {
    it(`is asked for soon again once ${what} changed`, async () => {
      const scene = new Scene();
      scene.lookedUp(call({ state: 'active', legs: [leg('ringing')] }));
      scene.next = call({ state: 'active', legs: [leg('ringing')] });
      await scene.time.pass(9.5 * SECOND);
      scene.next = changed;
      await scene.time.pass(10 * SECOND);
      assert.deepEqual(scene.waits, [2, 3, 4.5, 6.75, 2]);
    });
  }

  for (const [what, going] of [
    ['has no status yet', ACTIVE],
    ['is queued in v1', call({ resource: 'v1', status: 'queued' })],
    ['rings in v1', call({ resource: 'v1', status: 'ringing' })],
    ['is in progress in v1', call({ resource: 'v1', status: 'in-progress' })],
    ['is active with a status that nobody knows', call({ state: 'active', status: 'on-hold' })],
  ] as const) {
    it(`is watched when it ${what}`, () => {
      const scene = new Scene();
      scene.lookedUp(going);
      assert.equal(scene.watch.live.phase, 'watching');
    });
  }

  it('is not asked for again when it was over at once, or says nothing of itself', async () => {
    for (const found of [over(), over({ endTime: NOW - MINUTE }), call({}), call({ status: 'nobody-knows' })]) {
      const scene = new Scene();
      scene.lookedUp(found);
      await scene.time.pass(HOUR);
      assert.deepEqual([scene.watch.live, scene.polls, scene.time.timers], [{ phase: 'off' }, [], 0]);
    }
  });

  it('is told of with each answer, and left alone when it is over', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    await scene.time.pass(2 * SECOND);
    scene.next = over({ endTime: NOW + 4 * SECOND });
    await scene.time.pass(HOUR);
    assert.deepEqual(
      scene.answers.map(({ call: { state } }) => state),
      ['active', 'terminal'],
    );
    assert.deepEqual(scene.watch.live, { phase: 'off' });
  });

  for (const kind of ['auth', 'forbidden', 'notFound', 'accountNotFound', 'badReply', 'tls'] as const) {
    it(`is given up at an error that will not pass, and says so: ${kind}`, async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.next = failure(kind);
      await scene.time.pass(HOUR);
      assert.equal(scene.polls.length, 1);
      assert.deepEqual(scene.watch.live, { phase: 'stopped', sentence: `Live updates stopped. It failed: ${kind}. Refresh tries again.` });
      scene.lookedUp(ACTIVE);
      assert.equal(scene.watch.live.phase, 'watching');
    });
  }

  it('is given up when its account is no longer there', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.next = new Error('This account is no longer there.');
    await scene.time.pass(HOUR);
    assert.equal(scene.polls.length, 1);
    assert.equal(scene.watch.live.phase, 'stopped');
  });

  for (const kind of ['network', 'timeout', 'server', 'rateLimited'] as const) {
    it(`waits for an error to pass, says why, and goes on: ${kind}`, async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.next = failure(kind);
      await scene.time.pass(2 * SECOND);
      assert.deepEqual(scene.watch.live, { phase: 'waiting', nextAt: NOW + 5 * SECOND, sentence: `It failed: ${kind}.` });
      await scene.time.pass(10 * MINUTE);
      assert.equal(scene.waits.at(-1), 30);
      scene.next = ACTIVE;
      await scene.time.pass(MINUTE);
      assert.equal(scene.watch.live.phase, 'watching');
    });
  }

  it('waits for as long as the answer asks for', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.next = failure('rateLimited', { retryAfterSeconds: 100 });
    await scene.time.pass(2 * SECOND);
    scene.next = ACTIVE;
    assert.deepEqual(scene.watch.live, { phase: 'waiting', nextAt: NOW + 102 * SECOND, sentence: 'It failed: rateLimited.' });
    await scene.time.pass(100 * SECOND);
    assert.deepEqual(scene.waits, [2, 100]);
  });

  it('waits, and says why, while what the account may send is kept for its person', async () => {
    const scene = new Scene();
    scene.pace.heard('acme', { limit: { remaining: 3, resetAt: NOW + 40 * SECOND } });
    scene.lookedUp(ACTIVE);
    const { live } = scene.watch;
    assert.ok(live.phase === 'waiting' && live.nextAt === NOW + 40 * SECOND && live.sentence.includes('nearly used up'), JSON.stringify(live));
    await scene.time.pass(40 * SECOND);
    assert.deepEqual(scene.waits, [40]);
    assert.equal(scene.watch.live.phase, 'watching');
  });

  it('waits, and says why, when the account ran short only after the poll was planned', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    for (let count = 0; count < 180; count += 1) scene.pace.sent('acme');
    await scene.time.pass(2 * SECOND);
    assert.equal(scene.watch.live.phase, 'waiting');
    await scene.time.pass(58 * SECOND);
    assert.deepEqual(scene.waits, [60]);
  });

  describe('that cannot be seen', () => {
    it('is not asked for from the start, where its panel came back hidden', async () => {
      const { time, pace } = new Scene();
      const watch = new Watch<WatchedAnswer>({
        account: 'acme',
        pace,
        now: time.now,
        elapsed: time.elapsed,
        setTimer: time.setTimer,
        ask: () => assert.fail('Nothing may be sent.'),
        onChange: () => undefined,
        sentenceOf: String,
        isVisible: false,
      });
      watch.take({ call: ACTIVE });
      await time.pass(HOUR);
      assert.deepEqual([watch.isOn, watch.live.phase], [false, 'watching']);
    });

    it('is not asked for, however long that lasts', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.setVisible(false);
      await scene.time.pass(HOUR);
      assert.deepEqual([scene.polls, scene.time.timers, scene.watch.isOn], [[], 0, false]);
    });

    it('is asked for once, and at once, when it is seen again after that was due', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.setVisible(false);
      await scene.time.pass(10 * MINUTE);
      scene.watch.setVisible(true);
      await settled();
      assert.deepEqual(scene.waits, [600]);
      await scene.time.pass(5 * SECOND);
      assert.deepEqual(scene.waits, [600, 3]);
    });

    it('is not asked for before that was due, however often it is shown', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      for (let count = 0; count < 10; count += 1) {
        scene.watch.setVisible(false);
        await scene.time.pass(100);
        scene.watch.setVisible(true);
      }
      assert.deepEqual(scene.polls, []);
      await scene.time.pass(SECOND);
      assert.deepEqual(scene.waits, [2]);
    });

    it('has the poll given up that was under way, and that is made good when it is seen', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.takesMs = 10 * SECOND;
      await scene.time.pass(3 * SECOND);
      scene.watch.setVisible(false);
      await scene.time.pass(MINUTE);
      assert.deepEqual([scene.answers, scene.underWay], [[], 0]);
      scene.watch.setVisible(true);
      await scene.time.pass(10 * SECOND);
      assert.deepEqual([scene.polls.length, scene.answers.length], [2, 1]);
    });
  });

  it('is not asked for twice at once when it is hidden and shown again in the middle of a poll', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.takesMs = 10 * SECOND;
    await scene.time.pass(4 * SECOND);
    scene.watch.setVisible(false);
    scene.watch.setVisible(true);
    await settled();
    assert.deepEqual([scene.polls.length, scene.mostUnderWay], [2, 1]);
  });

  describe('after a sleep', () => {
    it('is asked for once, however late its timer comes', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.time.sleep(3 * HOUR);
      await scene.time.pass(2 * SECOND);
      assert.deepEqual(scene.waits, [2]);
      assert.deepEqual(scene.watch.live, { phase: 'watching', nextAt: NOW + 3 * HOUR + 5 * SECOND });
    });

    it('is asked for a second after the others that were due', async () => {
      const scene = new Scene();
      const watches = Array.from({ length: 5 }, (_, index) => scene.watchOf(`account-${index}`));
      for (const watch of watches) watch.take({ call: ACTIVE });
      for (const watch of watches) watch.setVisible(false);
      scene.time.sleep(HOUR);
      for (const watch of watches) watch.setVisible(true);
      await scene.time.pass(4 * SECOND);
      assert.deepEqual(scene.polls.slice(0, 5), [0, 1000, 2000, 3000, 4000]);
    });

    it('that was longer than a wait, is waited for half a minute at most', async () => {
      const scene = new Scene();
      scene.lookedUp(lacking(NOW));
      await scene.time.pass(MINUTE);
      scene.time.sleep(HOUR);
      await scene.time.pass(30 * SECOND);
      assert.deepEqual(scene.waits, [90]);
    });

    it('is not asked for before the account may be, and says still why', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.next = failure('rateLimited', { retryAfterSeconds: 600 });
      scene.pace.heard('acme', { error: failure('rateLimited', { retryAfterSeconds: 600 }) });
      scene.watch.fail(scene.next);
      scene.time.sleep(HOUR);
      await scene.time.pass(MINUTE);
      assert.deepEqual([scene.polls.length, scene.watch.live], [0, { phase: 'waiting', nextAt: NOW + HOUR + 600 * SECOND, sentence: 'It failed: rateLimited.' }]);
      await scene.time.pass(540 * SECOND);
      assert.equal(scene.polls.length, 1);
    });

    it('is waited for no longer when the clock was put back', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.setVisible(false);
      scene.time.sleep(-HOUR);
      scene.watch.setVisible(true);
      await scene.time.pass(2 * SECOND);
      assert.deepEqual(scene.waits, [2]);
    });
  });

  describe('while the clock is set', () => {
    for (const [name, ms] of [['back', -24 * HOUR], ['forward', 24 * HOUR]] as const) {
      it(`${name} by a day in the middle of a poll, is asked for at the usual pace`, async () => {
        const scene = new Scene();
        scene.takesMs = SECOND;
        scene.lookedUp(ACTIVE);
        await scene.time.pass(2500);
        scene.time.sleep(ms);
        await scene.time.pass(MINUTE);
        assert.deepEqual(scene.waits.slice(0, 4), ms < 0 ? [2, 4, 5.5, 7.75] : [2]);
      });
    }

    it('back by a day in the middle of a wait, is asked for as before, and says when by the new clock', async () => {
      const scene = new Scene();
      scene.lookedUp(lacking(NOW));
      scene.next = over();
      await scene.time.pass(MINUTE);
      scene.time.sleep(-24 * HOUR);
      const { changes } = scene;
      await scene.time.pass(30 * SECOND);
      assert.equal(scene.changes, changes + 1);
      assert.deepEqual(scene.watch.live, { phase: 'settling', nextAt: NOW - 24 * HOUR + 5 * MINUTE });
      await scene.time.pass(4 * MINUTE);
      assert.deepEqual(scene.waits, [300]);
    });

    it('back by a day, is given up after four hours all the same', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.time.sleep(-24 * HOUR);
      await scene.time.pass(LONGEST_WATCH_MS + MINUTE);
      assert.deepEqual([scene.watch.live.phase, scene.time.timers], ['stopped', 0]);
    });
  });

  describe('while every answer is that there were too many requests', () => {
    const storms: readonly (readonly [seconds: number | undefined, most: number])[] = [[undefined, 120], [0, 124], [1, 124], [70, 52], [86_400, 1]];
    for (const [retryAfterSeconds, most] of storms) {
      it(`and to wait ${retryAfterSeconds === undefined ? 'for nobody knows how long' : `${String(retryAfterSeconds)} s`}, is asked for no more than ${String(most)} times in an hour`, async () => {
        const scene = new Scene();
        const error = failure('rateLimited', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
        scene.next = error;
        scene.hears = { error };
        scene.lookedUp(ACTIVE);
        await scene.time.pass(HOUR);
        assert.ok(scene.polls.length >= 1 && scene.polls.length <= most, String(scene.polls.length));
        assert.equal(scene.watch.live.phase, 'waiting');
      });
    }
  });

  it('is given up four hours after somebody asked for it, and goes on with Refresh', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    await scene.time.pass(LONGEST_WATCH_MS - MINUTE);
    assert.equal(scene.watch.live.phase, 'watching');
    await scene.time.pass(2 * MINUTE);
    assert.deepEqual(scene.watch.live, { phase: 'stopped', sentence: 'Live updates stopped after four hours. Refresh goes on.' });
    const sent = scene.polls.length;
    assert.ok(sent > 480, String(sent));
    await scene.time.pass(HOUR);
    assert.equal(scene.polls.length, sent);
    scene.lookedUp(ACTIVE);
    await scene.time.pass(2 * SECOND);
    assert.equal(scene.polls.length, sent + 1);
    assert.equal(scene.watch.live.phase, 'watching');
  });

  it('is not asked for after four hours that it could not be seen', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.watch.setVisible(false);
    await scene.time.pass(LONGEST_WATCH_MS);
    scene.watch.setVisible(true);
    await settled();
    assert.deepEqual([scene.polls, scene.watch.live.phase], [[], 'stopped']);
  });

  describe('that a person asks for', () => {
    it('has its poll given up and none sent until the answer is there, which counts as one', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.takesMs = 5 * SECOND;
      await scene.time.pass(3 * SECOND);
      scene.watch.interrupt();
      assert.equal(scene.watch.isOn, true);
      await scene.time.pass(MINUTE);
      assert.deepEqual([scene.polls.length, scene.underWay, scene.answers], [1, 0, []]);
      scene.watch.take({ call: ACTIVE });
      await scene.time.pass(2 * SECOND);
      assert.deepEqual(scene.polls, [2000, 65_000]);
    });

    it('goes on being watched when that was cancelled', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.interrupt();
      await scene.time.pass(10 * SECOND);
      scene.watch.resume();
      await scene.time.pass(2 * SECOND);
      assert.deepEqual(scene.polls, [12_000]);
    });

    it('goes on being watched when that failed in passing, though it had been given up', async () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.stop('Enough.');
      assert.deepEqual(scene.watch.live, { phase: 'stopped', sentence: 'Enough.' });
      scene.watch.interrupt();
      scene.watch.fail(failure('network'));
      assert.deepEqual(scene.watch.live, { phase: 'waiting', nextAt: NOW + 3 * SECOND, sentence: 'It failed: network.' });
      await scene.time.pass(3 * SECOND);
      assert.deepEqual([scene.waits, scene.watch.live.phase], [[3], 'watching']);
    });

    it('is given up when that failed for good', () => {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.watch.interrupt();
      scene.watch.fail(failure('auth'));
      assert.equal(scene.watch.live.phase, 'stopped');
    });

    it('is not watched when it was never found', async () => {
      const scene = new Scene();
      scene.watch.interrupt();
      scene.watch.fail(failure('network'));
      scene.watch.interrupt();
      scene.watch.resume();
      await scene.time.pass(HOUR);
      assert.deepEqual([scene.polls, scene.watch.live], [[], { phase: 'off' }]);
    });
  });

  it('is left alone while live updates are switched off, and asked for at once where that was due meanwhile', async () => {
    const scene = new Scene();
    scene.watch.setEnabled(false);
    scene.lookedUp(ACTIVE);
    await scene.time.pass(MINUTE);
    assert.deepEqual([scene.polls, scene.watch.live, scene.watch.isOn], [[], { phase: 'off' }, false]);
    scene.watch.setEnabled(true);
    await settled();
    assert.deepEqual(scene.waits, [60]);
  });

  it('is left alone once its panel is closed, even in the middle of a poll', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.takesMs = 5 * SECOND;
    await scene.time.pass(3 * SECOND);
    const { changes } = scene;
    scene.watch.dispose();
    await scene.time.pass(HOUR);
    assert.deepEqual([scene.polls.length, scene.answers, scene.changes], [1, [], changes]);
  });
});

describe('the late values of a call', () => {
  it('are asked for five and fifteen minutes after its end, and then no more', async () => {
    const scene = new Scene();
    scene.lookedUp(ACTIVE);
    scene.next = lacking(NOW + SECOND);
    await scene.time.pass(2 * SECOND);
    assert.deepEqual(scene.watch.live, { phase: 'settling', nextAt: NOW + SECOND + 5 * MINUTE });
    await scene.time.pass(HOUR);
    assert.deepEqual(scene.polls, [2 * SECOND, SECOND + 5 * MINUTE, SECOND + 15 * MINUTE]);
    assert.deepEqual(scene.watch.live, { phase: 'off' });
  });

  it('are asked for once when they are there then', async () => {
    const scene = new Scene();
    scene.lookedUp(lacking(NOW - MINUTE));
    scene.next = over({ endTime: NOW - MINUTE });
    await scene.time.pass(HOUR);
    assert.deepEqual(scene.polls, [4 * MINUTE]);
    assert.deepEqual(scene.watch.live, { phase: 'off' });
  });

  it('are asked for at the second moment alone when the call is opened late, and not when it is too late', async () => {
    for (const [agoMinutes, inMinutes] of [
      [4, [1, 11]],
      [5, [10]],
      [14, [1]],
      [15, []],
      [600, []],
    ] as const) {
      const scene = new Scene();
      const found = lacking(NOW - agoMinutes * MINUTE);
      scene.next = found;
      scene.lookedUp(found);
      await scene.time.pass(HOUR);
      assert.deepEqual(
        scene.polls,
        inMinutes.map((minutes) => minutes * MINUTE),
        `${agoMinutes} minutes ago`,
      );
    }
  });

  it('count from the end by this machine’s clock', () => {
    const scene = new Scene();
    scene.lookedUp(lacking(NOW - MINUTE - HOUR), HOUR);
    assert.deepEqual(scene.watch.live, { phase: 'settling', nextAt: NOW + 4 * MINUTE });
  });

  it('count from when the call was seen to be over where its record names no end, or one that is to come', async () => {
    for (const endTime of [undefined, NOW + HOUR]) {
      const scene = new Scene();
      scene.lookedUp(ACTIVE);
      scene.next = call({ state: 'terminal', status: 'completed', ...(endTime === undefined ? {} : { endTime }) });
      await scene.time.pass(HOUR);
      assert.deepEqual(scene.polls, [2 * SECOND, 2 * SECOND + 5 * MINUTE, 2 * SECOND + 15 * MINUTE]);
    }
  });

  it('are not asked for where nobody knows when the call ended', () => {
    const scene = new Scene();
    scene.lookedUp(call({ state: 'terminal', status: 'completed' }));
    assert.deepEqual(scene.watch.live, { phase: 'off' });
  });

  for (const [what, fields, isExpected] of [
    ['no recording of a completed call', { recording: { available: false, signed: false } }, true],
    ['a recording without an address', { recording: { available: true, signed: false } }, true],
    ['a recording that is not available, for all its address', { recording: { available: false, location: 'https://recordings.example/a.mp3', signed: false } }, true],
    ['no talk time of a completed call', { totalTalkTime: undefined }, true],
    ['no duration', { status: 'customer_unanswered', totalDuration: undefined, totalTalkTime: 0 }, true],
    ['a state that says it is being processed', { state: 'active' }, true],
    ['nothing', {}, false],
    ['no recording of a call nobody answered', { status: 'customer_unanswered', totalTalkTime: 0, recording: { available: false, signed: false } }, false],
    ['no recording of a call without talk', { totalTalkTime: 0, recording: { available: false, signed: false } }, false],
  ] as const) {
    it(`are ${isExpected ? '' : 'not '}expected where the record has ${what}`, () => {
      const scene = new Scene();
      const { totalDuration, totalTalkTime, ...rest } = over({ endTime: NOW - MINUTE });
      const known = { ...rest, ...(totalDuration === undefined ? {} : { totalDuration }), ...(totalTalkTime === undefined ? {} : { totalTalkTime }) };
      const found = Object.fromEntries(Object.entries({ ...known, ...fields }).filter(([, value]) => value !== undefined));
      scene.lookedUp(call(found));
      assert.equal(scene.watch.live.phase, isExpected ? 'settling' : 'off');
    });
  }

  it('are expected where the recording turns out to be late, though the record names it', async () => {
    const scene = new Scene();
    const found = over({ endTime: NOW - MINUTE });
    scene.next = found;
    scene.lookedUp(found);
    scene.watch.expectRecording();
    await scene.time.pass(5 * MINUTE);
    scene.watch.expectRecording();
    scene.watch.expectRecording();
    await scene.time.pass(HOUR);
    scene.watch.expectRecording();
    assert.deepEqual([scene.polls, scene.watch.live], [[4 * MINUTE, 14 * MINUTE], { phase: 'off' }]);
  });

  it('do not bring back a call that somebody stopped watching', () => {
    const scene = new Scene();
    scene.lookedUp(lacking(NOW - MINUTE));
    scene.watch.stop('Enough.');
    scene.watch.expectRecording();
    assert.deepEqual(scene.watch.live, { phase: 'stopped', sentence: 'Enough.' });
  });

  it('are asked for again while the network is away, but no longer than they may be late', async () => {
    const scene = new Scene();
    scene.lookedUp(lacking(NOW));
    scene.next = failure('network');
    await scene.time.pass(6 * MINUTE);
    assert.equal(scene.watch.live.phase, 'waiting');
    await scene.time.pass(HOUR);
    assert.equal(scene.watch.live.phase, 'stopped');
    assert.ok((scene.polls.at(-1) ?? 0) <= 15.5 * MINUTE);
  });

  it('are given up when a person’s lookup fails after they should have been there', async () => {
    const scene = new Scene();
    scene.lookedUp(lacking(NOW - 14 * MINUTE));
    scene.watch.interrupt();
    await scene.time.pass(2 * MINUTE);
    scene.watch.fail(failure('network'));
    assert.equal(scene.watch.live.phase, 'stopped');
  });

  it('are asked for once, when the panel is seen again, if that was due meanwhile', async () => {
    const scene = new Scene();
    const found = lacking(NOW - MINUTE);
    scene.lookedUp(found);
    scene.watch.setVisible(false);
    scene.next = found;
    await scene.time.pass(HOUR);
    scene.watch.setVisible(true);
    await scene.time.pass(HOUR);
    assert.deepEqual([scene.polls, scene.watch.live], [[HOUR], { phase: 'off' }]);
  });
});

describe('calls that are watched, whatever happens', () => {
  const result = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Result>('ringing', 'in-progress', '') },
    { weight: 1, arbitrary: fc.constantFrom<Result>('over', 'lacking') },
    { weight: 1, arbitrary: fc.constantFrom<Result>('auth', 'network', 'timeout', 'server', 'rateLimited', 'badReply', 'notFound') },
  );
  const which = fc.nat(5);
  const mostlyTrue = fc.constantFrom(true, true, true, false);
  const event = fc.oneof(
    { weight: 12, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: -HOUR, max: 5 * HOUR }) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('visible' as const), which, is: mostlyTrue }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('enabled' as const), which, is: mostlyTrue }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('result' as const), which, result, takesMs: fc.constantFrom(0, 300, 30_000) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('lookup' as const), which, takesMs: fc.nat(3000), end: fc.constantFrom('take', 'fail', 'resume') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), which }) },
  );

  it('are never asked for twice at once, unseen, during a lookup, in a burst or past a limit; nor for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 200, maxLength: 400 }), async (events) => {
        const scenes = sharedScenes(6);
        const { time } = scenes[0] ?? assert.fail();
        for (const each of events) {
          if (each.kind === 'pass') await time.pass(each.ms);
          else if (each.kind === 'sleep') time.sleep(each.ms);
          else await (scenes[each.which] ?? assert.fail()).live(each);
        }
        assert.deepEqual(scenes.flatMap(({ wrong }) => wrong), []);
        const polls = scenes.flatMap(({ polls: times }) => times).toSorted((one, other) => one - other);
        assert.ok(polls.every((at, index) => (polls[index + 1] ?? Infinity) - at >= SECOND), 'a burst');
        assert.ok(polls.every((at, index) => (polls[index + 30] ?? Infinity) - at >= MINUTE), 'more than sixty requests in a minute');
        const putBack = events.reduce((sum, each) => sum + (each.kind === 'sleep' ? Math.max(0, -each.ms) : 0), 0);
        time.sleep(LONGEST_WATCH_MS + putBack);
        await time.pass(16 * MINUTE);
        assert.deepEqual([time.timers, scenes.filter(({ underWay }) => underWay > 0).length], [0, 0], 'still asking after four hours');
      }),
      { numRuns: 60 },
    );
  });
});

type Result = 'ringing' | 'in-progress' | '' | 'over' | 'lacking' | ApiErrorKind;

type SceneEvent =
  | { readonly kind: 'visible'; readonly is: boolean }
  | { readonly kind: 'enabled'; readonly is: boolean }
  | { readonly kind: 'result'; readonly result: Result; readonly takesMs: number }
  | { readonly kind: 'lookup'; readonly takesMs: number; readonly end: string }
  | { readonly kind: 'stop' };

interface Lively {
  readonly polls: readonly number[];
  /** How it stood at polls that should not have been sent. */
  readonly wrong: readonly string[];
  readonly underWay: number;
  readonly time: FakeTime;
  readonly live: (event: SceneEvent) => Promise<void>;
}

/** Calls of two accounts that share a window: one clock, one pace. */
function sharedScenes(count: number): readonly Lively[] {
  const time = new FakeTime(NOW);
  const pace = new Pace(time);
  return Array.from({ length: count }, (_, index) => {
    const polls: number[] = [];
    const wrong: string[] = [];
    const now = { visible: true, enabled: true, lookup: false, underWay: 0, takesMs: 0, result: '' as Result };
    const watch = new Watch<WatchedAnswer>({
      account: index % 2 === 0 ? 'acme' : 'other',
      pace,
      now: time.now,
      elapsed: time.elapsed,
      setTimer: time.setTimer,
      ask: async (signal, permit) => {
        if (!now.visible || !now.enabled || now.lookup || now.underWay > 0) wrong.push(JSON.stringify(now));
        polls.push(time.elapsed());
        permit.sent();
        permit.sent();
        now.underWay += 1;
        await new Promise<void>((resolve) => {
          const cancel = time.setTimer(resolve, now.takesMs);
          signal.addEventListener('abort', () => {
            cancel();
            setImmediate(resolve);
          });
        });
        now.underWay -= 1;
        if (signal.aborted) throw failure('cancelled');
        return { call: resultOf(now.result, time.now()) };
      },
      onChange: () => undefined,
      sentenceOf: String,
    });
    return {
      time,
      polls,
      wrong,
      get underWay() {
        return now.underWay;
      },
      async live(event) {
        switch (event.kind) {
          case 'stop':
            return watch.stop('Enough.');
          case 'visible':
            now.visible = event.is;
            return watch.setVisible(event.is);
          case 'enabled':
            now.enabled = event.is;
            return watch.setEnabled(event.is);
          case 'result':
            now.result = event.result;
            now.takesMs = event.takesMs;
            return;
          case 'lookup':
            now.lookup = true;
            watch.interrupt();
            await time.pass(event.takesMs);
            now.lookup = false;
            if (event.end === 'take') watch.take({ call: ACTIVE });
            else if (event.end === 'fail') watch.fail(failure('network'));
            else watch.resume();
        }
      },
    };
  });
}

function resultOf(result: Result, now: Instant): Call {
  if (result === 'over') return over();
  if (result === 'lacking') return lacking(now);
  if (result === 'ringing' || result === 'in-progress' || result === '') return call({ state: 'active', status: result });
  throw failure(result, result === 'rateLimited' ? { retryAfterSeconds: 70 } : {});
}
