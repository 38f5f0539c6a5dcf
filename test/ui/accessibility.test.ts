import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import type { Lookup, PanelState, ReadyRecording } from '../../src/shared/protocol';
import { SAMPLES } from '../../src/sandbox/samples';
import { shortSid } from '../../src/call/sid';
import { sampleAccount } from '../host/settings.mjs';
import { panelState, replyWith } from '../support/panelState';
import { DOCTOR_STATES, PANEL_STATES, recordedState } from '../support/panelStates';
import { accessibilityProblems, movingIn } from './accessibility';
import { cutOffIn } from './cut-off';
import { letClick, stopsOf, walk, watchKeyboard, type Stop } from './keyboard';
import { Player } from './player';
import { misplacedInPlayer } from './player-layout';
import { compareTextWithReference } from './reference';
import { assertSoon } from './soon';
import { misplacedIn } from './timeline-layout';
import { withWindow } from './vscode';

const { dualChannel, completed } = SAMPLES;
const VIEWPORT = { width: 1200, height: 1000 };

/** What depends on a theme: the rest is the same in all of them. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Groups whose states differ in their words alone, but for the first ones: so many are looked at in other themes. */
const ALIKE: ReadonlyMap<string, number> = new Map([['a failure', 2], ['legs', 1], ['a problem of the recording', 3]]);

/** Every state that has colours of its own. */
const STATES_OF_COLOUR = [...PANEL_STATES].map(([group, states]) => [group, new Map([...states].slice(0, ALIKE.get(group)))] as const);

