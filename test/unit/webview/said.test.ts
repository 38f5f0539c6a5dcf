import assert from 'node:assert/strict';
import { saidOf } from '../../../src/webview/said';
import type { Call } from '../../../src/call/call';
import type { PanelState } from '../../../src/shared/protocol';
import { ANSWERED_AT, failureWith, panelState, replyWith, storedCall } from '../../support/panelState';

function filled(call: Call, overrides: Partial<PanelState> = {}): PanelState {
  return panelState({ lookup: { phase: 'filled', reply: replyWith({ call, askedAt: ANSWERED_AT + 4000 }) }, ...overrides });
}

function activeCall(overrides: Partial<Call> = {}): Call {
  const { status: _status, endTime: _endTime, totalDuration: _duration, totalTalkTime: _talk, ...call } = storedCall({ state: 'active', ...overrides });
  return call;
}

describe('Those who listen to the panel hear', () => {
  it('at first where the lookup stands, and what came', () => {
    assert.match(saidOf(undefined, panelState({ lookup: { phase: 'loading' } })) ?? '', /^Looking up call /);
    assert.equal(saidOf(panelState({ lookup: { phase: 'loading' } }), panelState()), 'Call loaded: Asha K (agent) and the customer talked for 41 s');
    assert.equal(saidOf(panelState(), panelState({ lookup: { phase: 'failed', failure: failureWith() } })), 'Lookup failed: Exotel does not know this call.');
  });

  it('nothing when a watched call was asked for again and nothing changed', () => {
    const watching = (at: number): PanelState => filled(activeCall(), { live: { phase: 'watching', nextAt: at } });
    assert.equal(saidOf(watching(ANSWERED_AT), watching(ANSWERED_AT + 4000)), undefined);
    assert.equal(saidOf(filled(storedCall()), filled(storedCall({ updatedTime: ANSWERED_AT }))), undefined);
  });

  it('what became of a watched call, once', () => {
    assert.equal(saidOf(filled(activeCall()), filled(storedCall())), 'Asha K (agent) and the customer talked for 41 s.');
  });

  it('which leg came, and how a leg ended', () => {
    const [agent, customer] = storedCall().legs ?? [];
    assert.ok(agent !== undefined && customer !== undefined);
    const ringing = { ...customer, status: 'ringing' };
    const noAnswer = { ...customer, status: 'no-answer' };
    assert.equal(saidOf(filled(activeCall({ legs: [agent] })), filled(activeCall({ legs: [agent, ringing] }))), 'New leg: +915555010045: ringing.');
    assert.equal(saidOf(filled(activeCall({ legs: [agent, ringing] })), filled(activeCall({ legs: [noAnswer, agent] }))), '+915555010045: no answer.');
  });

  it('that the recording came', () => {
    const signed = { signed: false } as const;
    assert.equal(saidOf(filled(storedCall({ recording: { ...signed, available: false } })), filled(storedCall({ recording: { ...signed, available: true } }))), 'The recording is available.');
  });

  it('that watching waits or was given up, and why', () => {
    const watching = filled(activeCall(), { live: { phase: 'watching', nextAt: ANSWERED_AT } });
    const waiting = filled(activeCall(), { live: { phase: 'waiting', nextAt: ANSWERED_AT, sentence: 'This machine is offline.' } });
    const stopped = filled(activeCall(), { live: { phase: 'stopped', sentence: 'Watched for 4 h: Refresh goes on.' } });
    assert.equal(saidOf(watching, waiting), 'This machine is offline.');
    assert.equal(saidOf(waiting, waiting), undefined);
    assert.equal(saidOf(waiting, stopped), 'Watched for 4 h: Refresh goes on.');
  });

  it('that numbers and names are masked, and shown again', () => {
    const masked = panelState({ masksNumbers: true });
    assert.equal(saidOf(panelState(), masked), 'Numbers and names are masked.');
    assert.equal(saidOf(masked, panelState()), 'Numbers and names are shown.');
  });
});
