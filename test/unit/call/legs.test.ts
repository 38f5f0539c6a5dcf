import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call, Leg, ReportedField } from '../../../src/call/call';
import { isLegPending, legLabel, legOutcome, legsOf, placedLegs, wasNotReached, wasReached } from '../../../src/call/legs';
import { at, callWith } from './calls';

const listed: Leg = { end: 'from', side: 'agent', sources: { sid: 'legs:from.0.sid' } };

function withLegs(...legs: readonly Leg[]): Call {
  return { ...callWith(), legs };
}

function reporting(...leaves: readonly ReportedField[]): Call {
  return { ...withLegs(listed), reported: leaves };
}

describe('what became of a leg', () => {
  const words: readonly [status: string, label: string, severity: string][] = [
    ['completed', 'completed', 'ok'],
    ['in-progress', 'in progress', 'info'],
    ['IN_PROGRESS', 'in progress', 'info'],
    ['ringing', 'ringing', 'info'],
    ['queued', 'queued', 'info'],
    ['no-answer', 'no answer', 'warning'],
    ['busy', 'busy', 'warning'],
    ['failed', 'failed', 'error'],
    ['canceled', 'cancelled', 'warning'],
    [' Cancelled ', 'cancelled', 'warning'],
    ['Zustand X', 'Zustand X', 'warning'],
    ['\u202Ereversed', 'reversed', 'warning'],
    ['\u202E', 'unknown', 'warning'],
  ];
  for (const [status, label, severity] of words) {
    it(`is “${label}” for ${JSON.stringify(status)}`, () => {
      const outcome = legOutcome(withLegs(), { ...listed, status });
      assert.deepEqual([outcome.label, outcome.severity], [label, severity]);
      assert.notEqual(outcome.icon, '');
    });
  }

  it('is “not attempted” only where the legs resource lists the leg without a status', () => {
    assert.equal(legOutcome(withLegs(), listed).id, 'notAttempted');
    assert.equal(legOutcome(withLegs(), { ...listed, sources: { onCallDuration: 'Details.Legs.0.Leg.OnCallDuration' } }).id, 'noStatus');
    assert.equal(legOutcome(withLegs(), { ...listed, sources: {} }).id, 'noStatus');
  });

  it('is not “not attempted” as long as the call goes on', () => {
    assert.equal(legOutcome({ ...withLegs(), state: 'active', status: 'in-progress' }, listed).label, 'no status');
  });

  it('is not “not attempted” where there is a status that could not be read', () => {
    const leaf = (path: string, value: string): ReportedField => ({ path, value, known: true });
    assert.equal(legOutcome(reporting(leaf('legs:from.0.status.code', '7')), listed).id, 'noStatus');
    assert.equal(legOutcome(reporting(leaf('legs:from.0.status', '[]')), listed).id, 'noStatus');
    assert.equal(legOutcome(reporting(leaf('legs:from.0.status', 'null'), leaf('legs:from.0.status_code', '7'), leaf('legs:from.01.status', 'x')), listed).id, 'notAttempted');
  });

  it('tells legs that were reached, that were not, and that go on apart', () => {
    const groups = ['completed', 'in-progress', 'ringing', 'queued', 'no-answer', 'busy', 'failed', 'canceled', 'xyz', ''].map((status) => {
      const leg = { ...listed, status };
      return [wasReached(leg), wasNotReached(leg), isLegPending(leg)].map(Number).join('');
    });
    assert.deepEqual(groups, ['100', '101', '001', '001', '010', '010', '010', '010', '000', '000']);
    assert.deepEqual([wasReached(listed), wasNotReached(listed), isLegPending(listed)], [false, false, false]);
  });
});

describe('the label of a leg', () => {
  const labels: readonly [leg: Partial<Leg>, label: string][] = [
    [{ party: { name: 'Asha Rao', number: '+915550100' } }, 'Asha Rao'],
    [{ party: { number: '+915550100', contactUri: 'sip:a@b.example' } }, '+915550100'],
    [{ party: { contactUri: 'sip:a@b.example' }, groupName: 'Sales' }, 'sip:a@b.example'],
    [{ party: { name: ' \u200B ' }, groupName: 'Sales' }, 'Sales'],
    [{}, 'Agent leg'],
    [{ side: 'customer' }, 'Customer leg'],
  ];
  for (const [leg, label] of labels) it(`is “${label}” for ${JSON.stringify(leg)}`, () => assert.equal(legLabel({ ...listed, ...leg }), label));

  it('is the end’s where nobody knows whose leg it is', () => {
    assert.equal(legLabel({ end: 'to', sources: {} }), 'To leg');
  });

  it('is one bounded line, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const label = legLabel({ ...listed, party: { name } });
        assert.ok(label.length > 0 && label.length <= 60);
        assert.doesNotMatch(label, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

describe('the legs of a call', () => {
  const leg = (end: Leg['end'], name: string, created?: number): Leg => ({
    end,
    side: end === 'from' ? 'agent' : 'customer',
    party: { name },
    ...(created === undefined ? {} : { createdTime: at(created) }),
    sources: {},
  });
  const call = withLegs(leg('from', 'a'), leg('from', 'b', 5), leg('to', 'c', 2), leg('to', 'd'), leg('to', 'e', 1), leg('to', 'f', 2));

  it('come in the order they began, those without a time last, and keep the place they have in the record', () => {
    assert.deepEqual(
      placedLegs(call).map((placed) => [placed.place, legLabel(placed.leg)]),
      [
        ['to.2', 'e'],
        ['to.0', 'c'],
        ['to.3', 'f'],
        ['from.1', 'b'],
        ['from.0', 'a'],
        ['to.1', 'd'],
      ],
    );
  });

  it('are told apart by side', () => {
    assert.deepEqual(legsOf(call, 'agent').map(legLabel), ['b', 'a']);
    assert.deepEqual(legsOf(withLegs({ end: 'to', sources: {} }), 'customer'), []);
  });

  it('are none where no answer told of legs', () => {
    assert.deepEqual(placedLegs(callWith()), []);
  });
});
