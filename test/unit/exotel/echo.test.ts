/** Servers that repeat what they were sent: an account's keys must come back in nothing that is shown, logged, copied or kept. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { findingsOf } from '../../../src/call/findings';
import { reportOf } from '../../../src/call/report';
import { timelineOf } from '../../../src/call/timeline';
import { verdictOf } from '../../../src/call/verdict';
import { type CallAnswer, type Client, type Plan } from '../../../src/exotel/client';
import { ApiError } from '../../../src/exotel/errors';
import { clientOfScripted, type Scripted, type ScriptedAnswer, useScriptedServer } from '../../support/scripted';

const SID = '5f0c1b7e9a3d42c68e17b04d92fa631k';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The keys in every form in which servers and libraries repeat them. */
function formsOf({ credentials: { apiKey, apiToken } }: Scripted): readonly string[] {
  return [apiKey, apiToken].flatMap((secret) => [secret, base64(secret), base64(secret).replace(/=+$/, '')]).concat(base64(`${apiKey}:${apiToken}`));
}

/** A server each of whose answers has the keys wherever a text can stand. */
class Echo {
  private readonly said: string;

  constructor(private readonly server: Scripted) {
    this.said = `you sent ${formsOf(server).join(' and ')}`;
  }

  private get times(): object {
    return { created_time: '2024-06-15T10:30:00.000Z', start_time: '2024-06-15T10:30:01.000Z', end_time: '2024-06-15T10:35:00.000Z', updated_time: this.said };
  }

  /** Headers are no place for every character, but for a key they are. */
  private get headers(): Readonly<Record<string, string>> {
    const { apiToken } = this.server.credentials;
    return { 'X-Request-Id': apiToken, 'Retry-After': apiToken, Location: `/${apiToken}`, 'X-RateLimit-Remaining': apiToken, 'Content-Type': `application/json; x=${apiToken}` };
  }

  details(fields: object = {}): ScriptedAnswer {
    const { said } = this;
    const party = { name: said, number: said, contact_uri: said, user_id: said };
    const recording = { available: true, url: `https://recordings.example/${this.server.credentials.apiToken}.mp3` };
    const values = { sid: said, direction: said, virtual_number: said, state: said, status: said, assigned_agent_details: party, customer_details: party, recording, custom_field: said, digits: said, app_name: said, app_id: said, total_duration: said };
    return { headers: this.headers, body: { request_id: said, method: said, http_code: 200, response: { code: 200, status: said, call_details: { ...values, ...this.times, [said]: { [said]: [said, { [said]: said }] }, ...fields } } } };
  }

  v1(): ScriptedAnswer {
    const { said } = this;
    return { headers: this.headers, body: { Call: { Sid: said, From: said, To: said, Status: said, Direction: said, PhoneNumberSid: said, Price: said, AnsweredBy: said, CustomField: said, ParentCallSid: said, Details: { Leg1Status: said, Leg2Status: said, Legs: [{ Leg: { Id: said, OnCallDuration: said } }] }, [said]: said } } };
  }

  legs(): ScriptedAnswer {
    const { said } = this;
    const leg = { sid: said, name: said, contact_uri: said, status: said, group_id: said, group_name: said, date_created: '2024-06-15 16:00:01+05:30', [said]: said };
    return { headers: this.headers, body: { request_id: said, response: { leg_details: { call_sid: said, account_sid: said, from: [leg, leg], to: [leg, said], [said]: said } } } };
  }

  failure(status: number): ScriptedAnswer {
    const error = { code: this.said, message: this.said, description: this.said };
    return { status, headers: this.headers, body: { request_id: this.said, http_code: 404, response: { code: status, status: 'failure', error_data: error, data: null }, RestException: { Status: status, Code: this.said, Message: this.said } } };
  }

  text(status: number): ScriptedAnswer {
    return { status, headers: this.headers, body: `<html>${this.said}</html>` };
  }
}

describe('A server that repeats the keys gets them into nothing', () => {
  const server = useScriptedServer();

  /** Everything that can be seen of a lookup, but for the recording's link, which never leaves the extension host. */
  async function seenOf(ask: (client: Client) => Promise<CallAnswer>, script: (path: string) => ScriptedAnswer): Promise<string> {
    server().script = script;
    const seen: unknown[] = [];
    try {
      const { recordingUrl: _secret, ...answer } = await ask(clientOfScripted(server(), { onRequest: (...heard) => void seen.push(heard) }));
      const { call, askedAt, legs } = answer;
      const report = (masks: boolean): string => reportOf({ ...answer, sid: SID, format: { timeZone: 'UTC', locale: 'en' }, madeAt: askedAt, versions: 'test', masks });
      seen.push(answer, verdictOf(call), findingsOf(call, { askedAt, legs }), timelineOf(call, askedAt), report(true), report(false));
    } catch (error) {
      assert.ok(error instanceof ApiError, inspect(error));
      seen.push(error, error.details, error.stack);
    }
    return inspect(seen, { depth: null, maxStringLength: null, maxArrayLength: null, showHidden: true });
  }

  const scripts: readonly (readonly [name: string, script: (echo: Echo, path: string) => ScriptedAnswer])[] = [
    ['values, names of fields and headers of good answers', (echo, path) => (path.endsWith('/legs') ? echo.legs() : path.startsWith('/v1') ? echo.v1() : echo.details())],
    ['a path to the legs elsewhere', (echo) => echo.details({ legs: `https://${server().credentials.apiToken}.example/${server().credentials.apiKey}` })],
    ['a path to the legs below the account’s own calls', (echo, path) => (path.endsWith('/legs') ? echo.failure(500) : echo.details({ legs: `/v2/accounts/acme1/calls/${server().credentials.apiToken}/legs` }))],
    ['legs that fail', (echo, path) => (path.endsWith('/legs') ? echo.failure(500) : echo.details())],
    ['legs that are a page', (echo, path) => (path.endsWith('/legs') ? echo.text(200) : echo.details())],
    ['answers of v1 alone', (echo, path) => (path.startsWith('/v1') ? echo.v1() : echo.failure(404))],
    ['failures of every resource', (echo) => echo.failure(404)],
    ['a failure inside a 200', (echo) => ({ ...echo.failure(404), status: 200 })],
    ['refusals of the rate limiter', (echo) => echo.failure(429)],
    ['redirects', (echo) => echo.text(302)],
    ['pages', (echo) => echo.text(200)],
  ];
  const ways: readonly (readonly [name: string, ask: (client: Client) => Promise<CallAnswer>])[] = [
    ...([{}, { hasLegs: true }, { only: 'v1' }] satisfies Plan[]).map((plan) => [JSON.stringify(plan), async (client: Client) => client.getCall(SID, plan)] as const),
    ['all resources', async (client) => client.askAll(SID)],
  ];
  for (const [name, script] of scripts) {
    for (const [way, ask] of ways) {
      it(`by ${name}, asked for ${way}`, async () => {
        const echo = new Echo(server());
        const seen = await seenOf(ask, (path) => script(echo, path));
        assert.ok(server().requests.length > 0);
        for (const form of formsOf(server())) assert.ok(!seen.includes(form), seen.slice(Math.max(0, seen.indexOf(form) - 300), seen.indexOf(form) + 100));
      });
    }
  }
});
