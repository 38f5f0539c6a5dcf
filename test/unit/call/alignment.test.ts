import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Alignment, alignRecording, lengthDifference } from '../../../src/call/alignment';
import type { Call } from '../../../src/call/call';
import { at, callFrom, callWith, v1CallWith } from './calls';

/** The documented call is created at 0 s, starts at 1 s, ends at 300 s, with 280 s of talk. */
const aligned = (call: Call, length: number, shift?: number): Alignment => {
  const alignment = alignRecording(call, length, shift);
  assert.ok(alignment !== undefined);
  return alignment;
};
const fieldsOf = ({ sources }: Alignment): readonly string[] => sources.map(({ field }) => field);

describe('a recording on the call’s time axis', () => {
  it('lies on the conversation when it is as long as the talk', () => {
    const alignment = aligned(callWith(), 280);
    assert.deepEqual([alignment.from, alignment.to, alignment.provenance], [at(20), at(300), 'derived']);
    assert.deepEqual(fieldsOf(alignment), ['total_talk_time', 'end_time']);
    assert.match(alignment.explanation, /as long as total_talk_time.*end_time/);
    assert.equal('differsBy' in alignment, false);
  });

  it('keeps its own length within the tolerance', () => {
    const { from, to, provenance } = aligned(callWith(), 282.5);
    assert.deepEqual([from, to, provenance], [at(20), at(302.5), 'derived']);
  });

  it('ends with the call when it is longer than the talk: it likely has the ringing as well', () => {
    const alignment = aligned(callWith(), 295);
    assert.deepEqual([alignment.from, alignment.to, alignment.provenance, alignment.differsBy], [at(5), at(300), 'inferred', 15]);
    assert.match(alignment.explanation, /No field says.*15 s longer than total_talk_time.*ringing.*end_time/);
  });

  it('begins with the conversation when it is shorter', () => {
    const alignment = aligned(callWith(), 200.04);
    assert.deepEqual([alignment.from, alignment.to, alignment.provenance], [at(20), at(220.04), 'inferred']);
    assert.match(alignment.explanation, /It is 1 min 20 s shorter than total_talk_time/);
    assert.ok(Math.abs((alignment.differsBy ?? 0) + 79.96) < 1e-9);
  });

  it('begins with the call while that has no end, by its start or else its creation', () => {
    const open = { end_time: null, total_talk_time: null };
    const started = aligned(callWith(open), 30);
    assert.deepEqual([started.from, started.to, started.provenance, fieldsOf(started)], [at(1), at(31), 'inferred', ['start_time']]);
    const created = aligned(callWith({ ...open, start_time: null }), 30);
    assert.deepEqual([created.from, fieldsOf(created)], [at(0), ['created_time']]);
    assert.match(created.explanation, /there is no end_time.*created_time/);
  });

  it('ends with the call where no talk time can be placed', () => {
    for (const call of [callWith({ total_talk_time: null }), callWith({ total_talk_time: 400 }), callWith({ start_time: '2024-06-15T10:36:00Z' })]) {
      for (const length of [100, call.totalTalkTime ?? 100]) {
        const { to, provenance, explanation } = aligned(call, length);
        assert.deepEqual([to, provenance], [at(300), 'inferred']);
        assert.match(explanation, /No field says.*ends with the call, at end_time/);
      }
    }
  });

  it('ends with the call of which only the end is known', () => assert.deepEqual(aligned(callFrom({ end_time: callWith().reported.find(({ path }) => path === 'end_time')?.value }), 10).to, at(300)));

  it('is not placed without a time or a length to place it by', () => {
    assert.equal(alignRecording(callFrom({ sid: 'abcdefgh', total_talk_time: 280 }), 280), undefined);
    for (const length of [0, Number.NaN, Infinity]) assert.equal(alignRecording(callWith(), length), undefined);
  });

  it('is cited by the names that the answer used', () => {
    const alignment = aligned(v1CallWith({ Details: { ConversationDuration: 280 } }), 280);
    assert.deepEqual(fieldsOf(alignment), ['Details.ConversationDuration', 'EndTime']);
    assert.match(alignment.explanation, /Details\.ConversationDuration.*EndTime/);
  });

  it('is where a person moved it, and says so', () => {
    const moved = aligned(callWith(), 280, -3);
    assert.deepEqual([moved.from, moved.to, moved.provenance], [at(17), at(297), 'inferred']);
    assert.match(moved.explanation, /^Moved by hand by −3\.0 s/);
    assert.deepEqual(aligned(callWith(), 280, 0), aligned(callWith(), 280));
  });

  it('is as long as it is, and moves by just the shift', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14_400 }), fc.integer({ min: -600, max: 600 }), fc.option(fc.nat({ max: 400 })), (length, shift, talk) => {
        const call = callWith({ total_talk_time: talk });
        const moved = aligned(call, length, shift);
        assert.equal(moved.to - moved.from, length * 1000);
        assert.equal(moved.from - aligned(call, length).from, shift * 1000);
      }),
    );
  });
});

describe('a recording’s length', () => {
  it('fits the talk time within two seconds, or two hundredths of a long one', () => {
    const difference = (talk: number, length: number): number | undefined => lengthDifference({ totalTalkTime: talk }, length);
    assert.equal(difference(60, 62), undefined);
    assert.equal(difference(60, 58), undefined);
    assert.equal(difference(60, 62.5), 2.5);
    assert.equal(difference(1000, 980), undefined);
    assert.equal(difference(1000, 979), -21);
    assert.equal(difference(0, 30), 30);
  });

  it('is not compared with a talk time that nobody reported', () => assert.equal(lengthDifference({}, 30), undefined));
});
