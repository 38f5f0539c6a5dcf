import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Call, MAX_REPORTED_FIELDS } from '../../../src/call/call';
import { findingsOf } from '../../../src/call/findings';
import { ganttOf } from '../../../src/call/gantt';
import { maskedCall } from '../../../src/call/mask';
import { withLegs } from '../../../src/call/merge';
import { reportOf } from '../../../src/call/report';
import type { LegsReply } from '../../../src/call/request';
import { SNIPPET_LANGUAGES, snippet } from '../../../src/call/snippets';
import { MAX_LANES, timelineOf } from '../../../src/call/timeline';
import { MAX_TIMELINE_ROWS, timelineRows } from '../../../src/call/timelineRows';
import { verdictOf } from '../../../src/call/verdict';
import { readCall } from '../../../src/exotel/wire';
import { readLegs } from '../../../src/exotel/wireLegs';
import { labelOf } from '../../../src/extension/historyEntries';
import { SAMPLES, type SampleName } from '../../../src/sandbox/samples';
import { HOSTILE_TEXT, HOSTILE_TEXTS, manyLegs, NOT_INERT, pathsOfTexts, withTexts } from '../../support/hostileTexts';
import { clientFor, useSandbox } from '../../support/sandbox';
import { ASKED_AT, callWith } from './calls';

const FORMAT = { timeZone: 'Asia/Kolkata', locale: 'en' } as const;
const MEGABYTE = 1_000_000;

/** A comment on GitHub ends here. */
const MAX_REPORT = 65_536;

const reported = (call: Call, legs: LegsReply = { kind: 'reported' }, masks = true): string =>
  reportOf({ sid: 'a'.repeat(32), call, requests: [], askedAt: ASKED_AT, legs, format: FORMAT, madeAt: ASKED_AT, versions: 'x', masks });

/** Every line of ours that is made of a call: those of the page, the list and the tab, but for values that are shown as such. */
function linesOf(call: Call): readonly string[] {
  const { headline, explanation, unknown, checks } = verdictOf(call);
  const timeline = timelineOf(call, ASKED_AT);
  const rows = timelineRows(timeline, FORMAT).rows.flatMap(({ lane, status = '', what, explanation: why = '' }) => [lane, status, what, why]);
  return [
    headline,
    ...explanation.flatMap((phrase) => ('text' in phrase ? phrase.text : [])),
    unknown,
    ...checks.map(({ sentence }) => sentence),
    ...findingsOf(call, { askedAt: ASKED_AT, legs: { kind: 'reported' } }).map(({ line }) => line),
    ...timeline.notes,
    ...timeline.lanes.flatMap(({ label, status, spans, marks }) => [label, status?.label ?? '', ...[...spans, ...marks].flatMap((part) => [part.label, part.explanation])]),
    ...rows,
    ...Object.values(labelOf(call)).map(String),
  ];
}

/** Longer than any sentence of ours, even one that names several people. */
const MAX_LINE = 1500;

function assertInertLines(call: Call): void {
  for (const line of linesOf(call)) {
    assert.doesNotMatch(line, NOT_INERT, JSON.stringify(line.slice(0, 500)));
    assert.ok(line.length <= MAX_LINE, `${String(line.length)}: ${line.slice(0, 200)}`);
  }
}

function assertInert(call: Call): void {
  assertInertLines(call);
  assertInertLines(maskedCall(call));
  for (const masks of [true, false]) {
    const report = reported(call, { kind: 'reported' }, masks);
    assert.ok(report.length < MAX_REPORT, String(report.length));
    assert.doesNotMatch(report.replaceAll(/[\n\u200B]/g, ''), NOT_INERT);
  }
}

