import assert from 'node:assert/strict';
import type { Sandbox } from '../../src/sandbox/server';
import { SAMPLES } from '../../src/sandbox/samples';
import { shortSid } from '../../src/call/sid';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { FORBIDDEN, withWindow } from './vscode';

const { completed, documented, inbound, recordingProcessing } = SAMPLES;

describe('The panel of a call', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  before('an account is there', () => addAccount(vscode().workbench, sandbox().credentials, 'Loopback'));

  it('shows every field that the API’s documentation lists', async () => {
    const { panel } = vscode();
    await vscode().lookUp(documented.sid);
    await panel.reached('filled');
    await panel.openAllFields();
    const text = await panel.main.innerText();
    for (const value of ['unique_call_identifier', 'outbound-api', 'terminal', 'completed', '+911234567890', '+919876543210', 'sip:agent@exotel.com', 'ticket_12345', '280']) assert.ok(text.includes(value), value);
    for (const section of ['Timeline', 'Recording', 'All fields'] as const) await panel.section(section).waitFor();
  });

  it('opens at once, can be cancelled while it waits, and asks again', async () => {
    const { panel } = vscode();
    const undo = sandbox().fail({ kind: 'silent' });
    await vscode().lookUp(completed.sid);
    await panel.reached('loading');
    await panel.button('Cancel').first().click();
    await panel.reached('cancelled');
    undo();
    await panel.button('Retry').click();
    await panel.reached('filled');
  });

  it('says what failed and what to do, and Retry helps once the server does', async () => {
    const { panel } = vscode();
    const undo = sandbox().fail({ kind: 'html', status: 502 });
    await vscode().lookUp(recordingProcessing.sid);
    await panel.reached('failed');
    await panel.headline.getByText('tried three times').waitFor();
    await panel.document.getByText('try again in a minute').waitFor();
    undo();
    await panel.button('Retry').click();
    await panel.reached('filled');
  });

  it('asks once more at Refresh', async () => {
    const { panel } = vscode();
    const asked = () => requestsFor(sandbox(), recordingProcessing.sid);
    const before = asked();
    await panel.button('Refresh').click();
    await assertSoon(() => asked() > before);
    await panel.reached('filled');
  });

  it('moves nothing while it asks once more', async () => {
    const { panel } = vscode();
    await vscode().lookUp(completed.sid);
    await panel.reached('filled');
    await panel.recordingReached('ready');
    const places = () => panel.main.evaluate((main) => [...main.querySelectorAll('h1, .tools > :not(.cancel), dt, section, footer')].map((part) => JSON.stringify(part.getBoundingClientRect())));
    const before = await places();
    const undo = sandbox().fail({ kind: 'silent' });
    await panel.button('Refresh').click();
    await panel.reached('loading');
    await panel.button('Cancel').first().waitFor();
    assert.deepEqual(await places(), before);
    undo();
    await panel.button('Cancel').first().click();
    await panel.reached('cancelled');
    await panel.button('Refresh').click();
    await panel.reached('filled');
  });

  it('has one tab stop in the timeline, and the arrow keys for the rest', async () => {
    const { page, panel } = vscode();
    const parts = panel.section('Timeline').locator('[data-part]');
    await parts.first().focus();
    await page.keyboard.press('ArrowRight');
    await parts.nth(1).and(panel.document.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await panel.section('Timeline').locator(':focus').count(), 0);
  });

  it('opens what came as JSON', async () => {
    const { workbench, panel } = vscode();
    await panel.button('Raw JSON of v2 details').click();
    await workbench.editorText.getByText('"call_details"').waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+F4');
  });

  it('copies the request as cURL without a key in it', async () => {
    const { panel } = vscode();
    await vscode().lookUp(completed.sid);
    await panel.reached('filled');
    await panel.button('Copy as').click();
    await panel.document.getByRole('menuitem', { name: 'cURL' }).click();
    await vscode().workbench.statusBar.getByText('Copied').waitFor();
    const text = await vscode().clipboard();
    assert.match(text, /^curl .*"\$EXOTEL_API_KEY:\$EXOTEL_API_TOKEN"/);
    assert.ok(text.includes(completed.sid));
    assert.ok(!text.includes(sandbox().credentials.apiToken));
  });

  it('survives Reload Window in the middle of its lookup and of its recording, which are asked for again, and nothing is left over', async () => {
    const { workbench, panel } = vscode();
    await vscode().lookUp(completed.sid);
    await panel.reached('filled');
    const slow = sandbox().fail({ kind: 'throttle', on: 'recordings', bytesPerSecond: 2000 });
    await vscode().lookUp(inbound.sid);
    await panel.reached('filled');
    await assertSoon(() => sandbox().requests.some(({ path, resource }) => resource === 'recording' && path.includes(inbound.sid)));
    const filled = requestsFor(sandbox(), inbound.sid);
    const silent = sandbox().fail({ kind: 'silent', on: 'calls' });
    await panel.button('Refresh').click();
    await panel.reached('loading');
    await assertSoon(() => requestsFor(sandbox(), inbound.sid) > filled);
    const asked = requestsFor(sandbox(), inbound.sid);
    // Those under way stay as they are; the window asks anew before its reload is heard of here.
    silent();
    slow();
    await workbench.reload();
    await workbench.selectedTab(shortSid(inbound.sid)).waitFor();
    await panel.reached('filled');
    await panel.recordingReached('ready');
    assert.ok(requestsFor(sandbox(), inbound.sid) > asked);
    await workbench.runCommand('View: Close Editor');
    await workbench.selectedTab(shortSid(completed.sid)).waitFor();
    await panel.reached('filled');
    const said = vscode().filesWith(['rejected promise not handled', 'Channel has been closed']);
    assert.deepEqual(said.filter((file) => file.endsWith('.log')), []);
  });

  it('broke its content security policy nowhere, and that policy lets nothing out', async () => {
    const { panel, consoleLines, policyViolations } = vscode();
    assert.deepEqual(policyViolations, []);
    await panel.main.evaluate((_, address) => fetch(address).catch(() => undefined), FORBIDDEN);
    await assertSoon(() => consoleLines.some((line) => line.includes('Content Security Policy') && line.includes(FORBIDDEN)));
  });
});

function requestsFor({ requests }: Sandbox, sid: string): number {
  return requests.filter(({ path }) => path.endsWith(`/calls/${sid}`)).length;
}
