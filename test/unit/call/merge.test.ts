import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Call, type CallField, cite, citeLeg, type Leg } from '../../../src/call/call';
import { type LegsRecord, mergeCalls, withLegs } from '../../../src/call/merge';
import type { DetailsResource } from '../../../src/call/request';
import { at } from './calls';

type Values = Partial<Omit<Call, 'resource' | 'sources' | 'reported' | 'reportedLeftOut' | 'disagreements'>>;

/** An answer that gives each value under its own name. */
function answer(resource: DetailsResource, values: Values): Call {
  const fields = Object.keys(values).filter((field) => field !== 'legs');
  const reported = Object.entries(values).map(([path, value]) => ({ path, value: typeof value === 'string' ? value : JSON.stringify(value), known: true }));
  return { resource, ...values, sources: Object.fromEntries(fields.map((field) => [field, field])), reported, reportedLeftOut: 0 };
}

const merged = (first: Values, second: Values): Call => mergeCalls(answer('v2', { direction: 'outbound-api', ...first }), [answer('v1', second)]);
const disputed = (call: Call): readonly CallField[] => (call.disagreements ?? []).map(({ field }) => field);

describe('several answers merged', () => {
  it('have what is missing in the first from the others, in their order, with the resource it came from', () => {
    const call = mergeCalls(answer('v2', { sid: 'a', status: 'completed' }), [answer('v3', { digits: '1-2', status: 'completed' }), answer('v1', { digits: '1-2', price: '0.5' })]);
    assert.deepEqual([call.resource, call.sid, call.status, call.digits, call.price], ['v2', 'a', 'completed', '1-2', '0.5']);
    assert.deepEqual(cite(call, 'status'), { field: 'status', value: 'completed' });
    assert.deepEqual(cite(call, 'digits'), { field: 'v3:digits', value: '1-2' });
    assert.deepEqual(cite(call, 'price'), { field: 'v1:price', value: '0.5' });
    assert.equal(call.disagreements, undefined);
  });

  it('list every leaf of every answer, each under its resource, and count those left out', () => {
    const { reported, reportedLeftOut } = mergeCalls({ ...answer('v2', { sid: 'a' }), reportedLeftOut: 2 }, [{ ...answer('v3', { sid: 'a' }), reportedLeftOut: 1 }, answer('v1', { status: 'busy' })]);
    assert.deepEqual(
      reported.map(({ path }) => path),
      ['sid', 'v3:sid', 'v1:status'],
    );
    assert.equal(reportedLeftOut, 3);
  });

  it('are the first one where there is no other', () => {
    const only = answer('v3', { sid: 'a', state: 'active' });
    assert.deepEqual(mergeCalls(only, []), only);
  });

  it('keep both values where two disagree, the one that is shown first', () => {
    const call = mergeCalls(answer('v2', { totalDuration: 300 }), [answer('v3', { totalDuration: 300 }), answer('v1', { totalDuration: 250 })]);
    assert.equal(call.totalDuration, 300);
    assert.deepEqual(call.disagreements, [
      {
        field: 'totalDuration',
        values: [
          { field: 'totalDuration', value: '300' },
          { field: 'v3:totalDuration', value: '300' },
          { field: 'v1:totalDuration', value: '250' },
        ],
      },
    ]);
  });

  it('compare what was filled in as well', () => {
    const call = mergeCalls(answer('v2', { sid: 'a' }), [answer('v3', { status: 'completed' }), answer('v1', { status: 'failed' })]);
    assert.equal(call.status, 'completed');
    assert.deepEqual(call.disagreements?.[0]?.values, [
      { field: 'v3:status', value: 'completed' },
      { field: 'v1:status', value: 'failed' },
    ]);
  });

  it('take an ExoPhone for nobody', () => {
    assert.equal(merged({ virtualNumber: '+918047110000' }, { customer: { number: '08047110000' } }).customer, undefined);
    assert.deepEqual(disputed(merged({ virtualNumber: '+918047110000', customer: { number: '+915550100001' } }, { customer: { number: '08047110000' } })), []);
    assert.deepEqual(merged({ virtualNumber: '+918047110000' }, { customer: { number: '05550100001' } }).customer, { number: '05550100001' });
  });

  it('have the URL of whichever answer names one, and say whose it is', () => {
    const url = { location: 'https://recordings.exotel.com/a/b.mp3', signed: false };
    const call = merged({ recording: { available: true, signed: false } }, { recording: url });
    assert.deepEqual([call.recording, call.sources.recording], [{ available: true, ...url }, 'v1:recording']);
    const own = merged({ recording: { available: true, ...url } }, { recording: { ...url, location: 'https://s3.example/x/b.mp3' } });
    assert.deepEqual([own.recording?.location, own.sources.recording], [url.location, 'recording']);
  });

  it('cite of a party what was compared', () => {
    const answers = [answer('v2', { customer: { name: 'Asha', number: '+915550100001' } }), answer('v1', { customer: { number: '+915550100002' } })] as const;
    const [v2, v1] = answers.map((call) => ({ ...call, reported: [{ path: 'name', value: 'Asha', known: true }, { path: 'number', value: ` ${call.customer?.number ?? ''} `, known: true }] }));
    assert.ok(v2 !== undefined && v1 !== undefined);
    assert.deepEqual(mergeCalls(v2, [v1]).disagreements?.[0]?.values, [
      { field: 'number', value: ' +915550100001 ' },
      { field: 'v1:number', value: ' +915550100002 ' },
    ]);
  });
});

