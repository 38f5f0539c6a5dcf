import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { readCall } from '../../../src/exotel/wire';

function reading(body: unknown): { readonly call: Call; readonly recordingUrl?: string } {
  const read = readCall(body, 'v1');
  assert.ok('call' in read, JSON.stringify(read));
  return read;
}

const callOf = (call: object): Call => reading({ Call: { Sid: 'c1', ...call } }).call;

const ANSWER = {
  Call: {
    Sid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
    ParentCallSid: 'p1',
    DateCreated: '2017-03-03 10:48:33',
    DateUpdated: '2017-03-03 10:49:10',
    AccountSid: 'acme1',
    To: '0XXXXX20000',
    From: '05555501234',
    PhoneNumberSid: '08055555501',
    Status: 'completed',
    StartTime: '2017-03-03 10:48:34',
    EndTime: '2017-03-03 10:48:51',
    Duration: '17',
    Price: '1.500000',
    Direction: 'outbound-api',
    AnsweredBy: 'human',
    RecordingUrl: 'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/acme1/c5797.mp3',
    CustomField: 'ticket-7',
    Details: {
      ConversationDuration: '8',
      Leg1Status: 'completed',
      Leg2Status: 'completed',
      Legs: [{ Leg: { Id: 1, OnCallDuration: '15' } }, { Leg: { Id: 2, OnCallDuration: 8 } }],
    },
  },
};

