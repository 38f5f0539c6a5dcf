import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { bounded, type HistoryEntry, labelOf, noted, pinnedFirst } from '../../../src/extension/historyEntries';

const call: Call = { resource: 'v2', sources: {}, reported: [], reportedLeftOut: 0 };

const entries = fc.array(
  fc.record({ sid: fc.uuid(), account: fc.constantFrom('one', 'two'), lookedUpAt: fc.integer({ min: 0 }), pinned: fc.boolean() }),
);

const count = (of: readonly HistoryEntry[], account: string, pinned: boolean): number =>
  of.filter((entry) => entry.account === account && entry.pinned === pinned).length;

describe('The list of recent calls', () => {
  it('keeps every pinned call, and of each account as many others as the limit says', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 5 }), (all, limit) => {
        const kept = bounded(all, limit);
        for (const account of ['one', 'two']) {
          assert.equal(count(kept, account, true), count(all, account, true));
          assert.equal(count(kept, account, false), Math.min(limit, count(all, account, false)));
        }
      }),
    );
  });

  it('is newest first and drops the oldest, also where the clock was put back in between', () => {
    const times = [5000, 9000, 1000, 1001];
    const list = times.reduce<readonly HistoryEntry[]>((before, time) => bounded(noted(before, { sid: `at-${String(time)}`, account: 'one' }, call, time), 3), []);
    assert.deepEqual(
      list.map(({ sid }) => sid),
      ['at-1001', 'at-1000', 'at-9000'],
    );
  });

  it('shows pinned calls first', () => {
    const all = [true, false, true].map((pinned, index) => ({
      sid: `call-${String(index)}`,
      account: 'one',
      lookedUpAt: 9 - index,
      pinned,
    }));
    assert.deepEqual(
      pinnedFirst(all).map(({ sid }) => sid),
      ['call-0', 'call-2', 'call-1'],
    );
  });

  it('names the customer, or the agent where no customer is known', () => {
    assert.equal(labelOf({ ...call, customer: { name: 'Asha', number: '+915555010020' }, agent: { number: '1' } }).party, 'Asha');
    assert.equal(labelOf({ ...call, customer: {}, agent: { contactUri: 'sip:asha@voice.example' } }).party, 'sip:asha@voice.example');
    assert.deepEqual(labelOf(call), {});
  });

  it('never grows by what an answer stuffs into a label', () => {
    const huge = 'x'.repeat(1_000_000);
    const label = labelOf({ ...call, state: huge, status: huge, direction: huge, customer: { name: huge } });
    assert.ok(JSON.stringify(label).length < 500);
  });

  it('cannot turn a line of the view around or break it', () => {
    const { party, status } = labelOf({ ...call, status: 'done\u202Eelttil', customer: { name: 'Asha\n\u0000K' } });
    assert.deepEqual({ party, status }, { party: 'Asha K', status: 'done elttil' });
  });
});
