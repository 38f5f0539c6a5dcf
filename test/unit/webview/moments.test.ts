import assert from 'node:assert/strict';
import type { Call } from '../../../src/call/call';
import { timelineOf, type Lane, type Timeline } from '../../../src/call/timeline';
import { barText, firstLanes, isMoments, LANES_AT_FIRST, partAfter, rowsOf, stateOf, stopIn } from '../../../src/webview/moments';

const format = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };
const sources = { createdTime: 'created_time', startTime: 'start_time', endTime: 'end_time', updatedTime: 'updated_time', totalTalkTime: 'total_talk_time' };

/** The call of Exotel's v2 page. */
const call: Call = {
  resource: 'v2',
  state: 'terminal',
  status: 'completed',
  createdTime: Date.parse('2024-06-15T10:30:00.000Z'),
  startTime: Date.parse('2024-06-15T10:30:01.000Z'),
  endTime: Date.parse('2024-06-15T10:35:00.000Z'),
  updatedTime: Date.parse('2024-06-15T10:35:05.000Z'),
  totalDuration: 300,
  totalTalkTime: 280,
  sources,
  reported: [],
  reportedLeftOut: 0,
};
const ofCall = timelineOf(call, Date.parse('2024-06-15T10:36:00.000Z'));

const ringing: Lane = {
  id: 'to.0',
  label: '+919155501234',
  side: 'customer',
  status: { label: 'no answer', severity: 'warning', icon: 'call-outgoing', sources: [{ field: 'legs:to.0.status', value: 'no-answer' }] },
  spans: [
    {
      id: 'ringing',
      kind: 'ringing',
      from: Date.parse('2024-06-15T10:30:10.000Z'),
      to: Date.parse('2024-06-15T10:30:33.000Z'),
      label: 'rang, no answer, 23 s',
      provenance: 'inferred',
      sources: [{ field: 'legs:to.0.date_created', value: '2024-06-15T10:30:10.000Z' }],
      explanation: 'Likely ringing.',
    },
  ],
  marks: [
    { id: 'created', at: Date.parse('2024-06-15T10:30:10.000Z'), label: 'leg created', provenance: 'reported', sources: [], explanation: 'When the leg was created.' },
    { id: 'updated', at: Date.parse('2024-06-15T10:30:34.000Z'), label: 'last change', provenance: 'reported', sources: [], explanation: 'When the leg last changed.' },
  ],
};
const neverDialled: Lane = { id: 'to.1', label: '\u202E+919155505678', side: 'customer', status: { label: 'not attempted', severity: 'info', icon: 'circle-outline', sources: [] }, spans: [], marks: [] };
const timeline: Timeline = { ...ofCall, lanes: [...ofCall.lanes, ringing, neverDialled] };
const rows = rowsOf(timeline, format);
const keysOf = (id: string): readonly string[] => rows.find((row) => row.id === id)?.parts.map(({ words }) => words.key) ?? [];
const nameOf = (key: string): string => {
  const part = rows.flatMap(({ parts }) => parts).find(({ words }) => words.key === key);
  assert.ok(part, key);
  return part.spoken;
};

describe('the rows of the timeline', () => {
  it('are the call, each leg and the moments, their parts in order of time, a leg itself before what happened on it', () => {
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['call', 'to.0', 'to.1', 'marks'],
    );
    assert.deepEqual(keysOf('to.0'), ['to.0/lane', 'to.0/created', 'to.0/ringing', 'to.0/updated']);
    assert.deepEqual(keysOf('to.1'), ['to.1/lane']);
  });

  it('are labelled with one line of plain text, and with whose leg it is and what became of it', () => {
    assert.equal(rows.find(({ id }) => id === 'to.1')?.label, '+919155505678');
    assert.equal(stateOf(ringing), 'customer · no answer');
  });
});

