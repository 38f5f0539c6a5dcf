import assert from 'node:assert/strict';
import type { Call } from '../../src/call/call';
import { requestName } from '../../src/call/request';
import type { Live, PanelState } from '../../src/shared/protocol';
import { SAMPLES } from '../../src/sandbox/samples';
import { ANSWERED_AT, failureWith, panelState, RARE_FIELDS, replyWith, requestNote, storedCall } from '../support/panelState';
import { assertSoon } from './soon';
import { sampleAccount } from '../host/settings.mjs';
import { withWindow } from './vscode';

const { requestId: _none, ...noId } = requestNote({ resource: 'v1', host: 'api.exotel.example', milliseconds: 342 });
const { requestId: _id, status: _status, ...noAnswer } = requestNote({ resource: 'legs', milliseconds: 20_003, failure: 'ccm-api.exotel.example did not answer within 20 s.' });

/** A lookup that two resources refused, one of them at the second try, one answered and one left without an answer. */
const FIVE_REQUESTS = [
  requestNote({ status: 503, milliseconds: 121, failure: 'ccm-api.exotel.example is not available at the moment (503).' }),
  requestNote({ status: 404, attempt: 2, milliseconds: 121, failure: 'The v2 resource does not know this call (404, code 10744).' }),
  requestNote({ resource: 'v3', status: 403, milliseconds: 77, requestId: 'req-v3', failure: 'The account may not use this resource (403).' }),
  noId,
  noAnswer,
];

const LEGS_FAILED = { kind: 'failed', sentence: 'The legs could not be had: ccm-api.exotel.example did not answer within 20 s.' } as const;

function shown(call: Call, overrides: Partial<PanelState> = {}): PanelState {
  return panelState({ lookup: { phase: 'filled', reply: replyWith({ call }) }, ...overrides });
}

function activeCall(): Call {
  const { status: _ended, endTime: _end, totalDuration: _duration, totalTalkTime: _talk, ...call } = storedCall({ state: 'active' });
  return call;
}

