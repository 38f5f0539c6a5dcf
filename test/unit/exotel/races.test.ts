import assert from 'node:assert/strict';
import type { CallAnswer } from '../../../src/exotel/client';
import { errorOf } from '../../support/errorOf';
import { ACCOUNT_SID, clientOfScripted, type ScriptedAnswer, useScriptedServer } from '../../support/scripted';

const ONE = '5f0c1b7e9a3d42c68e17b04d92fa631k';
const OTHER = 'a91e44d07c5b4f2f8d30c6e5b1728f4q';

const detailsOf = (sid: string): string => `/v2/accounts/${ACCOUNT_SID}/calls/${sid}`;
const legsOf = (sid: string): string => `/v3/accounts/${ACCOUNT_SID}/calls/${sid}/legs`;

function call(sid: string, customField: string): ScriptedAnswer {
  return { body: { request_id: customField, response: { call_details: { sid, custom_field: customField } } } };
}

/** Something that a test lets happen. */
function gate(): { readonly opens: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opens = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opens, open };
}

describe('Lookups under way at the same time', () => {
  const server = useScriptedServer();

  /** Each answer to a path, in the order they are asked for, behind a gate of its own. */
  function gated(answers: Readonly<Record<string, readonly ScriptedAnswer[]>>): Readonly<Record<string, readonly (() => void)[]>> {
    const behind = Object.entries(answers).map(([path, each]) => [path, each.map((answer) => ({ answer, ...gate() }))] as const);
    const counts = new Map<string, number>();
    server().script = (path) => {
      const index = counts.get(path) ?? 0;
      counts.set(path, index + 1);
      const found = behind.find(([each]) => each === path)?.[1][index];
      return found === undefined ? undefined : { ...found.answer, after: found.opens };
    };
    return Object.fromEntries(behind.map(([path, each]) => [path, each.map(({ open }) => open)]));
  }

  const fieldOf = ({ call: { customField }, requests, bodies }: CallAnswer): unknown => [customField, requests[0]?.requestId, requests.length, /"custom_field":"(\w+)"/.exec(bodies[0]?.body ?? '')?.[1]];

  it('of the same call each have their own answer, though the first comes last', async () => {
    const path = detailsOf(ONE);
    const { [path]: [openFirst, openSecond] = [] } = gated({ [path]: [call(ONE, 'first'), call(ONE, 'second')] });
    const client = clientOfScripted(server());
    let asked = server().asked(path);
    const first = client.getCall(ONE);
    await asked;
    asked = server().asked(path);
    const second = client.getCall(ONE);
    await asked;
    openSecond?.();
    assert.deepEqual(fieldOf(await second), ['second', 'second', 2, 'second']);
    openFirst?.();
    assert.deepEqual(fieldOf(await first), ['first', 'first', 2, 'first']);
  });

  it('of two calls each have their own, whatever comes first', async () => {
    const [one, other] = [detailsOf(ONE), detailsOf(OTHER)];
    const opens = gated({ [one]: [call(ONE, 'one')], [other]: [call(OTHER, 'other')] });
    const client = clientOfScripted(server());
    const asked = Promise.all([one, other].map((path) => server().asked(path)));
    const [ofOne, ofOther] = [client.getCall(ONE), client.getCall(OTHER)];
    await asked;
    opens[other]?.[0]?.();
    const second = await ofOther;
    opens[one]?.[0]?.();
    const first = await ofOne;
    assert.deepEqual([first.call.sid, second.call.sid], [ONE, OTHER]);
    assert.deepEqual([first, second].map(({ requests }) => requests.map(({ path }) => path)), [[one, legsOf(ONE)], [other, legsOf(OTHER)]]);
  });

  it('go on when the other is cancelled', async () => {
    const path = detailsOf(ONE);
    const { [path]: [, openSecond] = [] } = gated({ [path]: [call(ONE, 'first'), call(ONE, 'second')] });
    const client = clientOfScripted(server());
    const cancel = new AbortController();
    let asked = server().asked(path);
    const first = errorOf(client.getCall(ONE, {}, cancel.signal));
    await asked;
    asked = server().asked(path);
    const second = client.getCall(ONE);
    await asked;
    cancel.abort();
    assert.equal((await first).kind, 'cancelled');
    openSecond?.();
    assert.deepEqual(fieldOf(await second), ['second', 'second', 2, 'second']);
  });
});