describe('two answers', () => {
  const location = (name: string) => ({ signed: false, location: name });
  const agreeing: readonly [what: string, first: Values, second: Values][] = [
    ['with times rounded to a second', { endTime: at(300.9) }, { endTime: at(300) }],
    ['with lengths rounded to a second', { totalDuration: 300 }, { totalDuration: 301 }],
    ['with white space around a text', { customField: 'ticket' }, { customField: ' ticket ' }],
    ['with a number with and without country code', { virtualNumber: '+91 80471 10000' }, { virtualNumber: '08047110000' }],
    ['with a number written as abroad', { virtualNumber: '00918047110000' }, { virtualNumber: '918047110000' }],
    ['with a masked number', { virtualNumber: '+918047114890' }, { virtualNumber: '0XXXXXX4890' }],
    ['with a SID in a number’s place', { virtualNumber: '+918047114890' }, { virtualNumber: 'PN0123456789abcdef' }],
    ['with a party’s number and its SIP address', { agent: { contactUri: 'sip:asha@pbx.example' } }, { agent: { number: '+915550100001' } }],
    ['with a SIP address and its parameters', { agent: { contactUri: 'sip:Asha@pbx.example;transport=tls' } }, { agent: { contactUri: 'sip:asha@PBX.example' } }],
    ['with one of two numbers the same', { agent: { number: '+915550100001', contactUri: '+915550100002' } }, { agent: { number: '05550100002' } }],
    ['with a name on one side only', { customer: { name: 'Asha', number: '+915550100001' } }, { customer: { number: '05550100001' } }],
    ['with directions that name the same way', { direction: 'outbound-api' }, { direction: 'outbound' }],
    ['with a direction nobody knows', {}, { direction: 'sideways' }],
    ['with the state in other letters', { state: 'terminal' }, { state: 'TERMINAL' }],
    ['with the two spellings of cancelled', { status: 'agent_canceled' }, { status: 'from_leg_cancelled' }],
    ['with a status by leg', { status: 'agent_unanswered' }, { status: 'from_leg_unanswered' }],
    ['with v1’s no-answer', { status: 'customer_unanswered' }, { status: 'no-answer' }],
    ['with v1’s failed', { status: 'customer_no_dial' }, { status: 'failed' }],
    ['with v1’s busy', { status: 'agent_no_dial' }, { status: 'busy' }],
    ['with v1’s canceled', { status: 'agent_canceled' }, { status: 'canceled' }],
    ['with two stages of a call that goes on', { status: 'ringing' }, { status: 'in-progress' }],
    ['with the same unknown status', { status: 'parked' }, { status: 'PARKED' }],
    ['with a recording at two hosts', { recording: location('https://s3.example/x/b.mp3') }, { recording: location('https://recordings.example/y/b.mp3') }],
    ['with a recording that only one names', { recording: { available: true, signed: false } }, { recording: location('https://s3.example/b.mp3') }],
    ['with records that changed at other times', { updatedTime: at(300) }, { updatedTime: at(900) }],
    ['with prices', { price: '1' }, { price: '2' }],
    ['with paths of legs', { legsPath: '/v2/x' }, { legsPath: '/v3/x' }],
  ];
  for (const [what, first, second] of agreeing) {
    it(`do not disagree ${what}`, () => {
      assert.deepEqual(disputed(merged(first, second)), []);
      assert.deepEqual(disputed(mergeCalls(answer('v2', { direction: 'outbound-api', ...second }), [answer('v1', first)])), []);
    });
  }

  const disagreeing: readonly [field: CallField, first: Values, second: Values][] = [
    ['sid', { sid: 'aBcDefgh' }, { sid: 'abcdefgh' }],
    ['direction', {}, { direction: 'inbound' }],
    ['virtualNumber', { virtualNumber: '+918047110000' }, { virtualNumber: '08047110001' }],
    ['virtualNumber', { virtualNumber: '+918047114890' }, { virtualNumber: '0XXXXXX4891' }],
    ['state', { state: 'active' }, { state: 'terminal' }],
    ['status', { status: 'completed' }, { status: 'no-answer' }],
    ['status', { status: 'agent_unanswered' }, { status: 'to_leg_unanswered' }],
    ['status', { status: 'agent_unanswered' }, { status: 'failed' }],
    ['status', { status: 'completed' }, { status: 'in-progress' }],
    ['status', { status: 'parked' }, { status: 'held' }],
    ['status', { status: 'completed' }, { status: 'held' }],
    ['agent', { agent: { contactUri: 'sip:asha@pbx.example' } }, { agent: { contactUri: 'sip:ravi@pbx.example' } }],
    ['customer', { customer: { number: '+915550100001' } }, { customer: { number: '+915550100002' } }],
    ['createdTime', { createdTime: at(0) }, { createdTime: at(-1.001) }],
    ['startTime', { startTime: at(1) }, { startTime: at(19_801) }],
    ['endTime', { endTime: at(300) }, { endTime: at(303) }],
    ['totalDuration', { totalDuration: 300 }, { totalDuration: 302 }],
    ['totalTalkTime', { totalTalkTime: 0 }, { totalTalkTime: 280 }],
    ['recording', { recording: location('https://s3.example/a.mp3') }, { recording: location('https://s3.example/b.mp3') }],
    ['recording', { recording: { available: false, signed: false } }, { recording: location('https://s3.example/b.mp3') }],
    ['customField', { customField: 'ticket_1' }, { customField: 'ticket_2' }],
    ['digits', { digits: '1-2' }, { digits: '1' }],
  ];
  for (const [field, first, second] of disagreeing) {
    it(`disagree about ${field}: ${JSON.stringify(first)} and ${JSON.stringify(second)}`, () => {
      const call = merged(first, second);
      assert.deepEqual(disputed(call), [field]);
      assert.equal(call.disagreements?.[0]?.values.length, 2);
      assert.deepEqual(disputed(mergeCalls(answer('v2', { direction: 'outbound-api', ...second }), [answer('v1', { direction: 'outbound', ...first })])), [field]);
    });
  }

  const values = fc.record<Values>(
    {
      sid: fc.constantFrom('a1234567', 'b1234567'),
      direction: fc.constantFrom('inbound', 'outbound', 'x'),
      status: fc.constantFrom('completed', 'no-answer', 'busy', 'agent_unanswered', 'to_leg_unanswered', 'x'),
      endTime: fc.integer({ min: 0, max: 5000 }),
      totalTalkTime: fc.integer({ min: 0, max: 5 }),
      customer: fc.record({ number: fc.constantFrom('+915550100001', '05550100001', '05550100002', '') }),
      recording: fc.record({ available: fc.boolean(), signed: fc.boolean() }),
    },
    { requiredKeys: [] },
  );

  it('never change what the first says, invent nothing, and agree with themselves, whatever they say', () => {
    fc.assert(
      fc.property(values, values, values, (first, second, third) => {
        const call = mergeCalls(answer('v2', first), [answer('v3', second), answer('v1', third)]);
        for (const field of ['sid', 'direction', 'status', 'endTime', 'totalTalkTime', 'customer', 'recording'] as const) {
          assert.equal(call[field], first[field] ?? second[field] ?? third[field]);
          assert.equal(call[field] === undefined, call.sources[field] === undefined);
          assert.equal(cite(call, field)?.value === '', false);
        }
        for (const { values: said } of call.disagreements ?? []) assert.ok(said.length >= 2);
        assert.deepEqual(disputed(mergeCalls(answer('v2', first), [answer('v3', first)])), []);
      }),
    );
  });
});

