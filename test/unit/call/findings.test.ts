import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import type { Circumstances } from '../../../src/call/findings';
import { findingsOf } from '../../../src/call/findings';
import { ASKED_AT, at, callFrom, callWith, v1CallWith, written } from './calls';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A signed link that is good for a minute, until then. */
function signedUntil(at: number): string {
  const date = written(at - MINUTE).replaceAll(/[-:]|\.\d{3}/g, '');
  return `https://s3.example/a.mp3?X-Amz-Date=${date}&X-Amz-Expires=60`;
}

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
    ['a v1 call with its two legs', v1CallWith({ Details: { ConversationDuration: 280, Leg1Status: 'completed', Leg2Status: 'completed' } })],
    ['a v1 call in flight', v1CallWith({ Status: 'in-progress', EndTime: null, Duration: null, DateCreated: '2024-06-15 16:58:00', StartTime: '2024-06-15 16:58:00' })],
    ['a zero end of a v1 call in flight', v1CallWith({ Status: 'ringing', EndTime: '1970-01-01 05:30:00', Duration: '0', DateCreated: '2024-06-15 16:59:00', StartTime: '2024-06-15 16:59:00' })],
    ['a terminal call that tells of no end', callWith({ end_time: null })],
    ['a signed link that is still good', callWith({ recording: { available: true, url: signedUntil(ASKED_AT + 1000) } })],
    ['a cancelled call with some talk', callWith({ status: 'agent_canceled', total_talk_time: 2 })],
    ['a call active for less than four hours', callWith({ state: 'active', status: null, end_time: null, created_time: written(ASKED_AT - 4 * HOUR), start_time: null })],
    ['a recording that is a quarter of an hour late', callWith({ recording: { available: false }, end_time: written(ASKED_AT - 15 * MINUTE), total_duration: null })],
    ['a recording that is not there just after nobody talked', callWith({ status: 'customer_unanswered', total_talk_time: 0, recording: { available: false }, end_time: written(ASKED_AT - MINUTE), total_duration: null })],
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
    ['a call active for more than four hours', callWith({ state: 'active', status: null, created_time: written(ASKED_AT - 4 * HOUR - MINUTE), start_time: null }), ['activeForLong'], ['state', 'created_time']],
    ['an active call that tells only of its start', callWith({ state: 'active', status: null, created_time: null, start_time: written(at(-20_000)), end_time: null }), ['activeForLong'], ['state', 'start_time']],
    ['a v1 call in progress for more than four hours', v1CallWith({ Status: 'in-progress', DateCreated: '2024-06-15 12:00:00', StartTime: '2024-06-15 12:00:00', EndTime: null, Duration: null }), ['activeForLong'], ['Status', 'DateCreated']],
    ['a zero end of a call that is over', callWith({ end_time: '1970-01-01 05:30:00+05:30' }), ['zeroEnd'], ['end_time']],
    ['a zero end in Go’s manner', callWith({ end_time: '0001-01-01T00:00:00Z' }), ['zeroEnd'], ['end_time']],
    ['a zero end of a v1 call that is over', v1CallWith({ EndTime: '0000-00-00 00:00:00' }), ['zeroEnd'], ['EndTime']],
    ['talk on a call that nobody answered', callWith({ status: 'customer_unanswered', total_talk_time: 40 }), ['talkWithoutAnswer'], ['status', 'total_talk_time']],
    ['a direction nobody knows', callWith({ direction: 'sideways' }), ['unknownDirection'], ['direction']],
    ['a recording that is on its way', callWith({ recording: { available: false }, end_time: written(ASKED_AT - 2 * MINUTE), total_duration: null }), ['recordingExpectedSoon'], ['end_time', 'recording.available']],
    ['a recording on its way that the record does not mention', callWith({ recording: null, end_time: written(ASKED_AT - 14 * MINUTE), total_duration: null }), ['recordingExpectedSoon'], ['end_time']],
    ['a signed link that has expired', callWith({ recording: { available: true, url: signedUntil(ASKED_AT - 1000) } }), ['signedLinkExpired'], ['recording.available', 'recording.url']],
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

  describe('about the clocks', () => {
    const ids = (call: Call, circumstances: Partial<Circumstances>) => findingsOf(call, { askedAt: ASKED_AT, ...circumstances }).map(({ id }) => id);

    it('name a clock that is wrong by more than two minutes, either way', () => {
      assert.deepEqual(ids(callWith(), { clockAheadMs: 2 * MINUTE }), []);
      assert.deepEqual(ids(callWith(), { clockAheadMs: -2 * MINUTE }), []);
      const lines = [5 * MINUTE + 400, -HOUR].map((clockAheadMs) => findingsOf(callWith(), { askedAt: ASKED_AT, clockAheadMs }).map(({ id, line }) => `${id}: ${line}`));
      assert.deepEqual(lines, [
        ['clockSkew: By the Date header of the answer, this machine’s clock is 5 min ahead of Exotel’s: set it right.'],
        ['clockSkew: By the Date header of the answer, this machine’s clock is 1 h behind Exotel’s: set it right.'],
      ]);
    });

    it('compare a call’s times with Exotel’s clock where that is known', () => {
      const ended = callWith({ recording: { available: false }, end_time: written(ASKED_AT - 20 * MINUTE), total_duration: null });
      assert.deepEqual(ids(ended, { clockAheadMs: 10 * MINUTE }), ['clockSkew', 'recordingExpectedSoon']);
      const future = callWith({ updated_time: written(ASKED_AT + 20 * MINUTE) });
      assert.deepEqual(ids(future, { clockAheadMs: -30 * MINUTE }), ['clockSkew']);
      assert.deepEqual(ids(future, { clockAheadMs: 0 }), ['timeInFuture']);
      const link = callWith({ recording: { available: true, url: signedUntil(ASKED_AT - MINUTE) } });
      assert.deepEqual(ids(link, { clockAheadMs: 5 * MINUTE }), ['clockSkew']);
      const active = callWith({ state: 'active', status: null, created_time: written(ASKED_AT - 4 * HOUR - MINUTE), start_time: null });
      assert.deepEqual(ids(active, { clockAheadMs: 10 * MINUTE }), ['clockSkew']);
    });
  });

  it('name each value on which resources do not agree, with all that was said', () => {
    const values = [
      { field: 'total_talk_time', value: '280' },
      { field: 'v1:Details.ConversationDuration', value: '42' },
    ];
    const call: Call = { ...callWith(), disagreements: [{ field: 'totalTalkTime', values }, { field: 'status', values: [{ field: 'status', value: 'completed' }, { field: 'v1:Status', value: 'busy\u202E'.repeat(400) }] }] };
    const [talk, status] = findingsOf(call, { askedAt: ASKED_AT });
    assert.deepEqual([talk?.id, talk?.citations], ['sourcesDisagree:totalTalkTime', values]);
    assert.equal(talk?.line, 'The resources do not agree on total_talk_time: total_talk_time is “280” and v1:Details.ConversationDuration is “42”.');
    assert.equal(status?.id, 'sourcesDisagree:status');
    assert.ok((status?.line.length ?? 0) < 250);
  });

  it('conclude nothing from the last update alone', () => {
    for (const updated of [null, '2024-06-15T10:30:00Z', '2024-06-15T10:59:00Z']) assert.deepEqual(idsOf(callWith({ updated_time: updated })), []);
  });

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
