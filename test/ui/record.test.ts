import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRecording } from '../../src/sandbox/audio';
import { SAMPLES } from '../../src/sandbox/samples';
import { temporaryFolder } from '../host/repository.mjs';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { Player } from './player';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { active, agentNoDial, documented, dualChannel, recordingLarge, unknownStatus } = SAMPLES;

/** What the answer for the documented call has, by field of the v2 page's table. */
const DOCUMENTED_FIELDS = {
  sid: 'unique_call_identifier',
  direction: 'outbound-api',
  virtual_number: '+911234567890',
  state: 'terminal',
  status: 'completed',
  'assigned_agent_details.user_id': 'agent-uuid',
  'assigned_agent_details.contact_uri': 'sip:agent@exotel.com',
  'customer_details.number': '+919876543210',
  created_time: '2024-06-15T10:30:00.000Z',
  updated_time: '2024-06-15T10:35:05.000Z',
  start_time: '2024-06-15T10:30:01.000Z',
  end_time: '2024-06-15T10:35:00.000Z',
  total_duration: '300',
  total_talk_time: '280',
  'recording.available': 'true',
  'recording.url': 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3',
  custom_field: 'ticket_12345',
  legs: '/v2/accounts/<account_sid>/calls/<call_sid>/legs',
} as const;

