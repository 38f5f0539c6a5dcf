import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call, Instant, Leg, LegField, ReportedField } from '../../../src/call/call';
import { sideOf } from '../../../src/call/status';
import { type Lane, MAX_LANES, type Timeline, timelineOf } from '../../../src/call/timeline';
import { ASKED_AT, at, callWith, written } from './calls';

interface LegAt {
  readonly end: Leg['end'];
  readonly status?: string;
  /** Seconds after the documented call's creation. */
  readonly created?: number;
  readonly updated?: number;
  readonly onCall?: number;
  readonly name?: string;
}

/** The documented call with other fields, and with legs as the legs resource lists them. */
function callOf(details: Readonly<Record<string, unknown>>, ...legs: readonly LegAt[]): Call {
  const call = callWith({ updated_time: null, recording: null, ...details });
  const read = legs.map((leg, index) => legOf(leg, `legs:${leg.end}.${String(index)}`, call.direction));
  return { ...call, legs: read.map(({ leg }) => leg), reported: [...call.reported, ...read.flatMap(({ reported }) => reported)] };
}

function legOf({ end, status, created, updated, onCall, name }: LegAt, path: string, direction: string | undefined): { leg: Leg; reported: readonly ReportedField[] } {
  const side = sideOf(end, direction);
  const told: readonly (readonly [field: LegField, name: string, value: string | undefined])[] = [
    ['status', `${path}.status`, status],
    ['createdTime', `${path}.date_created`, created === undefined ? undefined : written(at(created))],
    ['updatedTime', `${path}.date_updated`, updated === undefined ? undefined : written(at(updated))],
    ['onCallDuration', 'v1:Details.Legs.0.Leg.OnCallDuration', onCall === undefined ? undefined : String(onCall)],
    ['name', `${path}.name`, name],
    ['sid', `${path}.sid`, path],
  ];
  const given = told.filter(([, , value]) => value !== undefined);
  const leg: Leg = {
    end,
    ...(side === undefined ? {} : { side }),
    ...(status === undefined ? {} : { status }),
    ...(created === undefined ? {} : { createdTime: at(created) }),
    ...(updated === undefined ? {} : { updatedTime: at(updated) }),
    ...(onCall === undefined ? {} : { onCallDuration: onCall }),
    ...(name === undefined ? {} : { party: { name } }),
    sources: Object.fromEntries(given.map(([field, name]) => [field, name])),
  };
  return { leg, reported: given.map(([, name, value = '']) => ({ path: name, value, known: true })) };
}

/** A v1 call and the legs that its details tell of, which have no times. */
function v1CallOf(details: Readonly<Record<string, unknown>>, ...legs: readonly LegAt[]): Call {
  const call = callOf(details, ...legs.map(({ created: _created, updated: _updated, ...leg }) => leg));
  const paths = { status: 'Details.Leg1Status', onCallDuration: 'Details.Legs.0.Leg.OnCallDuration' };
  return { ...call, resource: 'v1', legs: call.legs?.map((leg): Leg => ({ ...leg, sources: paths })) ?? [] };
}

const timeline = (call: Call): Timeline => timelineOf(call, ASKED_AT);
const seconds = (instant: Instant): number => (instant - at(0)) / 1000;
const legLanes = ({ lanes }: Timeline): readonly Lane[] => lanes.filter(({ id }) => id !== 'call');

/** What each leg's lane shows: `ringing 1–6`. */
function courses(call: Call): readonly (readonly string[])[] {
  return legLanes(timeline(call)).map(({ spans }) => spans.map(({ kind, from, to }) => `${kind} ${seconds(from)}–${seconds(to)}`));
}

/** Times in seconds. */
const over = (end: number, talk: number | null, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  start_time: written(at(1)),
  end_time: written(at(end)),
  total_talk_time: talk,
  total_duration: null,
  ...more,
});
const inbound = { direction: 'inbound' };
const active = { state: 'active', status: null, end_time: null, total_talk_time: null, total_duration: null };
const from = (status: string | undefined, created?: number, updated?: number, more: Partial<LegAt> = {}): LegAt => legAt('from', status, created, updated, more);
const to = (status: string | undefined, created?: number, updated?: number, more: Partial<LegAt> = {}): LegAt => legAt('to', status, created, updated, more);

