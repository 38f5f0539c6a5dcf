import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { typeAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

describe('Adding an account', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  it('says in a sentence what is wrong with the keys, loses nothing that was typed, and keeps them once they are good', async () => {
    const { workbench } = vscode();
    const { credentials } = sandbox();
    await typeAccount(workbench, { ...credentials, apiToken: 'not-the-token' }, 'Loopback');
    await workbench.quickInputRow('did not accept the API key and token').waitFor();
    await workbench.pick('Fix API Key and Token');
    await workbench.questionIs('API key');
    assert.equal(await workbench.quickInputBox.inputValue(), credentials.apiKey);
    await workbench.accept();
    await workbench.answerNext(`  ${credentials.apiToken}\n`);
    await workbench.questionIs('name for this account');
    assert.equal(await workbench.quickInputBox.inputValue(), 'Loopback');
    await workbench.accept();
    await workbench.openView('Exotel');
    await workbench.treeRow('Account Loopback').waitFor();
  });

  it('never shows the token while it is typed', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Exotel: Add Account');
    await workbench.pick('Custom endpoint');
    for (const text of ['http://127.0.0.1:9', 'acme1', 'some-key']) await workbench.answerNext(text);
    await workbench.questionIs('API token');
    assert.equal(await workbench.quickInputBox.getAttribute('type'), 'password');
    await page.keyboard.press('Escape');
  });

  it('takes keys out of a URL pasted into the wrong box at once', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Exotel: Add Account');
    await workbench.pick('Custom endpoint');
    await workbench.questionIs('endpoint');
    await workbench.quickInputBox.fill('https://the-key:the-token@exotel.example.com/');
    await workbench.quickInput.getByText('were taken out').waitFor();
    await assertSoon(async () => !/the-key|the-token/.test(await workbench.quickInputBox.inputValue()));
    await page.keyboard.press('Escape');
  });

  it('reads everything from a pasted cURL command, and asks only for a name', async () => {
    const { workbench, panel } = vscode();
    const { origin, credentials } = sandbox();
    const { accountSid, apiKey, apiToken } = credentials;
    const sid = SAMPLES.completed.sid;
    await workbench.runCommand('Exotel: Remove Account');
    await workbench.dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.sideBar.getByRole('button', { name: 'Add Account' }).click();
    await workbench.pick('Paste URL or cURL');
    await workbench.answerNext(`curl -X GET \\ -u '${apiKey}:${apiToken}' \\ '${origin}/v2/accounts/${accountSid}/calls/${sid}'`);
    await workbench.answerNext('From cURL');
    await workbench.treeRow('Account From cURL').waitFor();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.answerNext(sid);
    await panel.reached('filled');
  });
});

describe('A secret', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  it('is neither in the log nor in any file, and is still known after Reload Window', async () => {
    const { workbench, panel } = vscode();
    const { credentials, origin } = sandbox();
    await typeAccount(workbench, credentials, 'Secretive');
    await workbench.openView('Exotel');
    await workbench.treeRow('Account Secretive').waitFor();
    await workbench.reload();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.answerNext(SAMPLES.inbound.sid);
    await panel.reached('filled');
    await panel.recordingReached('ready');
    await workbench.runCommand('Exotel: Show Log');
    const { accountSid, apiKey, apiToken } = credentials;
    const { host } = new URL(origin);
    await workbench.outputHas(`GET ${host}/v2/accounts/${accountSid}/calls/${SAMPLES.inbound.sid} · 200 ·`);
    await workbench.outputHas(`GET ${host}/recordings/`);
    const basic = Buffer.from(`${apiKey}:${apiToken}`).toString('base64');
    assert.deepEqual(vscode().filesWith([apiToken, apiKey, basic]), []);
  });
});
