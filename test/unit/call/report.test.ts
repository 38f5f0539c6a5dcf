import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../../src/call/call';
import { DOCS } from '../../../src/call/docs';
import { reportOf, type ReportInput } from '../../../src/call/report';
import type { RequestNote } from '../../../src/call/request';
import { measuresOf } from '../../../src/call/speech';
import { SAMPLES } from '../../../src/sandbox/server';
import { levelsOf, talk } from '../../support/levels';
import { clientOf, useSandbox } from '../../support/sandbox';
import { ASKED_AT, at, callFrom, callWith } from './calls';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';

const V2: RequestNote = { resource: 'v2', method: 'GET', host: 'ccm-api.exotel.com', path: `/v2/accounts/acme1/calls/${SID}`, status: 200, milliseconds: 183.6, requestId: 'req-1' };

function report(call: Call, overrides: Partial<ReportInput> = {}): string {
  return reportOf({
    sid: SID,
    call,
    requests: [V2],
    askedAt: ASKED_AT,
    legs: { kind: 'notAsked' },
    format: { timeZone: 'Asia/Kolkata', locale: 'en' },
    madeAt: at(3700),
    versions: 'Exotel Call Inspector 0.1.0, VS Code 1.100.0, linux',
    masks: true,
    ...overrides,
  });
}

const UNANSWERED = callFrom({
  sid: SID,
  direction: 'outbound-api',
  state: 'terminal',
  status: 'customer_unanswered',
  assigned_agent_details: { name: 'Asha Kumar', contact_uri: 'sip:asha.k@voice.example' },
  customer_details: { number: '+915555010023' },
  created_time: '2024-06-15T10:30:00.000Z',
  start_time: '2024-06-15T10:30:01.000Z',
  end_time: '2024-06-15T10:30:31.000Z',
  total_duration: 30,
  total_talk_time: 0,
  recording: { available: true },
  custom_field: 'for Asha | +915555010077',
});

