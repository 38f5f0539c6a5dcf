import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MAX_REPORTED_FIELDS, type Call } from '../../../src/call/call';
import { readCall } from '../../../src/exotel/wire';
import { readFailure } from '../../../src/exotel/wireFailure';
import { DOCUMENTED_ANSWER } from '../../support/documented';

function reading(body: unknown): { readonly call: Call; readonly recordingUrl?: string } {
  const read = readCall(body, 'v2');
  assert.ok('call' in read, JSON.stringify(read));
  return read;
}

const callOf = (details: unknown): Call => reading({ response: { call_details: details } }).call;

describe('the documented answer', () => {
  const { call, recordingUrl } = reading(DOCUMENTED_ANSWER);

  it('gives every value of the page', () => {
    const { sources, reported, reportedLeftOut, ...values } = call;
    assert.deepEqual(values, {
      resource: 'v2',
      sid: 'unique_call_identifier',
      direction: 'outbound-api',
      virtualNumber: '+911234567890',
      state: 'terminal',
      status: 'completed',
      agent: { contactUri: 'sip:agent@exotel.com', userId: 'agent-uuid' },
      customer: { number: '+919876543210' },
      createdTime: Date.UTC(2024, 5, 15, 10, 30, 0),
      updatedTime: Date.UTC(2024, 5, 15, 10, 35, 5),
      startTime: Date.UTC(2024, 5, 15, 10, 30, 1),
      endTime: Date.UTC(2024, 5, 15, 10, 35, 0),
      totalDuration: 300,
      totalTalkTime: 280,
      recording: { available: true, location: 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3', signed: false },
      customField: 'ticket_12345',
      legsPath: '/v2/accounts/<account_sid>/calls/<call_sid>/legs',
    });
    assert.equal(recordingUrl, 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3');
    assert.equal(reported.length, 18);
    assert.equal(reportedLeftOut, 0);
    assert.equal(sources.totalTalkTime, 'total_talk_time');
  });

  it('has a meaning for every field of the page', () => {
    assert.deepEqual(call.reported.filter(({ known, problem }) => !known || problem !== undefined), []);
  });

  it('lists the fields in the order they came, each value as it came', () => {
    assert.deepEqual(call.reported.slice(4, 7), [
      { path: 'status', value: 'completed', known: true },
      { path: 'assigned_agent_details.user_id', value: 'agent-uuid', known: true },
      { path: 'assigned_agent_details.contact_uri', value: 'sip:agent@exotel.com', known: true },
    ]);
  });

  it('cites only fields that are listed', () => {
    const paths = new Set(call.reported.map(({ path }) => path));
    for (const source of Object.values(call.sources)) assert.ok(paths.has(source), source);
  });
});

describe('the other shapes of an answer', () => {
  it('reads the names of shape b', () => {
    const { call, recordingUrl } = reading({
      response: {
        call_details: {
          call_sid: 'c1',
          call_state: 'terminal',
          call_status: 'agent_cancelled',
          direction: 'outbound-api',
          from: '+911111111111',
          to: '+912222222222',
          duration: '17',
          talk_time: 0,
          recording_url: 'https://recordings.exotel.com/a/c1.mp3',
          agent_details: { user_id: 'u1', name: 'Asha', email: 'asha@example.com' },
          customer_details: { number: '+912222222222' },
        },
      },
    });
    assert.equal(call.sid, 'c1');
    assert.equal(call.state, 'terminal');
    assert.equal(call.status, 'agent_cancelled');
    assert.deepEqual(call.agent, { name: 'Asha', number: '+911111111111', userId: 'u1' });
    assert.deepEqual(call.customer, { number: '+912222222222' });
    assert.equal(call.totalDuration, 17);
    assert.equal(call.totalTalkTime, 0);
    assert.equal(call.sources.totalDuration, 'duration');
    assert.equal(recordingUrl, 'https://recordings.exotel.com/a/c1.mp3');
    assert.deepEqual(call.reported.find(({ path }) => path === 'agent_details.email'), { path: 'agent_details.email', value: 'asha@example.com', known: false });
  });

  const shapeC = {
    call_status: 'completed',
    direction: 'inbound',
    assigned_agent_details: { user_name: 'Vikram', contact_uri: '+911111111111' },
    customer_details: { contact_name: 'Meera', contact_uri: '+912222222222' },
    recordings: [{ url: '' }, { url: 'https://recordings.exotel.com/a/c2.mp3' }],
    digits: '1-4',
    total_talk_time: 12,
  };
  const places: readonly (readonly [name: string, body: unknown])[] = [
    ['response.data', { response: { code: 200, status: 'success', error_data: null, data: shapeC } }],
    ['response[0].data', { response: [{ code: 200, status: 'success', error_data: null, data: shapeC }] }],
    ['response.data[0]', { response: { data: [shapeC] } }],
    ['response.data.call_details', { response: { data: { call_details: shapeC } } }],
    ['the body itself', shapeC],
    ['a list of one body', [{ response: { call_details: shapeC } }]],
  ];
  for (const [name, body] of places) {
    it(`reads shape c in ${name}`, () => {
      const { call, recordingUrl } = reading(body);
      assert.equal(call.status, 'completed');
      assert.deepEqual(call.agent, { name: 'Vikram', number: '+911111111111', contactUri: '+911111111111' });
      assert.deepEqual(call.customer, { name: 'Meera', number: '+912222222222', contactUri: '+912222222222' });
      assert.equal(call.digits, '1-4');
      assert.equal(recordingUrl, 'https://recordings.exotel.com/a/c2.mp3');
      assert.equal(call.sources.recording, 'recordings.1.url');
    });
  }

  it('reads v3: times with an offset, the epoch as not ended, the flow, a list of recordings', () => {
    const details = {
      sid: 'c3',
      direction: 'outbound',
      state: 'active',
      status: null,
      created_time: '2022-11-03 22:54:40+05:30',
      end_time: '1970-01-01 05:30:00+05:30',
      total_duration: null,
      recordings: null,
      app_id: 4711,
      app_name: 'Renewals',
      digits: null,
    };
    const read = (more: object): Call => {
      const body = { request_id: 'r', http_code: 200, metadata: null, response: { code: 200, status: 'success', error_data: null, call_details: { ...details, ...more } } };
      const answer = readCall(body, 'v3');
      assert.ok('call' in answer);
      return answer.call;
    };
    const call = read({});
    assert.equal(call.resource, 'v3');
    assert.equal(call.createdTime, Date.UTC(2022, 10, 3, 17, 24, 40));
    assert.equal(call.endTime, undefined);
    assert.equal(call.status, undefined);
    assert.equal(call.recording, undefined);
    assert.equal(call.appId, '4711');
    assert.equal(call.appName, 'Renewals');
    assert.deepEqual(call.reported.filter(({ known, problem }) => !known || problem !== undefined), []);
    for (const recordings of [[{ url: 'https://a.example/b.mp3' }], { url: 'https://a.example/b.mp3' }, ['https://a.example/b.mp3'], 'https://a.example/b.mp3']) {
      assert.equal(read({ recordings }).recording?.location, 'https://a.example/b.mp3');
    }
  });

  it('swaps from and to for an inbound call', () => {
    const outbound = callOf({ call_sid: 'c', direction: 'outbound-dial', from: '1111', to: '2222' });
    const inbound = callOf({ call_sid: 'c', direction: 'inbound', from: '1111', to: '2222' });
    assert.deepEqual([outbound.agent?.number, outbound.customer?.number], ['1111', '2222']);
    assert.deepEqual([inbound.agent?.number, inbound.customer?.number], ['2222', '1111']);
  });

  it('takes a party given as a mere number', () => {
    assert.deepEqual(callOf({ sid: 'c', customer_details: '+919876543210' }).customer, { number: '+919876543210' });
  });
});

describe('odd data does not lose the call', () => {
  it('treats "" and "null" as absent', () => {
    const call = callOf({ sid: 'c', status: 'null', custom_field: '', customer_details: { number: 'null' }, total_duration: 'NULL', end_time: '' });
    assert.deepEqual([call.status, call.customField, call.customer, call.totalDuration, call.endTime], [undefined, undefined, undefined, undefined, undefined]);
    assert.deepEqual(call.reported.filter(({ problem }) => problem !== undefined), []);
  });

  it('says which field could not be read, and why', () => {
    const call = callOf({ sid: 'c', start_time: 'yesterday', total_duration: '3 minutes', total_talk_time: -4, recording: { available: 'maybe' }, status: [], end_time: {} });
    assert.deepEqual(
      call.reported.flatMap(({ path, problem }) => (problem === undefined ? [] : [[path, problem]])),
      [
        ['start_time', 'is no date-time'],
        ['total_duration', 'is no number of seconds'],
        ['total_talk_time', 'is no number of seconds'],
        ['recording.available', 'is neither true nor false'],
        ['status', 'is no text'],
        ['end_time', 'is no date-time'],
      ],
    );
    assert.equal(call.totalTalkTime, undefined);
  });

  it('takes a call with nothing but a field nobody knows', () => {
    assert.deepEqual(callOf({ mood: 'calm' }).reported, [{ path: 'mood', value: 'calm', known: false }]);
  });

  it('prefers a readable name over an unreadable one of the same field', () => {
    const call = callOf({ sid: 'c', total_duration: 'n/a', duration: 12 });
    assert.equal(call.totalDuration, 12);
    assert.equal(call.sources.totalDuration, 'duration');
  });

  it('lists at most so many fields, and says how many it left out', () => {
    const call = callOf({ sid: 'c', many: Array.from({ length: MAX_REPORTED_FIELDS + 99 }, (_, index) => index) });
    assert.equal(call.reported.length, MAX_REPORTED_FIELDS);
    assert.equal(call.reportedLeftOut, 100);
  });

  it('lists fields below a key of a megabyte without a megabyte for each of them', () => {
    const call = callOf({ sid: 'c', ['k.'.repeat(5e5)]: Array.from({ length: 100_000 }, (_, index) => index) });
    assert.equal(call.reported.length, MAX_REPORTED_FIELDS);
    assert.ok(JSON.stringify(call.reported).length < 500_000);
  });

  it('is cut where a value is longer than anybody reads, with a note; no secret begins where it ends', () => {
    const [text, secret] = ['x'.repeat(1_000_000), 'tok-1234'];
    const details = { sid: 'c', custom_field: text, other: `${'y'.repeat(19_996)}${secret}`, recording: { url: `https://bucket.example.com/${text}` } };
    const read = readCall({ response: { call_details: details } }, 'v2', (shown) => shown.replaceAll(secret, '•••'));
    assert.ok('call' in read);
    const { call } = read;
    assert.equal(call.recording?.location?.length, 8000);
    assert.equal(call.customField, `${text.slice(0, 20_000)}… (cut here: 1,000,000 characters in all are in Raw JSON)`);
    assert.ok(call.reported.every(({ value }) => value.length < 20_100));
    assert.doesNotMatch(JSON.stringify(call), /tok-/);
  });

  it('does not follow a record that is nested without end', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    const call = callOf({ sid: 'c', deep });
    assert.equal(call.reported[1]?.problem, 'is nested too deep to be listed');
  });

  it('is not fooled by names of prototypes', () => {
    const body: unknown = JSON.parse('{"response":{"call_details":{"__proto__":{"sid":"evil","status":"completed"},"constructor":"x","toString":"y","hasOwnProperty":1,"sid":"c"}}}');
    const { call } = reading(body);
    assert.equal(call.sid, 'c');
    assert.equal(call.status, undefined);
    assert.deepEqual(call.reported.map(({ path }) => path), ['__proto__.sid', '__proto__.status', 'constructor', 'toString', 'hasOwnProperty', 'sid']);
    assert.equal(Object.hasOwn(Object.prototype, 'sid'), false);
  });

  it('never throws, whatever came', () => {
    const names = fc.constantFrom('response', 'data', 'call_details', 'sid', 'status', 'recording', 'recordings', 'url', 'error_data', 'code', 'toString', 'assigned_agent_details', 'start_time', 'total_duration', 'from');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, fc.constantFrom(null, true, '', 'null', 'x', 0, -1, 404, '1970-01-01'), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(names, tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (body) => {
        const read = readCall(body, 'v2');
        if (!('call' in read)) return;
        for (const source of Object.values(read.call.sources)) assert.ok(read.call.reported.some(({ path }) => path === source));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a recording’s link is a secret', () => {
  const url = 'https://user:pass@bucket.example.com/a/c.mp3?X-Amz-Date=20240615T103500Z&X-Amz-Expires=300&X-Amz-Signature=s3cr3t#f';

  it('is whole for the fetch, and without its secrets in the call', () => {
    const { call, recordingUrl } = reading({ response: { call_details: { sid: 'c', recording: { available: true, url } } } });
    assert.equal(recordingUrl, url);
    assert.deepEqual(call.recording, {
      available: true,
      location: 'https://bucket.example.com/a/c.mp3',
      signed: true,
      expiresAt: Date.UTC(2024, 5, 15, 10, 40),
    });
    assert.doesNotMatch(JSON.stringify(call), /s3cr3t|X-Amz|pass/);
  });

  it('is without its secrets wherever else it stands', () => {
    const call = callOf({ sid: 'c', custom_field: `see ${url}`, note: url, legs: url, recording: url, recordings: [url] });
    assert.doesNotMatch(JSON.stringify(call), /s3cr3t|X-Amz|pass/);
  });

  it('may be missing though one is announced, and there though it is not', () => {
    assert.deepEqual(callOf({ sid: 'c', recording: { available: true, url: '' } }).recording, { available: true, signed: false });
    assert.deepEqual(callOf({ sid: 'c', recording: { available: false, url: 'https://a.example/b' } }).recording, { available: false, location: 'https://a.example/b', signed: false });
    assert.equal(callOf({ sid: 'c', recording: {} }).recording, undefined);
  });
});

describe('failures', () => {
  const cases: readonly (readonly [name: string, body: unknown, failure: unknown])[] = [
    ['error_data as an object', { http_code: 404, response: { code: 404, status: 'failure', data: null, error_data: { code: 10744, message: 'Call not found', description: 'd' } } }, { code: '10744', message: 'Call not found', httpStatus: 404 }],
    ['error_data as a list', { response: { code: 401, status: 'failure', data: null, error_data: [{ code: '1010', message: 'Authentication failed' }] } }, { code: '1010', message: 'Authentication failed', httpStatus: 401 }],
    ['error_data null', { http_code: 500, response: { status: 'failure', data: null, error_data: null } }, { httpStatus: 500 }],
    ['error_data as text', { response: { code: 400, error_data: 'bad request' } }, { message: 'bad request', httpStatus: 400 }],
    ['only a description', { response: { code: 400, error_data: { description: 'no such thing' } } }, { message: 'no such thing', httpStatus: 400 }],
    ['a list of responses', { response: [{ code: 404, status: 'failure', error_data: { code: 10744, message: 'm' } }] }, { code: '10744', message: 'm', httpStatus: 404 }],
    ['the rate limiter', { RestException: { Status: 429, Message: 'Too many', Code: 'RATE_LIMIT_EXCEEDED' } }, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many', httpStatus: 429 }],
    ['an inner code inside a good http_code', { http_code: 200, response: { code: 404, status: 'failure', data: null } }, { httpStatus: 404 }],
    ['an inner http_code inside a good code', { http_code: 403, response: { code: 200 } }, { httpStatus: 403 }],
    ['a mere word', { response: { status: 'failure', data: null } }, {}],
  ];
  for (const [name, body, failure] of cases) {
    it(`are read from ${name}`, () => assert.deepEqual(readCall(body, 'v2'), { failure }));
  }

  it('win over a call that stands beside them', () => {
    assert.ok('failure' in readCall({ http_code: 404, response: { call_details: { sid: 'c' } } }, 'v2'));
  });

  it('are not seen in a good answer', () => {
    assert.equal(readFailure(DOCUMENTED_ANSWER), undefined);
    assert.ok('call' in readCall({ http_code: 200, response: { code: 200, status: 'success', error_data: null, call_details: { sid: 'c', status: 'failure' } } }, 'v2'));
  });

  for (const body of [null, 1, 'text', [], {}, { response: null }, { response: { call_details: null } }, { response: { call_details: {} } }, { response: { call_details: 'x' } }, { response: { status: 'success', code: 200 } }]) {
    it(`are not made up: ${JSON.stringify(body)} has no call`, () => assert.deepEqual(readCall(body, 'v2'), { problem: 'The answer has no call in it.' }));
  }
});
