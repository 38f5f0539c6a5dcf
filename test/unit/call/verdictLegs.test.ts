import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { citeLeg } from '../../../src/call/call';
import { findingsOf } from '../../../src/call/findings';
import { outcomeOf } from '../../../src/call/status';
import { type Verdict, verdictOf } from '../../../src/call/verdict';
import { ASKED_AT, callWith, type LegDraft, v1CallWith, withLegsOf } from './calls';

/** The explanation as it reads, a citation as `[field value]`. */
function reading({ explanation }: Verdict): string {
  return explanation.map((phrase) => ('text' in phrase ? phrase.text : `[${phrase.citation.field} ${phrase.citation.value}]`)).join('');
}

const UNCONNECTED = { total_talk_time: 0, total_duration: 20 };

/** A leg's word in a table: `-` for no leg at all, `null` for a leg that was not attempted. */
function legs(from: string, to: string): readonly LegDraft[] {
  const leg = (end: LegDraft['end'], word: string): readonly LegDraft[] => (word === '-' ? [] : [{ end, status: word === 'null' ? null : word }]);
  return [...leg('from', from), ...leg('to', to)];
}

type Row = readonly [status: string, from: string, to: string, headline: string];

function holds(direction: string, changes: Readonly<Record<string, unknown>>, rows: readonly Row[]): void {
  for (const [status, from, to, headline] of rows) {
    it(`${status}, from ${from}, to ${to}: “${headline}”`, () => {
      const call = withLegsOf(callWith({ ...changes, direction, status }), ...legs(from, to));
      assert.equal(verdictOf(call).headline, headline);
    });
  }
}

