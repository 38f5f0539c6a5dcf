import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { SAMPLES } from '../../src/sandbox/samples';
import { sampleAccount } from '../host/settings.mjs';
import { temporaryFolder } from '../host/repository.mjs';
import { HOSTILE_TEXT, HOSTILE_TEXTS } from '../support/hostileTexts';
import { useSandbox } from '../support/sandbox';
import { addAccount, typeAccount } from './accounts';
import { Player } from './player';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const LEGS = 10_000;
const MEGABYTE = 1_000_000;
const { sid } = SAMPLES.documented;

/** An answer with it in every name and value. */
function hostileDetails(): string {
  const text = HOSTILE_TEXT;
  const party = { name: `${HOSTILE_TEXTS['icons'] ?? ''} ${text}`, number: text, contact_uri: text, user_id: text };
  const times = { created_time: '2024-06-15T10:30:00.000Z', start_time: '2024-06-15T10:30:01.000Z', end_time: '2024-06-15T10:35:00.000Z', total_talk_time: 280 };
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${text}${String(index)}`, text]));
  const odd = '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","data-field":"\\"]"}';
  const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`;
  const details = { sid: text, direction: text, state: text, status: text, virtual_number: text, assigned_agent_details: party, customer_details: party, custom_field: `${text}${'Ab 1@'.repeat(MEGABYTE / 5)}`, app_name: text, app_id: text, digits: text, legs: null, recording: { available: true, url: `javascript:${text}` }, ...times, ...many };
  return `{"request_id":${JSON.stringify(text)},"response":{"call_details":${JSON.stringify(details).slice(0, -1)},"odd":${odd},"deep":${deep}}}}`;
}

function hostileLegs(): string {
  const leg = { sid: 'l', name: HOSTILE_TEXT.slice(0, 60), contact_uri: 'sip:a@agents.example', status: 'odd <b>', group_name: '$(trash)', date_created: '2024-06-15 16:00:02+05:30', date_updated: '2024-06-15 16:01:02+05:30' };
  return JSON.stringify({ response: { leg_details: { from: [leg], to: Array.from({ length: LEGS }, () => leg) } } });
}