describe('the report of a call', () => {
  it('tells what was measured of the recording, where it is here: the findings of the panel, all of them', () => {
    const call = callWith({ status: 'completed', totalTalkTime: 100 });
    const measures = measuresOf(levelsOf(60, [talk(0, 60)], []));
    const text = report(call, { heard: { length: 60, isWhole: true, swapsChannels: false, measures } });
    assert.match(text, /Customer channel is silent throughout: measured below −55 dBFS for 1 min/);
    assert.match(text, /40 s shorter than/);
    assert.doesNotMatch(report(call), /channel|shorter/);
  });

  it('is a page that says what happened, what it rests on, and where it was read', () => {
    assert.equal(
      report(UNANSWERED),
      `# Call \`5f0c1b7e…631k\`: The customer did not answer

Exotel reports that the customer did not answer (\`status\`: \`customer_unanswered\`).

**What the record does not tell:** The record does not say how long the customer’s phone rang, or why nobody answered.

**What to look at next:**

- Try at another time; check the customer’s number if it never answers.
- Check how long the phone may ring, which attempt_time_out sets when the call is placed. [Make Call](https://developer.exotel.com/docs/contact-center/api-reference/make-call)

## Facts

| Fact | Field | Value |
| --- | --- | --- |
| Status | \`status\` | \`customer_unanswered\` |
| State | \`state\` | \`terminal\` |
| Direction | \`direction\` | \`outbound-api\` |
| Created | \`created_time\` | 15 Jun 2024, 16:00:00 IST |
| Started | \`start_time\` | 15 Jun 2024, 16:00:01 IST |
| Ended | \`end_time\` | 15 Jun 2024, 16:00:31 IST |
| Duration | \`total_duration\` | 30 s |
| Talk time | \`total_talk_time\` | 0 s |
| Agent | \`assigned_agent_details.contact_uri\` | \`A••• K•••\`, \`sip:a•••@voice.example\` |
| Customer | \`customer_details.number\` | \`+91••••••••23\` |
| Recording | \`recording.available\` | available |
| Custom field | \`custom_field\` | for A••• &vert; +91••••••••77 |
| Call SID | \`sid\` | \`${SID}\` |

## Findings

- **Warning:** The recording is reported as available, but without a URL. (\`recording.available\`: \`true\`)

## Timeline

\`\`\`mermaid
%%{init: {"gantt": {"leftPadding": 72}}}%%
gantt
    dateFormat YYYY-MM-DD HH:mm:ss.SSS
    axisFormat %H:%M:%S
    todayMarker off
    section Call
    setup :2024-06-15 16:00:00.000, 2024-06-15 16:00:01.000
    no conversation (derived) :2024-06-15 16:00:01.000, 2024-06-15 16:00:31.000
    section Moments
    created :milestone, 2024-06-15 16:00:00.000, 0ms
    started :milestone, 2024-06-15 16:00:01.000, 0ms
    ended :milestone, 2024-06-15 16:00:31.000, 0ms
\`\`\`

Times: 15 Jun 2024, IST.

| Lane | What | From | To | Length | Offset | How it is known |
| --- | --- | --- | --- | --- | --- | --- |
| Call | Created | 16:00:00 |  |  | 0\u00A0s | Reported \`created_time\` |
| Call | Setup | 16:00:00 | 16:00:01 | 1\u00A0s | 0\u00A0s | Reported \`created_time\` \`start_time\` |
| Call | Started | 16:00:01 |  |  | +1.0\u00A0s | Reported \`start_time\` |
| Call | No conversation | 16:00:01 | 16:00:31 | 30\u00A0s | +1.0\u00A0s | Derived from what is reported \`start_time\` \`end_time\` \`total_talk_time\` |
| Call | Ended | 16:00:31 |  |  | +31\u00A0s | Reported \`end_time\` |

## Resources asked

| Resource | Host | Answer | Milliseconds | Request ID |
| --- | --- | --- | --- | --- |
| v2 details | \`ccm-api.exotel.com\` | 200 | 184 | \`req-1\` |

The legs were not asked for.

---

Made 15 Jun 2024, 17:01:40 IST from an answer of 15 Jun 2024, 17:00:00 IST, with Exotel Call Inspector 0.1.0, VS Code 1.100.0, linux. Times are those of Asia/Kolkata. Phone numbers and names are masked.
`,
    );
  });

  it('has numbers and names as they are only where that is asked for, and says so', () => {
    const text = report(UNANSWERED, { masks: false });
    assert.match(text, /\| `Asha Kumar`, `sip:asha\.k@voice\.example` \|\n.*`\+915555010023`/);
    assert.match(text, /Phone numbers and names are shown as they are\.\n$/);
  });

  it('has no query of a signed link, and no account SID', () => {
    const url = 'https://bucket.example/a.mp3?X-Amz-Date=20240615T103000Z&X-Amz-Expires=300&X-Amz-Signature=SECRET';
    const text = report(callWith({ sid: SID, recording: { available: true, url }, custom_field: `see ${url}` }), { masks: false });
    assert.doesNotMatch(text, /SECRET|X-Amz|acme1/);
    assert.match(text, /\| Recording \| `recording\.url` \| available, `https:\/\/bucket\.example\/a\.mp3`, a signed link, left out; it ends 15 Jun 2024, 16:05:00 IST \|/);
  });

  it('tells of values that another resource reports differently, and of an answer about another call', () => {
    const values = [{ field: 'status', value: 'completed' }, { field: 'v1:Status', value: 'failed' }];
    const text = report({ ...callWith({ sid: 'another-call-1' }), disagreements: [{ field: 'status', values }] });
    assert.match(text, /\| Status \| `status` \| `completed`; but `v1:Status`: `failed` \|/);
    assert.match(text, /\n\*\*The answer names another call than the one asked for:\*\* `another-call-1`, not `5f0c1b7e9a3d42c68e17b04d92fa631k`\.\n/);
  });

  it('lists each resource that was asked and what became of the legs', () => {
    const refused: RequestNote = { ...V2, status: 404, failure: 'ccm-api.exotel.com has no call with this SID (404).' };
    const silent: RequestNote = { resource: 'v1', method: 'GET', host: 'api.exotel.com', path: '/', milliseconds: 20_000, failure: 'api.exotel.com did not answer within 20 s.' };
    const text = report(UNANSWERED, { requests: [refused, silent], legs: { kind: 'notEnabled', sentence: 'Leg details are not enabled for this account: ccm-api.exotel.com answered 403.' } });
    assert.match(text, /\| 404: ccm-api\.exotel\.com has no call with this SID \(404\)\. \|/);
    assert.match(text, /\| v1 details \| `api\.exotel\.com` \| none: api\.exotel\.com did not answer within 20 s\. \| 20000 \| {2}\|/);
    assert.match(report(UNANSWERED, { requests: [{ ...V2, status: 503, failure: 'Away.' }, { ...V2, attempt: 2 }] }), /\| v2 details, 2nd try \|/);
    assert.match(text, /\n\nLeg details are not enabled for this account: ccm-api\.exotel\.com answered 403\.\n\n---\n/);
  });

  it('is whole without times, and cuts what is too long', () => {
    assert.match(report(callFrom({ status: 'completed' })), /\n## Timeline\n\n- The record has no time that can be read: there is nothing to draw\.\n\n## Resources asked\n/);
    assert.match(report(callWith({ custom_field: 'x'.repeat(100_000) })), /x{299}…` \(cut: 100000 characters in all\)/);
  });

  it('stays a comment that GitHub takes, however much a record holds', () => {
    const names = Array.from({ length: 400 }, (_, index) => `field_${String(index)}`);
    const reported = names.map((path) => ({ path, value: '|'.repeat(5000), known: true, problem: 'is no text' }));
    const text = report({ ...UNANSWERED, reported: [...UNANSWERED.reported, ...reported] });
    assert.ok(text.length < 65_536, String(text.length));
    assert.match(text, /\n- and 361 more\n/);
  });

  it('mentions nobody, links nothing and keeps its tables, whatever the values hold', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('@octocat', '#1', 'a|b', '`', '``` \n# x', '<b>', '[a](https://b.example)', 'https://a.example', '\\|', '%%', '- x', '| --- |'),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.boolean(), (one, other, another, masks) => {
        const call = callWith({ status: one, direction: other, customer_details: { number: another, contact_name: one }, custom_field: other, [`x${another}`]: one, digits: another, end_time: other });
        const lines = report(call, { masks, requests: [{ ...V2, requestId: one, failure: other, host: another }], legs: { kind: 'failed', sentence: one } }).split('\n');
        const fences = lines.flatMap((line, index) => (line.startsWith('```') ? [index] : []));
        assert.equal(fences.length, 2);
        const [open = 0, close = 0] = fences;
        const outside = lines.filter((_, index) => index < open || index > close).map((line) => Object.values(DOCS).reduce((rest, { url }) => rest.replace(`](${url})`, ']'), line));
        for (const line of outside) assert.doesNotMatch(line.replace(/`[^`]*`/g, ''), /<|`|@\w|#\d|\w:\/\//u);
        for (const line of outside.filter((each) => each.includes('|'))) assert.match(line, /^\| (?:[^|]* \| ){2,6}(?:[^|]* )?\|$|^\|(?: --- \|){3,7}$/);
        assert.deepEqual(outside.filter((line) => /^#{1,6} /.test(line)).length, 5);
      }),
      { numRuns: 60 },
    );
  });

  describe('of each sample', () => {
    const sandbox = useSandbox({ requestsPerMinute: 100_000 });
    for (const { sid, title } of Object.values(SAMPLES).filter((sample) => !('account' in sample))) {
      it(`has no number and no name: ${title}`, async () => {
        const answer = await clientOf(sandbox()).getCall(sid);
        const text = report(answer.call, { ...answer, sid });
        assert.doesNotMatch(text, /5555010\d|12345678|Asha|Vikram|Meera|Farid|Leela|asha\.k|X-Amz|exotelsample1\/calls/i);
        assert.ok(text.includes(sid));
      });
    }
  });
});
