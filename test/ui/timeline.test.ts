import assert from 'node:assert/strict';
import type { Call } from '../../src/call/call';
import type { PanelState } from '../../src/shared/protocol';
import { SAMPLES } from '../../src/sandbox/samples';
import { sampleAccount } from '../host/settings.mjs';
import { ANSWERED_AT, panelState, replyWith, storedCall } from '../support/panelState';
import { TIMELINE_CALLS } from '../support/timelineCalls';
import { accessibilityProblems } from './accessibility';
import { assertSoon } from './soon';
import { misplacedIn } from './timeline-layout';
import { withWindow } from './vscode';

const WIDE = { width: 1400, height: 1000 };
const NARROW = { width: 480, height: 1000 };

function stateOf(call: Call, askedAt = ANSWERED_AT): PanelState {
  return panelState({ lookup: { phase: 'filled', reply: replyWith({ call, askedAt }) } });
}

function activeCall(): Call {
  const { status: _ended, endTime: _end, totalDuration: _duration, totalTalkTime: _talk, updatedTime: _updated, legs: _legs, ...call } = storedCall({ state: 'active' });
  return call;
}

describe('The timeline', () => {
  const vscode = withWindow({ settings: sampleAccount, viewport: WIDE });
  const timeline = () => vscode().panel.section('Timeline');
  const part = (key: string) => timeline().locator(`[data-part="${key}"]`);
  const zoomButton = (name: string) => timeline().getByRole('group', { name: 'Zoom' }).getByRole('button', { name });
  const ticks = () => timeline().locator('.tick').allTextContents();
  const focused = () => vscode().panel.document.locator(':focus');

  before('a panel is open', async () => {
    await vscode().lookUp(SAMPLES.documented.sid);
    await vscode().panel.reached('filled');
    await vscode().workbench.runCommand('View: Close Primary Side Bar');
  });

  /** Shows a state, and waits until the browser has drawn it. */
  async function show(state: PanelState = panelState()): Promise<void> {
    await vscode().panel.show(state);
    await vscode().panel.main.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  /** All of it is drawn, nothing is selected, and nothing has the pointer. */
  async function anew(): Promise<void> {
    await vscode().page.mouse.move(5, 5);
    await show(panelState({ lookup: { phase: 'failed', failure: { kind: 'network', sentence: 'No answer.', remedies: [], actions: [], requests: [] } } }));
    await show();
  }

  describe('of a call with two legs', () => {
    beforeEach(anew);

    it('has a lane for the call and for each leg, which says whose it is and what became of it', async () => {
      assert.deepEqual(await timeline().locator('.lane').evaluateAll((lanes) => lanes.map((lane) => lane.getAttribute('aria-label'))), ['Call', 'Asha K, agent · completed', '+915555010045, customer · completed']);
      await part('to.0/lane').locator('.codicon-pass').waitFor();
      assert.equal(await part('to.0/lane').textContent(), '+915555010045 customer · completed');
    });

    it('is zoomed, panned and fitted by keyboard, and says what is drawn', async () => {
      const { page, panel } = vscode();
      const fitted = await ticks();
      await part('call/setup').focus();
      await page.keyboard.press('+');
      await assertSoon(async () => (await ticks()).join() !== fitted.join());
      await panel.document.getByRole('status').filter({ hasText: /^Drawn from 11:58:04 to/ }).waitFor();
      const zoomed = await ticks();
      await page.keyboard.press('Shift+ArrowRight');
      await assertSoon(async () => (await ticks()).join() !== zoomed.join());
      await page.keyboard.press('0');
      await assertSoon(async () => (await ticks()).join() === fitted.join());
      await panel.document.getByRole('status').filter({ hasText: 'All of the timeline is drawn' }).waitFor();
    });

    it('brings into view what the arrow keys go to', async () => {
      const { page } = vscode();
      await part('call/connecting').focus();
      await page.keyboard.press('z');
      await part('marks/updated').waitFor({ state: 'detached' });
      await page.keyboard.press('End');
      await part('call/untilUpdate').and(focused()).waitFor();
      await part('marks/updated').waitFor();
    });

    it('has buttons for zooming that are off where they can do nothing, and keep the focus', async () => {
      const { page } = vscode();
      assert.equal(await zoomButton('Fit').getAttribute('aria-disabled'), 'true');
      assert.equal(await zoomButton('Zoom out').getAttribute('aria-disabled'), 'true');
      await zoomButton('Zoom in').click();
      await timeline().locator('.chart.is-zoomed').waitFor();
      await zoomButton('Fit').focus();
      await page.keyboard.press('Enter');
      await timeline().locator('.chart:not(.is-zoomed)').waitFor();
      await zoomButton('Fit').and(focused()).waitFor();
    });

    it('is zoomed by the wheel only with Ctrl: without, the page scrolls', async () => {
      const { page, panel } = vscode();
      await part('call/conversation').hover();
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -200);
      await page.keyboard.up('Control');
      await timeline().locator('.chart.is-zoomed').waitFor();
      const drawn = await ticks();
      await page.mouse.wheel(0, 120);
      await assertSoon(() => panel.main.evaluate(() => window.scrollY > 0));
      assert.deepEqual(await ticks(), drawn);
      await panel.main.evaluate(() => window.scrollTo(0, 0));
    });

    it('is panned by dragging, which selects nothing', async () => {
      const { page } = vscode();
      await zoomButton('Zoom in').click();
      await timeline().locator('.chart.is-zoomed').waitFor();
      const before = await ticks();
      const box = await part('call/conversation').boundingBox();
      assert.ok(box);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x - 120, y, { steps: 6 });
      await page.mouse.up();
      await assertSoon(async () => (await ticks()).join() !== before.join());
      assert.equal(await timeline().locator('.is-selected').count(), 0);
    });

    it('shows a part as large as it can be after a double click', async () => {
      await part('from.0/ringing').dblclick();
      await timeline().locator('.chart.is-zoomed').waitFor();
      const [bar, lane] = await Promise.all([part('from.0/ringing').locator('.bar').boundingBox(), timeline().locator('.lane svg').first().boundingBox()]);
      assert.ok(bar !== null && lane !== null && bar.width > 0.8 * lane.width);
    });

    it('highlights the fields of a part that is selected, by mouse and by keyboard', async () => {
      const { page, panel } = vscode();
      await part('call/conversation').click();
      for (const field of ['total_talk_time', 'end_time']) await panel.section('All fields').locator(`[data-field="${field}"].is-selected`).waitFor();
      await timeline().locator('[data-part="call/conversation"][aria-pressed="true"]').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await panel.section('All fields').locator('.is-selected').first().waitFor({ state: 'detached' });
      await part('to.0/created').focus();
      await page.keyboard.press('Enter');
      await panel.section('All fields').locator('[data-field="legs:to.0.date_created"].is-selected').waitFor();
      await page.keyboard.press('Enter');
      await panel.section('All fields').locator('.is-selected').first().waitFor({ state: 'detached' });
    });

    it('highlights the parts that rest on a field which is selected in the list', async () => {
      const { panel } = vscode();
      await panel.openAllFields();
      await panel.section('All fields').getByRole('button', { name: 'Highlight to.0.status' }).click();
      await timeline().locator('[data-part="to.0/lane"].is-selected').waitFor();
      await panel.section('All fields').getByRole('button', { name: 'Highlight start_time' }).click();
      await assertSoon(async () => {
        const keys = await timeline().locator('.is-selected').evaluateAll((parts) => parts.map((each) => each.getAttribute('data-part')));
        return ['call/setup', 'marks/started'].every((key) => keys.includes(key)) && !keys.includes('to.0/lane');
      });
    });

    it('is a table one key away, with the focus, and a drawing at the next', async () => {
      const { page } = vscode();
      await part('to.0/conversation').focus();
      await page.keyboard.press('t');
      const table = timeline().getByRole('group', { name: 'Timeline as a table' });
      await table.and(focused()).waitFor();
      const row = table.getByRole('row', { name: /^Conversation \+915555010045 customer/ });
      for (const cell of ['24 Nov 2026, 11:58:23', '24 Nov 2026, 11:59:04', '41 s']) await row.getByRole('cell', { name: cell, exact: true }).waitFor();
      await show(stateOf(storedCall({ totalDuration: 60 })));
      await table.waitFor();
      await page.keyboard.press('t');
      await part('to.0/conversation').and(focused()).waitFor();
    });

    it('tells at the pointer what time it is there, and how far from the creation', async () => {
      const { page } = vscode();
      const box = await timeline().locator('.lane svg').first().boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height + 2);
      await timeline().locator('.chip').filter({ hasText: /^11:58:36\s+\+32 s$/ }).waitFor();
    });

    it('says in a card what is under the pointer, which Escape takes away', async () => {
      const { page } = vscode();
      await part('from.0/waiting').hover();
      const card = timeline().locator('.card');
      await card.filter({ hasText: 'Inferred, not reported' }).filter({ hasText: 'legs:to.0.date_created' }).waitFor();
      await part('call/setup').focus();
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
    });
  });

  describe('of a call that goes on', () => {
    it('grows as long as all of it is drawn, and stays where it was once zoomed', async () => {
      await show(stateOf(activeCall()));
      const first = await ticks();
      await show(stateOf(activeCall(), ANSWERED_AT + 600_000));
      await assertSoon(async () => (await ticks()).join() !== first.join());
      await part('call/setup').focus();
      await vscode().page.keyboard.press('z');
      await timeline().locator('.chart.is-zoomed').waitFor();
      const zoomed = await ticks();
      await show(stateOf(activeCall(), ANSWERED_AT + 1_200_000));
      assert.deepEqual(await ticks(), zoomed);
      await zoomButton('Fit').click();
      await assertSoon(async () => (await ticks()).includes('12:20'));
    });

    it('keeps the keyboard in its lane when what had the focus is over', async () => {
      await show(stateOf(activeCall()));
      await part('call/ongoing').focus();
      await show();
      await timeline().locator('[data-part^="call/"]').and(focused()).waitFor();
    });
  });

  describe('of many legs', () => {
    it('shows the first ones, and all of them when asked', async () => {
      const { page } = vscode();
      await show(stateOf(TIMELINE_CALLS.get('41 min, of forty legs with long names') ?? storedCall()));
      assert.equal(await timeline().locator('.lane').count(), 12);
      await timeline().getByRole('button', { name: 'Show all 41 lanes' }).focus();
      await page.keyboard.press('Enter');
      await assertSoon(async () => (await timeline().locator('.lane').count()) === 41);
      await timeline().locator('.lane').nth(12).locator('[data-part]').first().and(focused()).waitFor();
    });
  });

  describe('looks right', () => {
    for (const [theme, viewport] of [
      ['dark', WIDE],
      ['light', NARROW],
      ['hc-dark', WIDE],
      ['hc-light', NARROW],
    ] as const) {
      it(`for ${TIMELINE_CALLS.size} different calls in the theme ${theme}, ${viewport.width} pixels wide`, async function () {
        this.timeout(120_000);
        const { page, panel, workbench } = vscode();
        await workbench.useTheme(theme);
        await page.setViewportSize(viewport);
        await assertSoon(() => panel.main.evaluate((main, width) => main.ownerDocument.documentElement.clientWidth > width - 200 && main.ownerDocument.documentElement.clientWidth <= width, viewport.width));
        for (const [name, call] of TIMELINE_CALLS) {
          await show(stateOf(call));
          assert.deepEqual(await timeline().evaluate(misplacedIn), [], name);
        }
        await show();
        await part('call/setup').focus();
        await page.keyboard.press('z');
        await part('call/setup').click();
        assert.deepEqual(await timeline().evaluate(misplacedIn), []);
        assert.deepEqual(await accessibilityProblems(panel), []);
        await page.keyboard.press('0');
      });
    }
  });
});
