import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call, Leg, ReportedField } from '../../../src/call/call';
import { findingsOf } from '../../../src/call/findings';
import { createMask, type Mask, maskedCall, maskPerson, maskText } from '../../../src/call/mask';
import { timelineOf } from '../../../src/call/timeline';
import { type Verdict, verdictOf } from '../../../src/call/verdict';
import { SAMPLES } from '../../../src/sandbox/server';
import { clientOf, useSandbox } from '../../support/sandbox';
import { ASKED_AT, callWith } from './calls';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';

/** A verdict with its people masked, in its words and in its evidence. */
function withMask(verdict: Verdict, { text, value }: Mask): Verdict {
  return {
    ...verdict,
    headline: text(verdict.headline),
    explanation: verdict.explanation.map((phrase) => ('text' in phrase ? { text: text(phrase.text) } : { citation: { ...phrase.citation, value: value(phrase.citation.field, phrase.citation.value) } })),
  };
}

describe('a person’s value that is masked', () => {
  const masked: readonly (readonly [value: string, mask: string])[] = [
    ['+915555010023', '+91••••••••23'],
    ['+91 55550-10023', '+91 •••••-•••23'],
    ['+1 (555) 501-0023', '+1 (•••) •••-••23'],
    ['+971555010023', '+971•••••••23'],
    ['+91555010', '+91••••10'],
    ['+9155501', '+•••••01'],
    ['05555010023', '0••••••••23'],
    ['0091 55550 10023', '00•• ••••• •••23'],
    ['0XXXXXX4890', '0••••••••90'],
    ['5555010023', '••••••••23'],
    ['10090', '•••90'],
    ['1009', '••••'],
    ['+९१५५५५०१००२३', '+••••••••••२३'],
    ['tel:+915555010023', 'tel:+91••••••••23'],
    ['sip:asha.k@voice.example', 'sip:a•••@voice.example'],
    ['SIPS:Asha@voice.example', 'SIPS:A•••@voice.example'],
    ['sip:asha:secret@voice.example', 'sip:a•••@voice.example'],
    ['sip:+915555010023@voice.example', 'sip:+91••••••••23@voice.example'],
    ['sip:1001@10.0.0.4', 'sip:••••@10.0.0.4'],
    ['sip:asha.k', 'sip:a•••'],
    ['asha@', 'a•••'],
    ['asha.k@mail.example', 'a•••@mail.example'],
    ['"Asha Kumar" <sip:asha.k@voice.example>', '"A••• K•••" <sip:a•••@voice.example>'],
    ['Asha', 'A•••'],
    ['Asha  K.', 'A•••  K•••'],
    ['Mary-Jane O’Neill', 'M••• O•••'],
    ['आशा कुमार', 'आ••• कु•••'],
    ['Élodie', 'É•••'],
    ['Agent 7', 'A••• •'],
    ['agent9876543210', 'a•••'],
    ['9876543210x', 'x•••'],
    ['anonymous', 'anonymous'],
    ['null', 'null'],
    ['', ''],
  ];
  for (const [value, mask] of masked) it(`is ${mask} for ${value || 'nothing'}`, () => assert.equal(maskPerson(value), mask));

  it('is the same when it is masked again', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+()0-9a-zA-Z@.: •-]{0,24}$/), fc.constantFrom(...masked.map(([value]) => value))), (value) => assert.equal(maskPerson(maskPerson(value)), maskPerson(value))));
  });
});

