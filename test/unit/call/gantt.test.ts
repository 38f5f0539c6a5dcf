import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ganttOf } from '../../../src/call/gantt';
import type { Span } from '../../../src/call/spans';
import { type Lane, type Timeline, timelineOf } from '../../../src/call/timeline';
import { ASKED_AT, at, callFrom, callWith } from './calls';

const INDIA = { timeZone: 'Asia/Kolkata', locale: 'en' };

function leg(id: string, overrides: Partial<Lane> = {}, span: Partial<Span> = {}): Lane {
  const ringing: Span = { id: 'ringing', kind: 'ringing', from: at(1), to: at(20), label: 'rang, 19 s', provenance: 'inferred', sources: [], explanation: 'x.', ...span };
  return { id, label: 'Asha K.', side: 'agent', spans: [ringing], marks: [], ...overrides };
}

function withLegs(...legs: readonly Lane[]): Timeline {
  const timeline = timelineOf(callWith(), ASKED_AT);
  return { ...timeline, lanes: [...timeline.lanes, ...legs] };
}

describe('the diagram of a timeline', () => {
  it('has a section for each lane and one for the moments, in the times of the chosen zone', () => {
    const status = { label: 'no answer', severity: 'warning', icon: 'x', sources: [] } as const;
    const answered = leg('to.0', { label: '+91••••••••23', side: 'customer' }, { id: 'talk', kind: 'conversation', label: 'conversation, 4 min 40 s', provenance: 'derived', from: at(20), to: at(300) });
    assert.equal(
      ganttOf(withLegs(leg('from.0', { status }), answered), INDIA)?.source,
      `%%{init: {"gantt": {"leftPadding": 192}}}%%
gantt
    dateFormat YYYY-MM-DD HH:mm:ss.SSS
    axisFormat %H:%M:%S
    todayMarker off
    section Call
    setup :2024-06-15 16:00:00.000, 2024-06-15 16:00:01.000
    connecting (inferred) :done, 2024-06-15 16:00:01.000, 2024-06-15 16:00:20.000
    conversation, 4 min 40 s (derived) :active, 2024-06-15 16:00:20.000, 2024-06-15 16:05:00.000
    until last update (inferred) :done, 2024-06-15 16:05:00.000, 2024-06-15 16:05:05.000
    section Moments
    created :milestone, 2024-06-15 16:00:00.000, 0ms
    started :milestone, 2024-06-15 16:00:01.000, 0ms
    talk :milestone, 2024-06-15 16:00:20.000, 0ms
    ended :milestone, 2024-06-15 16:05:00.000, 0ms
    updated :milestone, 2024-06-15 16:05:05.000, 0ms
    section Asha K. · agent · no answer
    rang, 19 s (inferred) :done, crit, 2024-06-15 16:00:01.000, 2024-06-15 16:00:20.000
    section +91••••••••23 · customer
    conversation, 4 min 40 s (derived) :active, 2024-06-15 16:00:20.000, 2024-06-15 16:05:00.000`,
    );
  });

  it('keeps two legs to the same person apart', () => {
    const { source = '' } = ganttOf(withLegs(leg('from.0'), leg('from.1')), INDIA) ?? {};
    assert.deepEqual([...source.matchAll(/section Asha.*/g)].map(([line]) => line), ['section Asha K. · agent', 'section Asha K. · agent (2)']);
  });

  it('counts on where the clocks are changed during the call', () => {
    const beforeChange = Date.UTC(2026, 2, 29, 0, 59, 50);
    const call = callFrom({ state: 'terminal', start_time: new Date(beforeChange).toISOString(), end_time: new Date(beforeChange + 20_000).toISOString() });
    assert.match(ganttOf(timelineOf(call, ASKED_AT), { timeZone: 'Europe/Berlin', locale: 'en' })?.source ?? '', /2026-03-29 01:59:50\.000, 2026-03-29 02:00:10\.000/);
  });

  it('shows the day where a day is not enough', () => {
    const call = callFrom({ state: 'terminal', start_time: '2024-06-15T10:30:00Z', end_time: '2024-06-17T10:30:00Z' });
    assert.match(ganttOf(timelineOf(call, ASKED_AT), INDIA)?.source ?? '', /axisFormat %d %b %H:%M\n/);
  });

  it('is none where the record has a moment of a leg alone', () => {
    const timeline: Timeline = { lanes: [{ id: 'call', label: 'Call', spans: [], marks: [] }, leg('from.0', { spans: [] })], marks: [], range: { from: at(0), to: at(1) }, notes: [] };
    assert.equal(ganttOf(timeline, INDIA), undefined);
  });

  it('is none where nothing has a time', () => {
    assert.equal(ganttOf(timelineOf(callFrom({ state: 'terminal' }), ASKED_AT), INDIA), undefined);
  });

  it('says how much it left out', () => {
    const legs = Array.from({ length: 80 }, (_, index) => leg(`to.${String(index)}`));
    const { source = '', leftOut } = ganttOf(withLegs(...legs), INDIA) ?? {};
    assert.equal(leftOut, 29);
    assert.ok(source.split('\n').length < 130);
  });

  it('is not broken by any name', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[a-z:;#%{}"`\n ]{0,20}$/),
      fc.constantFrom('gantt', 'section x', 'click a href', 'call me()', '%%{init: {}}%%', '```', '---', 'title', 'dateFormat X', '<script>', ''),
    );
    fc.assert(
      fc.property(hostile, hostile, (label, name) => {
        const lines = ganttOf(withLegs(leg('from.0', { label: name }, { label })), INDIA)?.source.split('\n') ?? [];
        const [section = '', task = '', ...rest] = lines.slice(lines.findIndex((line) => line.startsWith('    updated')) + 1);
        assert.match(section, /^ {4}section [^:;#%{}<>`"]+$/u);
        assert.match(task, /^ {4}(?!gantt|(?:section|click|call|title|dateFormat)(?=\s|$))[^:;#%{}<>`"]+ :done, 2024-06-15 16:00:01\.000, 2024-06-15 16:00:20\.000$/u);
        assert.deepEqual(rest, []);
      }),
    );
  });
});