describe('An answer whose every text means harm', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });
  const shapes: readonly SampleName[] = ['documented', 'shapeB', 'shapeC', 'flowCall', 'completedWithoutCcm', 'transfer'];

  /** The answers about a sample, and the call that another text for each of theirs makes. */
  async function answersOf(name: SampleName): Promise<{ readonly bodies: readonly { readonly resource: string; readonly json: unknown }[]; readonly read: (exchange: (text: string, path: string) => unknown) => Call | undefined }> {
    const { bodies, call } = await clientFor(sandbox(), name).getCall(SAMPLES[name].sid);
    const parsed = bodies.map(({ resource, body }) => ({ resource, json: JSON.parse(body) as unknown }));
    const of = (legs: boolean): unknown => parsed.find(({ resource }) => (resource === 'legs') === legs)?.json;
    return {
      bodies: parsed,
      read: (exchange) => {
        const read = readCall(withTexts(of(false), exchange), call.resource);
        if (!('call' in read)) return undefined;
        const legs = readLegs(withTexts(of(true), exchange));
        return 'record' in legs ? withLegs(read.call, legs.record) : read.call;
      },
    };
  }

  for (const name of shapes) {
    it(`is told in inert lines: ${name}`, async () => {
      const { read } = await answersOf(name);
      for (const hostile of [...Object.values(HOSTILE_TEXTS), HOSTILE_TEXT]) {
        const all = read((text) => (/^\d{4}-\d\d-\d\d|^\d+$|^(?:completed|terminal|inbound|outbound.*)$/.test(text) ? text : hostile));
        assert.ok(all !== undefined);
        if (hostile === HOSTILE_TEXT) assertInert(all);
        else assertInertLines(all);
        const every = read((_, path) => (/status$|code$/i.test(path) && path.split('.').length < 4 ? 'success' : hostile));
        if (every !== undefined) assertInertLines(every);
      }
    });

    it(`is told in inert lines where one text of it means harm: ${name}`, async () => {
      const { bodies, read } = await answersOf(name);
      for (const path of bodies.flatMap(({ json }) => pathsOfTexts(json))) {
        const call = read((text, here) => (here === path ? HOSTILE_TEXT : text));
        if (call !== undefined) assertInertLines(call);
      }
    });

    it(`is told in short lines where each text is a megabyte: ${name}`, async () => {
      const { read } = await answersOf(name);
      const call = read((text) => (/^\d{4}-\d\d-\d\d|^\d+$/.test(text) ? text : 'Ab 1@'.repeat(MEGABYTE / 5)));
      assert.ok(call !== undefined);
      assert.ok(JSON.stringify(call).length < 2 * MEGABYTE);
      assertInert(call);
    });
  }

  it('makes requests to take away that are one line of one string each', () => {
    for (const text of [...Object.values(HOSTILE_TEXTS), HOSTILE_TEXT]) {
      for (const language of SNIPPET_LANGUAGES) {
        const code = snippet(language, { origin: 'https://ccm-api.exotel.com', resource: 'v2', accountSid: text, callSid: text });
        const [plain, odd] = [snippet(language, { origin: 'https://ccm-api.exotel.com', resource: 'v2', accountSid: 'A', callSid: 'B' }), code.replaceAll(/accounts\/[\w.~%-]+\/calls\/[\w.~%-]+/g, 'accounts/A/calls/B')];
        assert.equal(odd, plain);
      }
    }
  });
});