describe('the verdict on an outbound call with two legs', () => {
  holds('outbound-api', {}, [
    ['completed', 'completed', 'completed', 'Agent and customer talked for 4 min 40 s'],
    ['completed', 'in-progress', 'completed', 'Agent and customer talked for 4 min 40 s'],
    ['completed', 'completed', 'no-answer', 'Agent and customer talked for 4 min 40 s'],
    ['completed', 'completed', 'null', 'Agent and customer talked for 4 min 40 s'],
  ]);
  holds('outbound-api', UNCONNECTED, [
    ['completed', 'completed', 'completed', 'The call completed without any talk time'],
    ['completed', 'completed', 'no-answer', 'The call completed, but only the agent answered'],
    ['completed', 'completed', '-', 'The call completed, but only the agent answered'],
    ['completed', 'no-answer', 'completed', 'The call completed, but only the customer answered'],
    ['completed', 'no-answer', 'busy', 'The call completed, but no leg of it was answered'],
    ['completed', 'completed', 'xyz', 'The call completed without any talk time'],

    ['agent_unanswered', 'no-answer', '-', 'The agent did not answer, so the customer was never dialled'],
    ['agent_unanswered', 'no-answer', 'null', 'The agent did not answer, so the customer was never dialled'],
    ['agent_unanswered', 'busy', '-', 'The agent was busy, so the customer was never dialled'],
    ['agent_unanswered', 'failed', '-', 'The agent could not be reached, so the customer was never dialled'],
    ['agent_unanswered', 'canceled', '-', 'The agent was not reached, so the customer was never dialled'],
    ['agent_unanswered', 'no-answer', 'completed', 'The customer answered, the agent did not'],
    ['agent_unanswered', 'no-answer', 'no-answer', 'Neither the agent nor the customer answered'],
    ['agent_unanswered', 'no-answer', 'busy', 'The agent did not answer, and the customer was busy'],
    ['agent_unanswered', 'completed', '-', 'The agent did not answer'],
    ['agent_unanswered', 'completed', 'no-answer', 'The agent did not answer'],
    ['agent_unanswered', 'xyz', '-', 'The agent did not answer'],
    ['agent_unanswered', '-', '-', 'The agent did not answer'],
    ['agent_unanswered', 'null', '-', 'The agent did not answer'],

    ['customer_unanswered', 'completed', 'no-answer', 'The agent answered, the customer did not'],
    ['customer_unanswered', 'completed', 'canceled', 'The agent answered, the customer did not'],
    ['customer_unanswered', 'completed', 'busy', 'The agent answered, the customer was busy'],
    ['customer_unanswered', 'completed', 'failed', 'The agent answered, but the customer could not be reached'],
    ['customer_unanswered', 'completed', 'completed', 'The customer did not answer'],
    ['customer_unanswered', 'no-answer', 'no-answer', 'The customer did not answer'],
    ['customer_unanswered', 'completed', '-', 'The customer did not answer'],
    ['customer_unanswered', '-', 'no-answer', 'The customer did not answer'],

    ['agent_canceled', 'completed', 'canceled', 'The agent cancelled the call before the customer answered'],
    ['agent_canceled', 'completed', '-', 'The agent cancelled the call before the customer was dialled'],
    ['agent_canceled', 'canceled', '-', 'The agent cancelled the call, so the customer was never dialled'],
    ['agent_canceled', 'completed', 'completed', 'The agent cancelled the call'],
    ['from_leg_cancelled', 'canceled', 'null', 'The agent cancelled the call, so the customer was never dialled'],
    ['to_leg_cancelled', 'completed', 'canceled', 'The customer cancelled the call'],

    ['agent_no_dial', 'failed', '-', 'Exotel could not dial the agent, so the customer was never dialled'],
    ['agent_no_dial', 'null', 'null', 'Exotel could not dial the agent, so the customer was never dialled'],
    ['agent_no_dial', 'no-answer', '-', 'Exotel could not dial the agent'],
    ['customer_no_dial', 'completed', 'failed', 'The agent answered, but Exotel could not dial the customer'],
    ['customer_no_dial', 'completed', '-', 'The agent answered, but Exotel could not dial the customer'],
    ['customer_no_dial', 'completed', 'no-answer', 'Exotel could not dial the customer'],
    ['customer_no_dial', 'no-answer', '-', 'Exotel could not dial the customer'],

    ['from_leg_unanswered', 'no-answer', '-', 'The agent did not answer, so the customer was never dialled'],
    ['to_leg_unanswered', 'completed', 'no-answer', 'The agent answered, the customer did not'],
    ['to_leg_no_dial', 'completed', 'failed', 'The agent answered, but Exotel could not dial the customer'],
    ['xyz', 'completed', 'no-answer', 'Exotel reported the status “xyz”, which this extension does not know'],
  ]);
});

describe('the verdict on an inbound call with two legs', () => {
  holds('inbound', {}, [['completed', 'completed', 'completed', 'The agent and the caller talked for 4 min 40 s']]);
  holds('inbound', UNCONNECTED, [
    ['completed', 'completed', 'no-answer', 'The call completed, but the agent did not answer'],
    ['completed', 'completed', 'busy', 'The call completed, but the agent was busy'],
    ['completed', 'completed', '-', 'The call completed without an agent being rung'],
    ['completed', '-', 'completed', 'The call completed without any talk time'],

    ['agent_unanswered', 'completed', 'no-answer', 'The caller got through, but the agent did not answer'],
    ['agent_unanswered', 'completed', 'busy', 'The caller got through, but the agent was busy'],
    ['agent_unanswered', 'completed', 'failed', 'The caller got through, but the agent could not be reached'],
    ['agent_unanswered', '-', 'no-answer', 'The agent did not answer the caller'],
    ['agent_unanswered', 'completed', '-', 'The agent did not answer'],
    ['agent_unanswered', 'completed', 'completed', 'The agent did not answer'],
    ['to_leg_unanswered', 'completed', 'no-answer', 'The caller got through, but the agent did not answer'],

    ['from_leg_cancelled', 'completed', 'no-answer', 'The caller cancelled the call before the agent answered'],
    ['from_leg_cancelled', 'completed', '-', 'The caller cancelled the call before an agent was rung'],
    ['from_leg_cancelled', 'completed', 'completed', 'The customer cancelled the call'],
    ['agent_canceled', 'completed', 'canceled', 'The agent cancelled the call'],
    ['agent_no_dial', 'completed', 'failed', 'The caller got through, but Exotel could not dial the agent'],
    ['agent_no_dial', 'completed', '-', 'The caller got through, but Exotel could not dial the agent'],
    ['customer_unanswered', 'no-answer', 'no-answer', 'The customer did not answer'],
    ['customer_no_dial', 'failed', '-', 'Exotel could not dial the customer'],
  ]);
});