describe('The page of a call', () => {
  const vscode = withWindow({ settings: { ...sampleAccount, 'exotel.timeZone': 'Asia/Nowhere' } });

  before('a panel is open', async () => {
    await vscode().lookUp(SAMPLES.documented.sid);
    await vscode().panel.reached('filled');
  });

  async function show(state: PanelState): Promise<void> {
    await vscode().panel.show(state);
  }

  it('links to Exotel’s documentation, which opens outside of it', async () => {
    const { page, panel } = vscode();
    const context = page.context();
    await context.route('https://developer.exotel.com/**', (route) => route.fulfill({ contentType: 'text/plain', body: 'Make Call' }));
    await vscode().lookUp(SAMPLES.customerUnanswered.sid);
    await panel.reached('filled');
    const opened = context.waitForEvent('page');
    await panel.document.locator('.answer').getByRole('link', { name: 'Make Call' }).click();
    const documentation = await opened;
    await documentation.waitForURL(/^https:\/\/developer\.exotel\.com\/.*make-call/);
    await documentation.close();
  });

  it('says that a time zone which does not exist is set, and shows local time', async () => {
    const { panel } = vscode();
    await panel.document.locator('footer').getByText('exotel.timeZone “Asia/Nowhere” is no time zone: local time is shown.').waitFor();
  });

  describe('lists the resources asked', () => {
    before(() => show(panelState({ raw: ['v2', 'v3', 'v1'], lookup: { phase: 'filled', reply: replyWith({ requests: FIVE_REQUESTS, legs: LEGS_FAILED }) } })));

    it('each with its host, status, milliseconds, request ID and what went wrong', async () => {
      const resources = vscode().panel.section('Resources asked');
      await resources.getByRole('row', { name: /2nd try/ }).waitFor();
      const rows = (await resources.locator('tbody tr').allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
      assert.deepEqual(rows, [
        'v2 details ccm-api.exotel.example 503 in 121 ms req-4f7a1c…84b57a0c3',
        'ccm-api.exotel.example is not available at the moment (503).',
        'v2 details, 2nd try ccm-api.exotel.example 404 in 121 ms req-4f7a1c…84b57a0c3 Raw JSON',
        'The v2 resource does not know this call (404, code 10744).',
        'v3 details ccm-api.exotel.example 403 in 77 ms req-v3 Raw JSON',
        'The account may not use this resource (403).',
        'v1 details api.exotel.example 200 in 342 ms Raw JSON',
        'legs ccm-api.exotel.example no answer in 20003 ms',
        'ccm-api.exotel.example did not answer within 20 s.',
      ]);
    });

    it('and a whole request ID to copy', async () => {
      const { panel } = vscode();
      await panel.button('Copy request ID of v2 details, 2nd try').click();
      await assertSoon(async () => (await vscode().clipboard()) === 'req-4f7a1c90d2e84b57a0c3');
    });

    it('and says under the timeline why there are no legs', async () => {
      await vscode().panel.section('Timeline').getByText(LEGS_FAILED.sentence).waitFor();
    });

    it('and for a lookup that failed too', async () => {
      const { panel } = vscode();
      await show(panelState({ raw: [], lookup: { phase: 'failed', failure: failureWith({ requests: FIVE_REQUESTS }) } }));
      await panel.reached('failed');
      for (const request of FIVE_REQUESTS) await panel.section('Resources asked').getByRole('row', { name: new RegExp(`^${requestName(request)} `) }).waitFor();
      assert.equal(await panel.section('Resources asked').getByRole('button', { name: 'Raw JSON' }).count(), 0);
    });
  });

  describe('of a call that is watched', () => {
    const watching: Live = { phase: 'watching', nextAt: ANSWERED_AT + 4000 };
    before(() => show(shown(activeCall(), { live: watching })));

    it('says so, and when it was last asked for, and tells nobody to refresh it', async () => {
      const { panel } = vscode();
      await panel.document.locator('.live').filter({ hasText: 'Live, last asked 12:03:04 IST' }).waitFor();
      assert.equal(await panel.document.locator('.answer').getByText('Refresh in').count(), 0);
      await show(shown(activeCall()));
      await panel.document.locator('.answer').getByText('Refresh in').waitFor();
      await show(shown(activeCall(), { live: watching }));
    });

    it('changes in place: what is open, scrolled, focused and selected stays, and the change is announced', async () => {
      const { panel } = vscode();
      await panel.openAllFields();
      await panel.section('All fields').getByRole('button', { name: 'Copy created_time' }).focus();
      const place = () =>
        panel.main.evaluate((main) => ({
          top: Math.round(document.activeElement?.getBoundingClientRect().top ?? 0),
          focus: document.activeElement?.getAttribute('aria-label'),
          open: main.querySelector('details')?.open,
          selected: document.getSelection()?.toString(),
        }));
      await panel.main.evaluate((main) => {
        main.querySelector('[data-field="created_time"]')?.scrollIntoView({ block: 'center' });
        const cell = main.querySelector('[data-field="created_time"] td bdi');
        if (cell !== null) document.getSelection()?.selectAllChildren(cell);
      });
      const before = await place();
      await show(shown(storedCall(), { live: { phase: 'settling', nextAt: ANSWERED_AT + 300_000 } }));
      await panel.headline.filter({ hasText: 'Asha K (agent) and the customer talked for 41 s' }).waitFor();
      assert.deepEqual(await place(), before);
      assert.deepEqual([before.focus, before.open, before.selected], ['Copy created_time', true, new Date(ANSWERED_AT - 300_000).toISOString()]);
      await panel.document.getByRole('status').filter({ hasText: 'Asha K (agent) and the customer talked for 41 s.' }).waitFor();
    });

    it('says that late values are waited for, and moves nothing once they are there', async () => {
      const { panel } = vscode();
      await panel.document.locator('.live').filter({ hasText: 'Late values (recording, durations) are asked for once more at 12:08:04 IST' }).waitFor();
      const places = () => panel.main.evaluate((main) => [...main.querySelectorAll('h1, .tools > *, dt, section, footer')].map((part) => JSON.stringify(part.getBoundingClientRect())));
      const before = await places();
      await show(shown(storedCall(), { live: { phase: 'off' } }));
      await panel.document.locator('.live[data-live="off"]').waitFor({ state: 'attached' });
      assert.deepEqual(await places(), before);
    });

    for (const live of [
      { phase: 'waiting', nextAt: ANSWERED_AT + 30_000, sentence: 'This machine is offline.' },
      { phase: 'stopped', sentence: 'This call has been watched for 4 h: Refresh goes on.' },
    ] as const) {
      it(`says why nothing is asked: ${live.phase}`, async () => {
        const { panel } = vscode();
        await show(shown(activeCall(), { live }));
        await panel.document.locator('.live').filter({ hasText: live.sentence }).waitFor();
        await panel.document.getByRole('status').filter({ hasText: live.sentence }).waitFor();
      });
    }
  });

  it('shows that numbers and names are masked: at the button, in words, and aloud', async () => {
    const { panel } = vscode();
    const button = panel.button('Mask numbers and names');
    await show(panelState());
    await panel.document.locator('button[aria-pressed="false"]').and(button).waitFor();
    await show(panelState({ masksNumbers: true }));
    await panel.document.locator('button[aria-pressed="true"]').and(button).waitFor();
    await panel.document.locator('footer').getByText('Numbers and names are masked').waitFor();
    await panel.document.getByRole('status').filter({ hasText: 'Numbers and names are masked.' }).waitFor();
  });

  it('tells a time by the clocks here, in India and of UTC, at the pointer and at the keyboard', async () => {
    const { page, panel } = vscode();
    await show(panelState());
    const tip = panel.fact('Started').getByRole('tooltip');
    await panel.fact('Started').getByText('24 Nov 2026, 11:58:05', { exact: true }).hover();
    for (const line of [/Local/, /India.*24 Nov 2026, 11:58:05 IST/, /UTC.*24 Nov 2026, 06:28:05 UTC/]) await tip.filter({ hasText: line }).waitFor();
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    await panel.button('Copy start time').focus();
    await tip.waitFor();
    await panel.button('Copy call SID').focus();
    await tip.waitFor({ state: 'hidden' });
  });

  it('tells a part of the timeline by those clocks too', async () => {
    const { panel } = vscode();
    await show(panelState());
    await panel.section('Timeline').locator('[data-part$="/conversation"]').first().focus();
    const card = panel.section('Timeline').locator('.card');
    for (const said of ['24 Nov 2026, 11:58:23', '24 Nov 2026, 06:28:23 to 06:29:04 UTC']) await card.filter({ hasText: said }).waitFor();
  });

  it('shows both values where two resources disagree', async () => {
    const { panel } = vscode();
    await show(shown(storedCall({ disagreements: [{ field: 'totalDuration', values: [{ field: 'total_duration', value: '59' }, { field: 'v1:Duration', value: '63' }] }] })));
    await panel.fact('Duration').filter({ hasText: '59 s' }).filter({ hasText: 'v1: 1 min 03 s' }).waitFor();
  });

  it('makes a field that is selected in the list stand out among the facts, until it is selected no more', async () => {
    const { panel } = vscode();
    await show(panelState());
    await panel.openAllFields();
    const pick = panel.section('All fields').getByRole('button', { name: 'Highlight start_time' });
    await pick.click();
    await panel.document.locator('.facts > .is-selected').and(panel.fact('Started')).waitFor();
    assert.equal(await pick.getAttribute('aria-pressed'), 'true');
    await pick.click();
    await panel.document.locator('.facts > .is-selected').waitFor({ state: 'detached' });
  });

  it('leads from what a sentence rests on to the field of another resource', async () => {
    const { panel } = vscode();
    const values = [
      { field: 'status', value: 'completed' },
      { field: 'v1:Status', value: 'busy' },
    ];
    const call = storedCall();
    await show(shown({ ...call, status: 'left_message', sources: { ...call.sources, status: 'v1:Status' }, reported: [...call.reported, { path: 'v1:Status', value: 'left_message', known: true }], disagreements: [{ field: 'status', values }] }));
    await panel.section('Findings').locator('a').filter({ hasText: 'v1:Status' }).first().click();
    await panel.section('All fields').locator('[data-field="v1:Status"]:focus').waitFor();
    await panel.section('All fields').getByRole('rowheader', { name: 'v1 details', exact: true }).waitFor();
  });

  it('shows the gravest of many findings, and all of them when asked', async () => {
    const { panel } = vscode();
    const unreadable = Array.from({ length: 11 }, (_, index) => ({ path: `hops.${index}.at`, value: 'half past nine', known: true, problem: 'is no date-time' }));
    await show(shown(storedCall({ reported: [...storedCall().reported, ...unreadable] })));
    const items = panel.section('Findings').getByRole('listitem');
    await assertSoon(async () => (await items.count()) === 8);
    await panel.section('Findings').getByRole('button', { name: 'Show all' }).click();
    await assertSoon(async () => (await items.count()) >= 11);
    await panel.section('Findings').getByRole('button', { name: 'Show fewer' }).click();
    await assertSoon(async () => (await items.count()) === 8);
  });

  it('has a menu for what is rarer, by keyboard alone', async () => {
    const { page, panel } = vscode();
    await show(panelState());
    await panel.button('More actions').focus();
    await page.keyboard.press('ArrowDown');
    await panel.document.getByRole('menuitem', { name: 'Copy Report' }).and(panel.document.locator(':focus')).waitFor();
    await page.keyboard.press('End');
    await panel.document.getByRole('menuitem', { name: 'Open Dashboard' }).and(panel.document.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await panel.button('More actions').and(panel.document.locator(':focus')).waitFor();
    assert.equal(await panel.document.getByRole('menu').count(), 0);
  });

  const busy = shown(
    storedCall({
      resource: 'v1',
      ...RARE_FIELDS,
      disagreements: [{ field: 'totalDuration', values: [{ field: 'Duration', value: '59' }, { field: 'v2:total_duration', value: '63' }] }],
    }),
    { raw: ['v2', 'v3', 'v1', 'legs'], masksNumbers: true, live: { phase: 'settling', nextAt: ANSWERED_AT + 300_000 } },
  );
  const refused = panelState({ raw: ['v2', 'v3'], lookup: { phase: 'failed', failure: failureWith({ requests: FIVE_REQUESTS, actions: ['updateCredentials', 'diagnose', 'retry', 'openRawReply', 'showLog'] }) } });

  describe('in a narrow window', () => {
    before(() => vscode().workbench.runCommand('View: Close Primary Side Bar'));

    for (const width of [480, 280]) {
      for (const [what, state] of [
        ['a call with everything', busy],
        ['a failure', refused],
      ] as const) {
        it(`of ${String(width)} pixels fits: ${what}`, async () => {
          const { page, panel } = vscode();
          await page.setViewportSize({ width, height: 900 });
          await show(state);
          await panel.reached(state.lookup.phase);
          const fits = ({ ownerDocument: { documentElement: root } }: HTMLElement | SVGElement, most: number): boolean => root.clientWidth > most - 80 && root.clientWidth < most && root.scrollWidth <= root.clientWidth;
          await assertSoon(() => panel.main.evaluate(fits, width));
        });
      }
    }
  });

  /** Last: the settings stay in front. */
  describe('whose proxy is in the way', () => {
    it('leads to the proxy’s settings', async () => {
      const { page, panel } = vscode();
      await show(panelState({ lookup: { phase: 'failed', failure: failureWith({ actions: ['openProxySettings', 'retry'] }) } }));
      await panel.button('Proxy Settings').click();
      await page.locator('.settings-editor [data-key="http.proxy"]').waitFor();
    });
  });
});