describe('a timeline of many lanes', () => {
  const withLegs = (count: number): Timeline => ({ ...ofCall, lanes: [...ofCall.lanes, ...Array.from({ length: count }, (_, index) => ({ ...ringing, id: `to.${index}` }))] });
  const drawnOf = (count: number): number => firstLanes(rowsOf(withLegs(count), format)).filter((row) => !isMoments(row)).length;

  it('draws all of them at first, unless they would push the rest of the panel away', () => {
    assert.equal(drawnOf(13), 14);
    assert.equal(drawnOf(14), LANES_AT_FIRST);
    assert.equal(drawnOf(49), LANES_AT_FIRST);
  });

  it('keeps its moments', () => {
    assert.ok(firstLanes(rowsOf(withLegs(49), format)).some(isMoments));
  });
});

describe('where Tab leads in the timeline', () => {
  it('is where the keyboard was, or beside it when that is gone, as after a call’s end', () => {
    assert.equal(stopIn(rows, 'to.0/ringing'), 'to.0/ringing');
    assert.equal(stopIn(rows, 'to.0/ongoing'), 'to.0/updated');
    assert.equal(stopIn(rows, 'from.7/ringing'), 'call/setup');
    assert.equal(stopIn(rows, undefined), 'call/setup');
    assert.equal(stopIn([], undefined), undefined);
  });
});

describe('the parts of the timeline, read aloud', () => {
  it('say when, how long, how far from the start, how it is known, and from which fields', () => {
    const text = nameOf('call/conversation');
    for (const part of ['15 Jun 2024, 16:00:20', '16:05:00', '4 min 40 s', '+20', 'Derived', 'total_talk_time']) assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('begin with what is written in the drawing, which is what people say to a voice control', () => {
    assert.ok(nameOf('to.0/ringing').startsWith('rang, no answer, 23 s'));
    assert.ok(nameOf('marks/started').startsWith('Started 16:00:01'));
    assert.ok(nameOf('to.0/lane').startsWith('+919155501234 customer · no answer'));
  });
});

describe('the text in a bar', () => {
  const measure = (text: string): number => text.length * 7;

  it('is as much as fits, by whole phrases', () => {
    assert.equal(barText('rang, no answer, 23 s', 300, measure), 'rang, no answer, 23 s');
    assert.equal(barText('rang, no answer, 23 s', 110, measure), 'rang, no answer');
    assert.equal(barText('rang, no answer, 23 s', 40, measure), 'rang');
    assert.equal(barText('rang, no answer, 23 s', 20, measure), '');
  });
});

describe('the arrow keys on the timeline', () => {
  it('go along a row and stop at its ends', () => {
    assert.equal(partAfter('ArrowRight', rows, 'call/setup'), 'call/connecting');
    assert.equal(partAfter('ArrowLeft', rows, 'call/setup'), undefined);
    assert.equal(partAfter('ArrowLeft', rows, 'to.0/created'), 'to.0/lane');
    assert.equal(partAfter('End', rows, 'marks/created'), 'marks/updated');
    assert.equal(partAfter('Home', rows, 'marks/updated'), 'marks/created');
  });

  it('go to what lies above or below', () => {
    assert.equal(partAfter('ArrowDown', rows, 'call/conversation'), 'to.0/created');
    assert.equal(partAfter('ArrowUp', rows, 'to.0/created'), 'call/connecting');
    assert.equal(partAfter('ArrowUp', rows, 'call/setup'), undefined);
  });

  it('pass from lane to lane along their labels, those without a time too', () => {
    assert.equal(partAfter('ArrowDown', rows, 'to.0/lane'), 'to.1/lane');
    assert.equal(partAfter('ArrowDown', rows, 'to.0/ringing'), 'to.1/lane');
    assert.equal(partAfter('ArrowDown', rows, 'to.1/lane'), 'marks/created');
  });

  it('leave other keys and unknown parts alone', () => {
    assert.equal(partAfter('Enter', rows, 'call/setup'), undefined);
    assert.equal(partAfter('ArrowRight', rows, 'no such part'), undefined);
  });
});
