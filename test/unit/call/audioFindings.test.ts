import assert from 'node:assert/strict';
import { audioFindings, type HeardRecording } from '../../../src/call/audioFindings';
import type { Call } from '../../../src/call/call';
import type { Finding } from '../../../src/call/finding';
import { measuresOf } from '../../../src/call/speech';
import { levelsOf, type Sounding, talk } from '../../support/levels';
import { callWith } from './calls';

const LENGTH = 171;
const CALL = callWith({ total_talk_time: LENGTH });
const SPEECH: readonly Sounding[] = [talk(1, 60), talk(90, 160)];

/** A whole recording with these channels, agent on the left. */
function heard(length: number, channels: readonly (readonly Sounding[])[], changes: Partial<HeardRecording> = {}): HeardRecording {
  return { length, isWhole: true, swapsChannels: false, measures: measuresOf(levelsOf(length, ...channels)), ...changes };
}

function unmeasured(length: number): HeardRecording {
  return { length, isWhole: true, swapsChannels: false };
}

const clipping = (seconds: number): Sounding => ({ from: 10, to: 10 + seconds, level: -3, clips: true });

describe('findings of a recording', () => {
  const quiet: readonly [what: string, call: Call, recording: HeardRecording][] = [
    ['an ordinary one of two channels', CALL, heard(LENGTH, [SPEECH, SPEECH])],
    ['an ordinary one of a single channel', CALL, heard(LENGTH, [SPEECH])],
    ['one that was not measured', CALL, unmeasured(LENGTH)],
    ['one a little longer than the talk', CALL, unmeasured(LENGTH + 3)],
    ['one a little shorter than the talk', CALL, unmeasured(LENGTH - 3)],
    ['one of a call without a talk time', callWith({ total_talk_time: null }), unmeasured(20)],
    ['one of a call whose talk time has not settled', callWith({ state: 'active', status: null, total_talk_time: 3 }), unmeasured(60)],
    ['a part of one, of which one side has not spoken yet', CALL, heard(20, [SPEECH, []], { isWhole: false })],
    ['a quiet side that can be heard', CALL, heard(LENGTH, [SPEECH, [{ from: 0, to: LENGTH, level: -52 }]])],
    ['a side that said one word', CALL, heard(LENGTH, [SPEECH, [talk(5, 5.3)]])],
    ['a second of silence', callWith({ total_talk_time: 2 }), heard(2, [[talk(0, 2)], []])],
    ['one bang at full scale in a long one', CALL, heard(LENGTH, [[...SPEECH, clipping(0.16)], SPEECH])],
    ['one bang at full scale in a short one', callWith({ total_talk_time: 5 }), heard(5, [[talk(0, 5), { ...clipping(0.1), from: 1, to: 1.1 }]])],
  ];
  for (const [what, call, recording] of quiet) it(`raise no false alarm about ${what}`, () => assert.deepEqual(audioFindings(call, recording), []));

  const only = (recording: HeardRecording, call = CALL): Finding => {
    const [first, ...others] = audioFindings(call, recording);
    assert.ok(first !== undefined);
    assert.deepEqual(others, []);
    return first;
  };

  it('say that the customer cannot be heard, with what was measured', () => {
    const found = only(heard(LENGTH, [SPEECH, [{ from: 0, to: LENGTH, level: -60 }]]));
    assert.deepEqual(found, { id: 'customerChannelSilent', severity: 'warning', line: 'Customer channel is silent throughout: measured below −55 dBFS for 2 min 51 s.', citations: [] });
  });

  it('say that the agent cannot be heard, on whichever side it is', () => {
    assert.equal(only(heard(LENGTH, [[], SPEECH])).id, 'agentChannelSilent');
    assert.equal(only(heard(LENGTH, [SPEECH, []], { swapsChannels: true })).id, 'agentChannelSilent');
  });

  it('are not misled by a click on a silent line', () => {
    const found = only(heard(LENGTH, [SPEECH, [talk(1, 1.06)]]));
    assert.equal(found.line, 'Customer channel is silent throughout: measured below −55 dBFS for all but 0.06 s of 2 min 51 s.');
  });

  it('say once that there is no audio at all, of one channel or two', () => {
    for (const channels of [[[]], [[], []]]) {
      const { id, severity, line } = only(heard(LENGTH, channels));
      assert.deepEqual([id, severity], ['recordingSilent', 'warning']);
      assert.match(line, /^The recording is silent throughout: measured below −55 dBFS for 2 min 51 s\.$/);
    }
  });

  it('say whose channel clips, and how much', () => {
    const found = only(heard(LENGTH, [[...SPEECH, clipping(6.84)], SPEECH]));
    assert.deepEqual(found, { id: 'channelClips:agent', severity: 'warning', line: 'The agent’s channel clips: measured at full scale in 4 % of its bins of 20 ms.', citations: [] });
    assert.equal(only(heard(LENGTH, [[...SPEECH, clipping(6.84)], SPEECH], { swapsChannels: true })).id, 'channelClips:customer');
    assert.match(only(heard(LENGTH, [[...SPEECH, clipping(0.2)]])).line, /^The recording clips: measured at full scale in <1 % of/);
  });

  it('compare its length with the talk time: a warning where part of the conversation must be missing', () => {
    const shorter = only(unmeasured(LENGTH - 20));
    assert.deepEqual([shorter.id, shorter.severity], ['recordingLengthDiffers', 'warning']);
    assert.equal(shorter.line, 'The recording is measured as 2 min 31 s long: 20 s shorter than total_talk_time (2 min 51 s).');
    assert.deepEqual(shorter.citations, [{ field: 'total_talk_time', value: '171' }]);
    assert.equal(only(unmeasured(LENGTH - 10)).severity, 'info');
    assert.equal(only(unmeasured(6), callWith({ total_talk_time: 10 })).severity, 'info');
    const longer = only(unmeasured(LENGTH + 20.04));
    assert.equal(longer.severity, 'info');
    assert.match(longer.line, /20 s longer than total_talk_time/);
  });
});
