import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { findingsOf } from '../../../src/call/findings';
import { ASKED_AT, callWith, type LegDraft, v1CallWith, withLegsOf } from './calls';

const UNCONNECTED = { total_talk_time: 0, total_duration: 20, end_time: null };
const from = (status: string | null, more: Partial<LegDraft> = {}): LegDraft => ({ end: 'from', status, ...more });
const to = (status: string | null, more: Partial<LegDraft> = {}): LegDraft => ({ end: 'to', status, ...more });

describe('findings about legs', () => {
  const quiet: readonly (readonly [what: string, call: Call])[] = [
    ['legs that both talked', withLegsOf(callWith(), from('completed'), to('completed'))],
    ['retries until somebody answered', withLegsOf(callWith(), from('completed'), to('no-answer'), to('busy'), to('completed'))],
    ['several agents rung for one', withLegsOf(callWith({ direction: 'inbound' }), from('completed'), to('canceled'), to('completed'), to('canceled'))],
    ['an agent who did not answer', withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), from('no-answer'))],
    ['an agent who was busy, for which v2 has no word', withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), from('busy'), to(null))],
    ['a customer who did not answer', withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), from('completed'), to('no-answer'))],
    ['an agent who cancelled before the customer answered', withLegsOf(callWith({ status: 'agent_canceled', ...UNCONNECTED }), from('completed'), to('canceled'))],
    ['a customer who could not be dialled', withLegsOf(callWith({ status: 'customer_no_dial', ...UNCONNECTED }), from('completed'), to('failed'))],
    ['an inbound call without an agent’s leg', withLegsOf(callWith({ status: 'agent_unanswered', direction: 'inbound', ...UNCONNECTED }), from('completed'))],
    ['no legs at all', withLegsOf(callWith())],
    ['legs without a status', withLegsOf(callWith(), from(null), to(null))],
    ['an active call whose legs have not caught up', withLegsOf(callWith({ state: 'active', end_time: null }), from('completed'), to('ringing'))],
    ['a leg created two seconds before its call', withLegsOf(callWith(), from('completed', { created: -2, updated: 300 }), to('completed'))],
    ['a leg that changed in the second it was created', withLegsOf(callWith(), from('completed', { created: 5, updated: 5 }), to('completed'))],
    ['v1 legs of a customer who was busy', v1CallWith({ Status: 'busy', Details: { ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'busy' } })],
    ['v1 legs of an agent who did not answer', v1CallWith({ Status: 'no-answer', Details: { ConversationDuration: 0, Leg1Status: 'no-answer', Leg2Status: null } })],
    ['a v1 call for a flow', v1CallWith({ To: '01112345678', Details: { Leg1Status: 'completed', Leg2Status: null } })],
  ];
  for (const [what, call] of quiet) it(`raise no false alarm about ${what}`, () => assert.deepEqual(findingsOf(call, { askedAt: ASKED_AT }), []));

  const raised: readonly (readonly [what: string, call: Call, found: readonly (readonly [id: string, severity: string, line: string])[], fields: readonly string[]])[] = [
    [
      'a completed call whose customer never answered',
      withLegsOf(callWith(), from('completed'), to('no-answer'), to('busy')),
      [['completedUnanswered:to', 'warning', 'The call is completed, and yet no leg of the customer was answered.']],
      ['status', 'legs:to.0.status', 'legs:to.1.status'],
    ],
    [
      'a completed call whose customer was never dialled',
      withLegsOf(callWith(), from('completed'), to(null)),
      [['completedUnanswered:to', 'warning', 'The call is completed, and yet no attempt to reach the customer is reported.']],
      ['status', 'legs:from.0.status'],
    ],
    [
      'an inbound v1 call that only the flow took',
      v1CallWith({ Direction: 'inbound', Details: { Leg1Status: 'completed', Leg2Status: 'no-answer' } }),
      [['completedUnanswered:to', 'info', 'The call is completed, and yet no leg of the agent was answered, as when only the flow took an inbound call.']],
      ['Status', 'Details.Leg2Status'],
    ],
    [
      'an answered leg of an agent who did not answer',
      withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), from('completed')),
      [['legContradictsStatus:from', 'warning', 'status is “agent_unanswered”, and yet a leg of the agent was answered.']],
      ['status', 'legs:from.0.status'],
    ],
    [
      'an answered leg of an agent who did not answer a caller',
      withLegsOf(callWith({ status: 'to_leg_unanswered', direction: 'inbound', ...UNCONNECTED }), from('completed'), to('completed')),
      [['legContradictsStatus:to', 'warning', 'status is “to_leg_unanswered”, and yet a leg of the agent was answered.']],
      ['status', 'legs:to.0.status'],
    ],
    [
      'a customer who did not answer and was never dialled',
      withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), from('completed')),
      [['legContradictsStatus:to', 'info', 'status is “customer_unanswered”, and yet no attempt to reach the customer is reported.']],
      ['status', 'legs:from.0.status'],
    ],
    [
      'a customer who did not answer after the agent had not',
      withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), from('no-answer'), to('no-answer')),
      [['legContradictsStatus:from', 'warning', 'status is “customer_unanswered”, and yet no leg of the agent, which is dialled first, was answered.']],
      ['status', 'legs:from.0.status'],
    ],
    [
      'a customer who could not be dialled and rang',
      withLegsOf(callWith({ status: 'customer_no_dial', ...UNCONNECTED }), from('completed'), to('no-answer')),
      [['legContradictsStatus:to', 'warning', 'status is “customer_no_dial”, and yet a leg of the customer was dialled.']],
      ['status', 'legs:to.0.status'],
    ],
    [
      'a v1 status that is none of its legs’',
      v1CallWith({ Status: 'busy', Details: { Leg1Status: 'completed', Leg2Status: 'no-answer' } }),
      [['legContradictsStatus', 'warning', 'Status is “busy”, and yet no leg fits it.']],
      ['Status', 'Details.Leg1Status', 'Details.Leg2Status'],
    ],
    [
      'a leg that goes on after the call',
      withLegsOf(callWith(), from('completed'), to('in-progress')),
      [['legStillGoing:legs:to.0.status', 'info', 'The call is over by status, and yet legs:to.0.status is “in-progress”.']],
      ['status', 'legs:to.0.status'],
    ],
    [
      'a leg’s status that nobody knows',
      withLegsOf(callWith(), from('completed'), to('voicemail')),
      [['unknownLegStatus:legs:to.0.status', 'info', 'legs:to.0.status is “voicemail”, which this extension does not know.']],
      ['legs:to.0.status'],
    ],
    [
      'a leg that changed before it was created',
      withLegsOf(callWith(), from('completed', { created: 5, updated: 4 }), to('completed')),
      [['legTimesOutOfOrder:legs:from.0.date_updated', 'warning', 'legs:from.0.date_updated is before legs:from.0.date_created.']],
      ['legs:from.0.date_updated', 'legs:from.0.date_created'],
    ],
    [
      'a leg created before its call',
      withLegsOf(callWith(), from('completed', { created: -3, updated: 300 }), to('completed')),
      [['legBeforeCall:legs:from.0.date_created', 'warning', 'legs:from.0.date_created is before the call’s created_time.']],
      ['legs:from.0.date_created', 'created_time'],
    ],
  ];
  for (const [what, call, found, fields] of raised) {
    it(`name ${what}, with the fields that show it`, () => {
      const findings = findingsOf(call, { askedAt: ASKED_AT });
      assert.deepEqual(
        findings.map(({ id, severity, line }) => [id, severity, line]),
        found,
      );
      assert.deepEqual(
        findings.flatMap(({ citations }) => citations.map(({ field }) => field)),
        fields,
      );
    });
  }

  it('name a path to the legs that leads elsewhere', () => {
    assert.equal(findingsOf(callWith(), { askedAt: ASKED_AT, legs: { kind: 'reported', refusesPath: true } })[0]?.id, 'legsPathRefused');
    const findings = findingsOf(callWith(), { askedAt: ASKED_AT, legs: { kind: 'refusedPath', sentence: 'The answer’s path to the legs leads elsewhere.' } });
    assert.deepEqual(
      findings.map(({ id, severity, citations }) => [id, severity, citations.map(({ field }) => field)]),
      [['legsPathRefused', 'warning', ['legs']]],
    );
    for (const legs of [{ kind: 'reported' }, { kind: 'notEnabled', sentence: 'No.' }, { kind: 'notAsked' }] as const) assert.deepEqual(findingsOf(callWith(), { askedAt: ASKED_AT, legs }), []);
  });

  it('are one bounded sentence each with an id of its own, whatever the legs', () => {
    const word = fc.oneof(fc.constantFrom(null, 'completed', 'no-answer', 'in-progress', 'busy', 'failed', 'canceled', 'ringing'), fc.string({ unit: 'binary', maxLength: 200 }));
    const draft = fc.record({ end: fc.constantFrom<LegDraft['end'][]>('from', 'to'), status: word, created: fc.integer({ min: -9, max: 9 }), updated: fc.integer({ min: -9, max: 9 }) });
    const status = fc.constantFrom('completed', 'agent_unanswered', 'customer_unanswered', 'from_leg_cancelled', 'customer_no_dial', 'busy', 'failed', 'no-answer', 'xyz');
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 8 }), status, fc.constantFrom('inbound', 'outbound', 'xyz'), (drafts, status, direction) => {
        const findings = findingsOf(withLegsOf(callWith({ status, direction }), ...drafts), { askedAt: ASKED_AT });
        assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length);
        for (const { line, citations } of findings) {
          assert.ok(citations.length > 0, line);
          assert.ok(line.length < 250, line);
          assert.match(line, /^.*\.$/);
          assert.doesNotMatch(line, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        }
      }),
    );
  });
});