describe('What the panel shows of a record', () => {
  const sandbox = useSandbox({ activeForMs: 1500 });
  const vscode = withWindow({ settings: { 'exotel.timeZone': 'UTC', 'exotel.requestTimeoutSeconds': 4 } });

  before('an account is there', () => addAccount(vscode().workbench, sandbox().credentials, 'Loopback'));

  async function show(sid: string): Promise<void> {
    await vscode().lookUp(sid);
    await vscode().panel.reached('filled');
  }

  /** Presses a button of the panel that copies, and gives what is on the clipboard then. */
  async function copied(press: () => Promise<void>): Promise<string> {
    await vscode().page.evaluate(() => navigator.clipboard.writeText(''));
    await press();
    await assertSoon(async () => (await vscode().clipboard()) !== '');
    return vscode().clipboard();
  }

  it('is every field as it came, each on its own row', async () => {
    const { panel } = vscode();
    await show(documented.sid);
    await panel.openAllFields();
    const rows = await panel.section('All fields').locator('[data-field]').all();
    const shown = await Promise.all(rows.map(async (row) => [await row.getAttribute('data-field'), (await row.locator('td').innerText()).trim()]));
    assert.deepEqual(Object.fromEntries(shown), DOCUMENTED_FIELDS);
  });

  it('tells of each part of the timeline when, how long after the start, and from which field, by keyboard alone', async () => {
    const { page, panel } = vscode();
    const timeline = panel.section('Timeline');
    const card = timeline.locator('.card');
    await timeline.locator('[data-part][tabindex="0"]').focus();
    await card.filter({ hasText: 'Setup' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await card.filter({ hasText: 'Created' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await card.filter({ hasText: 'Started' }).waitFor();
    const text = await card.innerText();
    for (const said of ['Reported', '15 Jun 2024, 10:30:01 UTC', '+1.0 s', 'start_time 2024-06-15T10:30:01.000Z']) assert.ok(text.includes(said), `${said} in ${text}`);
    await page.keyboard.press('ArrowRight');
    await card.filter({ hasText: 'Derived from what is reported' }).filter({ hasText: 'total_talk_time 280' }).waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });

  it('has the timeline as a table too', async () => {
    const { panel } = vscode();
    const timeline = panel.section('Timeline');
    await timeline.getByRole('button', { name: 'Show as table' }).click();
    const row = timeline.getByRole('row', { name: /^Started/ });
    for (const cell of ['15 Jun 2024, 10:30:01', '+1.0 s', 'Reported start_time']) await row.getByRole('cell', { name: cell, exact: true }).waitFor();
    await timeline.getByRole('row', { name: /^Conversation/ }).getByRole('cell', { name: '4 min 40 s', exact: true }).waitFor();
    await timeline.getByRole('button', { name: 'Show as drawing' }).click();
    await timeline.locator('[data-part]').first().waitFor();
  });

  it('can be copied value by value, and with Alt as it came', async () => {
    const { panel } = vscode();
    assert.equal(await copied(() => panel.button(/^Copy customer$/).click()), '+919876543210');
    assert.equal(await copied(() => panel.button('Copy call SID').click()), documented.sid);
    assert.equal(await copied(() => panel.button('Copy start time').click()), '15 Jun 2024, 10:30:01');
    assert.equal(await copied(() => panel.button('Copy start time').click({ modifiers: ['Alt'] })), '2024-06-15T10:30:01.000Z');
  });

  for (const [language, start] of [
    ['Python', /^import os\b[\s\S]*import requests/],
    ['Node.js', /require\('axios'\)/],
  ] as const) {
    it(`can be asked for from ${language}: the code is copied, without a key in it`, async () => {
      const { panel } = vscode();
      await panel.button(/^Copy as$/).click();
      const text = await copied(() => panel.document.getByRole('menuitem', { name: language }).click());
      assert.match(text, start);
      for (const part of ['EXOTEL_API_KEY', 'EXOTEL_API_TOKEN', documented.sid, sandbox().origin]) assert.ok(text.includes(part), part);
      for (const secret of [sandbox().credentials.apiKey, sandbox().credentials.apiToken]) assert.ok(!text.includes(secret));
    });
  }

  it('has the fields that nobody knows as they came, and a status that nobody knows in the verdict', async () => {
    const { panel } = vscode();
    await show(unknownStatus.sid);
    await panel.headline.filter({ hasText: 'voicemail_left' }).waitFor();
    await panel.openAllFields();
    for (const [field, value] of [
      ['sentiment.score', '0.72'],
      ['sentiment.label', 'calm'],
      ['tags.1', 'callback'],
      ['ivr_path', 'main>sales>voicemail'],
      ['cost_paise', '185'],
    ] as const) {
      const row = panel.section('All fields').locator(`[data-field="${field}"]`);
      await row.getByText('unknown field').waitFor();
      assert.equal((await row.locator('td').innerText()).trim(), value);
    }
  });

  it('of a call that goes on says so, and at Refresh what became of it', async () => {
    const { panel } = vscode();
    await show(active.sid);
    await panel.headline.filter({ hasText: /still active|is being rung|on the line/ }).waitFor();
    await panel.section('Timeline').locator('[data-part="call/ongoing"]').waitFor();
    const over = panel.document.locator('main[data-phase="filled"]').getByRole('heading', { level: 1, name: /talked|completed|connected/i });
    await assertSoon(async () => {
      await panel.button('Refresh').click();
      await panel.reached('filled');
      return (await over.count()) > 0;
    });
    await panel.recordingReached('ready');
    assert.equal(await panel.section('Timeline').locator('.part.span.is-ongoing').count(), 0);
  });

  it('is a sentence and a remedy when the answer does not come in time', async () => {
    const { panel } = vscode();
    const undo = sandbox().fail({ kind: 'silent' });
    await vscode().lookUp(agentNoDial.sid);
    await panel.reached('failed');
    await panel.headline.filter({ hasText: 'did not answer' }).waitFor();
    await panel.document.getByText('exotel.requestTimeoutSeconds').waitFor();
    undo();
    await panel.button('Retry').click();
    await panel.reached('filled');
  });

  describe('of its recording: a file', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'notes.txt'), '');

    /** Asks for a download, by the button of a recording that cannot be played or by the player's menu, and takes a place of one's own in the dialog. */
    async function download(name: string, by: 'button' | 'menu' = 'button'): Promise<string> {
      const { workbench, panel } = vscode();
      if (by === 'button') await panel.button('Download').click();
      else await new Player(panel).more('Download…');
      const file = path.join(folder, name);
      await workbench.saveAs('Download Recording', file);
      return file;
    }

    it('has all of its bytes', async () => {
      const { workbench, panel } = vscode();
      await vscode().lookUp(dualChannel.sid);
      await panel.recordingReached('ready');
      const file = await download('call.wav', 'menu');
      await workbench.statusBar.getByText('Saved call.wav').waitFor();
      const recording = createRecording(36, 2);
      assert.equal(sha256(readFileSync(file)), sha256(Buffer.concat([...recording.read(0, recording.size)])));
    });

    it('too large for the panel shows how far it is, can be cancelled, and leaves nothing behind', async () => {
      const { page, workbench, panel } = vscode();
      await vscode().lookUp(recordingLarge.sid);
      await panel.recordingReached('tooLarge');
      const undo = sandbox().fail({ kind: 'throttle', on: 'recordings', bytesPerSecond: 2_000_000 });
      const before = readdirSync(folder);
      await download('large.wav');
      await workbench.toast('Saving').filter({ hasText: /\d MB of 691\.2 MB/ }).waitFor();
      assert.equal(readdirSync(folder).filter((name) => name.endsWith('.part')).length, 1);
      await workbench.toast('Saving').getByRole('button', { name: 'Cancel' }).click();
      await assertSoon(() => readdirSync(folder).length === before.length);
      assert.deepEqual(readdirSync(folder), before);
      assert.equal(await page.locator('.notification-toast').count(), 0);
      undo();
    });

    it('that cannot be had says why, and leaves no half of it', async () => {
      const { workbench } = vscode();
      const undo = sandbox().fail({ kind: 'html', on: 'recordings', status: 200 });
      const file = await download('page.wav');
      await workbench.toast('The recording was not saved.').waitFor();
      assert.ok(!existsSync(file));
      undo();
    });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