describe('the verdict on a call with two legs and no direction', () => {
  holds('xyz', UNCONNECTED, [
    ['from_leg_unanswered', 'no-answer', '-', 'The from leg did not answer, so the to leg was never dialled'],
    ['to_leg_unanswered', 'completed', 'no-answer', 'The from leg answered, the to leg did not'],
    ['to_leg_unanswered', 'no-answer', 'completed', 'The to leg did not answer'],
    ['agent_unanswered', 'no-answer', '-', 'The agent did not answer'],
    ['completed', 'completed', 'completed', 'The call completed without any talk time'],
  ]);
});

describe('the verdict on a call that goes on', () => {
  const GOING_ON = { state: 'active', end_time: null, total_duration: null, total_talk_time: null };
  const rows: readonly (readonly [status: string | null, direction: string, from: string, to: string, headline: string])[] = [
    [null, 'outbound-api', 'ringing', '-', 'The agent is being rung'],
    [null, 'outbound-api', 'in-progress', 'ringing', 'The agent is on the line, the customer is being rung'],
    [null, 'outbound-api', 'in-progress', 'in-progress', 'The agent and the customer are on the line'],
    [null, 'outbound-api', 'in-progress', '-', 'The agent is on the line, the customer is not dialled yet'],
    [null, 'outbound-api', 'in-progress', 'no-answer', 'The agent is on the line, the customer did not answer'],
    [null, 'outbound-api', 'queued', '-', 'The call is still active'],
    [null, 'outbound-api', 'completed', 'completed', 'The call is still active'],
    [null, 'inbound', 'in-progress', 'ringing', 'The caller is on the line, the agent is being rung'],
    [null, 'inbound', 'in-progress', '-', 'The caller is on the line, no agent is rung yet'],
    [null, 'inbound', '-', 'ringing', 'The agent is being rung'],
    [null, 'xyz', 'in-progress', 'ringing', 'The from leg is on the line, the to leg is being rung'],
    ['ringing', 'outbound-api', 'ringing', '-', 'The agent is being rung'],
    ['ringing', 'outbound-api', '-', '-', 'The call is ringing'],
    ['in-progress', 'outbound-api', 'in-progress', 'in-progress', 'The agent and the customer are on the line'],
    ['queued', 'outbound-api', 'queued', '-', 'The call is queued'],
  ];
  for (const [status, direction, from, to, headline] of rows) {
    it(`${String(status)}, ${direction}, from ${from}, to ${to}: “${headline}”`, () => {
      const verdict = verdictOf(withLegsOf(callWith({ ...GOING_ON, status, direction }), ...legs(from, to)));
      assert.equal(verdict.headline, headline);
      assert.match(verdict.checks[0]?.sentence ?? '', /^Refresh/);
    });
  }

  it('names the legs that say so, and what they leave open', () => {
    const verdict = verdictOf(withLegsOf(callWith({ ...GOING_ON, status: null }), ...legs('in-progress', 'ringing')));
    assert.equal(
      reading(verdict),
      'By its legs the call goes on [state active]; no status is reported yet. The agent is on the line [legs:from.0.status in-progress]; the customer is being rung [legs:to.0.status ringing].',
    );
    assert.equal(verdict.unknown, 'The record does not say since when.');
  });

  it('is not told from legs once it has ended', () => {
    assert.equal(verdictOf(withLegsOf(callWith({ state: 'active', status: null }), ...legs('in-progress', 'ringing'))).headline, 'The call has ended; its record is not final yet');
    assert.equal(verdictOf(withLegsOf(callWith({ status: 'ringing' }), ...legs('in-progress', 'ringing'))).headline, 'The call is over, but its status is still “ringing”');
  });
});

