import assert from 'node:assert/strict';
import type { PanelState, ReadyRecording } from '../../src/shared/protocol';
import { SAMPLES } from '../../src/sandbox/samples';
import { sampleAccount } from '../host/settings.mjs';
import { panelState } from '../support/panelState';
import { PANEL_STATES, recordedState } from '../support/panelStates';
import { Player } from './player';
import { compareWithReference, fitPanel, useReferenceFonts } from './reference';
import { describeInNewest, withWindow } from './vscode';
import type { Theme } from './workbench';

const WIDTHS = [1100, 420] as const;

/** So much at each side is left out, in pixels: VS Code draws its own border over it. */
const EDGE = 2;

describeInNewest('The panel is as it was left', () => {
  const vscode = withWindow({ settings: { ...sampleAccount, 'exotel.live.enabled': false, 'workbench.reduceMotion': 'on' } });
  const player = () => new Player(vscode().panel);
  let recording: ReadyRecording;

  before('a recording is there, and the page is drawn in fonts that are the same everywhere', async () => {
    const { workbench, panel } = vscode();
    await vscode().lookUp(SAMPLES.dualChannel.sid);
    await player().ready();
    await workbench.runCommand('View: Close Primary Side Bar');
    recording = await panel.recordingNow();
    await useReferenceFonts(await panel.frame());
  });

  /** Shows a state as if the panel had just opened: nothing of an earlier one is left. */
  async function showAnew(state: PanelState): Promise<void> {
    const { panel } = vscode();
    await panel.show(panelState({ lookup: { phase: 'loading' } }));
    await panel.drawn();
    await panel.show(state);
    await panel.drawn();
  }

  /** Plays to its 10th second, with 5 s to 15 s marked. */
  async function showRecorded(): Promise<void> {
    await showAnew(recordedState(recording));
    await player().ready();
    await player().section.getByText('Longest silence', { exact: true }).waitFor();
    await player().press('Home', 'ArrowRight', '[', 'ArrowRight', 'ArrowRight', ']', 'ArrowLeft');
    await player().isAt(10);
  }

  async function showFailed(): Promise<void> {
    const state = PANEL_STATES.get('a failure')?.get('notFound')?.(recording);
    assert.ok(state);
    await showAnew(state);
  }

  async function picture(width: number): Promise<Buffer> {
    const { page, panel } = vscode();
    const frame = await panel.frame();
    await fitPanel(page, frame, width);
    await page.mouse.move(0, 0);
    await panel.main.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
    await panel.drawn();
    const box = await panel.document.locator('body').boundingBox();
    assert.ok(box);
    return page.screenshot({ clip: { x: box.x + EDGE, y: box.y + EDGE, width: box.width - 2 * EDGE, height: box.height - 2 * EDGE } });
  }

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`in the theme ${theme}: a call with its recording, and a failure, ${WIDTHS.join(' and ')} pixels wide`, async () => {
      await vscode().useTheme(theme);
      for (const [name, show] of [['call', showRecorded], ['failure', showFailed]] as const) {
        await show();
        for (const width of WIDTHS) assert.equal(compareWithReference(`${name}-${theme}-${String(width)}`, await picture(width)), undefined);
      }
    });
  }
});
