import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call, Instant } from '../../../src/call/call';
import { type Timeline, timelineOf } from '../../../src/call/timeline';
import { ASKED_AT, at, callFrom, callWith, written } from './calls';

/** Kind, from and to in seconds after the documented creation, provenance. */
function spansOf({ lanes }: Timeline): readonly (readonly unknown[])[] {
  return lanes.flatMap((lane) => lane.spans.map((span) => [span.kind, seconds(span.from), seconds(span.to), span.provenance]));
}

function marksOf({ marks }: Timeline): readonly (readonly unknown[])[] {
  return marks.map((mark) => [mark.id, seconds(mark.at), mark.provenance]);
}

function seconds(instant: Instant): number {
  return (instant - at(0)) / 1000;
}

function timeline(call: Call): Timeline {
  return timelineOf(call, ASKED_AT);
}

/** Times in seconds after the documented creation; null for none. */
function callAt(created: number | null, started: number | null, ended: number | null, updated: number | null, talk: number | null, more: Readonly<Record<string, unknown>> = {}): Call {
  const time = (offset: number | null) => (offset === null ? null : written(at(offset)));
  return callWith({ created_time: time(created), start_time: time(started), end_time: time(ended), updated_time: time(updated), total_talk_time: talk, ...more });
}

describe('the timeline of the v2 page’s call', () => {
  const documented = timeline(callWith());

  it('goes from the request through the conversation to the last update', () => {
    assert.deepEqual(spansOf(documented), [
      ['setup', 0, 1, 'reported'],
      ['connecting', 1, 20, 'inferred'],
      ['conversation', 20, 300, 'derived'],
      ['untilUpdate', 300, 305, 'inferred'],
    ]);
  });

  it('marks each time, and where the conversation began', () => {
    assert.deepEqual(marksOf(documented), [
      ['created', 0, 'reported'],
      ['started', 1, 'reported'],
      ['talk', 20, 'derived'],
      ['ended', 300, 'reported'],
      ['updated', 305, 'reported'],
    ]);
  });

  it('has labels that fit into bars', () => {
    assert.deepEqual(
      documented.lanes.flatMap((lane) => lane.spans.map(({ label }) => label)),
      ['setup', 'connecting', 'conversation, 4 min 40 s', 'until last update'],
    );
  });

  it('counts from the creation and has nothing to remark', () => {
    assert.equal(documented.origin, at(0));
    assert.deepEqual(documented.range, { from: at(0), to: at(305) });
    assert.deepEqual(documented.notes, []);
  });

  it('cites what each part rests on, as it came', () => {
    const conversation = documented.lanes[0]?.spans.find(({ kind }) => kind === 'conversation');
    assert.deepEqual(conversation?.sources, [
      { field: 'total_talk_time', value: '280' },
      { field: 'end_time', value: '2024-06-15T10:35:00.000Z' },
    ]);
    assert.deepEqual(documented.marks[0]?.sources, [{ field: 'created_time', value: '2024-06-15T10:30:00.000Z' }]);
  });
});

