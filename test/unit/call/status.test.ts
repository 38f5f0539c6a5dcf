import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { isOngoing, outcomeOf, type OutcomeId } from '../../../src/call/status';

const V2: readonly [status: string, id: OutcomeId, label: string][] = [
  ['completed', 'completed', 'Completed'],
  ['agent_unanswered', 'agentUnanswered', 'Agent did not answer'],
  ['customer_unanswered', 'customerUnanswered', 'Customer did not answer'],
  ['agent_canceled', 'agentCancelled', 'Agent cancelled'],
  ['customer_no_dial', 'customerNotDialled', 'Customer could not be dialled'],
  ['agent_no_dial', 'agentNotDialled', 'Agent could not be dialled'],
];

const V1: readonly [status: string, id: OutcomeId][] = [
  ['queued', 'queued'],
  ['ringing', 'ringing'],
  ['in-progress', 'inProgress'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['busy', 'busy'],
  ['no-answer', 'noAnswer'],
  ['canceled', 'cancelled'],
];

const V3: readonly [status: string, outbound: OutcomeId, inbound: OutcomeId][] = [
  ['completed', 'completed', 'completed'],
  ['from_leg_unanswered', 'agentUnanswered', 'customerUnanswered'],
  ['to_leg_unanswered', 'customerUnanswered', 'agentUnanswered'],
  ['from_leg_cancelled', 'agentCancelled', 'customerCancelled'],
  ['from_leg_canceled', 'agentCancelled', 'customerCancelled'],
  ['to_leg_cancelled', 'customerCancelled', 'agentCancelled'],
  ['to_leg_no_dial', 'customerNotDialled', 'agentNotDialled'],
  ['from_leg_no_dial', 'agentNotDialled', 'customerNotDialled'],
];

const ALL = [...V2, ...V1, ...V3].map(([status]) => status);

describe('a status', () => {
  for (const [status, id, label] of V2) {
    it(`of v2 is told in plain words: ${status}`, () => {
      const outcome = outcomeOf({ state: 'terminal', status, direction: 'outbound-api' });
      assert.deepEqual([outcome.id, outcome.label], [id, label]);
    });
  }

  for (const [status, id] of V1) it(`of v1 is known: ${status}`, () => assert.equal(outcomeOf({ status }).id, id));

  for (const [status, outbound, inbound] of V3) {
    it(`of v3 names the side that the direction makes it: ${status}`, () => {
      for (const direction of ['outbound', 'outbound-api', 'outbound-dial']) assert.equal(outcomeOf({ status, direction }).id, outbound);
      assert.equal(outcomeOf({ status, direction: 'inbound' }).id, inbound);
    });
  }

  it('of a leg blames no side when there is no direction to tell', () => {
    const outcome = outcomeOf({ status: 'from_leg_unanswered' });
    assert.deepEqual([outcome.id, outcome.side, outcome.label], ['noAnswer', undefined, 'The from leg did not answer']);
    assert.equal(outcomeOf({ status: 'to_leg_no_dial', direction: 'sideways' }).label, 'The to leg could not be dialled');
  });

  it('means the same in any letter case, with either spelling of cancelled, with hyphens or underscores', () => {
    const variant = (status: string) =>
      fc.constantFrom(status, status.toUpperCase(), status.replaceAll('_', '-'), ` ${status} `, status.replace(/celed$/, 'celled'), status.replace(/celled$/, 'celed'));
    const pairs = fc.constantFrom(...ALL).chain((status) => fc.tuple(fc.constant(status), variant(status)));
    fc.assert(
      fc.property(pairs, fc.constantFrom('inbound', 'outbound'), ([status, spelt], direction) => {
        assert.deepEqual(outcomeOf({ status: spelt, direction }), outcomeOf({ status, direction }));
      }),
    );
  });

  it('that nobody knows is shown as it came', () => {
    assert.deepEqual(outcomeOf({ state: 'terminal', status: 'agent_Hold' }), { id: 'unknown', label: 'agent_Hold', severity: 'warning', icon: 'question' });
  });

  it('that is missing is active on an active call, and named missing on any other', () => {
    assert.equal(outcomeOf({ state: 'active' }).id, 'active');
    assert.equal(outcomeOf({ state: 'ACTIVE', status: ' ' }).id, 'active');
    for (const call of [{ state: 'terminal' }, {}, { state: 'paused' }]) assert.deepEqual([outcomeOf(call).id, outcomeOf(call).label], ['unknown', 'No status reported']);
  });

  it('cannot break out of its line or flood it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (status) => {
        const { label } = outcomeOf({ status });
        assert.ok(label.length > 0 && label.length <= 60);
        assert.doesNotMatch(label, /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
      }),
    );
    assert.equal(outcomeOf({ status: '\u202E' }).label, 'Unknown status');
    assert.match(outcomeOf({ status: 'x'.repeat(1000) }).label, /^x{59}…$/);
  });

  it('has an icon that the icon font has', () => {
    const icons: unknown = JSON.parse(readFileSync(path.join('node_modules', '@vscode', 'codicons', 'dist', 'metadata.json'), 'utf8'));
    const used = new Set([...ALL, undefined, 'xyz'].map((status) => outcomeOf({ state: 'active', ...(status === undefined ? {} : { status }) }).icon));
    for (const icon of used) assert.ok(JSON.stringify(icons).includes(`"${icon}"`), icon);
  });
});

describe('whether a call goes on', () => {
  it('is told by state and status', () => {
    for (const call of [{ state: 'active' }, { status: 'ringing' }, { state: 'active', status: 'in-progress' }, { state: 'active', status: 'xyz' }]) assert.ok(isOngoing(call), JSON.stringify(call));
    for (const call of [{ state: 'terminal' }, { status: 'completed' }, { state: 'terminal', status: 'ringing' }, { state: 'active', status: 'completed' }, {}]) assert.ok(!isOngoing(call), JSON.stringify(call));
  });
});
