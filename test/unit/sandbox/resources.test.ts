import assert from 'node:assert/strict';
import { readDateTime } from '../../../src/call/time';
import type { Credentials, Region } from '../../../src/exotel/account';
import { ORDINARY, SAMPLES, startSandbox, type Sandbox, type SampleName } from '../../../src/sandbox/server';
import { accountOf } from '../../../src/sandbox/samples';
import { useSandbox } from '../../support/sandbox';

type Json = Readonly<Record<string, unknown>>;

/** What a path below the account answers, with the account's keys. */
async function get(origin: string, { accountSid, apiKey, apiToken }: Credentials, path: (accountSid: string) => string): Promise<Response> {
  return fetch(`${origin}${path(accountSid)}`, { headers: { Authorization: `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}` } });
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined), value);
}

function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

const v2 = (name: SampleName) => (account: string) => `/v2/accounts/${account}/calls/${SAMPLES[name].sid}`;
const v3 = (name: SampleName) => (account: string) => `/v3/accounts/${account}/calls/${SAMPLES[name].sid}`;
const v1 = (name: SampleName, rest = '.json?details=true') => (account: string) => `/v1/Accounts/${account}/Calls/${SAMPLES[name].sid}${rest}`;
const legs = (name: SampleName) => (account: string) => `/v3/accounts/${account}/calls/${SAMPLES[name].sid}/legs`;

