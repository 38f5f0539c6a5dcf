import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { findingsOf } from '../../../src/call/findings';
import { ASKED_AT, at, callFrom, callWith, written } from './calls';

const idsOf = (call: Call) => findingsOf(call, { askedAt: ASKED_AT }).map(({ id }) => id);

describe('findings', () => {
  const quiet: readonly [what: string, call: Call][] = [
    ['the v2 page’s call, whose duration counts from the creation', callWith()],
    ['a duration that counts from the start', callWith({ total_duration: 299 })],
    ['a duration rounded either way', callWith({ total_duration: 302 })],
    ['an unanswered call with nothing in it', callWith({ status: 'customer_unanswered', total_duration: 0, total_talk_time: 0, recording: { available: false } })],
    ['an active call', callWith({ state: 'active', status: null, end_time: null, total_duration: null, total_talk_time: null, recording: { available: false } })],
    ['an active call whose values have not settled', callWith({ state: 'active', total_duration: 3, total_talk_time: 0, recording: { available: true, url: '' } })],
    ['a v1 record, which has no state', callWith({ state: null, status: 'no-answer', total_duration: null, total_talk_time: null, recording: null })],
    ['times that differ by less than a second', callWith({ start_time: '2024-06-15T10:29:59.400Z', total_duration: 300 })],
    ['zero times, which mean not set', callWith({ end_time: '1970-01-01 05:30:00+05:30', state: 'active', status: null })],
    ['a call without a recording', callWith({ recording: null })],
  ];
  for (const [what, call] of quiet) it(`raise no false alarm about ${what}`, () => assert.deepEqual(idsOf(call), []));

  const raised: readonly [what: string, call: Call, ids: readonly string[], fields: readonly string[]][] = [
    ['an end before the start', callWith({ end_time: '2024-06-15T10:29:59Z', total_duration: null }), ['endBeforeStart'], ['end_time', 'start_time']],
    ['a start before the creation', callWith({ start_time: '2024-06-15T10:29:58Z' }), ['timesOutOfOrder:start'], ['start_time', 'created_time']],
    ['an end before the creation', callWith({ start_time: null, end_time: '2024-06-15T10:29:00Z', total_duration: null }), ['timesOutOfOrder:end'], ['end_time', 'created_time']],
    ['talk longer than the call', callWith({ total_talk_time: 400 }), ['talkExceedsDuration'], ['total_talk_time', 'total_duration']],
    ['a duration that fits no pair of times', callWith({ total_duration: 290 }), ['durationDiffers'], ['total_duration', 'start_time', 'created_time', 'end_time']],
    ['a completed call without talk', callWith({ total_talk_time: 0 }), ['completedWithoutTalk'], ['status', 'total_talk_time']],
    ['a recording without a URL', callWith({ recording: { available: true } }), ['recordingWithoutUrl'], ['recording.available']],
    ['a recording that is not available but has a URL', callWith({ recording: { available: false, url: 'https://recordings.exotel.com/a.mp3' } }), ['recordingUrlUnavailable'], ['recording.available', 'recording.url']],
    ['a time that cannot be read', callWith({ start_time: 'yesterday' }), ['unreadableField:start_time'], ['start_time']],
    ['a state nobody knows', callWith({ state: 'paused' }), ['unknownState'], ['state']],
    ['a status nobody knows', callWith({ status: 'xyz' }), ['unknownStatus'], ['status']],
    ['a terminal call without a status', callWith({ status: null }), ['terminalWithoutStatus'], ['state']],
    ['a terminal call that rings', callWith({ status: 'ringing' }), ['terminalWhilePending'], ['state', 'status']],
    ['a call active for more than a day', callWith({ state: 'active', status: null, created_time: written(at(-86_400)), start_time: null }), ['activeForLong'], ['state', 'created_time']],
    ['a time in the future', callWith({ updated_time: written(ASKED_AT + 6 * 60_000) }), ['timeInFuture'], ['updated_time']],
  ];
  for (const [what, call, ids, fields] of raised) {
    it(`name ${what}, with the fields that show it`, () => {
      const findings = findingsOf(call, { askedAt: ASKED_AT });
      assert.deepEqual(
        findings.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        findings.flatMap(({ citations }) => citations.map(({ field }) => field)),
        fields,
      );
    });
  }

  it('name the fields as the answer does', () => {
    const call = callFrom({ call_sid: 'a1234567', call_status: 'completed', duration: 30, talk_time: 40 });
    assert.deepEqual(
      findingsOf(call, { askedAt: ASKED_AT }).map(({ line }) => line),
      ['talk_time is longer than duration.'],
    );
  });

  it('say what they mean', () => {
    assert.deepEqual(
      findingsOf(callWith({ total_duration: 290, status: 'xyz', start_time: 'soon' }), { askedAt: ASKED_AT }).map(({ severity, line }) => [severity, line]),
      [
        ['warning', 'status is “xyz”, which this extension does not know.'],
        ['warning', 'start_time could not be read: it is no date-time.'],
        ['info', 'total_duration is 4 min 50 s, but end_time lies 5 min from created_time.'],
      ],
    );
  });

  it('are one bounded sentence each, every one with evidence and an id of its own, whatever the record', () => {
    const value = fc.oneof(fc.constantFrom(null, '', 'active', 'terminal', 'completed', 'ringing', '2024-06-15T10:30:00Z', '2099-01-01T00:00:00Z', 0, 280, -1, true), fc.string({ unit: 'binary', maxLength: 80 }));
    const keys = ['state', 'status', 'created_time', 'start_time', 'end_time', 'updated_time', 'total_duration', 'total_talk_time', 'recording_url'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (details) => {
        const findings = findingsOf(callFrom({ sid: 'a1234567', ...details }), { askedAt: ASKED_AT });
        assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length);
        for (const { line, citations } of findings) {
          assert.ok(citations.length > 0, line);
          assert.ok(line.length < 250, line);
          assert.match(line, /\.$/);
          assert.doesNotMatch(line, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        }
      }),
    );
  });
});