describe('a call whose people, ids or legs are larger than any there are', () => {
  it('is masked all the same, and in a moment', () => {
    for (const piece of ['a', '7', ' ', '(', '+(', 'sip:a', 'a@', 'Asha ']) {
      const huge = `${piece.repeat(3e5)}z`;
      const call = callWith({ sid: huge, assigned_agent_details: { name: huge, user_id: huge }, customer_details: { number: huge, contact_name: 'Vikram' }, digits: huge, custom_field: 'call Vikram on 5555010023' });
      const masked = maskedCall(call);
      assert.equal(masked.agent?.name, '•••');
      assert.equal(masked.customer?.number, '•••');
      assert.equal(masked.customField, 'call V••• on ••••••••23');
    }
  });

  it('has the text masked of each of thousands of values in a moment', () => {
    const legs: readonly Leg[] = Array.from({ length: 500 }, (_, index) => ({ end: 'to', sid: `leg-${'x'.repeat(100)}${String(index)}`, party: { name: `Name${String(index)} Surname${String(index)}`, number: `+9155550${String(10_000 + index)}` }, sources: {} }));
    const mask = createMask({ ...callWith(), legs });
    for (let count = 0; count < 50_000; count += 1) mask.value('status', 'completed');
    assert.equal(mask.text(`${'You may call 9 to 5. '.repeat(10_000)}Name7: +91 55550 10007`).slice(-25), ' 5. N•••: +91 ••••• •••07');
  });

  it('has its agent’s name masked before those of hundreds of legs', () => {
    const legs: readonly Leg[] = Array.from({ length: 400 }, (_, index) => ({ end: 'to', party: { name: `Interpreter${String(index)} Switchboard` }, sources: {} }));
    assert.equal(createMask({ ...callWith({ assigned_agent_details: { name: 'Asha Kumar' } }), legs }).text('Asha called'), 'A••• called');
  });
});

describe('a text that is masked', () => {
  const masked: readonly (readonly [text: string, mask: string])[] = [
    ['call +91 55550 10023 back', 'call +91 ••••• •••23 back'],
    ['call 5555010023.', 'call ••••••••23.'],
    ['(022) 5555 0123', '(0••) •••• ••23'],
    ['555.501.0023', '•••.•••.••23'],
    ['mobile_5555010023_home', 'mobile_••••••••23_home'],
    ['{"phone":"+915555010023","at":1718447400}', '{"phone":"+91••••••••23","at":1718447400}'],
    ['phone=%2B915555010023&x=1', 'phone=%2B••••••••••23&x=1'],
    ['asha.k@mail.example wrote', 'a•••@mail.example wrote'],
    ['from sip:asha@voice.example;user=phone', 'from sip:a•••@voice.example;user=phone'],
    ['card 4111 1111 1111 1111', 'card •••• •••• •••• ••11'],
    ['+44 1234567890', '+44 ••••••••90'],
    ['5555010023 2024-06-15T10:30:00Z', '••••••••23 2024-06-15T10:30:00Z'],
    ['2024-06-15 +915555010023', '2024-06-15 +91••••••••23'],
  ];
  for (const [text, mask] of masked) it(`has no number left: ${text}`, () => assert.equal(maskText(text), mask));

  it('keeps what only looks like a number: times, ids, SIDs, hosts, short numbers', () => {
    for (const text of [
      '2024-06-15T10:30:00.000Z',
      '2022-11-03 22:54:40+05:30',
      '1970-01-01 05:30:00+05:30 and 0001-01-01T00:00:00Z and 0000-00-00 00:00:00',
      'on 15/06/2024 at 10:30:00, on 15-06-2024 10:30, on 20240615',
      '20240615T103000Z',
      '1718447400, 1718447400123',
      SID,
      'f1ca1057692d586b23b4e7ffcc3216mk',
      '1772118444.76627',
      'CA1234567890abcdef',
      'c93e5a70-2b84-4fd1-a6c7-19f8e0b3d452',
      '12345678-1234-4123-8123-123456789012',
      '00000000000000000000000000000000',
      'https://10.0.0.100:8443/v2/accounts/acme1',
      'http://5555010023.example/',
      'ticket_12345, 300 s of 0.7234567, 12.971623 N',
      '',
    ]) {
      assert.equal(maskText(text), text);
    }
  });

  it('has its own people masked wherever they stand', () => {
    const call = callWith({
      assigned_agent_details: { name: 'Asha Kumar', contact_uri: 'sip:vikram.r@voice.example' },
      customer_details: { number: '+915555010023', contact_name: 'Li' },
      virtual_number: '10090',
    });
    const { text } = createMask(call);
    for (const [words, mask] of [
      ['Asha Kumar called', 'A••• K••• called'],
      ['asha  KUMAR, then Kumar', 'a•••  K•••, then K•••'],
      ['vikram.r and Vikram', 'v••• and V•••'],
      ['for Li, not for Lima', 'for L•••, not for Lima'],
      ['x5555010023y', 'x••••••••23y'],
      ['0 5555010023', '0 ••••••••23'],
      ['via 10090', 'via •••90'],
      [`agent_unanswered, ${call.sid ?? ''}`, `agent_unanswered, ${call.sid ?? ''}`],
      ['ashakumar and _Asha_', 'ashakumar and _Asha_'],
    ] as const) {
      assert.equal(text(words), mask);
    }
  });

  it('is the same when it is masked again', () => {
    const piece = fc.oneof(fc.string(), fc.stringMatching(/^[+()0-9 .-]{0,30}$/), fc.constantFrom('•', '•••', 'Asha', SID, '2024-06-15', '@mail.example', 'https://'));
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => assert.equal(maskText(maskText(pieces.join(' '))), maskText(pieces.join(' ')))));
  });

  it('is read to its end in a moment, whatever it holds', () => {
    for (const text of ['1 ', '1', 'a', '+', 'a@', 'a.', '1.', '%20', '2024-', 'ab:/']) {
      assert.ok(maskText(`${text.repeat(5e4)} tel:5555010023`).endsWith(' tel:••••••••23'));
    }
  });
});