describe('the legs', () => {
  const leg = (end: Leg['end'], more: Partial<Leg> = {}): Leg => ({ end, sources: {}, ...more });
  const record = (...legs: readonly Leg[]): LegsRecord => ({ legs, legsLeftOut: 0, reported: [{ path: 'legs:from.0.status', value: 'completed', known: true }], reportedLeftOut: 3 });
  const listed = leg('from', { status: 'completed', sources: { status: 'legs:from.0.status' } });
  const told = (end: Leg['end'], onCallDuration: number): Leg => leg(end, { onCallDuration, sources: { onCallDuration: `Legs.${String(onCallDuration)}` } });

  it('of the legs resource join the call, each on its side, with what it reported', () => {
    const call = withLegs(answer('v2', { sid: 'a', direction: 'inbound' }), record(listed, leg('to')));
    assert.deepEqual(
      call.legs?.map(({ side }) => side),
      ['customer', 'agent'],
    );
    assert.deepEqual(
      call.reported.map(({ path }) => path),
      ['sid', 'direction', 'legs:from.0.status'],
    );
    assert.equal(call.reportedLeftOut, 3);
    const [first] = call.legs ?? [];
    assert.ok(first !== undefined);
    assert.deepEqual(citeLeg(call, first, 'status'), { field: 'legs:from.0.status', value: 'completed' });
  });

  it('have no side where the direction does not tell', () => {
    assert.equal(withLegs(answer('v2', {}), record(listed)).legs?.[0]?.side, undefined);
  });

  it('of the legs resource stand in place of v1’s, with v1’s times on the call where the legs match', () => {
    const call = withLegs(answer('v1', { direction: 'outbound', legs: [told('from', 20), told('to', 12)] }), record(listed, leg('to')));
    assert.deepEqual(
      call.legs?.map(({ status, onCallDuration, sources }) => [status, onCallDuration, sources.onCallDuration]),
      [
        ['completed', 20, 'Legs.20'],
        [undefined, 12, 'Legs.12'],
      ],
    );
  });

  it('of v1 tell nothing where there are not as many', () => {
    const call = withLegs(answer('v1', { legs: [told('from', 20), told('to', 12)] }), record(listed, leg('to'), leg('to')));
    assert.deepEqual(
      call.legs?.map(({ onCallDuration }) => onCallDuration),
      [undefined, undefined, undefined],
    );
  });

  it('of another answer are cited under its name, whichever way they are merged', () => {
    const v1 = answer('v1', { legs: [told('from', 20), told('to', 12)] });
    const v2 = answer('v2', { direction: 'outbound-api' });
    const alone = mergeCalls(v2, [v1]);
    assert.deepEqual(
      alone.legs?.map(({ side, sources }) => [side, sources.onCallDuration]),
      [
        ['agent', 'v1:Legs.20'],
        ['customer', 'v1:Legs.12'],
      ],
    );
    const after = withLegs(alone, record(listed, leg('to')));
    const before = mergeCalls(withLegs(v2, record(listed, leg('to'))), [v1]);
    assert.deepEqual(after.legs, before.legs);
    assert.deepEqual(after.legs?.[0]?.sources, { status: 'legs:from.0.status', onCallDuration: 'v1:Legs.20' });
  });

  it('are told to be none where the legs resource lists none', () => {
    assert.deepEqual(withLegs(answer('v2', {}), record()).legs, []);
  });
});
