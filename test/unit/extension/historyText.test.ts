import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HistoryEntry } from '../../../src/extension/historyEntries';
import { HistoryText } from '../../../src/extension/historyText';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', ',\n', '\n]}\n', '{"version":1,"calls":[\n', '"', '\u2028', '\uD800', ''));
const entry: fc.Arbitrary<HistoryEntry> = fc.record(
  { sid: text, account: text, state: text, status: text, direction: text, party: text, startedAt: fc.integer(), lookedUpAt: fc.integer(), pinned: fc.boolean() },
  { requiredKeys: ['sid', 'account', 'lookedUpAt', 'pinned'], noNullPrototype: true },
);
const entries = fc.array(entry, { maxLength: 6 });

const one: HistoryEntry = { sid: 'one', account: 'some', lookedUpAt: 1, pinned: false };
const two: HistoryEntry = { sid: 'two', account: 'some', lookedUpAt: 2, pinned: true };
const inLines = (...lines: readonly string[]): string => `{"version":1,"calls":[\n${lines.join(',\n')}\n]}\n`;

describe('The list of calls as text', () => {
  it('is JSON with a line for each call, and is read as it was written, whatever is in them', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const written = new HistoryText().write(list);
        assert.deepEqual(JSON.parse(written), { version: 1, calls: list });
        assert.equal(written.split('\n').length, Math.max(1, list.length) + 3);
        assert.deepEqual(new HistoryText().read(written), list);
      }),
    );
  });

  it('is after any changes what it would be if all of it were written anew', () => {
    fc.assert(
      fc.property(entries, fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.option(entry, { nil: undefined }), fc.boolean()), { maxLength: 6 }), (list, changes) => {
        const kept = new HistoryText();
        let now = kept.read(new HistoryText().write(list)) ?? [];
        for (const [from, count, added, readsAgain] of changes) {
          now = now.toSpliced(from, count, ...(added === undefined ? [] : [added]));
          const written = kept.write(now);
          assert.equal(written, new HistoryText().write(now));
          if (readsAgain) now = kept.read(written) ?? [];
        }
      }),
    );
  });

  it('is read whatever its lines are, as long as it is such a list', () => {
    const list = { version: 1, calls: [one, two] };
    const [first, second] = [JSON.stringify(one), JSON.stringify(two)];
    const comma = first.indexOf(',');
    for (const written of [JSON.stringify(list, null, 1), JSON.stringify(list), inLines(`${first},${second}`), inLines(first.slice(0, comma), first.slice(comma + 1), second)])
      assert.deepEqual(new HistoryText().read(written), [one, two], written);
  });

  const KINDS: Readonly<Record<keyof HistoryEntry, readonly unknown[]>> = {
    sid: [5, null, undefined],
    account: [5, null, undefined],
    state: [5, null],
    status: [{}, null],
    direction: [[], null],
    party: [true, null],
    startedAt: ['1', null],
    lookedUpAt: ['1', null, undefined],
    pinned: ['true', 1, null, undefined],
  };

  for (const [key, wrong] of Object.entries(KINDS))
    it(`is none where any call’s ${key} is of another kind`, () => {
      for (const value of wrong) {
        const calls = [one, { ...two, [key]: value }];
        for (const written of [JSON.stringify({ version: 1, calls }), inLines(...calls.map((call) => JSON.stringify(call)))]) assert.equal(new HistoryText().read(written), undefined, written);
      }
    });

  it('is none where it is cut off, or of another version or shape', () => {
    const written = new HistoryText().write([one, two]);
    for (let end = 0; end < written.length - 1; end += 1) assert.equal(new HistoryText().read(written.slice(0, end)), undefined, written.slice(0, end));
    const others = ['null', '[]', '{}', '{"version":2,"calls":[]}', '{"version":1,"calls":{}}', '{"version":1,"calls":[null]}', inLines('[]'), inLines('1'), inLines('null'), inLines('{}')];
    for (const other of others) assert.equal(new HistoryText().read(other), undefined, other);
  });
});
