import assert from 'node:assert/strict';
import { SAMPLES } from '../../src/sandbox/samples';
import { sampleAccount } from '../host/settings.mjs';
import { useSandbox } from '../support/sandbox';
import { addAccount, typeAccount } from './accounts';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { completed, customerUnanswered, dualChannel } = SAMPLES;

describe('An account that is kept', () => {
  const sandbox = useSandbox();
  const vscode = withWindow({ settings: sampleAccount });

  /** The samples are listed as “Sample call …”. */
  const callRow = (sid: string) => vscode().workbench.treeRow(new RegExp(`^Call ${sid}`));
  const accountRow = (name: string) => vscode().workbench.treeRow(`Account ${name}`);

  /** What stands in the box that asks this. */
  async function standing(question: string): Promise<string> {
    await vscode().workbench.question(question).waitFor();
    return vscode().workbench.quickInputBox.inputValue();
  }

  before('it has a call', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    await vscode().lookUp(completed.sid);
    await vscode().panel.reached('filled');
    await callRow(completed.sid).waitFor();
  });

  it('is updated when it is added again, not doubled; Back to the Form has all that was typed', async () => {
    const { workbench } = vscode();
    const { accountSid, apiKey } = sandbox().credentials;
    await typeAccount(workbench, sandbox().credentials, 'Twice');
    await workbench.pick('Back to the Form');
    assert.equal(await standing('The account SID'), accountSid);
    await workbench.answer('The account SID');
    assert.equal(await standing('The API key'), apiKey);
    await workbench.answer('The API key');
    await workbench.answer('The API token');
    assert.equal(await standing('A name for this account'), 'Twice');
    await workbench.answer('A name for this account');
    await workbench.pick('Update “Loopback”');
    await accountRow('Twice').waitFor();
    assert.equal(await workbench.treeRow(/^Account (?!Sample)/).count(), 1);
    await callRow(completed.sid).waitFor();
  });

  it('can be edited: all of it stands there already, and Back loses nothing of an address half typed', async () => {
    const { workbench } = vscode();
    const { accountSid, apiKey, apiToken } = sandbox().credentials;
    await workbench.contextMenu(accountRow('Twice'), 'Edit Account');
    await workbench.question('Where does the account live?').waitFor();
    await workbench.quickInputBox.press('Enter');
    assert.equal(await standing('The endpoint’s address'), sandbox().origin);
    await workbench.quickInputBox.fill('http://127.0.0.1:');
    await workbench.quickInputButton('Back').click();
    await workbench.pick('Custom endpoint');
    assert.equal(await standing('The endpoint’s address'), 'http://127.0.0.1:');
    await workbench.answer('The endpoint’s address', sandbox().origin);
    assert.equal(await standing('The account SID'), accountSid);
    await workbench.answer('The account SID');
    assert.equal(await standing('The API key'), apiKey);
    await workbench.answer('The API key');
    assert.equal(await standing('The API token'), apiToken);
    await workbench.answer('The API token');
    assert.equal(await standing('A name for this account'), 'Twice');
    await workbench.answer('A name for this account', 'Edited');
    await accountRow('Edited').waitFor();
    await callRow(completed.sid).waitFor();
  });

  it('can be renamed, beginning with the name it has; a name of spaces only is refused', async () => {
    const { workbench } = vscode();
    await workbench.runCommand('Exotel: Rename Account');
    assert.equal(await standing('A name for this account'), 'Edited');
    await workbench.quickInputBox.fill('  ');
    await workbench.quickInputBox.press('Enter');
    await workbench.quickInput.getByText('Type a name.').waitFor();
    await workbench.answer('Rename Exotel Account', '  Renamed ');
    await accountRow('Renamed,').waitFor();
  });

  it('says of a new token that is wrong that it was refused; it can be fixed, and kept anyway', async () => {
    const { workbench } = vscode();
    await workbench.contextMenu(accountRow('Renamed'), 'Update API Key and Token');
    for (const wayOn of ['Fix API Key and Token', 'Keep Anyway']) {
      assert.equal(await standing('The API key'), sandbox().credentials.apiKey);
      await workbench.answer('The API key');
      await workbench.answer('The API token', 'replaced-in-the-dashboard');
      await workbench.quickInputRow('did not accept the API key and token (401').waitFor();
      await workbench.quickInputRow('The API key or the token is wrong').waitFor();
      await workbench.pick(wayOn);
    }
    await workbench.statusBar.getByText('The key and token were changed').waitFor();
  });

  it('whose keys are refused is put right from the failed lookup, which then fills by itself', async () => {
    const { workbench, panel } = vscode();
    await vscode().lookUp(customerUnanswered.sid);
    await panel.reached('failed');
    await panel.headline.filter({ hasText: 'did not accept the API key and token' }).waitFor();
    await panel.button('Update Credentials').click();
    await workbench.answer('The API key');
    await workbench.answer('The API token', sandbox().credentials.apiToken);
    await panel.reached('filled');
  });

  it('is asked by lookups while it is the active one, which the lookup’s own button changes with nothing typed lost', async () => {
    const { workbench, panel } = vscode();
    await workbench.runCommand('Exotel: Set Active Account');
    await workbench.pick('Sample');
    await workbench.treeRow(/^Account Sample, .*active$/).waitFor();
    await workbench.runCommand('Lookup Exotel Call');
    await workbench.question('Lookup Exotel Call in Sample').waitFor();
    await workbench.quickInputBox.fill(dualChannel.sid);
    await workbench.quickInputButton('Change Account').click();
    await workbench.pick('Renamed');
    assert.equal(await standing('Lookup Exotel Call in Renamed'), dualChannel.sid);
    await workbench.quickInputBox.press('Enter');
    await panel.reached('filled');
    await assertSoon(() => sandbox().requests.some(({ path }) => path.endsWith(`/calls/${dualChannel.sid}`)));
    await workbench.treeRow(/^Account Renamed, .*active$/).waitFor();
    await callRow(dualChannel.sid).waitFor();
  });

  it('is removed after one question, with its calls, which its open panel says with a way on: they are not there when it comes back', async () => {
    const { workbench, panel, page } = vscode();
    await workbench.contextMenu(accountRow('Renamed'), 'Remove Account');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await workbench.dialog.waitFor({ state: 'hidden' });
    await callRow(completed.sid).waitFor();
    await workbench.contextMenu(accountRow('Renamed'), 'Remove Account');
    await workbench.dialog.getByText('Its API key and token are deleted').waitFor();
    await workbench.dialog.getByRole('button', { name: 'Remove' }).click();
    await accountRow('Renamed').waitFor({ state: 'detached' });
    assert.equal(await workbench.dialog.count(), 0);
    await panel.document.locator('.notice').getByText('This account is no longer there.').waitFor();
    await panel.button('Look Up With Another Account').click();
    assert.equal(await standing('Lookup Exotel Call in Sample'), dualChannel.sid);
    await page.keyboard.press('Escape');
    await addAccount(workbench, sandbox().credentials, 'Back again');
    await workbench.treeRow('No calls').waitFor();
    assert.deepEqual(await vscode().callsInTree(), []);
  });
});