describe('Everybody can use the panel', function () {
  // Each test looks at many states.
  this.timeout(120_000);
  const vscode = withWindow({ settings: { ...sampleAccount, 'exotel.live.enabled': false, 'workbench.reduceMotion': 'on' }, viewport: VIEWPORT });
  const player = () => new Player(vscode().panel);
  const timeline = () => vscode().panel.section('Timeline');
  const focused = () => vscode().panel.document.locator(':focus');
  let recording: ReadyRecording;

  before('a recording is there, and nothing that the extension does changes the panel any more', async () => {
    const { workbench, panel } = vscode();
    await workbench.runCommand('View: Close Primary Side Bar');
    await vscode().lookUp(dualChannel.sid);
    await player().ready();
    await vscode().useTheme('dark');
    recording = await panel.recordingNow();
  });

  async function show(state: PanelState): Promise<void> {
    const { panel } = vscode();
    await panel.show(state);
    await panel.reached(state.lookup.phase);
    await panel.drawn();
    if (state.recording.phase === 'ready') await panel.recordingSettled();
  }

  /** Shows it as if the panel had just opened: what was open or selected before is not any more. */
  async function showAnew(state: PanelState = recordedState(recording)): Promise<void> {
    await show(panelState({ lookup: { phase: 'loading' } }));
    await show(state);
  }

  /** Gives the keyboard to the page of the panel, before or after all that is in it. */
  async function focusPanel(edge: 'body' | 'footer'): Promise<void> {
    const { workbench, panel } = vscode();
    await workbench.runCommand('View: Focus Active Editor Group');
    const frame = await panel.frame();
    await frame.waitForFunction(() => document.hasFocus());
    // The browser goes on from where the focus was last, or the mouse.
    await panel.document.locator(edge).evaluate((element) => {
      element.setAttribute('tabindex', '-1');
      if (element instanceof HTMLElement) element.focus();
      element.removeAttribute('tabindex');
    });
  }

  /** Of all states of some groups what is the matter with them, by their names; empty: nothing. */
  async function problemsOf(groups: Iterable<readonly [string, ReadonlyMap<string, (recording: ReadyRecording) => PanelState>]>, look: () => Promise<readonly string[]>) {
    const found: Record<string, readonly string[]> = {};
    for (const [group, states] of groups) {
      for (const [name, stateOf] of states) {
        await show(stateOf(recording));
        const problems = await look();
        if (problems.length > 0) found[`${group}: ${name}`] = problems;
      }
    }
    return found;
  }

  describe('in every state', () => {
    for (const group of PANEL_STATES) {
      it(`of ${group[0]}: no accessibility violation, and nothing moves where motion is reduced`, async () => {
        const { panel } = vscode();
        const look = async () => [...(await accessibilityProblems(panel)), ...(await panel.main.evaluate(movingIn)).map((moving) => `moves: ${moving}`)];
        assert.deepEqual(await problemsOf([group], look), {});
      });
    }

    for (const theme of ['light', 'hc-dark', 'hc-light'] as const) {
      it(`in the theme ${theme}: everything can be told from what is around it`, async () => {
        const { panel } = vscode();
        await vscode().useTheme(theme);
        assert.deepEqual(await problemsOf(STATES_OF_COLOUR, () => accessibilityProblems(panel, RULES_OF_COLOUR)), {});
      });
    }
  });

  describe('in every view that a person can open', () => {
    const button = (name: string | RegExp) => vscode().panel.button(name).first();
    const shiftHandle = () => player().section.getByRole('slider', { name: 'Move the recording along the timeline' });
    const VIEWS = {
      'the menu Copy as': () => button('Copy as').click(),
      'the menu More actions': () => button('More actions').click(),
      'the menu Raw JSON': () => button('Raw JSON').click(),
      'the menu of the recording': () => button('More of the recording').click(),
      'the sheet of keys': () => player().press('?'),
      'the list of all fields, one of them selected': async () => {
        await vscode().panel.openAllFields();
        await button('Highlight start_time').click();
      },
      'the timeline as a table': () => button('Show as table').click(),
      'a part of the timeline zoomed to and selected, with its card': async () => {
        await timeline().locator('[data-part="call/conversation"]').focus();
        for (const key of ['z', 'Enter']) await vscode().page.keyboard.press(key);
      },
      'all lanes': async () => {
        await show(PANEL_STATES.get('a call')?.get('with forty legs')?.(recording) ?? panelState());
        await button(/^Show all \d+ lanes/).click();
      },
      'all findings': async () => {
        await show(PANEL_STATES.get('a call')?.get('with more findings than are shown at first')?.(recording) ?? panelState());
        await button(/^Show all \d+$/).click();
      },
      'a time by other clocks': () => button('Copy start time').focus(),
      'a stretch that is looped, with one side muted and the recording moved': async () => {
        await player().press('Home', '[', 'ArrowRight', ']', 'l', '1');
        await shiftHandle().press('ArrowRight');
      },
      'the recording played': async () => {
        await player().press('x', 'Home');
        await player().play();
      },
    } as const satisfies Readonly<Record<string, () => Promise<void>>>;
    type View = keyof typeof VIEWS;
    const ALL: readonly View[] = Object.keys(VIEWS).filter((name): name is View => Object.hasOwn(VIEWS, name));
    /** Those that have colours of their own. */
    const OF_COLOUR: readonly View[] = [
      'the menu More actions',
      'the sheet of keys',
      'the list of all fields, one of them selected',
      'the timeline as a table',
      'a part of the timeline zoomed to and selected, with its card',
      'a time by other clocks',
      'a stretch that is looped, with one side muted and the recording moved',
    ];

    after(() => shiftHandle().press('Home'));

    for (const [theme, views, rules] of [
      ['dark', ALL, undefined],
      ['light', OF_COLOUR, RULES_OF_COLOUR],
      ['hc-dark', OF_COLOUR, RULES_OF_COLOUR],
      ['hc-light', OF_COLOUR, RULES_OF_COLOUR],
    ] as const) {
      it(`in the theme ${theme}: no accessibility violation`, async () => {
        const { page, panel } = vscode();
        await vscode().useTheme(theme);
        const found: Record<string, readonly string[]> = {};
        for (const name of views) {
          await showAnew();
          await VIEWS[name]();
          await panel.drawn();
          const problems = await accessibilityProblems(panel, rules);
          if (problems.length > 0) found[name] = problems;
          await page.keyboard.press('Escape');
        }
        // What plays goes on through the next theme's choice, which needs the keyboard.
        if ((await player().button('Pause').count()) > 0) await player().pause();
        assert.deepEqual(found, {});
      });
    }
  });

  describe('by keyboard', () => {
    let stops: readonly Stop[] = [];

    before('the panel has the keyboard', async () => {
      const { panel } = vscode();
      await vscode().useTheme('dark');
      await showAnew();
      await player().press('Home');
      await panel.openAllFields();
      await watchKeyboard(await panel.frame());
      await focusPanel('body');
    });

    it('Tab reaches everything, in the order in which it is read, and leads out again', async () => {
      const { page, panel } = vscode();
      const frame = await panel.frame();
      const expected = await stopsOf(frame);
      stops = await walk(page, frame, 'Tab', { presses: true });
      assert.deepEqual(stops.map(({ name }) => name), expected);
      const places = stops.map(({ place }) => place);
      assert.deepEqual(places.filter((place, index) => place !== places[index - 1]), ['header', 'dl', 'Timeline', 'Recording', 'All fields', 'Resources asked']);
    });

    it('Shift+Tab leads all the way back', async () => {
      const { page, panel } = vscode();
      await focusPanel('footer');
      const back = await walk(page, await panel.frame(), 'Shift+Tab');
      assert.deepEqual(back.map(({ name }) => name).toReversed(), stops.map(({ name }) => name));
    });

    it('it is always to be seen where one is', () => {
      assert.notEqual(stops.length, 0);
      assert.deepEqual(stops.filter(({ hasRing, isInSight }) => !hasRing || !isInSight), []);
    });

    it('Enter and Space do what a click does', () => {
      assert.ok(stops.some(({ clicks }) => clicks.owed > 0));
      assert.deepEqual(stops.filter(({ clicks }) => clicks.made !== clicks.owed), []);
    });

    it('the arrow keys reach every part of the timeline, and Enter and Space select it', async () => {
      const { page, panel } = vscode();
      await letClick(await panel.frame());
      const parts = await timeline().locator('[data-part]').evaluateAll((all) => all.map((part) => part.getAttribute('data-part') ?? ''));
      const at = () => focused().getAttribute('data-part');
      const goes = async (key: string): Promise<boolean> => {
        const before = await at();
        await page.keyboard.press(key);
        return (await at()) !== before;
      };
      await timeline().locator('[data-part][tabindex="0"]').focus();
      while (await goes('ArrowUp'));
      const reached = new Set<string | null>();
      do {
        await goes('Home');
        do reached.add(await at());
        while (await goes('ArrowRight'));
      } while (await goes('ArrowDown'));
      assert.deepEqual(reached, new Set(parts));
      await timeline().locator('[data-part="call/setup"]').focus();
      for (const [key, isSelected] of [['Enter', 'true'], ['Enter', 'false'], ['Space', 'true'], ['Space', 'false']] as const) {
        await page.keyboard.press(key);
        await focused().and(panel.document.locator(`[aria-pressed="${isSelected}"]`)).waitFor();
      }
    });

    it('a menu is opened, gone through and left, with the focus back at its button', async () => {
      const { page, panel } = vscode();
      await panel.button('More actions').focus();
      await page.keyboard.press('Enter');
      const items = panel.document.getByRole('menuitem');
      await items.first().and(focused()).waitFor();
      const names = await items.allInnerTexts();
      for (const name of [...names.slice(1), ...names.slice(0, 1)]) {
        await page.keyboard.press('ArrowDown');
        await panel.document.getByRole('menuitem', { name }).and(focused()).waitFor();
      }
      await page.keyboard.press('Escape');
      await panel.button('More actions').and(focused()).waitFor();
    });

    it('the second key of each thing that the player can be told does the same as the first', async () => {
      const speed = () => panel.audio.evaluate((audio: HTMLAudioElement) => audio.playbackRate);
      const { panel } = vscode();
      await player().press('Home', 'c');
      await player().isAt(2.9, 0.2);
      await player().press('n');
      await player().isAt(5.4, 0.2);
      await player().press('Shift+KeyN');
      await player().isAt(2.9, 0.2);
      await player().seek(3);
      await player().press('i');
      await player().seek(3.6);
      await player().press('o');
      await player().button(/^Set A, now at 0:03\.0/).waitFor();
      await player().button(/^Set B, now at 0:03\.6/).waitFor();
      await player().press('Shift+Period');
      assert.equal(await speed(), 1.25);
      await player().press('Shift+Comma');
      assert.equal(await speed(), 1);
      await player().press('x');
    });

    it('a call is looked up, and opened from the view, without ever touching the mouse', async () => {
      const { page, panel, workbench } = vscode();
      const { keyboard } = page;
      await workbench.leaveWebview();
      await keyboard.press('F1');
      await keyboard.type('Lookup Exotel Call');
      await workbench.quickInputRow('Lookup Exotel Call').waitFor();
      await keyboard.press('Enter');
      await workbench.question('Call SID').waitFor();
      await keyboard.type(completed.sid);
      await workbench.quickInputRow(`Look up ${completed.sid}`).waitFor();
      await keyboard.press('Enter');
      await workbench.selectedTab(shortSid(completed.sid)).waitFor();
      await panel.reached('filled');
      await workbench.leaveWebview();
      await keyboard.press('F1');
      await keyboard.type('Focus on Calls View');
      await workbench.quickInputRow('Focus on Calls View').waitFor();
      await keyboard.press('Enter');
      const row = (name: RegExp | string) => workbench.treeRow(name).and(page.locator('.focused'));
      await workbench.treeRow(/^Account Sample,/).waitFor();
      await keyboard.press('ControlOrMeta+0');
      await workbench.sideBar.locator('.monaco-list:focus').waitFor();
      await keyboard.press('Home');
      await row(/^Account Sample,/).waitFor();
      await keyboard.press('ArrowDown');
      await row(`Call ${completed.sid}`).waitFor();
      await keyboard.press('Shift+F10');
      await page.locator('.monaco-menu').getByRole('menuitem', { name: /^Copy SID/ }).waitFor();
      await keyboard.press('Escape');
      await page.locator('.monaco-menu').waitFor({ state: 'detached' });
      await keyboard.press('ArrowDown');
      await row(`Call ${dualChannel.sid}`).waitFor();
      await keyboard.press('Enter');
      await workbench.selectedTab(shortSid(dualChannel.sid)).waitFor();
      await workbench.runCommand('View: Close Primary Side Bar');
      await panel.reached('filled');
    });
  });

  it('what moves stands still where VS Code, or the system, asks for less motion', async () => {
    const { page, panel } = vscode();
    const body = panel.document.locator('body');
    const moving = () => panel.main.evaluate(movingIn);
    await showAnew(panelState({ lookup: { phase: 'loading' } }));
    assert.deepEqual(await moving(), []);
    await body.evaluate(({ classList }) => classList.remove('vscode-reduce-motion'));
    assert.notDeepEqual(await moving(), []);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await assertSoon(async () => (await moving()).length === 0);
    await page.emulateMedia({ reducedMotion: null });
    await body.evaluate(({ classList }) => classList.add('vscode-reduce-motion'));
  });

  it('what changes is told to those who do not see it', async () => {
    const { panel } = vscode();
    const failure = PANEL_STATES.get('a failure')?.get('notFound')?.(recording).lookup;
    const lookups: Readonly<Record<Lookup['phase'], readonly [Lookup, RegExp]>> = {
      loading: [{ phase: 'loading' }, /^Looking up call 0f1e2d3c/],
      filled: [{ phase: 'filled', reply: replyWith() }, /^Call loaded: .* talked for 41 s$/],
      failed: [failure ?? { phase: 'loading' }, /^Lookup failed: Exotel does not know this call/],
      cancelled: [{ phase: 'cancelled' }, /^Lookup cancelled$/],
    };
    for (const [lookup, said] of Object.values(lookups)) {
      await show(panelState({ lookup }));
      await panel.document.getByRole('status').filter({ hasText: said }).waitFor();
    }
  });

  it('what a screen reader finds is as it was left: every control by its name, everything in the order in which it is read', async () => {
    const { panel } = vscode();
    await showAnew();
    await player().section.getByText('Longest silence', { exact: true }).waitFor();
    await player().press('Home');
    assert.equal(compareTextWithReference('call.aria.yml', await panel.main.ariaSnapshot()), undefined);
  });

  describe('at 200 %', () => {
    let zooming: CDPSession | undefined;

    before('the window is zoomed', async () => {
      const { page, panel } = vscode();
      zooming = await page.context().newCDPSession(page);
      await zooming.send('Emulation.setDeviceMetricsOverride', { width: VIEWPORT.width / 2, height: VIEWPORT.height / 2, deviceScaleFactor: 2, mobile: false });
      await (await panel.frame()).waitForFunction((most) => devicePixelRatio === 2 && innerWidth < most, VIEWPORT.width / 2);
    });

    after(async () => {
      await zooming?.send('Emulation.clearDeviceMetricsOverride');
      await zooming?.detach();
      await vscode().page.setViewportSize(VIEWPORT);
    });

    it('nothing is cut off, and nothing has to be scrolled sideways', async () => {
      const { panel } = vscode();
      assert.deepEqual(await problemsOf(PANEL_STATES, () => panel.main.evaluate(cutOffIn)), {});
      await showAnew();
      assert.deepEqual(await timeline().evaluate(misplacedIn), []);
      assert.deepEqual(await player().section.evaluate(misplacedInPlayer), []);
    });

    it('the waveform is as sharp as the screen', async () => {
      await showAnew();
      const densities = await player().section.locator('canvas').evaluateAll((all) => all.map((canvas) => canvas instanceof HTMLCanvasElement && canvas.width / canvas.clientWidth));
      assert.deepEqual(densities, [2, 2]);
    });
  });

  describe('of Diagnose Account', () => {
    it('there is no accessibility violation in any of its states, in any theme, and Tab leads through it', async () => {
      const { page, panel, workbench } = vscode();
      await workbench.runCommand('Diagnose Account');
      await workbench.pick('Sample');
      await panel.document.locator('main[data-phase="done"]').waitFor();
      const found: Record<string, readonly string[]> = {};
      for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
        await vscode().useTheme(theme);
        for (const [phase, state] of Object.entries(DOCTOR_STATES)) {
          await panel.show(state);
          await panel.document.locator(`main[data-phase="${phase}"]`).waitFor();
          const problems = [...(await accessibilityProblems(panel, theme === 'dark' ? undefined : RULES_OF_COLOUR)), ...(await panel.main.evaluate(movingIn))];
          if (problems.length > 0) found[`${theme}: ${phase}`] = problems;
        }
      }
      assert.deepEqual(found, {});
      await panel.show(DOCTOR_STATES.done);
      const frame = await panel.frame();
      await watchKeyboard(frame);
      await focusPanel('body');
      const stops = await walk(page, frame, 'Tab', { presses: true });
      assert.deepEqual(stops.map(({ name }) => name), ['button Use the Other Region', 'button Run Again', 'button Copy Report', 'button Show Log']);
      assert.deepEqual(stops.filter(({ hasRing, clicks }) => !hasRing || clicks.made !== clicks.owed), []);
    });
  });
});
