import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MAX_REPORTED_FIELDS } from '../../../src/call/call';
import type { LegsRecord } from '../../../src/call/merge';
import { readLegs } from '../../../src/exotel/wireLegs';

function recordOf(body: unknown): LegsRecord {
  const read = readLegs(body);
  assert.ok('record' in read, JSON.stringify(read));
  return read.record;
}

const legsOf = (details: unknown): LegsRecord['legs'] => recordOf({ response: { leg_details: details } }).legs;

const DETAILS = {
  call_sid: 'c1',
  account_sid: 'acme1',
  from: [{ sid: 'l1', name: 'Asha', contact_uri: 'sip:asha@agents.example', date_created: '2024-06-15T10:30:00.000Z', date_updated: '2024-06-15T10:35:00.000Z', status: 'completed' }],
  to: [
    { sid: 'l2', name: null, contact_uri: '+915555501234', date_created: '2022-11-03 22:54:40+05:30', date_updated: '1970-01-01 05:30:00+05:30', status: 'no-answer', group_id: 'g1', group_name: 'Sales' },
    { sid: 'l3', name: 'null', contact_uri: '', date_created: null, date_updated: null, status: null, group_id: null, group_name: null },
  ],
};

describe('An answer about legs', () => {
  const record = recordOf({ request_id: 'r', http_code: 200, response: { code: 200, status: 'success', error_data: null, leg_details: DETAILS } });

  it('gives each leg with its end, in the order they came, and what each value was read from', () => {
    assert.deepEqual(record.legs, [
      {
        end: 'from',
        sid: 'l1',
        party: { name: 'Asha', contactUri: 'sip:asha@agents.example' },
        createdTime: Date.UTC(2024, 5, 15, 10, 30),
        updatedTime: Date.UTC(2024, 5, 15, 10, 35),
        status: 'completed',
        sources: {
          sid: 'legs:from.0.sid',
          name: 'legs:from.0.name',
          contactUri: 'legs:from.0.contact_uri',
          createdTime: 'legs:from.0.date_created',
          updatedTime: 'legs:from.0.date_updated',
          status: 'legs:from.0.status',
        },
      },
      {
        end: 'to',
        sid: 'l2',
        party: { number: '+915555501234', contactUri: '+915555501234' },
        groupId: 'g1',
        groupName: 'Sales',
        createdTime: Date.UTC(2022, 10, 3, 17, 24, 40),
        status: 'no-answer',
        sources: {
          sid: 'legs:to.0.sid',
          contactUri: 'legs:to.0.contact_uri',
          group: 'legs:to.0.group_id',
          createdTime: 'legs:to.0.date_created',
          status: 'legs:to.0.status',
        },
      },
      { end: 'to', sid: 'l3', sources: { sid: 'legs:to.1.sid' } },
    ]);
  });

  it('lists every field, each known', () => {
    assert.deepEqual(record.reported[0], { path: 'legs:call_sid', value: 'c1', known: true });
    assert.equal(record.reported.length, 24);
    assert.deepEqual(record.reported.filter(({ known, problem }) => !known || problem !== undefined), []);
  });

  describe('is read from', () => {
    const details = { from: [{ status: 'completed' }], to: [{ status: 'busy' }] };
    const places: Readonly<Record<string, unknown>> = {
      'response.leg_details': { response: { leg_details: details } },
      'response[0].leg_details': { response: [{ leg_details: details }] },
      'response.data.leg_details': { response: { data: { leg_details: details } } },
      'response[0].data[0]': { response: [{ data: [details] }] },
      'a list of leg_details': { response: { leg_details: [details] } },
      'a list of bodies': [{ response: { leg_details: details } }],
      'the body itself': details,
      'sides that are no lists': { response: { leg_details: { from: { status: 'completed' }, to: { status: 'busy' } } } },
    };
    for (const [name, body] of Object.entries(places)) {
      it(name, () => {
        const { legs, reported } = recordOf(body);
        assert.deepEqual(legs.map(({ end, status, sources }) => [end, status, sources.status]), [['from', 'completed', 'legs:from.0.status'], ['to', 'busy', 'legs:to.0.status']]);
        assert.deepEqual(reported.map(({ path }) => path), ['legs:from.0.status', 'legs:to.0.status']);
      });
    }
  });

  it('is read under other names', () => {
    const [one, two] = legsOf({ from: [{ leg_sid: 'a', number: '+915555501234', created_time: '2017-03-03 10:48:33', updated_time: '2017-03-03 10:48:43' }], to: [{ call_leg_sid: 'b', leg_status: 'busy' }] });
    assert.deepEqual([one?.sid, one?.party?.number, one?.createdTime, one?.updatedTime], ['a', '+915555501234', Date.UTC(2017, 2, 3, 5, 18, 33), Date.UTC(2017, 2, 3, 5, 18, 43)]);
    assert.deepEqual([two?.sid, two?.status], ['b', 'busy']);
  });

  it('tells of no legs where it says so', () => {
    for (const details of [{ from: [], to: [] }, { from: null, to: null }, { to: [] }, []]) assert.deepEqual(legsOf(details), []);
  });

  it('tells of nothing where it says nothing', () => {
    for (const body of [null, 'text', {}, [], { response: null }, { response: { leg_details: null } }, { response: { leg_details: {} } }, { response: { leg_details: [{ sid: 'a' }] } }]) {
      assert.deepEqual(readLegs(body), { problem: 'The answer has no legs in it.' }, JSON.stringify(body));
    }
  });

  it('tells of its failure', () => {
    assert.deepEqual(readLegs({ http_code: 500, response: { status: 'failure', error_data: { code: 10743, message: 'Legs not found' } } }), { failure: { code: '10743', message: 'Legs not found', httpStatus: 500 } });
    assert.deepEqual(readLegs({ response: { status: 'failure', leg_details: null } }), { failure: {} });
  });

  it('loses no leg to what cannot be read, and says what that was', () => {
    const { legs, reported } = recordOf({ response: { leg_details: { from: [null, 'x', { status: ['a'], date_created: 'soon', mood: 'calm' }], to: 17 } } });
    assert.deepEqual(legs, [{ end: 'from', sources: {} }]);
    assert.deepEqual(reported, [
      { path: 'legs:from.0', value: 'null', known: false },
      { path: 'legs:from.1', value: 'x', known: false },
      { path: 'legs:from.2.status.0', value: 'a', known: true, problem: 'is no text' },
      { path: 'legs:from.2.date_created', value: 'soon', known: true, problem: 'is no date-time' },
      { path: 'legs:from.2.mood', value: 'calm', known: false },
      { path: 'legs:to', value: '17', known: true },
    ]);
  });

  it('has no end that is too long', () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ sid: String(index), status: 'busy' }));
    const { legs, legsLeftOut, reported, reportedLeftOut } = recordOf({ response: { leg_details: { from: many.slice(0, 100), to: many } } });
    assert.deepEqual(['from', 'to'].map((end) => legs.filter((leg) => leg.end === end).length), [100, 250]);
    assert.equal(legsLeftOut, 1750);
    assert.equal(reported.length, MAX_REPORTED_FIELDS);
    assert.equal(reportedLeftOut, 2 * 2100 - MAX_REPORTED_FIELDS);
  });

  it('keeps secrets out of what is shown', () => {
    const read = readLegs({ response: { leg_details: { from: [{ name: 'tok-1234', contact_uri: 'https://u:p@a.example/x?sig=s3cr3t' }] } } }, (text) => text.replaceAll('tok-1234', '•••'));
    assert.doesNotMatch(JSON.stringify(read), /tok-1234|s3cr3t|u:p@/);
  });

  it('never makes the reader throw, whatever came', () => {
    const names = fc.constantFrom('response', 'data', 'leg_details', 'from', 'to', 'sid', 'status', 'date_created', 'contact_uri', 'error_data', '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 6 }, fc.constantFrom(null, true, '', 'null', 'x', 0, 404), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(names, tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (body) => {
        const read = readLegs(body);
        if (!('record' in read)) return;
        const paths = new Set(read.record.reported.map(({ path }) => path));
        for (const source of read.record.legs.flatMap(({ sources }) => Object.values(sources))) assert.ok(paths.has(source), source);
      }),
      { numRuns: 1000 },
    );
  });
});
