import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linkExtension } from '../host/extensions.mjs';
import { root, temporaryFolder } from '../host/repository.mjs';
import { extensionsDir } from '../host/server.mjs';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import { dataDirIn, withWindow } from './vscode';
import { isListed } from './workbench';

const { completed, customerUnanswered, inbound, agentUnanswered } = SAMPLES;

/** What this person chose. */
const OWN = {
  'exotel.sampleAccount': true,
  'exotel.privacy.maskNumbers': true,
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  // The newest VS Code would ask for trust in an editor that covers the others.
  'workbench.editor.useModal': 'off',
};

/** What a workspace would rather have. */
const FOREIGN = { 'exotel.sampleAccount': false, 'exotel.privacy.maskNumbers': false };

const MASKED = /\+91•+\d\d/;

describe('A call that a file mentions can be looked up there', () => {
  const home = temporaryFolder();
  const folder = folderWith(completed.sid);
  mkdirSync(path.join(folder, '.vscode'));
  writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(FOREIGN));
  const vscode = withWindow(() => {
    // As a person has it: an extension that is being developed is enabled in every workspace, whatever its manifest says.
    for (const source of [root, path.join(root, 'test', 'support', 'memory-files')]) linkExtension(extensionsDir(dataDirIn(home)), source);
    return { home, folder, settings: OWN, asksForTrust: true, installed: true };
  });

  async function lookUpInEditor(sid: string): Promise<void> {
    const { workbench, panel } = vscode();
    await workbench.contextMenuOfLastWord(sid, 'Lookup Exotel Call');
    await workbench.quickInputRow(`Look up ${sid}`).waitFor();
    await workbench.quickInputBox.press('Enter');
    await workbench.selectedTab(shortSid(sid)).waitFor();
    await panel.reached('filled');
  }

  it('in Restricted Mode, where the workspace’s settings neither take the account away nor unmask anybody', async () => {
    const { workbench, panel } = vscode();
    await workbench.statusBar.getByText('Restricted Mode').waitFor();
    await workbench.openFile('dialler.log');
    await lookUpInEditor(completed.sid);
    await panel.main.filter({ hasText: MASKED }).waitFor();
    await workbench.openView('Exotel');
    await workbench.treeRow(/^Account Sample,/).waitFor();
  });

  it('in a workspace that was just trusted: the panel stays, and its settings still change neither', async () => {
    const { page, workbench, panel } = vscode();
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.statusBar.getByText('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.editorTab(shortSid(completed.sid)).click();
    await panel.reached('filled');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('dialler.log');
    await lookUpInEditor(completed.sid);
    await panel.main.filter({ hasText: MASKED }).waitFor();
    await workbench.treeRow(/^Account Sample,/).waitFor();
  });

  it('in a workspace of several folders', async () => {
    const { workbench } = vscode();
    const workspace = path.join(temporaryFolder(), 'several.code-workspace');
    const folders = [{ path: temporaryFolder() }, { path: folderWith(inbound.sid) }] as const;
    writeFileSync(workspace, JSON.stringify({ folders, settings: FOREIGN }));
    const second = workbench.treeRow(path.basename(folders[1].path));
    // VS Code 1.100 may show a workspace without its folders the first time that it is opened in a browser.
    do await vscode().show({ workspace });
    while (!(await isListed(second)));
    await workbench.openFile('dialler.log');
    await lookUpInEditor(inbound.sid);
  });

  it('in a folder that is on no disk', async () => {
    const { workbench } = vscode();
    await vscode().show({ folder: `memory:/${customerUnanswered.sid}` });
    await workbench.openView('Explorer');
    await workbench.treeRow('dialler.log').dblclick();
    await lookUpInEditor(customerUnanswered.sid);
  });

  it('in a window without a folder', async () => {
    const { page, workbench } = vscode();
    await vscode().show({});
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.editorText.click();
    await page.keyboard.type(`call placed CallSid=${agentUnanswered.sid}`);
    await lookUpInEditor(agentUnanswered.sid);
  });
});

/** A new folder with a log that mentions a call. */
function folderWith(sid: string): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'dialler.log'), `call placed CallSid=${sid}\n`);
  return folder;
}