describe('the verdict on a v1 call', () => {
  const rows: readonly (readonly [status: string, direction: string, first: string | null, second: string | null, headline: string])[] = [
    ['busy', 'outbound-api', 'completed', 'busy', 'The agent answered, the customer was busy'],
    ['busy', 'outbound-api', 'busy', null, 'The agent was busy, so the customer was never dialled'],
    ['busy', 'outbound-api', 'completed', 'no-answer', 'The line was busy'],
    ['no-answer', 'outbound-api', 'completed', 'no-answer', 'The agent answered, the customer did not'],
    ['no-answer', 'outbound-dial', 'no-answer', null, 'The agent did not answer, so the customer was never dialled'],
    ['no-answer', 'outbound-dial', 'no-answer', '', 'The agent did not answer, so the customer was never dialled'],
    ['failed', 'outbound-api', 'completed', 'failed', 'The agent answered, but the customer could not be reached'],
    ['failed', 'outbound-api', 'failed', null, 'The agent could not be reached, so the customer was never dialled'],
    ['canceled', 'outbound-api', 'completed', 'canceled', 'The call was cancelled before the customer answered'],
    ['canceled', 'outbound-api', 'canceled', null, 'The call was cancelled before the agent answered'],
    ['busy', 'inbound', 'completed', 'busy', 'The caller got through, but the agent was busy'],
    ['no-answer', 'inbound', 'completed', 'no-answer', 'The caller got through, but the agent did not answer'],
    ['canceled', 'inbound', 'completed', 'canceled', 'The call was cancelled before the agent answered'],
    ['completed', 'inbound', 'completed', 'no-answer', 'The call completed, but the agent did not answer'],
    ['completed', 'outbound-api', 'completed', 'completed', 'The call completed without any talk time'],
    ['failed', 'outbound-api', null, null, 'The call failed'],
  ];
  for (const [status, direction, first, second, headline] of rows) {
    it(`${status}, ${direction}, Leg1Status ${String(first)}, Leg2Status ${String(second)}: “${headline}”`, () => {
      const call = v1CallWith({ Status: status, Direction: direction, Details: { ConversationDuration: 0, Leg1Status: first, Leg2Status: second } });
      assert.equal(verdictOf(call).headline, headline);
    });
  }

  it('says how long each leg was on the call', () => {
    const details = { ConversationDuration: 8, Leg1Status: 'completed', Leg2Status: 'completed', Legs: [{ Leg: { Id: 1, OnCallDuration: 21 } }, { Leg: { Id: 2, OnCallDuration: 8 } }] };
    const verdict = verdictOf(v1CallWith({ Details: details }));
    assert.equal(verdict.headline, 'Agent and customer talked for 8 s');
    assert.match(reading(verdict), /The agent \(05555010090\) answered \[Details\.Leg1Status completed\] \(on the call for 21 s \[Details\.Legs\.0\.Leg\.OnCallDuration 21\]\); the customer/);
  });

  it('whose first leg was for a flow does not tell of a customer who was never dialled', () => {
    const flow = { To: '01112345678', Details: { ConversationDuration: 0, Leg1Status: 'no-answer', Leg2Status: null } };
    assert.equal(verdictOf(v1CallWith({ ...flow, Status: 'no-answer' })).headline, 'The call was not answered');
    const completed = v1CallWith({ ...flow, Details: { ...flow.Details, Leg1Status: 'completed' } });
    assert.equal(verdictOf(completed).headline, 'The call completed without any talk time');
    assert.deepEqual(
      findingsOf(completed, { askedAt: ASKED_AT }).map(({ id, severity }) => [id, severity]),
      [['completedWithoutTalk', 'info']],
    );
  });

  it('that is inbound is completed once its flow took it, and the verdict says so', () => {
    const verdict = verdictOf(v1CallWith({ Direction: 'inbound', From: '05555010020', To: '05555010090', Details: { ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'no-answer' } }));
    assert.match(reading(verdict), / The caller \(05555010020\) got through to the ExoPhone \[.*\]; the agent \(05555010090\) did not answer \[.*\]\. Exotel counts an inbound call as completed once its flow took it\.$/);
    assert.match(verdict.checks.map(({ sentence }) => sentence).join(' '), /whether an agent was available.*call back/);
  });
});