describe('Whatever an answer says of times, lengths and legs', () => {
  const time = fc.oneof(
    fc.date({ min: new Date('2024-06-15T00:00:00Z'), max: new Date('2024-06-16T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom('9999-12-31T23:59:59.999Z', '2000-01-01 00:00:00-14:59', '0001-01-01T00:00:00Z', '1970-01-01 05:30:00+05:30', '2024-02-30T10:00:00Z', '2024-06-15 16:00:00', '', 'null', 'soon', null, 0, 1e308, [], {}),
  );
  const length = fc.constantFrom(0, -1, 1, 0.001, 300, '17', '1e9', 1e9, 1e308, '-0', 'NaN', 'Infinity', null, '', {}, true);
  const word = fc.constantFrom('completed', 'active', 'terminal', 'inbound', 'outbound-api', 'in-progress', 'no-answer', 'busy', 'ringing', 'queued', 'failed', 'canceled', 'agent_unanswered', 'odd', '', null, 7);
  const leg = fc.record({ sid: word, name: word, status: word, date_created: time, date_updated: time, on_call_duration: length, contact_uri: word, group_id: word }, { requiredKeys: [] });
  const details = fc.record({ sid: word, direction: word, state: word, status: word, created_time: time, updated_time: time, start_time: time, end_time: time, total_duration: length, total_talk_time: length, custom_field: word }, { requiredKeys: ['sid'] });
  const legs = fc.record({ from: fc.array(leg, { maxLength: 4 }), to: fc.array(leg, { maxLength: 4 }) });

  it('every stretch and moment has a time within what is drawn, and no word holds a number that is none', () => {
    fc.assert(
      fc.property(details, legs, fc.constantFrom(ASKED_AT, 0, Date.UTC(2099, 0)), (call, ofLegs, askedAt) => {
        const [read, readOfLegs] = [readCall({ response: { call_details: call } }, 'v2'), readLegs({ response: { leg_details: ofLegs } })];
        if (!('call' in read) || !('record' in readOfLegs)) return;
        const whole = withLegs(read.call, readOfLegs.record);
        const timeline = timelineOf(whole, askedAt);
        const { from = 0, to = 0 } = timeline.range ?? {};
        assert.ok(Number.isFinite(from) && Number.isFinite(to) && from <= to);
        for (const { spans, marks } of timeline.lanes) {
          for (const span of spans) assert.ok(span.from >= from && span.from < span.to && span.to <= to, JSON.stringify(span));
          for (const { at } of marks) assert.ok(at >= from && at <= to);
          assert.deepEqual(marks, marks.toSorted((one, other) => one.at - other.at));
        }
        for (const { at } of timeline.marks) assert.ok(at >= from && at <= to);
        for (const line of [...linesOf(whole), ganttOf(timeline, FORMAT)?.source ?? '']) assert.doesNotMatch(line.replaceAll(/“[^”]*”/g, ''), /NaN|Infinity|Invalid Date|undefined|\[object/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('A call of ten thousand legs', () => {
  const LEGS = 10_000;
  const read = readLegs(manyLegs(LEGS));
  assert.ok('record' in read);
  const call = withLegs(callWith({ total_talk_time: 0 }), read.record);

  it('is told by legs of both ends, and that the others are not read', () => {
    assert.deepEqual(['from', 'to'].map((end) => call.legs?.filter((leg) => leg.end === end).length), [250, 1]);
    assert.equal(call.legsLeftOut, LEGS + 1 - 251);
    assert.doesNotMatch(linesOf(call).join('\n'), /no attempt to reach/);
    const [line] = findingsOf(call, { askedAt: ASKED_AT }).flatMap(({ id, line: sentence }) => (id === 'legsLeftOut' ? sentence : []));
    assert.equal(line, 'The answer lists 10001 legs: only 251 of them, the first of each end, are read here, and the others are in Raw JSON.');
  });

  it('is drawn in so many lanes, rows and pictures as anybody reads, and says what is left out', () => {
    const timeline = timelineOf(call, ASKED_AT);
    assert.equal(timeline.lanes.length, MAX_LANES);
    assert.ok(timeline.notes.includes('The record has 10001 legs: the 49 that began first, of the 251 that are read, have a lane.'), timeline.notes.join('\n'));
    assert.ok(timelineRows(timeline, FORMAT).rows.length <= MAX_TIMELINE_ROWS);
    assert.ok((ganttOf(timeline, FORMAT)?.source.length ?? 0) < 20_000);
  });

  it('has a report of a page, with how many there are', () => {
    assert.ok(reported(call).length < MAX_REPORT);
    assert.match(reported(call), /The legs resource told of 10001 legs, of which 251 were read\./);
  });

  it('cites no value as empty that is only beyond what is listed', () => {
    const cited = findingsOf(call, { askedAt: ASKED_AT }).flatMap(({ citations }) => citations);
    const told = verdictOf(call).explanation.flatMap((phrase) => ('citation' in phrase ? phrase.citation : []));
    for (const { field, value } of [...cited, ...told]) assert.notEqual(value, '', field);
    assert.equal(call.reported.length, MAX_REPORTED_FIELDS + callWith().reported.length);
  });

  it('goes to the page in a message of well under a megabyte', () => {
    assert.ok(JSON.stringify(call).length < 500_000, String(JSON.stringify(call).length));
    assert.ok(JSON.stringify(maskedCall(call)).length < 500_000);
  });
});
