/** A call with somebody in every place: while masking is on, nobody's number or name is in anything that shows. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../src/call/findings';
import { maskedJson } from '../../../src/call/mask-json';
import { reportOf } from '../../../src/call/report';
import { timelineOf } from '../../../src/call/timeline';
import { verdictOf } from '../../../src/call/verdict';
import type { CallAnswer } from '../../../src/exotel/client';
import { maskedLookup } from '../../../src/shared/masked';
import type { Reply } from '../../../src/shared/protocol';
import { clientOfScripted, useScriptedServer } from '../../support/scripted';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const PATH = `/accounts/acme1/calls/${SID}`;

/** Numbers and names that stand nowhere else, each given out once. */
class Canaries {
  readonly words: string[] = [];

  number(): string {
    const digits = `55550${String(10_000 + this.words.length)}`;
    this.words.push(digits);
    return `+91${digits}`;
  }

  /** Without the `+` by which an international number is known. */
  plain(): string {
    return this.number().slice(3);
  }

  name(): string {
    const name = `Zephyrin${String.fromCharCode(97 + (this.words.length % 26), 97 + Math.floor(this.words.length / 26))}`;
    this.words.push(name);
    return `${name} Quill`;
  }

  uri(): string {
    return `sip:${this.name().replace(' Quill', '')}@pbx.example`;
  }
}

interface Crowd {
  readonly v2: object;
  readonly v1: object;
  readonly legs: object;
}

/** Answers with somebody in every field; in texts stands somebody whom a field names. */
function crowd(canaries: Canaries): Crowd {
  const [agent, customer] = [canaries.name(), canaries.number()];
  const told = (): string => `${agent} called ${customer}, then ${canaries.number()} or ${canaries.plain()}`;
  const party = (name: string, number: string): object => ({ name, number, contact_uri: canaries.uri(), contact_name: name, user_id: canaries.plain(), email: canaries.uri().slice(4), status: told() });
  const leg = (): object => ({ sid: canaries.plain(), name: canaries.name(), contact_uri: canaries.number(), status: told(), group_id: canaries.plain(), group_name: told(), date_created: '2024-06-15 16:00:01+05:30', date_updated: '2024-06-15 16:01:01+05:30', note: told() });
  const times = { created_time: '2024-06-15T10:30:00.000Z', start_time: '2024-06-15T10:30:01.000Z', end_time: '2024-06-15T10:35:00.000Z' };
  const unknown = { caller_id: canaries.number(), mobile: Number(canaries.plain()), first_name: canaries.name(), notes: [told(), { alternate_number: canaries.plain(), told: { deep: told() } }], [canaries.number()]: 'seen', id: canaries.number(), reference_id: canaries.plain() };
  return {
    v2: {
      sid: SID,
      direction: told(),
      state: 'terminal',
      status: `busy ${told()}`,
      virtual_number: canaries.number(),
      assigned_agent_details: party(agent, canaries.number()),
      customer_details: party(canaries.name(), customer),
      custom_field: told(),
      digits: canaries.plain().split('').join('-'),
      app_id: canaries.plain(),
      app_name: told(),
      recording: { available: true, url: `https://recordings.example/${canaries.plain()}/${SID}.mp3?X-Amz-Signature=s3cr3t` },
      legs: `/v2/accounts/other/calls/${canaries.number()}/legs`,
      ...times,
      ...unknown,
    },
    v1: { Sid: SID, Direction: 'outbound-api', From: canaries.plain(), To: canaries.number(), PhoneNumberSid: canaries.plain(), ParentCallSid: canaries.plain(), Status: 'completed', CustomField: told(), CallerName: canaries.name(), Price: told(), Details: { Leg1Status: told() }, StartTime: '2024-06-15 16:00:00' },
    legs: { from: [leg(), leg()], to: [leg(), leg(), leg()], comment: told() },
  };
}

describe('With masking on, nobody’s number or name', () => {
  const server = useScriptedServer();

  /** Looks the crowd's call up, where `legs` is what the record names as the legs' place. */
  async function lookedUp(legs?: string): Promise<{ readonly answer: CallAnswer; readonly words: readonly string[] }> {
    const canaries = new Canaries();
    const { v2, v1, legs: details } = crowd(canaries);
    const answers: Readonly<Record<string, unknown>> = {
      [`/v2${PATH}`]: { response: { call_details: { ...v2, ...(legs === undefined ? {} : { legs }) } } },
      [`/v3${PATH}`]: { response: { call_details: { ...v2, digits: '1', recordings: [{ url: '' }] } } },
      [`/v1/Accounts/acme1/Calls/${SID}.json?details=true`]: { Call: v1 },
    };
    server().script = (path) => ({ body: answers[path] ?? { response: { leg_details: details } } });
    const client = clientOfScripted(server());
    return { answer: legs === undefined ? await client.getCall(SID) : await client.askAll(SID), words: canaries.words };
  }

  function assertNobody(what: string, shown: unknown, words: readonly string[]): void {
    const text = (typeof shown === 'string' ? shown : JSON.stringify(shown)).toLowerCase();
    const found = words.filter((word) => text.includes(word.toLowerCase()));
    assert.deepEqual(found, [], `${what}: … ${text.slice(Math.max(0, text.indexOf((found[0] ?? '').toLowerCase()) - 60)).slice(0, 120)}`);
  }

  for (const legs of [undefined, `/v2/accounts/acme1/calls/5555010077/legs`]) {
    it(`is on the panel, in the report or in Raw JSON, ${legs === undefined ? 'a path to the legs refused' : 'all resources asked'}`, async () => {
      const { answer, words } = await lookedUp(legs);
      const { call, requests, askedAt, legs: became, bodies } = answer;
      assert.ok(words.length > 60 && requests.length === (legs === undefined ? 1 : 4));
      const reply: Reply = { call, requests, askedAt, legs: became };
      const shown = maskedLookup({ phase: 'filled', reply });
      assert.ok(shown.reply !== undefined);
      assertNobody('the panel', shown, [...words, '5555010077']);
      assertNobody('the verdict', verdictOf(shown.reply.call), words);
      assertNobody('the findings', findingsOf(shown.reply.call, { askedAt, legs: became }), words);
      assertNobody('the timeline', timelineOf(shown.reply.call, askedAt), words);
      const format = { timeZone: 'Asia/Kolkata', locale: 'en' };
      assertNobody('the report', reportOf({ ...reply, sid: SID, format, madeAt: askedAt, versions: 'test', masks: true }), words);
      for (const { resource, body } of bodies) assertNobody(`Raw JSON of ${resource}`, maskedJson(body, call), words);
    });
  }

  it('is in what a failure says', async () => {
    const canaries = new Canaries();
    const { answer } = await lookedUp();
    const said = `No call of ${answer.call.agent?.name ?? ''} with ${canaries.number()}`;
    const failure = { kind: 'notFound', sentence: 'Not found.', said, remedies: [], actions: [], requests: [] };
    const reply: Reply = { call: answer.call, requests: [], askedAt: 0, legs: { kind: 'notAsked' } };
    assertNobody('the failure', maskedLookup({ phase: 'failed', failure, reply }), [...canaries.words, 'Zephyrin']);
  });
});
