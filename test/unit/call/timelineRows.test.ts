import assert from 'node:assert/strict';
import type { Call } from '../../../src/call/call';
import { type Lane, type Timeline, timelineOf } from '../../../src/call/timeline';
import { timelineRows, titled } from '../../../src/call/timelineRows';
import { ASKED_AT, at, callFrom, callWith } from './calls';

const format = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };

const rowsOf = (call: Call) => timelineRows(timelineOf(call, ASKED_AT), format).rows;

/** The documented call's timeline with lanes of legs. */
function withLanes(...lanes: readonly Partial<Lane>[]): Timeline {
  const timeline = timelineOf(callWith(), ASKED_AT);
  const legs = lanes.map((lane, index): Lane => ({ id: `to.${index}`, label: 'Asha Rao', side: 'customer', spans: [], marks: [], ...lane }));
  return { ...timeline, lanes: [...timeline.lanes, ...legs] };
}

describe('the rows of a timeline', () => {
  it('go by time, a moment before what begins with it', () => {
    assert.deepEqual(
      rowsOf(callWith()).map(({ what, offset, length }) => [what, offset, length]),
      [
        ['Created', '0 s', undefined],
        ['Setup', '0 s', '1 s'],
        ['Started', '+1.0 s', undefined],
        ['Connecting', '+1.0 s', '19 s'],
        ['Talk', '+20 s', undefined],
        ['Conversation', '+20 s', '4 min 40 s'],
        ['Ended', '+5 min', undefined],
        ['Until last update', '+5 min', '5 s'],
        ['Updated', '+5 min 05 s', undefined],
      ],
    );
  });

  it('say everything that the drawing’s card says', () => {
    assert.deepEqual(
      rowsOf(callWith()).find(({ what }) => what === 'Conversation'),
      {
        key: 'call/conversation',
        lane: 'Call',
        what: 'Conversation',
        from: '15 Jun 2024, 16:00:20',
        to: '15 Jun 2024, 16:05:00',
        zone: 'IST',
        length: '4 min 40 s',
        offset: '+20 s',
        provenance: 'derived',
        explanation: 'total_talk_time, placed so that it ends at end_time; interrupted talk, as in a transfer, would lie elsewhere.',
        sources: [
          { field: 'total_talk_time', value: '280' },
          { field: 'end_time', value: '2024-06-15T10:35:00.000Z' },
        ],
      },
    );
  });

  it('name each leg, its side and its status, and put the call’s part before a leg’s that begins with it', () => {
    const span = { id: 'ringing', kind: 'ringing', from: at(1), to: at(20), label: 'rang, no answer, 19 s', provenance: 'inferred', sources: [], explanation: 'x.' } as const;
    const status = { label: 'no answer', severity: 'warning', icon: 'x', sources: [] } as const;
    const { rows } = timelineRows(withLanes({ status, spans: [span] }), format);
    assert.deepEqual(rows.slice(2, 5).map(({ what, lane, side, status }) => [what, lane, side, status]), [
      ['Started', 'Call', undefined, undefined],
      ['Connecting', 'Call', undefined, undefined],
      ['Rang, no answer', 'Asha Rao', 'customer', 'no answer'],
    ]);
  });

  it('leave no leg out that has no time', () => {
    const sources = [{ field: 'legs:to.0.status', value: 'failed' }];
    const { rows } = timelineRows(withLanes({ status: { label: 'failed', severity: 'error', icon: 'x', sources } }, { status: { label: 'not attempted', severity: 'info', icon: 'x', sources: [] } }, {}), format);
    assert.deepEqual(rows.slice(-3), [
      { key: 'to.0', lane: 'Asha Rao', side: 'customer', status: 'failed', what: 'Failed', provenance: 'reported', sources },
      { key: 'to.1', lane: 'Asha Rao', side: 'customer', status: 'not attempted', what: 'Not attempted', sources: [] },
      { key: 'to.2', lane: 'Asha Rao', side: 'customer', what: 'No time', sources: [] },
    ]);
  });

  it('say how many there was no room for', () => {
    const timeline = withLanes({}, {});
    assert.equal(timelineRows(timeline, format).leftOut, 0);
    const { rows, leftOut } = timelineRows(timeline, format, 4);
    assert.deepEqual([rows.map(({ what }) => what), leftOut], [['Created', 'Setup', 'Started', 'Connecting'], 7]);
  });

  it('are none for a call without a time', () => {
    assert.deepEqual(timelineRows(timelineOf(callFrom({ sid: 'a1234567' }), ASKED_AT), format), { rows: [], leftOut: 0 });
  });

  it('have titles without a length, but with the rest', () => {
    assert.deepEqual(['conversation, 4 min 40 s', 'rang, no answer, 0.4 s', 'no answer', ''].map(titled), ['Conversation', 'Rang, no answer', 'No answer', '']);
  });
});