describe('the sandbox’s resources', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });
  const ask = (path: (account: string) => string): Promise<Response> => get(sandbox().origin, sandbox().credentials, path);
  const json = async (path: (account: string) => string): Promise<unknown> => (await ask(path)).json();

  describe('tell the same of an ordinary call:', () => {
    /** What both resources have a name for, as instants, numbers and texts. */
    const common = (details: unknown, names: Readonly<Record<string, string>>): Json => {
      const text = (name: string): unknown => at(details, names[name] ?? name);
      const time = (name: string): unknown => readDateTime(text(name));
      const number = (name: string): unknown => (text(name) === null ? null : Number(text(name)));
      return {
        direction: text('direction'),
        phone: text('virtual_number'),
        times: ['created_time', 'updated_time', 'start_time', 'end_time'].map(time),
        duration: number('total_duration'),
      };
    };
    const V1_NAMES = {
      direction: 'Direction',
      virtual_number: 'PhoneNumberSid',
      created_time: 'DateCreated',
      updated_time: 'DateUpdated',
      start_time: 'StartTime',
      end_time: 'EndTime',
      total_duration: 'Duration',
    };

    for (const name of ORDINARY.filter((each) => accountOf(each) === 'sample' && each !== 'documented')) {
      it(name, async () => {
        const [ofV3, ofV2, ofV1] = [await json(v3(name)), await json(v2(name)), await json(v1(name))];
        const expected = common(at(ofV1, 'Call'), V1_NAMES);
        assert.ok(typeof expected['direction'] === 'string', JSON.stringify(ofV1));
        const details = at(ofV3, 'response', 'call_details');
        if (details !== undefined) {
          assert.deepEqual(common(details, {}), expected);
          assert.equal(String(at(details, 'total_talk_time')), String(at(ofV1, 'Call', 'Details', 'ConversationDuration')));
        }
        const found = at(ofV2, 'response', 'call_details') ?? at(ofV2, 'response', 0, 'data');
        const duration = at(found, 'duration') === undefined ? 'total_duration' : 'duration';
        if (found !== undefined) assert.deepEqual(common(found, { total_duration: duration }), expected);
      });
    }
  });

  it('show every documented status of v2', async () => {
    const names = ['completed', 'agentUnanswered', 'customerUnanswered', 'agentCanceled', 'customerNoDial', 'agentNoDial'] as const;
    const statuses = await Promise.all(names.map(async (name) => at(await json(v2(name)), 'response', 'call_details', 'status')));
    assert.deepEqual(statuses, ['completed', 'agent_unanswered', 'customer_unanswered', 'agent_canceled', 'customer_no_dial', 'agent_no_dial']);
  });

  it('v2 answers in the three shapes that are seen', async () => {
    assert.equal(at(await json(v2('completed')), 'response', 'call_details', 'total_talk_time'), 48);
    const b = at(await json(v2('shapeB')), 'response', 'call_details');
    assert.deepEqual(['call_sid', 'call_state', 'call_status', 'duration', 'talk_time'].map((field) => at(b, field)), [SAMPLES.shapeB.sid, 'terminal', 'completed', 65, 55]);
    assert.ok(String(at(b, 'recording_url')).endsWith('.wav'));
    const c = at(await json(v2('shapeC')), 'response', 0, 'data');
    assert.deepEqual([at(c, 'call_status'), at(c, 'digits'), at(c, 'total_talk_time')], ['completed', '4', 63]);
    assert.equal(at(c, 'customer_details', 'contact_name'), 'Ravi T.');
    assert.ok(String(at(c, 'recordings', 0, 'url')).endsWith('.wav'));
  });

  it('v3 writes times with a space and an offset, an end that is none as the epoch, and ends of a call as from and to', async () => {
    const completed = at(await json(v3('completed')), 'response', 'call_details');
    assert.match(String(at(completed, 'start_time')), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+05:30$/);
    assert.equal(at(await json(v3('active')), 'response', 'call_details', 'end_time'), '1970-01-01 05:30:00+05:30');
    assert.equal(at(await json(v3('customerUnanswered')), 'response', 'call_details', 'status'), 'to_leg_unanswered');
    assert.equal(at(await json(v3('agentNoDial')), 'response', 'call_details', 'status'), 'from_leg_no_dial');
    const flow = at(await json(v3('flowCall')), 'response', 'call_details');
    assert.deepEqual([at(flow, 'app_id'), at(flow, 'app_name'), at(flow, 'digits')], ['48211', 'Support menu', '2-1']);
  });

  it('v1 writes numbers as texts, Indian time without saying so, and details only when asked', async () => {
    const call = at(await json(v1('completed')), 'Call');
    assert.deepEqual([at(call, 'Status'), at(call, 'Duration'), at(call, 'From'), at(call, 'Price')], ['completed', '57', 'sip:asha.k@voice.example', '0.600000']);
    assert.match(String(at(call, 'StartTime')), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.deepEqual(at(call, 'Details'), {
      ConversationDuration: '48',
      Leg1Status: 'completed',
      Leg2Status: 'completed',
      Legs: [{ Leg: { Id: 1, OnCallDuration: '52' } }, { Leg: { Id: 2, OnCallDuration: '48' } }],
    });
    assert.equal(at(await json(v1('completed', '.json')), 'Call', 'Details'), undefined);
    assert.equal(at(await json(v1('customerBusy')), 'Call', 'Status'), 'busy');
  });

  it('v1 answers XML where no JSON is asked for, errors too', async () => {
    const response = await ask(v1('inbound', ''));
    assert.match(response.headers.get('content-type') ?? '', /xml/);
    assert.match(await response.text(), /^<\?xml [^>]+>\n<TwilioResponse><Call><Sid>3d7ab20f6e1948c5b4a2f70e8c65d91b<\/Sid>.*&amp;.*<\/TwilioResponse>\n$/);
    const refused = await ask((account) => `/v1/Accounts/${account}/Calls/${'0'.repeat(32)}`);
    assert.equal(refused.status, 404);
    assert.match(await refused.text(), /<TwilioResponse><RestException><Status>404<\/Status>/);
  });

  it('legs are told by both of their paths, each with times of its own', async () => {
    const [ofV2, ofV3] = [await json((account) => `${v2('transfer')(account)}/legs`), await json(legs('transfer'))];
    const times = [ofV2, ofV3].map((body) => String(at(body, 'response', 'leg_details', 'from', 0, 'date_created')));
    assert.match(times[0] ?? '', /Z$/);
    assert.match(times[1] ?? '', /\+05:30$/);
    assert.deepEqual(...([readDateTime(times[0]), readDateTime(times[1])] as const));
  });

  const LEGS: Readonly<Partial<Record<SampleName, readonly [from: string, to: string]>>> = {
    completed: ['completed', 'completed'],
    agentUnanswered: ['no-answer', ''],
    customerUnanswered: ['completed', 'no-answer'],
    agentCanceled: ['canceled', ''],
    customerNoDial: ['completed', 'failed'],
    agentNoDial: ['failed', ''],
    customerBusy: ['completed', 'busy'],
    transfer: ['completed completed', 'completed'],
    retries: ['completed', 'no-answer no-answer completed'],
    parallelRinging: ['completed', 'canceled completed canceled'],
    inboundQueue: ['completed', 'no-answer completed'],
    legContradicts: ['completed', 'no-answer'],
    stuckActive: ['in-progress', 'in-progress'],
  };
  for (const [name, [from, to]] of Object.entries(LEGS)) {
    it(`the legs of ${name} are ${from} and ${to === '' ? 'none' : to}`, async () => {
      if (!isSample(name)) assert.fail(name);
      const details = at(await json(legs(name)), 'response', 'leg_details');
      const statuses = (end: string): string => {
        const list = at(details, end);
        assert.ok(Array.isArray(list));
        return list.map((leg: unknown) => String(at(leg, 'status'))).join(' ');
      };
      assert.deepEqual([statuses('from'), statuses('to')], [from, to]);
    });
  }

  it('tell of a flow’s call by v3 and v1, of a v1 call by v1 alone, and of legs that are not there as an error', async () => {
    const statuses = async (name: SampleName): Promise<readonly number[]> => Promise.all([v2, v3, v1, legs].map(async (path) => (await ask(path(name))).status));
    assert.deepEqual(await statuses('flowCall'), [404, 200, 200, 200]);
    assert.deepEqual(await statuses('v1Only'), [404, 404, 200, 404]);
    assert.deepEqual(await statuses('legsNotFound'), [200, 200, 200, 500]);
    assert.equal(at(await json(legs('legsNotFound')), 'response', 'error_data', 'code'), 10743);
    assert.equal(at(await json(v2('v1Only')), 'response', 'error_data', 'code'), 10744);
  });

  it('disagree on the one call that is there for it', async () => {
    assert.deepEqual(
      [at(await json(v2('disagree')), 'response', 'call_details', 'status'), at(await json(v1('disagree')), 'Call', 'Status')],
      ['completed', 'no-answer'],
    );
  });

  it('have a recording as long as the talk for every call that links to one', async () => {
    for (const { sid } of sandbox().calls) {
      const call = at(await (await ask((account) => `/v1/Accounts/${account}/Calls/${sid}.json?details=true`)).json(), 'Call');
      const url = textAt(call, 'RecordingUrl') ?? '';
      const isOdd = (['recordingGone', 'recordingRefused', 'recordingNotAudio', 'recordingExpired', 'recordingRenewed', 'recordingOnS3', 'recordingInOneGo', 'recordingShorter', 'recordingVbr', 'odd', 'disagree'] as const).some((name) => SAMPLES[name].sid === sid);
      if (url === '' || isOdd) continue;
      const head = await fetch(url, { headers: { Range: 'bytes=0-63', ...(url.includes('X-Amz') ? {} : { Authorization: authorization(sandbox()) }) } });
      assert.equal(head.status, 206, sid);
      const talk = Number(at(call, 'Details', 'ConversationDuration'));
      const size = Number(head.headers.get('content-range')?.replace(/.*\//, ''));
      assert.ok(Math.abs(secondsOf(Buffer.from(await head.arrayBuffer()), size) - talk) < 0.2, sid);
    }
  });
});

/** A WAV says its bytes a second; the sample MP3s have 144 bytes for each 72 ms. */
function secondsOf(head: Buffer, size: number): number {
  if (head.toString('latin1', 0, 4) === 'RIFF') return (size - (head.readUInt32LE(16) + 28 + (head.readUInt16LE(20) === 1 ? 0 : 12))) / head.readUInt32LE(28);
  return (size / 144) * 0.072;
}

function authorization({ credentials: { apiKey, apiToken } }: Sandbox): string {
  return `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`;
}

function isSample(name: string): name is SampleName {
  return Object.hasOwn(SAMPLES, name);
}

describe('the sandbox’s accounts', () => {
  const sandbox = useSandbox();

  const answersOf = async (id: keyof Sandbox['accounts'], name: SampleName, region: Region = 'singapore'): Promise<readonly number[]> => {
    const { origins, accounts } = sandbox();
    return Promise.all([v2, v3, v1, legs].map(async (path) => (await get(origins[region], accounts[id].credentials, path(name))).status));
  };

  it('differ in what they have', async () => {
    assert.deepEqual(await answersOf('sample', 'completed'), [200, 200, 200, 200]);
    assert.deepEqual(await answersOf('sample-no-legs', 'completedWithoutLegs'), [200, 200, 200, 403]);
    assert.deepEqual(await answersOf('sample-no-ccm', 'completedWithoutCcm'), [401, 401, 200, 403]);
  });

  it('are known in one region only', async () => {
    assert.deepEqual(await answersOf('sample-other-region', 'completedInMumbai'), [401, 401, 401, 401]);
    assert.deepEqual(await answersOf('sample-other-region', 'completedInMumbai', 'mumbai'), [200, 200, 200, 200]);
    assert.deepEqual(await answersOf('sample', 'completed', 'mumbai'), [401, 401, 401, 401]);
    const { endpoint } = sandbox().accounts['sample-other-region'].credentials;
    assert.deepEqual(endpoint, { kind: 'sandbox', region: 'singapore', origins: sandbox().origins });
  });

  it('have calls of their own', async () => {
    for (const { calls, id } of Object.values(sandbox().accounts)) assert.ok(calls.length > 0, id);
    assert.deepEqual(await answersOf('sample', 'completedWithoutLegs'), [404, 404, 404, 404]);
    assert.deepEqual(await answersOf('sample-no-legs', 'completed'), [404, 404, 404, 403]);
  });

  it('have limits of their own', async () => {
    const strict = await startSandbox({ requestsPerMinute: 1, now: () => 0 });
    const { origin, accounts } = strict;
    const first = (): Promise<Response> => get(origin, accounts.sample.credentials, v1('completed'));
    const other = (): Promise<Response> => get(origin, accounts['sample-no-legs'].credentials, v2('completedWithoutLegs'));
    const statuses = [await first(), await first(), await other(), await other()].map(({ status }) => status);
    await strict.stop();
    assert.deepEqual(statuses, [200, 429, 200, 429]);
  });

  it('lack what the first one is said to lack', async () => {
    const poor = await startSandbox({ resources: { ccm: false, legs: false } });
    const statuses = await Promise.all([v2, v3, v1, legs].map(async (path) => (await get(poor.origin, poor.credentials, path('completed'))).status));
    await poor.stop();
    assert.deepEqual(statuses, [401, 401, 200, 403]);
  });
});

describe('the sandbox’s clock', () => {
  /** A sandbox whose clock is moved by hand. */
  async function withClock(run: (ask: (path: (account: string) => string) => Promise<unknown>, pass: (seconds: number) => void) => Promise<void>): Promise<void> {
    let now = Date.UTC(2026, 5, 15, 9);
    const sandbox = await startSandbox({ now: () => now });
    try {
      await run(
        async (path) => (await get(sandbox.origin, sandbox.credentials, path)).json(),
        (seconds) => {
          now += seconds * 1000;
        },
      );
    } finally {
      await sandbox.stop();
    }
  }

  it('lets the active call be queued, ring, be answered, ring on, be talked on and end', async () => {
    await withClock(async (ask, pass) => {
      const stages: string[] = [];
      for (let second = 0; second <= 80; second += 5) {
        const [details, body, old] = [await ask(v2('active')), await ask(legs('active')), await ask(v1('active'))];
        const status = (end: string): string => textAt(body, 'response', 'leg_details', end, 0, 'status') ?? '-';
        const stage = `${String(at(details, 'response', 'call_details', 'state'))} ${status('from')} ${status('to')} ${String(at(old, 'Call', 'Status'))}`;
        if (stages.at(-1) !== stage) stages.push(stage);
        pass(5);
      }
      assert.deepEqual(stages, [
        'active queued - queued',
        'active ringing - ringing',
        'active in-progress ringing in-progress',
        'active in-progress in-progress in-progress',
        'terminal completed completed completed',
      ]);
    });
  });

  it('lets the talk time settle and the recording come in late', async () => {
    await withClock(async (ask, pass) => {
      const seen = async (): Promise<readonly unknown[]> => {
        const details = at(await ask(v2('recordingSoon')), 'response', 'call_details');
        return [at(details, 'state'), at(details, 'total_duration'), at(details, 'total_talk_time'), at(details, 'recording', 'available')];
      };
      assert.deepEqual(await seen(), ['terminal', 66, 52, false]);
      pass(44);
      assert.deepEqual(await seen(), ['terminal', 66, 52, false]);
      pass(1);
      assert.deepEqual(await seen(), ['terminal', 66, 58, true]);
    });
  });
});

describe('the sandbox’s faults', () => {
  const sandbox = useSandbox();
  const status = async (path: (name: SampleName) => (account: string) => string): Promise<number> => (await get(sandbox().origin, sandbox().credentials, path('completed'))).status;
  const statuses = async (): Promise<readonly number[]> => [await status(v2), await status(v3), await status(v1), await status(legs)];

  it('befall one resource, all of a call, or everything', async () => {
    const expected = { v2: [503, 200, 200, 200], v3: [200, 503, 200, 200], v1: [200, 200, 503, 200], legs: [200, 200, 200, 503], calls: [503, 503, 503, 503], recordings: [200, 200, 200, 200], all: [503, 503, 503, 503] } as const;
    for (const on of ['v2', 'v3', 'v1', 'legs', 'calls', 'recordings', 'all'] as const) {
      const end = sandbox().fail({ kind: 'answer', status: 503, on });
      assert.deepEqual(await statuses(), expected[on], on);
      end();
    }
    assert.deepEqual(await statuses(), [200, 200, 200, 200]);
  });

  it('tell an error in every form that is seen', async () => {
    const bodyIn = async (form: 'object' | 'list' | 'null' | 'inside200' | 'exception'): Promise<readonly [status: number, body: unknown]> => {
      const end = sandbox().fail({ kind: 'refuse', status: 404, code: 10744, message: 'Call not found', form });
      const response = await get(sandbox().origin, sandbox().credentials, v2('completed'));
      end();
      return [response.status, await response.json()];
    };
    const error = { code: 10744, message: 'Call not found', description: 'Call not found' };
    const forms = { object: error, list: [error], null: null, inside200: error } as const;
    for (const form of ['object', 'list', 'null', 'inside200'] as const) {
      const [httpStatus, body] = await bodyIn(form);
      assert.equal(httpStatus, form === 'inside200' ? 200 : 404);
      assert.deepEqual(at(body, 'response'), { code: 404, error_data: forms[form], status: 'failure', data: null });
    }
    assert.deepEqual(await bodyIn('exception'), [404, { RestException: { Status: 404, Message: 'Call not found', Code: 10744 } }]);
  });

  it('are seen with the resource that was asked', async () => {
    const before = sandbox().requests.length;
    await statuses();
    await fetch(`${sandbox().origins.mumbai}/recordings/x/y.wav`);
    await fetch(`${sandbox().origin}/nothing`);
    assert.deepEqual(
      sandbox().requests.slice(before).map(({ resource, region }) => `${resource} ${region}`),
      ['v2 singapore', 'v3 singapore', 'v1 singapore', 'legs singapore', 'recording mumbai', 'other singapore'],
    );
  });
});
