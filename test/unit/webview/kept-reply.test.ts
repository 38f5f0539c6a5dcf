import assert from 'node:assert/strict';
import { withKeptReply } from '../../../src/webview/kept-reply';
import { panelState, replyWith, storedCall } from '../../support/panelState';

const pushed = (status: string, received: number) =>
  structuredClone(panelState({ lookup: { phase: 'filled', reply: replyWith({ call: storedCall({ status }) }) }, recording: { phase: 'loading', received, isStalled: false } }));

describe('A state that is pushed', () => {
  it('draws nothing of the call anew while only its recording comes in', () => {
    const [before, next] = [pushed('completed', 1), pushed('completed', 2)];
    const shown = withKeptReply(before, next);
    assert.equal(shown.lookup.reply, before.lookup.reply);
    assert.deepEqual(shown, next);
  });

  it('brings every new answer', () => {
    const next = pushed('failed', 1);
    assert.equal(withKeptReply(pushed('completed', 1), next), next);
    assert.equal(withKeptReply(undefined, next), next);
  });
});
