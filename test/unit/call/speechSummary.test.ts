import assert from 'node:assert/strict';
import { measuresOf } from '../../../src/call/speech';
import { shareText, speechSummary } from '../../../src/call/speechSummary';
import { levelsOf, talk } from '../../support/levels';

const factsOf = (summary: ReturnType<typeof speechSummary>) => summary.facts.map(({ name, text }) => `${name} ${text}`);

describe('the summary of who spoke', () => {
  const stereo = measuresOf(levelsOf(100, [talk(0, 41)], [talk(39, 60), talk(75, 89)]));

  it('gives each side’s share, silence and overlap', () => {
    assert.deepEqual(factsOf(speechSummary(stereo, false)), ['Agent 41 %', 'Customer 35 %', 'Silence 26 %', 'Longest silence 15 s at 1:00', 'Overlap 2 %']);
  });

  it('names the agent first also where an account has it on the right', () => {
    assert.deepEqual(factsOf(speechSummary(stereo, true)).slice(0, 2), ['Agent 35 %', 'Customer 41 %']);
  });

  it('is read aloud as one sentence in words', () => {
    assert.equal(speechSummary(stereo, false).spoken, 'Measured: agent 41 %, customer 35 %, silence 26 %, longest silence 15 seconds at 1 minute, overlap 2 %.');
  });

  it('tells nothing of sides in a single channel', () => {
    assert.deepEqual(factsOf(speechSummary(measuresOf(levelsOf(100, [talk(0, 71)])), false)), ['Speech 71 %', 'Silence 29 %', 'Longest silence 29 s at 1:11']);
  });

  it('leaves out the longest silence where there is none, and everything where nothing was measured', () => {
    assert.deepEqual(factsOf(speechSummary(measuresOf(levelsOf(5, [talk(0, 5)])), false)), ['Speech 100 %', 'Silence 0 %']);
    assert.deepEqual(speechSummary(measuresOf(levelsOf(0, [], [])), false), { facts: [], spoken: '' });
  });

  it('says of each figure that it is measured, and against what', () => {
    for (const { hint } of speechSummary(stereo, false).facts) assert.match(hint, /measured.*−45 dBFS for 0\.1 s or more; gaps under 0\.3 s/);
  });
});

it('a share that is there is never shown as nothing', () => assert.deepEqual([shareText(0, 10), shareText(0.01, 10), shareText(0.06, 10), shareText(10, 10), shareText(1, 0)], ['0 %', '<1 %', '1 %', '100 %', '0 %']));
