import assert from 'node:assert/strict';
import { withLegs } from '../../src/call/merge';
import { readCall } from '../../src/exotel/wire';
import { readLegs } from '../../src/exotel/wireLegs';
import { SAMPLES } from '../../src/sandbox/samples';
import { panelState, replyWith } from '../support/panelState';
import { sampleAccount } from '../host/settings.mjs';
import { withWindow } from './vscode';

/** What does something wherever it is taken for more than text. */
const HOSTILE = '<img src="https://evil.example/x.png" onerror="document.title=\'pwned\'"><script>document.title="pwned"</script><a href="command:workbench.action.closeWindow">x</a> [y](command:foo) javascript:alert(1) {{7*7}} ${7*7} \u202Egnp.exe\u2066\u0000\u001B[31m';

const LEGS = 10_000;

/** An answer with it in every name and value, read as any answer is. */
function hostileCall(): ReturnType<typeof withLegs> {
  const text = HOSTILE.repeat(20);
  const party = { name: text, number: text, contact_uri: text, user_id: text };
  const times = { created_time: '2024-06-15T10:30:00.000Z', start_time: '2024-06-15T10:30:01.000Z', end_time: '2024-06-15T10:35:00.000Z' };
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${HOSTILE}${String(index)}`, text]));
  const odd: unknown = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","data-field":"\\"]"}');
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`);
  const details = { sid: text, direction: text, state: text, status: text, virtual_number: text, assigned_agent_details: party, customer_details: party, custom_field: text, app_name: text, app_id: text, digits: text, legs: text, recording: { available: true, url: `javascript:${text}` }, ...times, odd, deep, ...many };
  const read = readCall({ response: { call_details: details } }, 'v2');
  assert.ok('call' in read);
  const leg = { sid: text, name: text, contact_uri: text, status: text, group_id: text, group_name: text, date_created: '2024-06-15 16:00:02+05:30', date_updated: '2024-06-15 16:01:02+05:30' };
  const legs = readLegs({ response: { leg_details: { from: [leg], to: Array.from({ length: LEGS }, () => leg) } } });
  assert.ok('record' in legs);
  return withLegs(read.call, legs.record);
}

describe('A hostile answer', () => {
  const vscode = withWindow({ settings: { ...sampleAccount } });

  it('is shown as text, leads nowhere and leaves the page in use', async () => {
    const { panel } = vscode();
    await vscode().lookUp(SAMPLES.documented.sid);
    await panel.reached('filled');
    const frame = await panel.frame();
    const before = await frame.title();
    await frame.evaluate(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => document.body.setAttribute('data-violation', `${violatedDirective} ${blockedURI}`)));
    await panel.show(panelState({ lookup: { phase: 'filled', reply: replyWith({ call: hostileCall() }) } }));
    await panel.section('All fields').getByText(/unknown to this extension/).waitFor();
    await panel.openAllFields();
    const seen = await frame.evaluate(() => ({
      violation: document.body.getAttribute('data-violation'),
      title: document.title,
      foreign: [...document.querySelectorAll('main img, main script, main iframe, main object, main embed, main form, main base, main style')].map((element) => element.outerHTML.slice(0, 200)),
      links: [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href') ?? ''),
      handlers: [...document.querySelectorAll('main *')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
      elements: document.querySelectorAll('*').length,
      polluted: Reflect.get({}, 'polluted') !== undefined,
      controls: /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u.test(document.body.innerText),
    }));
    assert.deepEqual({ ...seen, links: [], elements: 0 }, { violation: null, title: before, foreign: [], links: [], handlers: 0, elements: 0, polluted: false, controls: false });
    for (const link of seen.links) assert.match(link, /^(?:#all-fields|https:\/\/(?:docs|developer|support)\.exotel\.com\/.*)$/);
    assert.ok(seen.elements < 60_000, String(seen.elements));
    await panel.button('More actions').click();
    await panel.document.getByRole('menu').waitFor();
  });
});