describe('the verdict on retries, several agents and transfers', () => {
  const CUSTOMER = '+915555010020';
  const agent = (name: string, status: string, created?: number, updated?: number): LegDraft => ({
    end: 'from',
    name,
    contact: `sip:${name.toLowerCase()}@voice.example`,
    status,
    ...(created === undefined ? {} : { created }),
    ...(updated === undefined ? {} : { updated }),
  });
  const customer = (status: string, created?: number): LegDraft => ({ end: 'to', contact: CUSTOMER, status, ...(created === undefined ? {} : { created }) });
  const inbound = (drafts: readonly LegDraft[]): readonly LegDraft[] => drafts.map((draft) => ({ ...draft, end: draft.end === 'from' ? 'to' : 'from' }));

  it('cites every attempt on a customer who was rung twice', () => {
    const verdict = verdictOf(withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), { end: 'from', status: 'completed' }, customer('no-answer', 5), customer('no-answer', 40)));
    assert.equal(verdict.headline, 'The agent answered, the customer did not');
    assert.equal(
      reading(verdict),
      'Exotel reports that the customer did not answer [status customer_unanswered]. The agent answered [legs:from.0.status completed]; ' +
        'the customer (+915555010020) was rung twice and did not answer [legs:to.0.status no-answer] [legs:to.1.status no-answer].',
    );
  });

  it('lists attempts that ended differently, in their order where that is known', () => {
    const told = (...legs: readonly LegDraft[]) => reading(verdictOf(withLegsOf(callWith(), { end: 'from', status: 'completed' }, ...legs)));
    assert.match(told(customer('completed', 70), customer('no-answer', 5), customer('busy', 40)), /was dialled 3 times, in this order: no answer \[.*\], busy \[.*\], answered \[legs:to\.0\.status completed\]\.$/);
    assert.match(told(customer('no-answer'), customer('completed')), /was rung twice: no answer \[.*\], answered \[.*\]\.$/);
    assert.match(told(customer('no-answer', 5), customer('completed', 5)), /was rung twice: no answer/);
  });

  it('names the one of several agents who answered', () => {
    const legs = [customer('completed', 0), agent('Vikram', 'canceled', 3), agent('Asha', 'completed', 3), agent('Leela', 'canceled', 3)];
    const verdict = verdictOf(withLegsOf(callWith({ direction: 'inbound' }), ...inbound(legs)));
    assert.equal(verdict.headline, 'One of 3 agents rung answered (Asha) and talked with the caller for 4 min 40 s');
    assert.match(reading(verdict), /; 3 agents were rung: Vikram – cancelled \[legs:to\.0\.status canceled\], Asha – answered \[legs:to\.1\.status completed\], Leela – cancelled \[legs:to\.2\.status canceled\]\.$/);
  });

  it('says that none of several agents answered', () => {
    const legs = [customer('completed', 0), agent('Vikram', 'no-answer', 3), agent('Asha', 'no-answer', 3)];
    const verdict = verdictOf(withLegsOf(callWith({ direction: 'inbound', status: 'agent_unanswered', ...UNCONNECTED }), ...inbound(legs)));
    assert.equal(verdict.headline, 'The caller got through, but none of 2 agents rung answered');
    assert.match(verdict.checks[0]?.sentence ?? '', /group/);
    const outbound = verdictOf(withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), agent('Vikram', 'busy'), agent('Asha', 'no-answer')));
    assert.equal(outbound.headline, 'None of 2 agents dialled answered, so the customer was never dialled');
  });

  it('adds the talk up over a transfer, and says “one after the other” only where the legs do', () => {
    const headline = (...legs: readonly LegDraft[]) => verdictOf(withLegsOf(callWith({ total_talk_time: 180 }), customer('completed', 2), ...legs)).headline;
    assert.equal(headline(agent('Asha', 'completed', 1, 98), agent('Meera', 'completed', 86, 215)), 'The customer talked with 2 agents, one after the other, for 3 min in all');
    assert.equal(headline(agent('Asha', 'completed', 1, 215), agent('Meera', 'completed', 86, 215)), '2 agents answered and talked with the customer for 3 min in all');
    assert.equal(headline(agent('Asha', 'completed'), agent('Meera', 'completed')), '2 agents answered and talked with the customer for 3 min in all');
    assert.equal(headline(agent('Asha', 'no-answer', 1), agent('Asha', 'completed', 30)), 'Asha (agent) and the customer talked for 3 min');
  });

  it('counts attempts, not people, where legs do not say whom they were for', () => {
    const verdict = verdictOf(withLegsOf(callWith(), { end: 'from', status: 'no-answer' }, { end: 'from', status: 'completed' }, { end: 'to', status: 'completed' }));
    assert.equal(verdict.headline, 'Agent and customer talked for 4 min 40 s');
    assert.match(reading(verdict), /2 attempts to reach the agent: no answer \[.*\], answered \[.*\]; the customer answered/);
  });

  it('tells people apart by where they are reached, and by name at a shared phone', () => {
    const told = (...legs: readonly LegDraft[]) => reading(verdictOf(withLegsOf(callWith(), ...legs, customer('completed'))));
    const number = (contact: string, status: string, name?: string): LegDraft => ({ end: 'from', contact, status, ...(name === undefined ? {} : { name }) });
    assert.match(told(number('+915555010090', 'no-answer'), number('05555010090', 'completed')), /The agent \(\+915555010090\) was rung twice/);
    assert.match(told(number('+915555010090', 'no-answer', 'Asha'), number('+915555010091', 'completed', 'Asha')), /2 agents were rung/);
    assert.match(told(number('+915555010090', 'no-answer', 'Asha'), number('+915555010090', 'completed', 'Meera')), /2 agents were rung/);
    assert.match(told(number('+915555010090', 'no-answer'), number('+915555010090', 'completed', 'Asha')), /Asha \(agent\) \(\+915555010090\) was rung twice/);
  });

  it('rings several agents of a call that goes on', () => {
    const call = callWith({ direction: 'inbound', state: 'active', status: null, end_time: null });
    const legs = [{ end: 'from', status: 'in-progress' } as const, ...inbound([agent('Vikram', 'ringing'), agent('Asha', 'ringing')])];
    assert.equal(verdictOf(withLegsOf(call, ...legs)).headline, 'The caller is on the line, 2 agents are being rung');
  });

  it('calls people by name', () => {
    const call = withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), agent('Asha', 'completed'), { ...customer('no-answer'), name: 'Ravi' });
    assert.equal(verdictOf(call).headline, 'Asha (agent) answered, Ravi (customer) did not');
    assert.match(reading(verdictOf(call)), /Asha \(agent\) answered \[.*\]; Ravi \(customer\) \(\+915555010020\) did not answer/);
  });

  it('bounds and cleans what came from outside', () => {
    const call = withLegsOf(callWith(), { ...agent('\u202EAs\nha'.repeat(500), 'completed') }, { ...customer('x\u202E'.repeat(500)), name: 'y'.repeat(900) });
    const verdict = verdictOf(call);
    const words = verdict.explanation.flatMap((phrase) => ('text' in phrase ? [phrase.text] : [])).join('');
    assert.ok(verdict.headline.length < 160, verdict.headline);
    assert.ok(words.length < 600, words);
    assert.doesNotMatch(verdict.headline + words, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  });

  it('lists six of many attempts, an answered one among them, and counts the rest', () => {
    const drafts = Array.from({ length: 40 }, (_, index) => agent(`Agent${String(index)}`, index === 30 ? 'completed' : 'no-answer', index));
    const told = reading(verdictOf(withLegsOf(callWith(), ...drafts, customer('completed'))));
    assert.equal(told.match(/legs:from/g)?.length, 6);
    assert.match(told, /Agent30 – answered \[legs:from\.30\.status completed\] and 34 more; the customer/);
  });
});