function legAt(end: Leg['end'], status: string | undefined, created: number | undefined, updated: number | undefined, more: Partial<LegAt>): LegAt {
  return { end, ...(status === undefined ? {} : { status }), ...(created === undefined ? {} : { created }), ...(updated === undefined ? {} : { updated }), ...more };
}

describe('the legs’ lanes', () => {
  const drawn: readonly [what: string, call: Call, courses: readonly (readonly string[])[], notes?: readonly RegExp[]][] = [
    [
      'show the agent rung, waiting for the customer and talking, in an outbound call',
      callOf(over(58, 48), from('completed', 1, 58), to('completed', 6, 58)),
      [['ringing 1–6', 'waiting 6–10', 'conversation 10–58'], ['ringing 6–10', 'conversation 10–58']],
    ],
    [
      'show the customer waiting for the agent, in an inbound call',
      callOf(over(31, 24, inbound), from('completed', 0, 31), to('completed', 2, 31)),
      [['waiting 0–7', 'conversation 7–31'], ['ringing 2–7', 'conversation 7–31']],
    ],
    [
      'end a leg no later than its call, and as early as its own record says',
      callOf(over(58, 48), from('completed', 1, 62), to('completed', 6, 57)),
      [['ringing 1–6', 'waiting 6–10', 'conversation 10–58'], ['ringing 6–10', 'conversation 10–57']],
    ],
    ['show how long the agent rang without an answer', callOf(over(31, 0, { status: 'agent_unanswered' }), from('no-answer', 1, 31)), [['ringing 1–31']]],
    [
      'show the agent waiting for a customer who does not answer',
      callOf(over(44, 0, { status: 'customer_unanswered' }), from('completed', 1, 44), to('no-answer', 9, 44)),
      [['ringing 1–9', 'waiting 9–44'], ['ringing 9–44']],
    ],
    [
      'show a caller for whom no agent answers as waiting',
      callOf(over(40, 0, inbound), from('completed', 0, 40), to('no-answer', 5, 20), to('busy', 20, 22)),
      [['waiting 0–40'], ['ringing 5–20'], ['ringing 20–22']],
    ],
    [
      'hand the conversation over from one agent to the next in a transfer',
      callOf(over(215, 205), from('completed', 1, 98), to('completed', 6, 215), from('completed', 86, 215)),
      [['ringing 1–6', 'waiting 6–10', 'conversation 10–98'], ['ringing 6–10', 'conversation 10–215'], ['ringing 86–98', 'conversation 98–215']],
    ],
    [
      'let only the leg that was answered talk, of several that rang at once',
      callOf(over(85, 72, inbound), from('completed', 0, 85), to('canceled', 4, 13), to('completed', 4, 85), to('canceled', 4, 13)),
      [['waiting 0–13', 'conversation 13–85'], ['ringing 4–13'], ['ringing 4–13', 'conversation 13–85'], ['ringing 4–13']],
    ],
    [
      'keep the agent waiting through retries',
      callOf(over(152, 78), from('completed', 1, 152), to('no-answer', 5, 30), to('no-answer', 35, 60), to('completed', 65, 152)),
      [['ringing 1–5', 'waiting 5–74', 'conversation 74–152'], ['ringing 5–30'], ['ringing 35–60'], ['ringing 65–74', 'conversation 74–152']],
    ],
    [
      'do not divide a later leg that was created only after the one before had ended, and let the other side wait meanwhile',
      callOf(over(300, 200, inbound), from('completed', 0, 300), to('completed', 90, 150), to('completed', 170, 300)),
      [['waiting 0–100', 'conversation 100–150', 'waiting 150–170', 'conversation 170–300'], ['ringing 90–100', 'conversation 100–150'], ['leg 170–300']],
    ],
    [
      'let the customer stay on the line alone after the agent has gone',
      callOf(over(100, 80), from('completed', 1, 90), to('completed', 6, 100)),
      [['ringing 1–6', 'waiting 6–20', 'conversation 20–90'], ['ringing 6–20', 'conversation 20–90', 'waiting 90–100']],
    ],
    [
      'do not divide legs that the talk time does not fit',
      callOf(over(215, 84), from('completed', 1, 98), to('completed', 6, 215)),
      [['ringing 1–6', 'leg 6–98'], ['leg 6–215']],
      [/^2 legs are drawn undivided because total_talk_time does not fit/],
    ],
    [
      'draw no conversation where nobody of one side answered, and say so',
      callOf(over(52, 31), from('completed', 1, 52), to('no-answer', 6, 52)),
      [['ringing 1–6', 'waiting 6–52'], ['ringing 6–52']],
      [/^total_talk_time is 31 s, and yet no customer leg was answered by its status: /],
    ],
    [
      'do not tell waiting from talk without a talk time',
      callOf(over(58, null), from('completed', 1, 58), to('completed', 6, 58)),
      [['ringing 1–6', 'leg 6–58'], ['leg 6–58']],
      [/no readable total_talk_time/],
    ],
    ['do not tell ringing from waiting where no other leg is told of', callOf(over(58, 48), from('completed', 1, 58)), [['leg 1–10', 'conversation 10–58']]],
    [
      'know no end from a call without one, but from the legs',
      callOf(over(39, null, { end_time: null }), from('completed', 1, 39), to('no-answer', 8, 39)),
      [['ringing 1–8', 'waiting 8–39'], ['ringing 8–39']],
      [/no readable end_time/],
    ],
    [
      'place the talk at the end of the legs where the call has no end',
      callOf(over(43, 33, { end_time: null }), from('completed', 1, 43), to('completed', 6, 41)),
      [['ringing 1–6', 'waiting 6–8', 'conversation 8–43'], ['ringing 6–8', 'conversation 8–41']],
      [/no readable end_time/, /the talk time cannot be placed/],
    ],
    ['go to the end of the call where the record of an answered leg never changed', callOf(over(58, 48), from('completed', 1, 1), to('in-progress', 6)), [['ringing 1–6', 'waiting 6–10', 'conversation 10–58'], ['ringing 6–10', 'conversation 10–58']]],
    ['do not divide legs of nobody knows which side', callOf(over(58, 48, { direction: null }), from('completed', 1, 58), to('completed', 6, 58)), [['leg 1–58'], ['leg 6–58']]],
    ['do not divide a leg of a status nobody knows', callOf(over(58, 48), from('parked', 1, 58)), [['leg 1–58']]],
    ['do not draw a leg that was not attempted', callOf(over(58, 0), from('no-answer', 1, 58), to(undefined), to(undefined, 60, 60)), [['ringing 1–58'], [], []]],
    ['do not draw a leg without a creation', callOf(over(58, 48), from('completed', undefined, 58)), [[]], [/^One leg is not drawn for want of a readable date_created\.$/]],
    ['do not draw a leg that rang until nobody knows when', callOf(over(58, 0), from('no-answer', 1)), [[]], [/^One leg is not drawn for want of a readable date_updated\.$/]],
    ['do not draw a leg that changed before it was created', callOf(over(58, 0), from('failed', 10, 1), to('failed', 20, 2)), [[], []], [/^2 legs are not drawn because date_updated is before date_created\.$/]],
    ['do not draw what has no length', callOf(over(58, 0), from('failed', 10, 10)), [[]]],
    ['draw a leg that began after the end where its times say', callOf(over(58, 48), to('no-answer', 60, 90)), [['ringing 60–90']], [/^total_talk_time is 48 s, and yet no customer leg/]],
    ['take an answered leg’s beginning from v1’s time on the call', callOf(over(58, 40), from('completed', 1, 58, { onCall: 54 }), to('completed', 6, 58, { onCall: 45 })), [['ringing 1–4', 'waiting 4–18', 'conversation 18–58'], ['ringing 6–13', 'conversation 13–58']]],
  ];
  for (const [what, call, expected, notes = []] of drawn) {
    it(what, () => {
      assert.deepEqual(courses(call), expected);
      const said = timeline(call).notes;
      assert.equal(said.length, notes.length, said.join('\n'));
      for (const [index, note] of notes.entries()) assert.match(said[index] ?? '', note);
    });
  }

  it('go up to the moment of the answer while the call goes on', () => {
    assert.deepEqual(courses(callOf(active, from('in-progress', 1, 5), to('ringing', 5, 6))), [['ringing 1–5', 'ongoing 5–3600'], ['ringing 5–3600']]);
    assert.deepEqual(courses(callOf(active, from('in-progress', 1, 5), to('in-progress', 6, 12))), [['ringing 1–6', 'ongoing 6–3600'], ['ringing 6–12', 'ongoing 12–3600']]);
    assert.deepEqual(courses(callOf(active, from('queued', 1, 1))), [['leg 1–3600']]);
    assert.deepEqual(courses(callOf({ ...active, ...inbound }, from('in-progress', 0, 1), to('no-answer', 2, 20), to('ringing', 20, 20))), [['ongoing 0–3600'], ['ringing 2–20'], ['ringing 20–3600']]);
    assert.deepEqual(courses(callOf({ ...active, direction: null }, from('in-progress', 0, 1))), [['ongoing 0–3600']]);
    assert.deepEqual(courses(callOf(active, from('completed', 1, 90), to('in-progress', 6, 12), from('in-progress', 80, 88))), [['ringing 1–6', 'leg 6–90'], ['ringing 6–12', 'ongoing 12–3600'], ['ringing 80–88', 'ongoing 88–3600']]);
  });

  it('do not write into a bar how long what goes on has lasted', () => {
    const lanes = legLanes(timeline(callOf(active, from('in-progress', 1, 5), to('ringing', 5, 6))));
    assert.deepEqual(
      lanes.map(({ spans }) => spans.map(({ label }) => label)),
      [['ringing, 4 s', 'in progress'], ['ringing']],
    );
  });

  it('place v1’s times on the call at its end, and say that they are placed', () => {
    const call = v1CallOf(over(58, 45), from('completed', undefined, undefined, { onCall: 54 }), to('completed', undefined, undefined, { onCall: 45 }));
    assert.deepEqual(courses(call), [['leg 4–58'], ['conversation 13–58']]);
    const spans = legLanes(timeline(call)).flatMap((lane) => lane.spans);
    assert.deepEqual(
      spans.map(({ provenance }) => provenance),
      ['derived', 'derived'],
    );
    assert.match(spans[1]?.explanation ?? '', /^OnCallDuration, placed so that it ends at end_time, as the leg has no time of its own; it is as long as total_talk_time\.$/);
    assert.deepEqual(timeline(call).notes, []);
  });

  it('never place v1’s time on the call before the call', () => {
    assert.deepEqual(courses(v1CallOf(over(58, 45), from('completed', undefined, undefined, { onCall: 1e9 }))), [['leg 0–58']]);
  });

  it('say once that v1 gives no times, and keep the lanes with their status', () => {
    const legs = [from('completed', undefined, undefined, { onCall: 54 }), to('no-answer', undefined, undefined, { onCall: 0 })];
    const call = v1CallOf(over(58, null, { end_time: null }), ...legs);
    const { lanes, notes } = timeline(call);
    assert.deepEqual(
      lanes.slice(1).map(({ spans, marks, status }) => [spans.length, marks.length, status?.label]),
      [
        [0, 0, 'completed'],
        [0, 0, 'no answer'],
      ],
    );
    assert.equal(notes.filter((note) => note.startsWith('v1 gives no times for its legs: 2 legs are not drawn')).length, 1);
  });

  it('come in the order the legs began, each with its place in the record, label, side and status', () => {
    const call = callOf(over(58, 0), from('completed', 9, 58, { name: 'Asha Rao' }), from('no-answer', 1, 8, { name: 'Asha Rao' }), to('failed', 9, 9), to(undefined));
    assert.deepEqual(
      timeline(call).lanes.map(({ id, label, side, status }) => [id, label, side, status?.label]),
      [
        ['call', 'Call', undefined, undefined],
        ['from.1', 'Asha Rao', 'agent', 'no answer'],
        ['from.0', 'Asha Rao (2)', 'agent', 'completed'],
        ['to.0', 'Customer leg', 'customer', 'failed'],
        ['to.1', 'Customer leg (2)', 'customer', 'not attempted'],
      ],
    );
    assert.deepEqual(timeline(callOf({ direction: null }, to('failed', 1, 2))).lanes.map(({ side }) => side), [undefined, 'to']);
  });

  it('mark when a leg’s record was created and last changed, and cite it', () => {
    const [lane] = legLanes(timeline(callOf(over(58, 48), from('completed', 1, 62))));
    assert.deepEqual(
      lane?.marks.map((mark) => [mark.id, seconds(mark.at), mark.provenance, mark.sources.map(({ field }) => field)]),
      [
        ['created', 1, 'reported', ['legs:from.0.date_created']],
        ['updated', 62, 'reported', ['legs:from.0.date_updated']],
      ],
    );
    assert.deepEqual(lane?.status?.sources, [{ field: 'legs:from.0.status', value: 'completed' }]);
  });

  it('explain what a stretch rests on and what it does not tell', () => {
    const [agent] = legLanes(timeline(callOf(over(58, 48), from('completed', 1, 58), to('completed', 6, 58))));
    assert.deepEqual(
      agent?.spans.map(({ label, explanation, sources }) => [label, explanation, sources.map(({ field }) => field)]),
      [
        [
          'ringing, 5 s',
          'Likely dialling and ringing: from date_created to date_created of the first leg to the other side (which is dialled once this one has answered); no field says when the leg was answered.',
          ['legs:from.0.date_created', 'legs:to.1.date_created'],
        ],
        [
          'waiting, 4 s',
          'Likely answered and waiting for the other side: from date_created of the first leg to the other side (which is dialled once this one has answered) to where the conversation is placed (end_time minus total_talk_time); no field says when the leg was answered.',
          ['legs:to.1.date_created', 'end_time', 'total_talk_time'],
        ],
        [
          'conversation, 48 s',
          'Likely in conversation: from where the conversation is placed (end_time minus total_talk_time) to date_updated (the last change of its record and so likely its end); interrupted talk would lie elsewhere.',
          ['end_time', 'total_talk_time', 'legs:from.0.date_updated'],
        ],
      ],
    );
  });

  it('do not let a record that changed days later dwarf the call', () => {
    const late = timeline(callOf(over(58, 48), from('completed', 1, 86_400 * 3), to('completed', 6, 58)));
    assert.deepEqual(late.range, { from: at(0), to: at(58) });
    assert.match(late.notes.join(), /^One leg is drawn without date_updated, which lies long after the call\.$/);
    const far = timeline(callOf(over(58, 48), from('completed', 1, 58), to('no-answer', 86_400, 86_500), to('failed', -86_400, -86_399)));
    assert.deepEqual(far.range, { from: at(0), to: at(58) });
    assert.match(far.notes.join(), /2 legs are not drawn because of times far from the call’s\./);
  });

  it('stretch the axis over legs where the call has no time of its own', () => {
    const call = callOf({ created_time: null, start_time: null, end_time: null, total_talk_time: null }, from('no-answer', 3, 20), to('failed', 25, 26));
    const { range, origin } = timeline(call);
    assert.deepEqual([range, origin], [{ from: at(3), to: at(26) }, at(3)]);
  });

  it('are there where nothing has a time', () => {
    const call = callOf({ created_time: null, start_time: null, end_time: null, total_talk_time: null }, from('completed'));
    const { lanes, range } = timeline(call);
    assert.deepEqual([lanes.map(({ id, status }) => [id, status?.label]), range], [[['from.0', 'completed']], undefined]);
  });

  it('are bounded, and the rest is counted', () => {
    const legs = Array.from({ length: 10_000 }, (_, index) => to('completed', index % 300, 300));
    const { lanes, notes } = timeline(callOf(over(300, 280), from('completed', 0, 300), ...legs));
    assert.equal(lanes.length, MAX_LANES);
    assert.equal(MAX_LANES, 50);
    assert.ok(notes.includes('The record has 10001 legs: the 49 that began first have a lane.'), notes.join('\n'));
  });
});