describe('An answer of v1', () => {
  const { call, recordingUrl } = reading(ANSWER);

  it('gives every value, its times as Indian time, its numbers out of text', () => {
    const { sources: _sources, reported, reportedLeftOut, legs: _legs, ...values } = call;
    assert.deepEqual(values, {
      resource: 'v1',
      sid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
      direction: 'outbound-api',
      virtualNumber: '08055555501',
      status: 'completed',
      agent: { number: '05555501234' },
      customer: { number: '0XXXXX20000' },
      createdTime: Date.UTC(2017, 2, 3, 5, 18, 33),
      updatedTime: Date.UTC(2017, 2, 3, 5, 19, 10),
      startTime: Date.UTC(2017, 2, 3, 5, 18, 34),
      endTime: Date.UTC(2017, 2, 3, 5, 18, 51),
      totalDuration: 17,
      totalTalkTime: 8,
      recording: { location: 'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/acme1/c5797.mp3', signed: false },
      customField: 'ticket-7',
      answeredBy: 'human',
      price: '1.500000',
      parentSid: 'p1',
    });
    assert.equal(recordingUrl, ANSWER.Call.RecordingUrl);
    assert.equal(reportedLeftOut, 0);
    assert.deepEqual(reported.filter(({ known, problem }) => !known || problem !== undefined), []);
  });

  it('gives the two legs: the one that was dialled first is from, and each cites its fields', () => {
    assert.deepEqual(call.legs, [
      {
        end: 'from',
        side: 'agent',
        status: 'completed',
        onCallDuration: 15,
        party: { number: '05555501234' },
        sources: { status: 'Details.Leg1Status', onCallDuration: 'Details.Legs.0.Leg.OnCallDuration', contactUri: 'From' },
      },
      {
        end: 'to',
        side: 'customer',
        status: 'completed',
        onCallDuration: 8,
        party: { number: '0XXXXX20000' },
        sources: { status: 'Details.Leg2Status', onCallDuration: 'Details.Legs.1.Leg.OnCallDuration', contactUri: 'To' },
      },
    ]);
  });

  it('cites only fields that are listed', () => {
    const paths = new Set(call.reported.map(({ path }) => path));
    const sources = [call, ...(call.legs ?? [])].flatMap((each) => Object.values(each.sources));
    for (const source of sources) assert.ok(paths.has(source), source);
  });

  it('swaps the sides of an inbound call, and takes the ExoPhone for nobody', () => {
    for (const [to, exoPhone] of [['08055555501', '08055555501'], ['08055555501', '+918055555501'], ['exophone', 'exophone']]) {
      const inbound = callOf({ Direction: 'inbound', From: '+915555501234', To: to, PhoneNumberSid: exoPhone, Details: { Leg1Status: 'completed', Leg2Status: 'no-answer' } });
      assert.deepEqual([inbound.customer, inbound.agent], [{ number: '+915555501234' }, undefined]);
      assert.deepEqual(inbound.legs?.map(({ side, status, party }) => [side, status, party]), [['customer', 'completed', { number: '+915555501234' }], ['agent', 'no-answer', undefined]]);
      assert.equal(inbound.reported.find(({ path }) => path === 'To')?.known, true);
    }
    const answered = callOf({ Direction: 'inbound', From: '+915555501234', To: '+915555504321', PhoneNumberSid: '08055555501' });
    assert.deepEqual(answered.agent, { number: '+915555504321' });
  });

  it('takes a SIP address for one, not for a number', () => {
    const call = callOf({ Direction: 'outbound-api', From: 'sip:asha@voice.example', To: '+915555501234', Details: { Leg1Status: 'completed' } });
    assert.deepEqual([call.agent, call.legs?.[0]?.party], [{ contactUri: 'sip:asha@voice.example' }, { contactUri: 'sip:asha@voice.example' }]);
  });

  it('claims no side where the direction does not tell it', () => {
    const call = callOf({ From: '1111', To: '2222', Details: { Leg1Status: 'busy' } });
    assert.deepEqual([call.agent, call.customer, call.legs?.[0]?.side], [undefined, undefined, undefined]);
    assert.deepEqual(call.legs?.[0]?.party, { number: '1111' });
  });

  it('takes the pre-signed link before the other, as a secret', () => {
    const signed = 'https://bucket.example.com/c.mp3?X-Amz-Signature=s3cr3t';
    const read = reading({ Call: { Sid: 'c1', RecordingUrl: 'https://recordings.exotel.com/a/c.mp3', PreSignedRecordingUrl: signed } });
    assert.equal(read.recordingUrl, signed);
    assert.deepEqual([read.call.recording?.signed, read.call.sources.recording], [true, 'PreSignedRecordingUrl']);
    assert.doesNotMatch(JSON.stringify(read.call), /s3cr3t/);
    assert.equal(reading({ Call: { Sid: 'c1', RecordingUrl: 'https://a.example/b', PreSignedRecordingUrl: '' } }).recordingUrl, 'https://a.example/b');
  });

  describe('is read all the same', () => {
    const legs = [{ Leg: { Id: 1, OnCallDuration: '15' } }, { Leg: { Id: 2, OnCallDuration: '8' } }];
    const details = { ConversationDuration: '8', Leg1Status: 'completed', Leg2Status: 'busy' };
    const shapes: Readonly<Record<string, unknown>> = {
      'with Details as text': { Details: JSON.stringify({ ...details, Legs: legs }) },
      'with plain legs': { Details: { ...details, Legs: [{ OnCallDuration: 15 }, { OnCallDuration: 8 }] } },
      'with legs in one object': { Details: { ...details, Legs: { Leg: [{ OnCallDuration: '15' }, { OnCallDuration: '8' }] } } },
      'in snake case': { details: { conversation_duration: '8', leg1_status: 'completed', leg2_status: 'busy', legs: [{ leg: { on_call_duration: '15' } }, { leg: { on_call_duration: '8' } }] } },
    };
    for (const [name, shape] of Object.entries(shapes)) {
      it(name, () => {
        const call = callOf(Object(shape));
        assert.equal(call.totalTalkTime, 8);
        assert.deepEqual(call.legs?.map(({ end, status, onCallDuration }) => [end, status, onCallDuration]), [['from', 'completed', 15], ['to', 'busy', 8]]);
      });
    }

    it('with a single leg', () => {
      for (const single of [{ Leg: { OnCallDuration: 3 } }, { OnCallDuration: 3 }]) {
        assert.deepEqual(callOf({ Details: { Legs: single } }).legs?.map(({ end, onCallDuration }) => [end, onCallDuration]), [['from', 3]]);
      }
    });

    it('with a leg that is missing, which no other takes the place of', () => {
      assert.deepEqual(callOf({ Details: { Legs: [null, { Leg: { OnCallDuration: 3 } }] } }).legs?.map(({ end }) => end), ['to']);
    });

    it('with its names in snake case', () => {
      const { call } = reading({ call: { sid: 'c1', date_created: '2017-03-03 10:48:33', phone_number_sid: '08055555501', recording_url: 'https://a.example/b', parent_call_sid: 'p' } });
      assert.deepEqual([call.sid, call.createdTime, call.virtualNumber, call.recording?.location, call.parentSid], ['c1', Date.UTC(2017, 2, 3, 5, 18, 33), '08055555501', 'https://a.example/b', 'p']);
    });

    for (const [name, body] of [
      ['in TwilioResponse', { TwilioResponse: ANSWER }],
      ['in a list', [ANSWER]],
      ['as the body itself', ANSWER.Call],
    ] as const) {
      it(name, () => assert.deepEqual(reading(body).call, call));
    }
  });

  it('tells of no legs without Details, and of none with empty ones', () => {
    assert.equal(callOf({}).legs, undefined);
    assert.equal(callOf({ Details: null }).legs, undefined);
    assert.equal(callOf({ Details: 'gone' }).legs, undefined);
    assert.deepEqual(callOf({ Details: { Leg1Status: null, Leg2Status: 'null', Legs: [] } }).legs, []);
  });

  it('says which field could not be read, and loses nothing else', () => {
    const call = callOf({ Status: ['completed'], Duration: 'long', EndTime: '0000-00-00 00:00:00', StartTime: 'soon', Details: { Leg1Status: { code: 5 }, Legs: 'many' } });
    assert.deepEqual(
      call.reported.flatMap(({ path, value, known, problem }) => (problem === undefined ? [] : [[path, value, known, problem]])),
      [
        ['Status.0', 'completed', true, 'is no text'],
        ['Duration', 'long', true, 'is no number of seconds'],
        ['StartTime', 'soon', true, 'is no date-time'],
        ['Details.Leg1Status.code', '5', true, 'is no text'],
      ],
    );
    assert.equal(call.endTime, undefined);
  });

  it('is none where it reports a failure, or has no call in it', () => {
    const gone = { RestException: { Status: 404, Message: 'Call not found', Code: 'NOT_FOUND' } };
    const failure = { code: 'NOT_FOUND', message: 'Call not found', httpStatus: 404 };
    assert.deepEqual(readCall(gone, 'v1'), { failure });
    assert.deepEqual(readCall({ TwilioResponse: gone }, 'v1'), { failure });
    for (const body of [null, [], {}, { Call: null }, { Call: {} }, { Calls: [] }, 'text']) assert.ok('problem' in readCall(body, 'v1'), JSON.stringify(body));
  });

  it('never makes the reader throw, whatever came', () => {
    const names = fc.constantFrom('Call', 'Sid', 'Details', 'Legs', 'Leg', 'Leg1Status', 'OnCallDuration', 'From', 'To', 'PhoneNumberSid', 'Direction', 'RestException', 'Status', '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 6 }, fc.constantFrom(null, true, '', 'null', 'inbound', '{"Legs":[1]}', 0, -1, 404), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(names, tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (details) => {
        const { call } = reading({ Call: { Sid: 'c', Details: details } });
        const paths = new Set(call.reported.map(({ path }) => path));
        for (const source of [call, ...(call.legs ?? [])].flatMap((each) => Object.values(each.sources))) assert.ok(paths.has(source), source);
      }),
      { numRuns: 1000 },
    );
  });
});
