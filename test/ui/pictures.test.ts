import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, sampleWorkspace } from '../host/repository.mjs';
import { sampleAccount } from '../host/settings.mjs';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import { Player } from './player';
import { describeInNewest, withWindow } from './vscode';

/** With `PICTURES=1` the README's own are replaced; otherwise they go where nothing is committed. */
const folder = path.join(root, ...(process.env['PICTURES'] === '1' ? ['media', 'screenshots'] : ['out', 'pictures']));
const WIDE = { width: 1280, height: 900 };
/** From the timeline down, without the frame of the window. */
const RECORDING = { x: 48, y: 300, width: 1232, height: 576 };
const NARROW = { width: 520, height: 1000 };

describeInNewest('The pictures in the README show', () => {
  mkdirSync(folder, { recursive: true });
  const vscode = withWindow({ settings: sampleAccount, folder: sampleWorkspace, viewport: WIDE });

  it('the view with its calls, and a call in the panel beside it', async () => {
    const { page, panel, workbench } = vscode();
    await workbench.useTheme('dark');
    await workbench.openView('Exotel');
    for (const { sid } of [SAMPLES.agentUnanswered, SAMPLES.customerNoDial, SAMPLES.retries, SAMPLES.inboundQueue, SAMPLES.transfer]) {
      await workbench.runCommand('Lookup Exotel Call');
      await workbench.answer('Call SID', sid);
      await workbench.selectedTab(shortSid(sid)).waitFor();
      await panel.reached('filled');
      await panel.recordingSettled();
    }
    await page.screenshot({ path: path.join(folder, 'panel-dark.png') });
    await workbench.sideBar.screenshot({ path: path.join(folder, 'view.png') });
  });

  it('what Diagnose Account found out', async () => {
    const { page, panel, workbench } = vscode();
    await workbench.runCommand('Diagnose Account');
    await workbench.pick('Sample in the other region');
    await workbench.dialog.getByRole('button', { name: 'Send' }).click();
    await panel.document.locator('main[data-phase="done"]').waitFor();
    await page.screenshot({ path: path.join(folder, 'diagnose.png') });
    await workbench.runCommand('View: Close Editor');
    await panel.reached('filled');
  });

  it('a recording in stereo, a stretch of it marked, under the timeline', async () => {
    const { page, panel, workbench } = vscode();
    const player = new Player(panel);
    await workbench.runCommand('View: Close Primary Side Bar');
    await vscode().lookUp(SAMPLES.dualChannel.sid);
    await player.ready();
    await player.seekBar.focus();
    for (const key of ['ArrowRight', '[', 'ArrowRight', 'ArrowRight', ']', 'ArrowLeft']) await page.keyboard.press(key);
    await panel.section('Recording').evaluate((section) => section.scrollIntoView({ block: 'end' }));
    await page.screenshot({ path: path.join(folder, 'recording.png'), clip: RECORDING });
    await workbench.runCommand('View: Close Editor');
  });

  it('a log line pasted into the lookup', async () => {
    const { page, workbench } = vscode();
    const { sid } = SAMPLES.customerUnanswered;
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.quickInputBox.fill(`INFO dialler call finished CallSid=${sid} Status=no-answer`);
    await workbench.quickInputRow(`Look up ${sid}`).waitFor();
    await page.screenshot({ path: path.join(folder, 'lookup.png'), clip: { x: 0, y: 0, width: WIDE.width, height: 360 } });
    await page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });

  it('the same panel in a narrow window with a light theme', async () => {
    const { page, panel, workbench } = vscode();
    await workbench.useTheme('light');
    await page.setViewportSize(NARROW);
    await panel.reached('filled');
    await panel.recordingSettled();
    await page.screenshot({ path: path.join(folder, 'panel-light-narrow.png') });
    const { length } = readFileSync(path.join(folder, 'panel-light-narrow.png'));
    assert.ok(length > 1000);
  });
});
