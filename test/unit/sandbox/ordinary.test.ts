import assert from 'node:assert/strict';
import { type Finding, findingsOf } from '../../../src/call/findings';
import type { CallAnswer } from '../../../src/exotel/client';
import { ORDINARY, SAMPLES } from '../../../src/sandbox/server';
import { clientFor, useSandbox } from '../../support/sandbox';

function findingsIn({ call, askedAt, clockAheadMs, legs }: CallAnswer): readonly Finding[] {
  return findingsOf(call, { askedAt, legs, ...(clockAheadMs === undefined ? {} : { clockAheadMs }) });
}

describe('an ordinary sample call', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });

  for (const name of ORDINARY) {
    it(`raises no alarm: ${name}`, async () => {
      assert.deepEqual(findingsIn(await clientFor(sandbox(), name).getCall(SAMPLES[name].sid)), []);
    });

    it(`is the same for every resource that has it: ${name}`, async () => {
      const answer = await clientFor(sandbox(), name).askAll(SAMPLES[name].sid);
      assert.equal(answer.call.disagreements, undefined);
      assert.deepEqual(findingsIn(answer), []);
    });
  }
});
