import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../host/repository.mjs';
import { sampleAccount } from '../host/settings.mjs';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed, dualChannel, inbound, agentUnanswered, customerUnanswered } = SAMPLES;

describe('Looking a call up', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'dialler.log'), `call placed CallSid=${completed.sid}\n`);
  const vscode = withWindow({ settings: sampleAccount, folder });

  it('takes a SID typed into the palette’s command, in a panel that says which call it is', async () => {
    const { workbench, panel } = vscode();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.answer('Call SID', ` ${dualChannel.sid} `);
    await workbench.selectedTab(shortSid(dualChannel.sid)).waitFor();
    await panel.reached('filled');
  });

  it('says what is wrong with what is typed, and looks nothing up', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.quickInputBox.fill('no sid!');
    assert.doesNotMatch(await workbench.quickInputRow(/./).first().innerText(), /^Look up/);
    await workbench.quickInputBox.press('Enter');
    assert.ok(await workbench.quickInput.isVisible());
    await page.keyboard.press('Escape');
  });

  it('finds the SID in a pasted log line, URL and JSON', async () => {
    const { page, workbench } = vscode();
    const { sid } = inbound;
    await workbench.runCommand('Lookup Exotel Call');
    for (const text of [
      `2024-06-15 INFO dialler call placed CallSid=${sid} To=+910000000000`,
      `https://the-key:the-token@ccm-api.exotel.com/v2/accounts/acme1/calls/${sid}`,
      `{"call":{"sid":"${sid}","status":"completed"}}`,
    ]) {
      await workbench.quickInputBox.fill(text);
      await workbench.quickInputRow(`Look up ${sid}`).waitFor();
      await assertSoon(async () => !(await workbench.quickInputBox.inputValue()).includes('the-token'));
      await workbench.quickInputBox.fill('');
      await workbench.quickInputRow(`Look up ${sid}`).waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Escape');
  });

  it('lists recent calls under what is typed', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.quickInputRow(shortSid(dualChannel.sid)).waitFor();
    await page.keyboard.press('Escape');
  });

  it('is in the context menu of a selected SID, which it begins with', async () => {
    const { workbench, panel } = vscode();
    await workbench.openFile('dialler.log');
    await workbench.contextMenuOfLastWord(completed.sid, 'Lookup Exotel Call');
    await workbench.quickInputRow(`Look up ${completed.sid}`).waitFor();
    await workbench.quickInputBox.press('Enter');
    await panel.reached('filled');
    await workbench.selectedTab(shortSid(completed.sid)).waitFor();
  });

  it('is a button of the view, whether or not a line there has the focus', async () => {
    const { page, workbench } = vscode();
    await workbench.openView('Exotel');
    await workbench.treeRow(/^Account Sample,/).waitFor();
    for (const focus of [() => workbench.treeRow(/^Account Sample,/).hover(), () => workbench.treeRow(/^Sample call/).first().focus()]) {
      await focus();
      await workbench.sideBar.getByRole('button', { name: 'Lookup Exotel Call' }).click();
      await workbench.question('Call SID').waitFor();
      await page.keyboard.press('Escape');
      await workbench.question('Call SID').waitFor({ state: 'hidden' });
    }
  });

  it('has a key of its own, which begins with the SID under the cursor', async () => {
    const { page, workbench } = vscode();
    await workbench.openFile('dialler.log');
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('L');
    await workbench.quickInputRow(`Look up ${completed.sid}`).waitFor();
    await page.keyboard.press('Escape');
  });

  it('brings an open call’s panel forward instead of opening another', async () => {
    const { workbench, panel } = vscode();
    const tab = workbench.editorTab(shortSid(dualChannel.sid));
    await vscode().lookUp(dualChannel.sid);
    await panel.reached('filled');
    assert.equal(await tab.count(), 1);
  });

  it('shows who did not answer', async () => {
    const { panel } = vscode();
    for (const [sid, headline] of [
      [agentUnanswered.sid, /agent\)? did not answer/i],
      [customerUnanswered.sid, /customer did not/i],
    ] as const) {
      await vscode().lookUp(sid);
      await panel.reached('filled');
      await panel.headline.filter({ hasText: headline }).waitFor();
    }
  });
});
