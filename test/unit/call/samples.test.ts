import assert from 'node:assert/strict';
import { findingsOf } from '../../../src/call/findings';
import { verdictOf } from '../../../src/call/verdict';
import { accountOf, ORDINARY, type SampleName, SAMPLES } from '../../../src/sandbox/samples';
import type { CallAnswer } from '../../../src/exotel/lookup';
import { clientOf, useSandbox } from '../../support/sandbox';

describe('a sample call, as it is looked up', () => {
  const sandbox = useSandbox({ requestsPerMinute: 100_000 });

  function lookUp(name: SampleName): Promise<CallAnswer> {
    const { credentials } = sandbox().accounts[accountOf(name)];
    return clientOf(sandbox(), { credentials }).getCall(SAMPLES[name].sid);
  }

  for (const name of ORDINARY) {
    it(`raises no false alarm: ${name}`, async () => {
      const answer = await lookUp(name);
      assert.deepEqual(findingsOf(answer.call, answer), []);
    });
  }

  const headlines: readonly (readonly [name: SampleName, headline: string])[] = [
    ['agentUnanswered', 'Asha K. (agent) did not answer, so the customer was never dialled'],
    ['customerUnanswered', 'Vikram R. (agent) answered, the customer did not'],
    ['customerBusy', 'Asha K. (agent) answered, the customer was busy'],
    ['agentNoDial', 'Exotel could not dial Vikram R. (agent), so the customer was never dialled'],
    ['transfer', 'The customer talked with 2 agents, one after the other, for 3 min 21 s in all'],
    ['parallelRinging', 'One of 3 agents rung answered (Leela D.) and talked with the caller for 1 min 12 s'],
    ['retries', 'Asha K. (agent) and the customer talked for 1 min 18 s'],
    ['inboundQueue', 'One of 2 agents rung answered (Farid N.) and talked with the caller for 1 min 21 s'],
    ['customerUnansweredWithoutLegs', 'The customer did not answer'],
  ];
  for (const [name, headline] of headlines) it(`is told as it happened: ${name}`, async () => assert.equal(verdictOf((await lookUp(name)).call).headline, headline));

  const odd: readonly (readonly [name: SampleName, ...ids: readonly string[]])[] = [
    ['recordingProcessing', 'recordingExpectedSoon'],
    ['recordingExpired', 'signedLinkExpired'],
    ['unknownStatus', 'unknownStatus'],
    ['legContradicts', 'completedUnanswered:to'],
    ['zeroEndTime', 'zeroEnd'],
    ['stuckActive', 'activeForLong'],
  ];
  for (const [name, ...ids] of odd) {
    it(`shows what is wrong with it: ${name}`, async () => {
      const answer = await lookUp(name);
      assert.deepEqual(
        findingsOf(answer.call, answer).map(({ id }) => id),
        ids,
      );
    });
  }
});