describe('A hostile answer', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  before('a call was looked up whose server means harm', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    sandbox().fail({ kind: 'answer', on: 'v2', status: 200, body: hostileDetails() });
    sandbox().fail({ kind: 'answer', on: 'legs', status: 200, body: hostileLegs() });
    await vscode().lookUp(sid);
    await vscode().panel.reached('filled');
  });

  it('is shown as text, leads nowhere and leaves the page in use', async () => {
    const { panel } = vscode();
    const frame = await panel.frame();
    const before = await frame.title();
    await panel.section('All fields').getByText(/unknown to this extension/).waitFor();
    await panel.openAllFields();
    await panel.section('Findings').getByText(`The answer lists ${String(LEGS + 1)} legs`).waitFor();
    const seen = await frame.evaluate(() => ({
      title: document.title,
      foreign: [...document.querySelectorAll('main img, main script, main iframe, main object, main embed, main form, main base, main style')].map((element) => element.outerHTML.slice(0, 200)),
      links: [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href') ?? ''),
      handlers: [...document.querySelectorAll('main *')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
      elements: document.querySelectorAll('*').length,
      letters: document.body.innerText.length,
      polluted: Reflect.get({}, 'polluted') !== undefined,
      controls: /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u.test(document.body.innerText),
    }));
    assert.deepEqual({ ...seen, links: [], elements: 0, letters: 0 }, { title: before, foreign: [], links: [], handlers: 0, elements: 0, letters: 0, polluted: false, controls: false });
    for (const link of seen.links) assert.match(link, /^(?:#all-fields|https:\/\/(?:docs|developer|support)\.exotel\.com\/.*)$/);
    assert.ok(seen.elements < 60_000, String(seen.elements));
    assert.ok(seen.letters < 2 * MEGABYTE, String(seen.letters));
    await panel.button('More actions').click();
    await panel.document.getByRole('menu').waitFor();
    await panel.document.getByRole('menuitem', { name: 'Copy Report' }).click();
    await vscode().workbench.toast('Report copied').waitFor();
    assert.match(await vscode().clipboard(), /of which 251 were read\./);
  });

  it('is a line of text in the list of calls and under what is typed, without an icon or a link of its own', async () => {
    const { workbench, page } = vscode();
    await workbench.openView('Exotel');
    const row = workbench.treeRow(`Call ${sid}`);
    await row.waitFor();
    assert.equal(await row.locator('a[href], img, .codicon-trash, .codicon-sync').count(), 0);
    assert.doesNotMatch(await row.innerText(), /[\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u);
    await row.hover();
    const hover = page.locator('.monaco-hover:visible');
    await hover.getByText(`Call SID: ${sid}`).waitFor();
    assert.equal(await hover.locator('a, img, script, .codicon-trash').count(), 0);
    await workbench.runCommand('Lookup Exotel Call');
    const listed = workbench.quickInputRow(/\$ \(trash\)/);
    await listed.waitFor();
    assert.equal(await listed.locator('a[href], img, .codicon-trash, .codicon-sync').count(), 0);
    await page.keyboard.press('Escape');
    await assertSoon(async () => (await workbench.quickInput.count()) === 0);
  });
});

describe('A name, a file or an answer that means harm, in VS Code’s own messages,', () => {
  const sandbox = useSandbox();
  const vscode = withWindow({ settings: sampleAccount });
  /** Of a person, or of a file: also where a slash cannot stand. */
  const ODD = '[y](command:workbench.action.closeWindow) $(sync~spin) <img src=x>';
  const WITHOUT_ICON = '[y](command:workbench.action.closeWindow) $ (sync~spin) <img src=x>';
  const WITHOUT_LINK = '[y] (command:workbench.action.closeWindow) $(sync~spin) <img src=x>';

  /** Text, and nothing to click or to look at but it. */
  async function assertInert(message: Locator): Promise<void> {
    await message.waitFor();
    assert.equal(await message.locator('a[href], a[data-href], img, script, .codicon-sync').count(), 0);
  }

  /** The text of a notification, which has that in it: its buttons are links for VS Code. */
  async function assertInertToast(ours: string, theirs: string): Promise<Locator> {
    const toast = vscode().workbench.toast(ours);
    await toast.waitFor();
    const message = toast.locator('.notification-list-item-message');
    assert.equal(await message.locator('a, img, .codicon').count(), 0);
    const text = await message.innerText();
    assert.ok(text.includes(theirs) && text.length < 1100, text);
    return toast;
  }

  before('an account has such a name', async () => {
    await typeAccount(vscode().workbench, sandbox().credentials, ODD);
  });

  it('is text in the status bar, the view, questions and lists when it is the name of an account', async () => {
    const { workbench } = vscode();
    await assertInert(workbench.statusBar.locator('.statusbar-item').filter({ hasText: 'is kept' }));
    await workbench.openView('Exotel');
    await assertInert(workbench.treeRow(`Account ${ODD}`));
    await workbench.runCommand('Exotel: Set Active Account');
    await assertInert(workbench.quickInputRow(WITHOUT_ICON));
    await workbench.pick(WITHOUT_ICON);
    await assertInert(workbench.statusBar.locator('.statusbar-item').filter({ hasText: 'Lookups use' }));
    await workbench.runCommand('Lookup Exotel Call');
    await assertInert(workbench.question(`Lookup Exotel Call in ${ODD}`).locator('.quick-input-titlebar'));
    await workbench.quickInputBox.press('Escape');
    await workbench.contextMenu(workbench.treeRow(`Account ${ODD}`), 'Remove Account');
    await assertInert(workbench.dialog.getByText(`Remove the account “${ODD}”?`));
    assert.equal(await workbench.dialog.locator('a[href], img').count(), 0);
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('is not taken for the name of an account where it is endless', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(workbench.treeRow(`Account ${ODD}`), 'Rename Account');
    await workbench.question('A name for this account').waitFor();
    await workbench.quickInputBox.fill('x'.repeat(MEGABYTE));
    await workbench.quickInputBox.press('Enter');
    await workbench.quickInput.getByText('A name has at most 128 characters.').waitFor();
    await workbench.quickInputBox.press('Escape');
  });

  describe('once there is a call:', () => {
    /** A new folder each time: VS Code's own dialog draws such a name otherwise than it is. */
    function fileIn(name: string): string {
      const folder = temporaryFolder();
      writeFileSync(path.join(folder, 'there.md'), '');
      return path.join(folder, name);
    }

    it('is text where a report was saved, and where it cannot be opened', async () => {
      const { workbench, panel } = vscode();
      const file = fileIn(`${ODD}.md`);
      await vscode().lookUp(SAMPLES.completed.sid);
      await panel.recordingReached('ready');
      await workbench.runCommand('Exotel: Save Report…');
      await workbench.pick('Masked (recommended)');
      await workbench.saveAs('Save Report', file);
      const saved = await assertInertToast('Report saved as', `${WITHOUT_LINK}.md`);
      rmSync(file);
      await saved.getByRole('button', { name: 'Open' }).click();
      await assertInertToast('cannot be opened', `${WITHOUT_LINK}.md`);
    });

    it('is text where a recording was saved', async () => {
      const { workbench, panel } = vscode();
      await new Player(panel).more('Download…');
      await workbench.saveAs('Download Recording', fileIn(ODD));
      await assertInert(workbench.statusBar.locator('.statusbar-item').filter({ hasText: `Saved ${WITHOUT_ICON}` }));
    });

    it('is text where a recording was not saved for what its server sent', async () => {
      const { workbench, panel } = vscode();
      await vscode().lookUp(SAMPLES.recordingLarge.sid);
      await panel.recordingReached('tooLarge');
      const mend = sandbox().fail({ kind: 'answer', on: 'recordings', status: 200, body: `${ODD}${' and so on'.repeat(1000)}` });
      await panel.button('Download').click();
      await workbench.saveAs('Download Recording', fileIn('large.wav'));
      await assertInertToast('The recording was not saved.', 'It starts with “[y] (command:');
      mend();
    });
  });
});
