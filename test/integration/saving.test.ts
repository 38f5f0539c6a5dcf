import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeWhole } from '../../src/extension/panel/saving';
import { fillDisk } from '../support/fullDisk';
import { parts } from './extension';

describe('A file that is saved', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'saving-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Saves a text under a name, and gives why it failed. */
  async function save(name: string, text: string): Promise<string | undefined> {
    const { globalStorageUri } = (await parts()).context;
    return writeWhole(vscode.Uri.file(path.join(folder, name)), globalStorageUri, async (file) => {
      await file.writeFile(text);
      return undefined;
    });
  }

  it('leaves what was there before as it was where the disk is full, and says why in a sentence', async () => {
    writeFileSync(path.join(folder, 'report.md'), 'of yesterday');
    const makeRoom = await fillDisk();
    try {
      assert.equal(await save('report.md', 'of today, and long'), 'The disk is full. Make room on it, then try again.');
    } finally {
      makeRoom();
    }
    assert.equal(readFileSync(path.join(folder, 'report.md'), 'utf8'), 'of yesterday');
    assert.equal(await save('report.md', 'of today, and long'), undefined);
    assert.equal(readFileSync(path.join(folder, 'report.md'), 'utf8'), 'of today, and long');
    assert.deepEqual(readdirSync(folder), ['report.md']);
  });

  it('says so where the folder that was chosen is not there any more', async () => {
    assert.equal(await save(path.join('gone', 'report.md'), 'text'), 'Its folder is not there any more. Try again.');
  });

  it('may replace nothing that is no file', async () => {
    const taken = path.join(folder, 'taken');
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.join(taken, 'inside')));
    assert.ok((await save('taken', 'text')) !== undefined);
    assert.deepEqual(readdirSync(folder), ['taken']);
  });
});
