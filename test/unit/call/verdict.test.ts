import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { type Verdict, verdictOf } from '../../../src/call/verdict';
import { callFrom, callWith } from './calls';

/** The explanation as it reads, a citation as `[field value]`. */
function reading({ explanation }: Verdict): string {
  return explanation.map((phrase) => ('text' in phrase ? phrase.text : `[${phrase.citation.field} ${phrase.citation.value}]`)).join('');
}

function everySentence(verdict: Verdict): string {
  return [verdict.headline, reading(verdict), verdict.unknown, ...verdict.checks.map(({ sentence }) => sentence)].join('\n');
}

const STATUSES = ['completed', 'agent_unanswered', 'customer_unanswered', 'agent_canceled', 'customer_no_dial', 'agent_no_dial'];
const NOT_CONNECTED = { total_talk_time: 0, total_duration: 20 };

describe('the verdict', () => {
  it('on the v2 page’s call says how long they talked, with its evidence', () => {
    const verdict = verdictOf(callWith());
    assert.equal(verdict.headline, 'Agent and customer talked for 4 min 40 s');
    assert.equal(
      reading(verdict),
      'The call connected and ended normally [status completed]. The talk time is 4 min 40 s [total_talk_time 280] of 5 min [total_duration 300] in all.',
    );
    assert.equal(verdict.unknown, 'The record does not say who hung up, or when each side answered.');
    assert.deepEqual(verdict.checks, []);
  });

  const answers: readonly [what: string, call: Call, headline: string, explanation: string][] = [
    ['a completed call without talk', callWith({ total_talk_time: 0 }), 'The call completed without any talk time', 'By its status the call connected and ended normally [status completed], but its talk time is 0 s [total_talk_time 0].'],
    [
      'a completed call whose talk time is not reported',
      callWith({ total_talk_time: null }),
      'The call ended normally; its talk time is not reported',
      'The call connected and ended normally [status completed]. There is no readable total_talk_time, so the record does not show whether agent and customer talked.',
    ],
    [
      'talk longer than the call',
      callWith({ total_talk_time: 400 }),
      'The call completed, but its talk time does not fit its duration',
      'The call connected and ended normally [status completed]. The talk time is 6 min 40 s [total_talk_time 400], which is more than the whole call’s 5 min [total_duration 300].',
    ],
    ['agent_unanswered', callWith({ status: 'agent_unanswered', ...NOT_CONNECTED }), 'The agent did not answer', 'Exotel reports that the agent did not answer [status agent_unanswered].'],
    ['customer_unanswered', callWith({ status: 'customer_unanswered', ...NOT_CONNECTED }), 'The customer did not answer', 'Exotel reports that the customer did not answer [status customer_unanswered].'],
    ['agent_canceled', callWith({ status: 'agent_canceled', ...NOT_CONNECTED }), 'The agent cancelled the call', 'Exotel reports that the agent cancelled the call [status agent_canceled].'],
    ['customer_no_dial', callWith({ status: 'customer_no_dial', ...NOT_CONNECTED }), 'Exotel could not dial the customer', 'Exotel reports that it could not dial the customer [status customer_no_dial].'],
    ['agent_no_dial', callWith({ status: 'agent_no_dial', ...NOT_CONNECTED }), 'Exotel could not dial the agent', 'Exotel reports that it could not dial the agent [status agent_no_dial].'],
    [
      'talk on a call that nobody answered',
      callWith({ status: 'customer_unanswered', total_talk_time: 40 }),
      'The customer did not answer',
      'Exotel reports that the customer did not answer [status customer_unanswered]. The record has a talk time all the same: 40 s [total_talk_time 40].',
    ],
    [
      'an active call',
      callWith({ state: 'active', status: null, end_time: null }),
      'The call is still active',
      'It is ongoing, or over and waiting to be processed [state active]; no status is reported yet.',
    ],
    [
      'an active call that has ended',
      callWith({ state: 'active', status: null }),
      'The call has ended; its record is not final yet',
      'There is an end time [end_time 2024-06-15T10:35:00.000Z], but the state is still active [state active] and no status is reported yet.',
    ],
    [
      'a call completed by its status, active by its state',
      callWith({ state: 'active' }),
      'The call ended normally; its record is not final yet',
      'The call connected and ended normally [status completed]. The talk time is 4 min 40 s [total_talk_time 280] of 5 min [total_duration 300] in all. The state is still active [state active], so values may change.',
    ],
    [
      'a call unanswered by its status, active by its state',
      callWith({ state: 'active', status: 'agent_unanswered', ...NOT_CONNECTED }),
      'The agent did not answer',
      'Exotel reports that the agent did not answer [status agent_unanswered]. The state is still active [state active], so values may change.',
    ],
    [
      'a terminal call without a status',
      callWith({ status: null }),
      'The call is over, but its status is missing',
      'The state is terminal [state terminal], and yet there is no status. The talk time is 4 min 40 s [total_talk_time 280].',
    ],
    [
      'a terminal call that rings',
      callWith({ status: 'ringing' }),
      'The call is over, but its status is still “ringing”',
      'Terminal means that the call is over and all its data processed [state terminal], which does not fit the status [status ringing].',
    ],
    [
      'a status nobody knows',
      callWith({ status: 'xyz', total_talk_time: null }),
      'Exotel reported the status “xyz”, which this extension does not know',
      'The status is shown as it came [status xyz].',
    ],
    ['a record that says nothing', callFrom({ sid: 'a1234567' }), 'The record does not say what became of the call', 'There is no status and no state.'],
    [
      'a state nobody knows, without a status',
      callFrom({ sid: 'a1234567', state: 'paused' }),
      'The record does not say what became of the call',
      'There is no status, and the state is none that this extension knows [state paused].',
    ],
    ['a ringing v1 call', callFrom({ sid: 'a1234567', status: 'ringing' }), 'The call is ringing', 'Exotel reports that the call is ringing [status ringing].'],
    ['a busy v1 call', callFrom({ sid: 'a1234567', status: 'busy' }), 'The line was busy', 'Exotel reports a busy line [status busy].'],
    [
      'a v3 leg on an inbound call',
      callWith({ status: 'to_leg_unanswered', direction: 'inbound', ...NOT_CONNECTED }),
      'The agent did not answer',
      'Exotel reports that the agent did not answer [status to_leg_unanswered]. The to leg is the agent’s, going by the direction [direction inbound].',
    ],
    [
      'a v3 leg without a direction',
      callWith({ status: 'from_leg_unanswered', direction: null, ...NOT_CONNECTED }),
      'The from leg did not answer',
      'Exotel reports that the call was not answered [status from_leg_unanswered]. Without a known direction, the record does not tell whose leg that is.',
    ],
    [
      'a caller who did not answer',
      callWith({ status: 'customer_unanswered', direction: 'inbound', ...NOT_CONNECTED }),
      'The customer did not answer',
      'Exotel reports that the customer did not answer [status customer_unanswered]. That is unusual for an inbound call [direction inbound], where the customer is the caller.',
    ],
  ];
  for (const [what, call, headline, explanation] of answers) {
    it(`is right on ${what}`, () => {
      const verdict = verdictOf(call);
      assert.equal(verdict.headline, headline);
      assert.equal(reading(verdict), explanation);
    });
  }

  it('says what to look at next, by direction', () => {
    const checks = (status: string, direction: string) => verdictOf(callWith({ status, direction, ...NOT_CONNECTED })).checks.map(({ sentence }) => sentence).join(' ');
    assert.match(checks('agent_unanswered', 'outbound-api'), /agent’s device was on/);
    assert.match(checks('agent_unanswered', 'inbound'), /waiting for a call back/);
    assert.doesNotMatch(checks('agent_unanswered', 'outbound-dial'), /call back/);
    for (const status of STATUSES.slice(1)) assert.notEqual(checks(status, 'inbound'), checks(status, 'outbound-api'), status);
  });

  it('asks for patience while values settle, and for nothing when all is well', () => {
    for (const call of [callWith({ state: 'active' }), callWith({ total_talk_time: 0 }), callWith({ status: null })]) assert.match(verdictOf(call).checks[0]?.sentence ?? '', /settle/);
    assert.match(verdictOf(callWith({ state: 'active', status: 'ringing' })).checks[0]?.sentence ?? '', /Refresh in a moment/);
    assert.match(verdictOf(callWith({ total_talk_time: 0 })).checks[1]?.sentence ?? '', /recording/);
  });

  it('keeps a long or hostile status in its place', () => {
    const { headline } = verdictOf(callWith({ status: `\u202Ex\n${'y'.repeat(5000)}` }));
    assert.ok(headline.length < 140);
    assert.doesNotMatch(headline, /[\n\u202E]/);
    assert.match(headline, /“x y+…”, which this extension does not know$/);
  });

  const anyCall = fc
    .record({
      status: fc.constantFrom(...STATUSES, 'from_leg_unanswered', 'to_leg_cancelled', 'queued', 'ringing', 'in-progress', 'failed', 'busy', 'no-answer', 'canceled', null, '', 'xyz'),
      state: fc.constantFrom('active', 'terminal', null, 'xyz'),
      direction: fc.constantFrom('inbound', 'outbound-dial', 'outbound-api', 'outbound', null),
      total_talk_time: fc.constantFrom(0, 1, 280, null, 'xyz'),
      total_duration: fc.constantFrom(0, 300, null),
      end_time: fc.constantFrom('2024-06-15T10:35:00.000Z', null),
      updated_time: fc.constantFrom('2024-06-15T10:35:05.000Z', null),
    })
    .map((changes) => ({ changes, call: callWith(changes) }));

  it('is whole for every status, state, direction and talk time', () => {
    fc.assert(
      fc.property(anyCall, ({ call }) => {
        const verdict = verdictOf(call);
        assert.match(verdict.headline, /^[A-Z].*[^.]$/);
        assert.match(reading(verdict), /^[A-Z].*\.$/);
        assert.doesNotMatch(reading(verdict), / {2}| [.,;]|undefined|\[\w+ \]/);
        assert.match(verdict.unknown, /^[A-Z][^.]*\.$/);
        for (const { sentence } of verdict.checks) assert.match(sentence, /^[A-Z][^.]*\.$/);
      }),
      { numRuns: 400 },
    );
  });

  it('never claims who hung up or when somebody answered', () => {
    fc.assert(
      fc.property(anyCall, ({ call }) => {
        for (const sentence of everySentence(verdictOf(call)).split(/(?<=\.)\s|\n/)) {
          if (/hung up|hang up|disconnected|when each/i.test(sentence)) assert.match(sentence, /does not say/);
          assert.doesNotMatch(sentence, /answered (?:at|after)|picked up/i);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('claims talk only where the record has talk time, and concludes nothing from the last update', () => {
    fc.assert(
      fc.property(anyCall, ({ changes, call }) => {
        const verdict = verdictOf(call);
        if (verdict.headline.includes('talked for')) assert.ok((call.totalTalkTime ?? 0) > 0 && call.status === 'completed' && call.state !== 'active');
        assert.deepEqual(verdict, verdictOf(callWith({ ...changes, updated_time: '2031-01-01T00:00:00Z' })));
        assert.doesNotMatch(reading(verdict), /updated/);
      }),
      { numRuns: 200 },
    );
  });

  it('cites only what the record says', () => {
    fc.assert(
      fc.property(anyCall, ({ call }) => {
        for (const phrase of verdictOf(call).explanation) {
          if ('text' in phrase) continue;
          const leaf = call.reported.find(({ path }) => path === phrase.citation.field);
          assert.equal(leaf?.value, phrase.citation.value);
        }
      }),
    );
  });
});
