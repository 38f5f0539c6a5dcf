import assert from 'node:assert/strict';
import type { Call } from '../../../src/call/call';
import { DOCS } from '../../../src/call/docs';
import { verdictOf } from '../../../src/call/verdict';
import { callFrom, callWith, v1CallWith, withLegsOf } from './calls';

const UNCONNECTED = { total_talk_time: 0, total_duration: 20 };

function checks(call: Call): readonly string[] {
  return verdictOf(call).checks.map(({ sentence, link }) => (link === undefined ? sentence : `${sentence} (${link.label})`));
}

describe('what to check next', () => {
  it('leads nowhere but to Exotel’s own pages', () => {
    for (const { label, url } of Object.values(DOCS)) {
      const { protocol, hostname } = new URL(url);
      assert.equal(protocol, 'https:');
      assert.match(hostname, /^(?:developer|docs|support)\.exotel\.com$/);
      assert.notEqual(label, '');
    }
  });

  const told: readonly (readonly [what: string, call: Call, checks: readonly RegExp[]])[] = [
    ['an agent who did not answer', callWith({ status: 'agent_unanswered', ...UNCONNECTED }), [/device was on.*\(Agents and their devices\)/, /attempt_time_out.*\(Make Call\)/]],
    ['an agent who did not answer a v1 call', v1CallWith({ Status: 'no-answer', Details: { Leg1Status: 'no-answer', Leg2Status: null } }), [/device was on/, /TimeOut sets.*\(Connect Two Numbers\)/]],
    ['an agent who did not answer a caller', callWith({ status: 'agent_unanswered', direction: 'inbound', ...UNCONNECTED }), [/available.*\(Connect applet\)/, /call back/]],
    ['an agent who could not be dialled', callWith({ status: 'agent_no_dial', ...UNCONNECTED }), [/verified and free.*\(Error codes\)/, /missed call.*\(Verifying/, /ExoPhone.*\(ExoPhones/]],
    ['a customer who did not answer', callWith({ status: 'customer_unanswered', ...UNCONNECTED }), [/another time/, /ring/]],
    ['a customer whose leg was busy', withLegsOf(callWith({ status: 'customer_unanswered', ...UNCONNECTED }), { end: 'from', status: 'completed' }, { end: 'to', status: 'busy' }), [/^Try again in a few minutes/]],
    ['an agent whose leg was busy', withLegsOf(callWith({ status: 'agent_unanswered', ...UNCONNECTED }), { end: 'from', status: 'busy' }), [/on another call/]],
    ['a customer who could not be dialled', callWith({ status: 'customer_no_dial', ...UNCONNECTED }), [/^Check the customer’s number and its country code/, /DND.*\(Calling numbers on the DND list\)/, /KYC.*\(KYC/]],
    ['a number without country code or zero', callWith({ status: 'customer_no_dial', customer_details: { number: '98765 43210' }, ...UNCONNECTED }), [/neither the form of E\.164/, /DND/, /KYC/]],
    ['a number with a leading zero', callWith({ status: 'customer_no_dial', customer_details: { number: '09876543210' }, ...UNCONNECTED }), [/and its country code/, /DND/, /KYC/]],
    ['a masked number', callWith({ status: 'customer_no_dial', customer_details: { number: '+91•••••210' }, ...UNCONNECTED }), [/and its country code/, /DND/, /KYC/]],
    ['a failed call', callFrom({ sid: 'a1234567', status: 'failed' }), [/both numbers/, /credit left.*\(When the credit/, /Leg details.*\(Call legs\)/]],
    ['a v1 call that nobody knows the sides of', v1CallWith({ Status: 'busy' }), [/Try again/, /CCM.*\(Voice v2 \(CCM\)\)/]],
    ['a queued call', callFrom({ sid: 'a1234567', status: 'queued' }), [/^Refresh/, /at a time.*\(Calls at a time\)/]],
    ['a status nobody knows', callWith({ status: 'xyz' }), [/status means.*\(Call details, v2\)/, /Ask All Resources/]],
    ['a caller who cancelled', callWith({ status: 'from_leg_cancelled', direction: 'inbound', ...UNCONNECTED }), [/callers wait/, /call back/]],
    ['a conversation', callWith(), []],
  ];
  for (const [what, call, expected] of told) {
    it(`suits ${what}`, () => {
      const found = checks(call);
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
    });
  }
});
