import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount, typeAccount } from './accounts';
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
    await workbench.question('The API key').waitFor();
    assert.equal(await workbench.quickInputBox.inputValue(), credentials.apiKey);
    await workbench.answer('The API key');
    await workbench.answer('The API token', `  ${credentials.apiToken}\n`);
    await workbench.question('A name for this account').waitFor();
    assert.equal(await workbench.quickInputBox.inputValue(), 'Loopback');
    await workbench.answer('A name for this account');
    await workbench.openView('Exotel');
    await workbench.treeRow('Account Loopback').waitFor();
  });

  it('never shows the token while it is typed', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Exotel: Add Account');
    await workbench.pick('Custom endpoint');
    await workbench.answer('The endpoint’s address', 'http://127.0.0.1:9');
    await workbench.answer('The account SID', 'acme1');
    await workbench.answer('The API key', 'some-key');
    await workbench.question('The API token').waitFor();
    assert.equal(await workbench.quickInputBox.getAttribute('type'), 'password');
    await page.keyboard.press('Escape');
  });

  it('takes keys out of a request pasted into the wrong box at once, that of a list too', async () => {
    const { page, workbench } = vscode();
    await workbench.runCommand('Exotel: Add Account');
    await workbench.question('Where does the account live?').waitFor();
    await workbench.quickInputBox.fill("curl -u 'the-key:the-token' https://exotel.example.com/");
    await assertSoon(async () => !/the-key|the-token/.test(await workbench.quickInputBox.inputValue()));
    await workbench.quickInputBox.fill('');
    await workbench.pick('Custom endpoint');
    await workbench.question('The endpoint’s address').waitFor();
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
    await workbench.answer('Paste a request', `curl -X GET \\ -u '${apiKey}:${apiToken}' \\ '${origin}/v2/accounts/${accountSid}/calls/${sid}'`);
    await workbench.answer('A name for this account', 'From cURL');
    await workbench.treeRow('Account From cURL').waitFor();
    await vscode().lookUp(sid);
    await panel.reached('filled');
  });
});

describe('An account that is removed while its keys are being updated', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  /** Up to the question, with another key typed than was kept. */
  async function updateWhileItGoes(apiKey: string): Promise<void> {
    const { workbench } = vscode();
    await workbench.runCommand('Exotel: Update API Key and Token');
    await workbench.question('The API key').waitFor();
    await workbench.contextMenu(workbench.treeRow('Account Loopback'), 'Remove Account');
    await workbench.dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.treeRow('Account Loopback').waitFor({ state: 'detached' });
    await workbench.answer('The API key', apiKey);
    await workbench.answer('The API token');
  }

  beforeEach('an account whose key is not the server’s', async () => {
    const { workbench } = vscode();
    await typeAccount(workbench, { ...sandbox().credentials, apiKey: 'an-older-key' }, 'Loopback');
    await workbench.pick('Keep Anyway');
    await workbench.openView('Exotel');
    await workbench.treeRow('Account Loopback').waitFor();
  });

  it('is there again, with what was typed, once the person says so', async () => {
    const { workbench, panel } = vscode();
    await updateWhileItGoes(sandbox().credentials.apiKey);
    await workbench.question('“Loopback” was removed meanwhile').waitFor();
    assert.match(await workbench.quickInputRow(/./).innerText(), /^Add It Anew\s+With everything that was typed$/);
    assert.equal(await workbench.treeRow('Account Loopback').count(), 0);
    await workbench.pick('Add It Anew');
    await workbench.treeRow('Account Loopback').waitFor();
    await vscode().lookUp(SAMPLES.completed.sid);
    await panel.reached('filled');
    await workbench.runCommand('Exotel: Remove Account');
    await workbench.dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.treeRow('Account Loopback').waitFor({ state: 'detached' });
  });

  it('stays away where the person says nothing', async () => {
    const { workbench } = vscode();
    await updateWhileItGoes(sandbox().credentials.apiKey);
    await workbench.question('“Loopback” was removed meanwhile').waitFor();
    await workbench.quickInputBox.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.runCommand('Exotel: Update API Key and Token');
    await workbench.toast('There is no account yet').waitFor();
    assert.equal(await workbench.treeRow('Account Loopback').count(), 0);
  });
});

describe('A secret', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  it('is neither in the log nor in any file, and is still known after Reload Window', async () => {
    const { workbench, panel } = vscode();
    const { credentials, origin } = sandbox();
    await addAccount(workbench, credentials, 'Secretive');
    await workbench.reload();
    await vscode().lookUp(SAMPLES.inbound.sid);
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