describe('the verdict on legs that do not fit the status', () => {
  it('follows the status, and says so', () => {
    const verdict = verdictOf(withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), ...legs('completed', 'completed')));
    assert.equal(verdict.headline, 'The customer did not answer');
    assert.match(reading(verdict), /the customer answered \[legs:to\.0\.status completed\]\. These legs do not fit the call’s status\.$/);
    assert.match(verdict.checks[0]?.sentence ?? '', /Ask All Resources/);
  });

  it('says which leg was left behind when the call was over', () => {
    assert.match(reading(verdictOf(withLegsOf(callWith(), ...legs('completed', 'in-progress')))), /the customer answered, and by this leg is still on the line \[.*\]\. These legs/);
    assert.match(reading(verdictOf(withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), ...legs('completed', 'ringing')))), /is still being rung by this leg/);
  });

  it('claims nothing from a leg whose status nobody knows, and shows it', () => {
    const verdict = verdictOf(withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), ...legs('xyz', '-')));
    assert.equal(verdict.headline, 'The agent did not answer');
    assert.match(reading(verdict), /The agent has a leg whose status, “xyz”, this extension does not know \[legs:from\.0\.status xyz\]; no attempt to reach the customer is reported\.$/);
  });

  it('concludes nothing from legs without any status', () => {
    const verdict = verdictOf(withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), ...legs('null', 'null')));
    assert.equal(verdict.headline, 'The agent did not answer');
    assert.match(reading(verdict), /Its legs have no status, so they do not tell who was dialled\.$/);
  });
});

