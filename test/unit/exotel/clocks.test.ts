import assert from 'node:assert/strict';
import { Stopwatch } from '../../../src/exotel/clocks';
import { ACCOUNT_SID, clientOfScripted, useScriptedServer } from '../../support/scripted';
import { FakeTime } from '../../support/fakeTime';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const V2 = `/v2/accounts/${ACCOUNT_SID}/calls/${SID}`;
const NOW = Date.UTC(2026, 10, 24, 6, 33, 4);
const DAY = 24 * 3_600_000;

describe('How long something takes', () => {
  it('is what passed, whether the clock was put back, forward, or stood still', async () => {
    for (const set of [-DAY, 0, DAY]) {
      const time = new FakeTime(NOW);
      const stopwatch = new Stopwatch(time);
      await time.pass(184);
      time.sleep(set);
      await time.pass(16);
      assert.deepEqual([stopwatch.milliseconds, stopwatch.driftMs], [200, set]);
    }
  });

  it('is whole and never negative', () => {
    const elapsed = [5, 6.6, 2];
    const stopwatch = new Stopwatch({ now: () => NOW, elapsed: () => elapsed.shift() ?? 0 });
    assert.deepEqual([stopwatch.milliseconds, stopwatch.milliseconds], [2, 0]);
  });
});

describe('A lookup while the clock is set by a day', () => {
  const server = useScriptedServer();

  for (const [name, set] of [['back', -DAY], ['forward', DAY]] as const) {
    it(`${name}, says how long it really took, when it came by the new clock, and nothing false of the clock`, async () => {
      const time = new FakeTime(NOW);
      server().script = (path) => {
        if (path === V2) time.sleep(set);
        return { body: { response: { call_details: { sid: SID }, leg_details: { from: [] } } }, headers: { Date: new Date(NOW).toUTCString() } };
      };
      const { requests, askedAt, clockAheadMs } = await clientOfScripted(server(), time).getCall(SID);
      assert.deepEqual(requests.map(({ milliseconds }) => milliseconds), [0, 0]);
      assert.deepEqual([askedAt, clockAheadMs], [NOW + set, undefined]);
    });
  }

  it('tells of it with the next answer', async () => {
    server().script = () => ({ body: { response: { call_details: { sid: SID } } }, headers: { Date: new Date(NOW).toUTCString() } });
    assert.equal((await clientOfScripted(server(), new FakeTime(NOW + DAY)).getCall(SID)).clockAheadMs, DAY);
  });
});