describe('a timeline', () => {
  const drawn: readonly [what: string, call: Call, spans: readonly (readonly unknown[])[], notes: readonly RegExp[]][] = [
    ['of a call without a word spoken', callAt(0, 1, 20, 20, 0), [['setup', 0, 1, 'reported'], ['connecting', 1, 20, 'derived']], []],
    ['of a call whose talk time is not reported', callAt(0, 1, 20, 20, null), [['setup', 0, 1, 'reported'], ['call', 1, 20, 'reported']], [/no readable total_talk_time/]],
    ['of talk from the first moment on', callAt(0, 0, 20, 20, 20), [['conversation', 0, 20, 'derived']], []],
    ['of talk longer than the call', callAt(0, 1, 20, 20, 60), [['setup', 0, 1, 'reported'], ['conversation', 1, 20, 'derived']], [/total_talk_time \(1 min\) is longer than start_time to end_time \(19 s\)/]],
    ['of talk longer by less than a second', callAt(0, 0.5, 20, 20, 20), [['setup', 0, 0.5, 'reported'], ['conversation', 0.5, 20, 'derived']], []],
    ['without a start', callAt(0, null, 20, 20, 12), [['connecting', 0, 8, 'inferred'], ['conversation', 8, 20, 'derived']], [/no readable start_time/]],
    ['without a creation', callAt(null, 1, 20, 20, 12), [['connecting', 1, 8, 'inferred'], ['conversation', 8, 20, 'derived']], [/no readable created_time/]],
    ['of an end and a talk time alone', callAt(null, null, 20, null, 12), [['conversation', 8, 20, 'derived']], [/created_time/, /start_time/]],
    ['of an end alone', callAt(null, null, 20, null, null), [], [/created_time/, /start_time/]],
    ['of a terminal call without an end', callAt(0, 1, null, 20, 12), [['setup', 0, 1, 'reported']], [/no readable end_time/, /talk time cannot be placed/]],
    ['of an active call', callAt(0, 1, null, 5, null, { state: 'active', status: null }), [['setup', 0, 1, 'reported'], ['ongoing', 1, 3600, 'inferred']], []],
    ['of an active call that only has a creation', callAt(0, null, null, null, null, { state: 'active', status: null }), [['ongoing', 0, 3600, 'inferred']], [/start_time/]],
    ['of an active call that has ended', callAt(0, 1, 20, 20, 12, { state: 'active', status: null }), [['setup', 0, 1, 'reported'], ['connecting', 1, 8, 'inferred'], ['conversation', 8, 20, 'derived']], []],
    ['of an active call that is completed but has no end', callAt(0, 1, null, 20, null, { state: 'active' }), [['setup', 0, 1, 'reported']], [/no readable end_time/]],
    ['of a ringing v1 call, which has no state', callAt(0, 1, null, null, null, { state: null, status: 'ringing' }), [['setup', 0, 1, 'reported'], ['ongoing', 1, 3600, 'inferred']], []],
    ['of a call that begins after this machine’s now', callAt(7200, 7201, null, null, null, { state: 'active', status: null }), [['setup', 7200, 7201, 'reported']], [/By this machine’s clock/]],
    ['with the end before the start', callAt(0, 20, 10, 30, 5), [['setup', 0, 20, 'reported']], [/end_time is before start_time/]],
    ['with the start before the creation', callAt(10, 0, 20, 20, 5), [['connecting', 0, 15, 'inferred'], ['conversation', 15, 20, 'derived']], [/start_time is before created_time/]],
    ['with the last update before the end', callAt(0, 1, 20, 10, 0), [['setup', 0, 1, 'reported'], ['connecting', 1, 20, 'derived']], [/updated_time is before end_time/]],
    ['of a call without length', callAt(0, 0, 0, 0, 0), [], [/no length/]],
  ];
  for (const [what, call, spans, notes] of drawn) {
    it(`is sensible ${what}`, () => {
      const { notes: said, ...rest } = timeline(call);
      assert.deepEqual(spansOf({ ...rest, notes: said }), spans);
      assert.equal(said.length, notes.length, said.join('\n'));
      for (const [index, expected] of notes.entries()) assert.match(said[index] ?? '', expected);
    });
  }

  it('of no time at all says so', () => {
    const empty = timeline(callFrom({ sid: 'a1234567', status: 'failed', total_talk_time: 12 }));
    assert.deepEqual([empty.lanes, empty.marks, empty.origin, empty.range, empty.notes.length], [[], [], undefined, undefined, 1]);
  });

  it('of a call without length still has an axis', () => {
    assert.deepEqual(timeline(callAt(0, 0, 0, 0, 0)).range, { from: at(0), to: at(1) });
  });

  it('keeps the call readable when the record changed days later, and says what it cut', () => {
    const { lanes, marks, range, notes } = timeline(callAt(0, 1, 300, 86_400 * 3, 280));
    assert.deepEqual(range, { from: at(0), to: at(1800) });
    assert.ok(marks.every(({ id }) => id !== 'updated'));
    assert.equal(lanes[0]?.spans.at(-1)?.to, at(1800));
    assert.match(notes.join(), /updated_time is 71 h 55 min after end_time: the drawing stops before it/);
  });

  it('names the fields as the answer does', () => {
    const { lanes } = timeline(callFrom({ sid: 'a1234567', call_status: 'completed', start_time: written(at(0)), end_time: written(at(20)), talk_time: 20 }));
    assert.match(lanes[0]?.spans[0]?.explanation ?? '', /^talk_time, placed so that it ends at end_time/);
  });

  const offset = fc.option(fc.oneof(fc.integer({ min: -40, max: 400 }), fc.integer({ min: -4_000_000, max: 4_000_000 })), { nil: null });
  const length = fc.option(fc.integer({ min: 0, max: 400 }), { nil: null });
  const anyCall = fc
    .tuple(offset, offset, offset, offset, length, fc.constantFrom('active', 'terminal', null, 'xyz'), fc.constantFrom('completed', 'ringing', 'customer_unanswered', null, 'xyz'))
    .map(([created, started, ended, updated, talk, state, status]) => callAt(created, started, ended, updated, talk, { state, status }));

  it('has no span that runs backwards, lies out of range, or overlaps one drawn before, whatever the times', () => {
    fc.assert(
      fc.property(anyCall, fc.integer({ min: -1000, max: 5_000_000 }), (call, askedAfter) => {
        const { lanes, marks, range, origin } = timelineOf(call, at(askedAfter));
        const spans = lanes.flatMap((lane) => lane.spans);
        for (const { from, to } of spans) {
          assert.ok(from < to);
          assert.ok(range !== undefined && range.from <= from && to <= range.to);
        }
        for (const mark of marks) assert.ok(range !== undefined && range.from <= mark.at && mark.at <= range.to);
        assert.equal(range === undefined, origin === undefined);
        const course = spans.filter(({ kind }) => kind === 'connecting' || kind === 'conversation' || kind === 'call');
        for (const [index, span] of course.entries()) assert.ok(index === 0 || span.from >= (course[index - 1]?.to ?? Infinity));
        assert.equal(new Set(spans.map(({ id }) => id)).size, spans.length);
      }),
    );
  });

  it('has its marks in order, and never claims as reported what the record does not say', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const { lanes, marks } = timeline(call);
        for (const [index, mark] of marks.entries()) assert.ok(index === 0 || mark.at >= (marks[index - 1]?.at ?? Infinity));
        const reported = new Set([call.createdTime, call.startTime, call.endTime, call.updatedTime]);
        for (const mark of marks.filter(({ provenance }) => provenance === 'reported')) assert.ok(reported.has(mark.at));
        for (const span of lanes.flatMap((lane) => lane.spans)) {
          assert.ok(span.sources.length > 0, span.id);
          if (span.provenance === 'reported') assert.ok(reported.has(span.from) && reported.has(span.to), span.id);
        }
      }),
    );
  });

  it('says each thing in one sentence, and never who hung up or when a leg was answered', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const { lanes, marks, notes } = timeline(call);
        for (const sentence of [...lanes.flatMap((lane) => lane.spans), ...marks].map(({ explanation }) => explanation).concat(notes)) {
          assert.match(sentence, /^[^.]+\.$/);
          assert.doesNotMatch(sentence, /hung up|picked up/i);
          if (/answered/.test(sentence)) assert.match(sentence, /no field says|is not when/);
        }
      }),
    );
  });
});
