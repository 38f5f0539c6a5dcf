import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type KnownCall, type LookupRow, lookupRows } from '../../../src/extension/lookupRows';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const OTHER = 'a91e44d07c5b4f2f8d30c6e5b1728f4q';

const known: readonly KnownCall[] = [
  { sid: SID, icon: 'pass', label: '5f0c1b7e…631k', description: 'Completed · +915555010020 · 2 min ago' },
  { sid: OTHER, icon: 'call-outgoing', label: 'a91e44d0…8f4q', description: 'Agent did not answer · 1 h ago' },
];

const kinds = (rows: readonly LookupRow[]): readonly string[] => rows.map(({ kind }) => kind);

describe('The rows of Lookup Exotel Call', () => {
  it('say what will be looked up, or why nothing will, in the first row, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, hasAccount) => {
        const [first] = lookupRows(text, known, hasAccount).rows;
        assert.ok(first?.kind === 'lookUp' || (first?.kind === 'reason' && first.reason !== ''));
      }),
    );
  });

  it('offer one row for each SID in what was pasted', () => {
    const { rows, active } = lookupRows(`{"call_sid":"${SID}"}, {"call_sid":"${OTHER}"}`, [], true);
    assert.deepEqual(rows, [
      { kind: 'lookUp', sid: SID },
      { kind: 'lookUp', sid: OTHER },
    ]);
    assert.equal(active, 0);
  });

  it('list recent calls below, all of them while nothing is typed, and begin with the latest', () => {
    const { rows, active } = lookupRows('', known, true);
    assert.deepEqual(kinds(rows), ['reason', 'heading', 'known', 'known']);
    assert.equal(active, 2);
  });

  it('keep the recent calls that have every word typed', () => {
    assert.deepEqual(lookupRows('Agent 8f4q', known, true).rows.slice(2), [{ kind: 'known', call: known[1] }]);
    assert.deepEqual(kinds(lookupRows('nowhere at all', known, true).rows), ['reason']);
  });

  it('let Enter take nothing where there is only a reason', () => {
    assert.equal(lookupRows('no sid!', [], true).active, undefined);
  });

  it('offer the two ways to an account where there is none', () => {
    const { rows, active } = lookupRows(SID, [], false);
    assert.deepEqual(kinds(rows), ['lookUp', 'heading', 'addAccount', 'exploreSamples']);
    assert.equal(active, 0);
  });

  it('are few, however much is pasted', () => {
    const sids = Array.from({ length: 5000 }, (_, index) => index.toString(16).padStart(32, '0'));
    assert.ok(lookupRows(sids.join('\n'), known, true).rows.length <= 20);
  });
});