const V2_STATUSES = ['completed', 'agent_unanswered', 'customer_unanswered', 'agent_canceled', 'customer_no_dial', 'agent_no_dial'];
const V3_STATUSES = ['from_leg_unanswered', 'to_leg_unanswered', 'from_leg_cancelled', 'to_leg_cancelled', 'from_leg_no_dial', 'to_leg_no_dial'];
const STATUSES = [...V2_STATUSES, ...V3_STATUSES, 'queued', 'ringing', 'in-progress', 'busy', 'no-answer', 'failed', 'canceled', 'xyz', ''];
const LEG_WORDS = ['-', 'null', 'completed', 'in-progress', 'ringing', 'queued', 'no-answer', 'busy', 'failed', 'canceled', 'xyz'];

describe('the verdict on every status, with every pair of legs, in every direction', () => {
  const all: (readonly [call: Call, verdict: Verdict])[] = [];

  before(() => {
    for (const direction of ['outbound-api', 'inbound', 'xyz']) {
      const pairs = LEG_WORDS.flatMap((from) => LEG_WORDS.map((to) => withLegsOf(callWith({ direction }), ...legs(from, to))));
      for (const state of ['terminal', 'active']) {
        for (const status of STATUSES) {
          const plain = callWith({ direction, status, state, ...(status === 'completed' ? {} : UNCONNECTED), ...(state === 'active' ? { end_time: null } : {}) });
          for (const { legs = [], reported } of pairs) {
            const call = { ...plain, legs, reported: [...plain.reported, ...reported.filter(({ path }) => path.startsWith('legs:'))] };
            all.push([call, verdictOf(call)]);
          }
        }
      }
    }
  });

  function forEach(check: (call: Call, verdict: Verdict) => void): void {
    for (const [call, verdict] of all) check(call, verdict);
  }

  it('is whole', () => {
    forEach((_, verdict) => {
      const explanation = reading(verdict);
      assert.match(verdict.headline, /^[A-Z].*[^.]$/);
      assert.match(explanation, /^[A-Z].*\.$/);
      assert.doesNotMatch(explanation, / {2}| [.,;]|undefined|\[[\w:.]+ \]|\. [a-z]/);
      assert.match(verdict.unknown, /^[A-Z][^.]*\.$/);
      assert.ok(verdict.checks.length <= 3);
      for (const { sentence } of verdict.checks) assert.match(sentence, /^[A-Z](?:[^.]|\.\d)*\.$/);
    });
  });

  it('says of nobody that they answered and did not', () => {
    forEach((_, verdict) => {
      for (const who of ['agent', 'customer', 'caller', 'from leg', 'to leg']) {
        const answered = new RegExp(`${who} answered`).test(verdict.headline);
        assert.ok(!answered || !new RegExp(`${who} (?:did not answer|was busy|could not be reached|was never dialled)`).test(verdict.headline), verdict.headline);
      }
    });
  });

  it('says that somebody answered only where a leg or the status does, and that somebody was never dialled only where no leg was', () => {
    forEach((call, { headline }) => {
      const words = (end: 'from' | 'to') => (call.legs ?? []).filter((leg) => leg.end === end).map(({ status }) => status);
      for (const end of ['from', 'to'] as const) {
        const side = call.legs?.find((leg) => leg.end === end)?.side;
        const who = side === 'customer' && call.direction === 'inbound' ? 'caller' : (side ?? `${end} leg`);
        if (new RegExp(`${who} (?:answered|got through|is on the line)`, 'i').test(headline) && !/before|^Neither/.test(headline)) {
          assert.ok(words(end).some((word) => word === 'completed' || word === 'in-progress'), `${headline} – ${JSON.stringify(words(end))}`);
        }
        if (new RegExp(`${who} was never dialled`).test(headline)) assert.ok(words(end).every((word) => word === undefined || word === 'queued'));
      }
    });
  });

  it('agrees with the status: no headline turns what it says into something else', () => {
    forEach((call, { headline }) => {
      const { id } = outcomeOf(call);
      if (id === 'agentUnanswered') assert.match(headline, /agent (?:did not|was busy|was not reached|could not be reached)|Neither the agent nor|Both the agent and/, headline);
      if (id === 'customerUnanswered') assert.match(headline, /customer (?:did not|was busy|was not reached|could not be reached)/, headline);
      if (id === 'agentNotDialled' || id === 'customerNotDialled') assert.match(headline, /could not dial/);
      if (id === 'agentCancelled' || id === 'customerCancelled' || id === 'cancelled') assert.match(headline, /cancelled/);
    });
  });

  it('never says who hung up, when somebody answered, or how long they rang', () => {
    forEach((_, verdict) => {
      assert.doesNotMatch(verdict.headline + reading(verdict), /hung up|hang up|answered (?:at|after)|picked up|rang for|disconnected/i);
    });
  });

  it('cites every leg that it speaks of, as it came', () => {
    forEach((call, { explanation }) => {
      const cited = new Map(explanation.flatMap((phrase) => ('text' in phrase ? [] : [[phrase.citation.field, phrase.citation.value] as const])));
      for (const leg of call.legs ?? []) {
        const citation = citeLeg(call, leg, 'status');
        if (citation !== undefined && leg.status !== undefined) assert.equal(cited.get(citation.field), citation.value);
      }
    });
  });

  it('does not change with the order or the last update of legs', () => {
    const draft = fc.record({
      end: fc.constantFrom<LegDraft['end'][]>('from', 'to'),
      status: fc.constantFrom('completed', 'no-answer', 'busy', 'ringing', 'xyz', null),
      contact: fc.constantFrom('sip:a@voice.example', 'sip:b@voice.example', '+915555010020'),
      created: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(draft, { maxLength: 6, selector: ({ created }) => created }), fc.constantFrom(...STATUSES), (drafts, status) => {
        const of = (some: readonly LegDraft[]) => verdictOf(withLegsOf(callWith({ status }), ...some)).headline;
        assert.equal(of(drafts), of(drafts.toReversed()));
        assert.equal(of(drafts), of(drafts.map((each) => ({ ...each, updated: 10_000 }))));
      }),
      { numRuns: 200 },
    );
  });
});