describe('legs of any kind', () => {
  const offset = fc.option(fc.oneof(fc.integer({ min: -5, max: 320 }), fc.integer({ min: -4_000_000, max: 4_000_000 })), { nil: undefined });
  const anyLeg = fc
    .tuple(fc.constantFrom('from', 'to'), fc.constantFrom('completed', 'in-progress', 'ringing', 'queued', 'no-answer', 'busy', 'failed', 'canceled', 'xyz\u202E', undefined), offset, offset, fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }), fc.option(fc.string({ unit: 'binary', maxLength: 90 }), { nil: undefined }))
    .map(([end, status, created, updated, onCall, name]) => legAt(end, status, created, updated, { ...(onCall === undefined ? {} : { onCall }), ...(name === undefined ? {} : { name }) }));
  const time = fc.option(fc.integer({ min: -20, max: 400 }), { nil: null }).map((offset) => (offset === null ? null : written(at(offset))));
  const details = fc.record({
    direction: fc.constantFrom('outbound-api', 'inbound', null),
    state: fc.constantFrom('active', 'terminal', null),
    status: fc.constantFrom('completed', 'in-progress', 'no-answer', null),
    created_time: time,
    start_time: time,
    end_time: time,
    updated_time: time,
    total_talk_time: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
  });
  const anyCall = fc.tuple(details, fc.array(anyLeg, { maxLength: 12 }), fc.boolean()).map(([call, legs, isV1]) => (isV1 ? v1CallOf : callOf)(call, ...legs));

  it('are drawn forwards, in range and in order of time, each part with a name of its own, and nothing is called reported that is not', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const { lanes, marks, range } = timeline(call);
        const keys = lanes.flatMap((lane) => [...lane.spans, ...lane.marks].map(({ id }) => `${lane.id}/${id}`));
        assert.equal(new Set(keys).size, keys.length);
        assert.equal(new Set(lanes.map(({ id }) => id)).size, lanes.length);
        for (const { id, spans, marks: own } of lanes) {
          for (const { from, to } of spans) assert.ok(from < to && range !== undefined && range.from <= from && to <= range.to);
          for (const mark of [...own, ...marks]) assert.ok(range !== undefined && range.from <= mark.at && mark.at <= range.to);
          if (id === 'call') continue;
          for (const [index, span] of spans.entries()) assert.ok(index === 0 || span.from >= (spans[index - 1]?.to ?? Infinity));
          for (const { provenance } of spans) assert.notEqual(provenance, 'reported');
          for (const mark of own) assert.ok(mark.sources.length > 0);
        }
      }),
    );
  });

  it('are told of in single plain sentences with evidence, and never as to who hung up', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const { lanes, notes } = timeline(call);
        const legs = lanes.filter(({ id }) => id !== 'call');
        for (const { label, status } of legs) {
          assert.ok(label.length > 0 && label.length < 70);
          assert.doesNotMatch(label + (status?.label ?? ''), /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        }
        const parts = legs.flatMap((lane) => [...lane.spans, ...lane.marks]);
        for (const { sources } of legs.flatMap((lane) => lane.spans)) assert.ok(sources.length > 0);
        for (const sentence of [...parts.map(({ explanation }) => explanation), ...notes]) {
          assert.match(sentence, /^[^.].*[^.]\.$/);
          assert.doesNotMatch(sentence, /\. |hung up|picked up|undefined|Infinity|NaN/);
        }
        assert.equal(new Set(notes).size, notes.length);
      }),
    );
  });
});