/** Numbers as people write them: the country code, and the digits that must not be seen. */
const number = fc
  .record({ code: fc.constantFrom('', '+91', '+1', '+44', '+971', '0'), digits: fc.stringMatching(/^[2-9]\d{9}$/), gap: fc.constantFrom('', ' ', '-', '.') })
  .map(({ code, digits, gap }) => ({ digits, written: `${code}${code === '' ? '' : gap}${digits.slice(0, 5)}${gap}${digits.slice(5)}` }));

const name = fc.array(fc.constantFrom('Asha', 'Vikram', 'Kumar', 'Zoë', 'Priyanka', 'Ravindran'), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

interface People {
  readonly agent: string;
  readonly customer: { readonly digits: string; readonly written: string };
  readonly exoPhone: { readonly digits: string; readonly written: string };
  readonly stranger: { readonly digits: string; readonly written: string };
}

const people: fc.Arbitrary<People> = fc.record({ agent: name, customer: number, exoPhone: number, stranger: number });

/** A call of which they are everywhere. */
function callOf({ agent, customer, exoPhone, stranger }: People): Call {
  const call = callWith({
    virtual_number: exoPhone.written,
    assigned_agent_details: { user_id: 'agent-uuid-1', name: agent, contact_uri: `sip:${agent.toLowerCase().replaceAll(' ', '.')}@voice.example`, status: 'free' },
    customer_details: { number: customer.written, contact_uri: customer.written, contact_name: agent, status: 'completed' },
    custom_field: `call ${agent} on ${stranger.written}, or ${customer.written}; x${customer.digits}y`,
    digits: '4-1-1-1',
    notes: { caller_name: agent, [stranger.written.replaceAll('.', ' ')]: 'seen', told: [agent, stranger.written], mobile: Number(stranger.digits), at: 1_718_447_400, answered_at: '2024-06-15T10:30:00Z' },
    recording: { available: true, url: `https://recordings.exotel.com/exotelrecordings/acme1/${SID}.mp3` },
  });
  const leaves: readonly ReportedField[] = [
    { path: 'legs:from.0.name', value: agent, known: true },
    { path: 'legs:to.0.contact_uri', value: customer.written, known: true },
    { path: 'v1:To', value: customer.written, known: true },
    { path: 'v1:PhoneNumberSid', value: exoPhone.written, known: true },
  ];
  const legs: readonly Leg[] = [
    { end: 'from', side: 'agent', sid: 'leg-1', status: 'completed', party: { name: agent }, groupName: 'Sales', sources: { name: 'legs:from.0.name' } },
    { end: 'to', side: 'customer', sid: 'leg-2', createdTime: ASKED_AT, party: { number: customer.written, contactUri: customer.written }, sources: {} },
  ];
  const values = [{ field: 'customer_details.number', value: customer.written }, { field: 'v1:To', value: stranger.written }];
  return { ...call, reported: [...call.reported, ...leaves], legs, disagreements: [{ field: 'customer', values }] };
}

/** The verdict on a call with its words masked afterwards. */
function maskedWords(call: Call): Verdict {
  const { text, value } = createMask(call);
  const { headline, explanation, unknown, checks } = verdictOf(call);
  return {
    headline: text(headline),
    explanation: explanation.map((phrase) => ('text' in phrase ? { text: text(phrase.text) } : { citation: { ...phrase.citation, value: value(phrase.citation.field, phrase.citation.value) } })),
    unknown,
    checks,
  };
}

/** Every string in a value. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const FEW = { numRuns: 30 };

describe('a call that is masked', () => {
  it('has no number of anybody in it, wherever it stood and however it was written', () => {
    fc.assert(
      fc.property(people, (everybody) => {
        const digits = stringsIn(maskedCall(callOf(everybody))).map((text) => text.replaceAll(/[ .()+-]/g, ''));
        for (const { digits: whole } of [everybody.customer, everybody.exoPhone, everybody.stranger]) {
          const hidden = whole.slice(0, -2);
          for (const text of digits) assert.ok(!text.includes(hidden) && !text.includes(whole.slice(3)), text);
        }
      }),
      FEW,
    );
  });

  it('has no name of anybody in it', () => {
    fc.assert(
      fc.property(people, (everybody) => {
        const texts = stringsIn(maskedCall(callOf(everybody))).join('\n').toLowerCase();
        for (const word of everybody.agent.toLowerCase().split(' ')) assert.ok(!texts.includes(word), texts);
      }),
      FEW,
    );
  });

  it('has every time, length, SID, id, status and path that it had', () => {
    fc.assert(
      fc.property(people, (everybody) => {
        const call = callOf(everybody);
        const masked = maskedCall(call);
        const { sid, direction, state, status, createdTime, startTime, endTime, updatedTime, totalDuration, totalTalkTime, recording, legsPath, sources } = masked;
        assert.deepEqual(
          { sid, direction, state, status, createdTime, startTime, endTime, updatedTime, totalDuration, totalTalkTime, recording, legsPath, sources },
          Object.fromEntries(['sid', 'direction', 'state', 'status', 'createdTime', 'startTime', 'endTime', 'updatedTime', 'totalDuration', 'totalTalkTime', 'recording', 'legsPath', 'sources'].map((key) => [key, Reflect.get(call, key)])),
        );
        assert.equal(masked.agent?.userId, 'agent-uuid-1');
        assert.deepEqual(masked.legs?.map((leg) => [leg.end, leg.side, leg.sid, leg.status, leg.groupName, leg.createdTime]), call.legs?.map((leg) => [leg.end, leg.side, leg.sid, leg.status, leg.groupName, leg.createdTime]));
        const kept = /(?:time|duration|sid|state|status|direction|legs|url|user_id|answered_at|notes\.at)$/;
        const leaves = (from: Call): readonly ReportedField[] => from.reported.filter(({ path }) => kept.test(path));
        assert.deepEqual(leaves(masked), leaves(call));
        assert.deepEqual(
          masked.reported.filter(({ known }) => known).map(({ path }) => path),
          call.reported.filter(({ known }) => known).map(({ path }) => path),
        );
      }),
      FEW,
    );
  });

  it('shows the same value with the same mask everywhere', () => {
    const call = maskedCall(callOf({ agent: 'Asha Kumar', customer: { digits: '5555010023', written: '+915555010023' }, exoPhone: { digits: '5555010090', written: '05555010090' }, stranger: { digits: '5555010077', written: '5555010077' } }));
    const leaf = (path: string): string | undefined => call.reported.find((each) => each.path === path)?.value;
    assert.deepEqual([call.customer?.number, leaf('customer_details.number'), leaf('v1:To'), call.legs?.[1]?.party?.number, call.disagreements?.[0]?.values[0]?.value], Array.from({ length: 5 }, () => '+91••••••••23'));
    assert.deepEqual([call.agent?.name, call.customer?.name, leaf('legs:from.0.name'), leaf('notes.caller_name'), leaf('notes.told.0')], Array.from({ length: 5 }, () => 'A••• K•••'));
    assert.deepEqual([call.virtualNumber, leaf('v1:PhoneNumberSid')], ['0••••••••90', '0••••••••90']);
    assert.equal(call.digits, '•-•-•-•');
    assert.equal(call.customField, 'call A••• K••• on ••••••••77, or +91••••••••23; x••••••••23y');
  });

  it('is the same when it is masked again', () => {
    fc.assert(fc.property(people, (everybody) => assert.deepEqual(maskedCall(maskedCall(callOf(everybody))), maskedCall(callOf(everybody)))), FEW);
  });

  it('tells people apart whose masks are the same, and keeps two spellings of one number one', () => {
    const from = (name: string, contactUri: string): Leg => ({ end: 'to', side: 'agent', status: 'no-answer', party: { name, contactUri }, sources: {} });
    const legs = [from('Asha Kumar', 'sip:asha@voice.example'), from('Anil Kadam', 'sip:anil@voice.example'), from('Anil Kadam', '+915555010023'), from('Ravi', '+919999910023'), from('Ravi', '09999910023')];
    const call = maskedCall({ ...callWith({ direction: 'inbound', custom_field: 'Anil Kadam, 099999 10023' }), legs });
    assert.deepEqual(call.legs?.map(({ party }) => [party?.name, party?.contactUri]), [
      ['A••• K•••', 'sip:a•••@voice.example'],
      ['A••• K•••²', 'sip:a•••²@voice.example'],
      ['A••• K•••²', '+91••••••••23'],
      ['R•••', '+91••••••••23²'],
      ['R•••', '0••••••••23²'],
    ]);
    assert.equal(call.customField, 'A••• K•••², 0••••• •••23²');
    assert.deepEqual(maskedCall(call), call);
  });

  it('comes to the same verdict where people look alike', () => {
    const person = fc.constantFrom<[string | undefined, string]>(
      ['Asha Kumar', 'sip:asha@voice.example'],
      ['Anil Kadam', 'sip:anil@voice.example'],
      [undefined, '+915555010023'],
      [undefined, '05555010023'],
      [undefined, '+915555090023'],
      ['Asha Kumar', '5555090023'],
    );
    const attempt = fc.tuple(person, fc.constantFrom('completed', 'no-answer', 'busy'), fc.constantFrom<'from' | 'to'>('from', 'to'));
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 6 }), fc.constantFrom('inbound', 'outbound-api'), fc.constantFrom('completed', 'agent_unanswered', 'customer_no_dial'), (attempts, direction, status) => {
        const legs = attempts.map(([[name, contactUri], result, end], index): Leg => ({ end, side: (end === 'from') === (direction === 'outbound-api') ? 'agent' : 'customer', status: result, createdTime: ASKED_AT + index * 5000, party: { contactUri, ...(name === undefined ? {} : { name }) }, sources: {} }));
        const call: Call = { ...callWith({ direction, status }), legs };
        assert.deepEqual(verdictOf(maskedCall(call)), maskedWords(call));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what a record says where somebody should stand and nobody does', () => {
    const call = maskedCall(callWith({ customer_details: { number: null, contact_name: 'Unknown', contact_uri: 'null' }, digits: null }));
    assert.equal(call.customer?.name, 'Unknown');
    assert.deepEqual(
      call.reported.filter(({ path }) => path.startsWith('customer') || path === 'digits').map(({ value }) => value),
      ['null', 'Unknown', 'null', 'null'],
    );
  });

  describe('of the samples', () => {
    const sandbox = useSandbox({ requestsPerMinute: 100_000 });
    for (const { sid, title } of Object.values(SAMPLES).filter((sample) => !('account' in sample))) {
      it(`comes to the same verdict, findings and timeline: ${title}`, async () => {
        const { call, askedAt, legs } = await clientOf(sandbox()).askAll(sid);
        const told = (each: Call): unknown => ({
          findings: findingsOf(each, { askedAt, legs }).map(({ id }) => id),
          timeline: timelineOf(each, askedAt).lanes.map(({ id, spans, marks }) => [id, spans.map(({ kind, from, to }) => [kind, from, to]), marks.map(({ at }) => at)]),
        });
        assert.deepEqual(told(maskedCall(call)), told(call));
        assert.deepEqual(verdictOf(maskedCall(call)), withMask(verdictOf(call), createMask(call)));
        const shown = stringsIn(maskedCall(call)).join('\n');
        assert.doesNotMatch(shown, /5555010\d|Asha|Vikram|Meera|Farid|Leela/i);
        assert.deepEqual(maskedCall(maskedCall(call)), maskedCall(call));
      });
    }
  });
});
