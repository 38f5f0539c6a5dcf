import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../host/packages.mjs';
import { root, temporaryFolder } from '../host/repository.mjs';
import { extensionsDir, findHost, installExtension } from '../host/server.mjs';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import { useSandbox } from '../support/sandbox';
import { addAccount } from '../ui/accounts';
import { dataDirIn, VSCodeWindow, withWindow } from '../ui/vscode';

const MAX_BYTES = 600_000;
/** Not ours, and unchanged. */
const DECODER = 'dist/mpg123-decoder.min.js';
const PACKAGING_TIMEOUT_MS = 180_000;

/** What may be in the package, and nothing else. VS Code adds the last two as it installs. */
const ALLOWED = [
  /^package\.json$/,
  /^readme\.md$/i,
  /^changelog\.md$/i,
  /^license(\.\w+)?$/i,
  /^dist\/(extension|part-\w+-\w{8}|sandbox|soundWorker|panel)\.js$/,
  /^dist\/mpg123-decoder\.(min\.js|LICENSE\.txt)$/,
  /^dist\/panel\.css$/,
  /^dist\/codicon\.ttf$/,
  /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^media\/[\w-]+\.(svg|png)$/,
  /^media\/(walkthrough|status)\/[\w-]+\.(svg|png|md)$/,
  /^\.vsixmanifest$/,
];

/** As packaging built it: its parts have other names than those of the build for tests. */
const needed = (): readonly string[] => ['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt', ...filesIn('dist'), ...filesIn('media')];

/** What the build made, without its source maps; all pictures but those of the README, which are shown from the web. */
function filesIn(folder: string): readonly string[] {
  const isOurs = /\.map$|^screenshots\//;
  return filesBelow(path.join(root, folder)).filter((file) => !isOurs.test(file)).map((file) => `${folder}/${file}`);
}

describe('The package', () => {
  const home = temporaryFolder();
  const vsix = path.join(home, 'exotel-call-inspector.vsix');
  let files: readonly string[] = [];

  before('npm run package, and a clean VS Code installs it', async function () {
    this.timeout(PACKAGING_TIMEOUT_MS);
    const { ok, output } = await runNpm(['run', 'package', '--', '--out', vsix], { timeoutMs: PACKAGING_TIMEOUT_MS });
    assert.ok(ok, output);
    await installExtension(findHost(), dataDirIn(home), vsix);
    files = filesBelow(installedIn(home));
  });

  it('is small', () => {
    const { size } = statSync(vsix);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
  });

  it('holds what a person needs and nothing that is ours alone', () => {
    assert.deepEqual(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file))), []);
    assert.deepEqual(needed().filter((file) => !files.includes(file)), []);
  });

  it('has the MP3 decoder as its authors made it, in a file that another build can take the place of', () => {
    const original = readFileSync(path.join(root, 'node_modules', 'mpg123-decoder', DECODER));
    assert.ok(readFileSync(path.join(installedIn(home), DECODER)).equals(original));
    assert.match(readFileSync(path.join(installedIn(home), 'dist', 'mpg123-decoder.LICENSE.txt'), 'utf8'), /GNU LESSER GENERAL PUBLIC LICENSE[^]+Version 2\.1/);
  });

  it('names no source map, which it does not have', () => {
    const scripts = files.filter((file) => file.endsWith('.js') && file !== DECODER);
    assert.deepEqual(scripts.filter((file) => readFileSync(path.join(installedIn(home), file), 'utf8').includes('sourceMappingURL')), []);
  });

  describe('once installed', () => {
    const sandbox = useSandbox();
    const vscode = withWindow({ home, installed: true });

    it('looks a call up and has its recording', async () => {
      const { workbench, panel } = vscode();
      await addAccount(workbench, sandbox().credentials, 'Loopback');
      await vscode().lookUp(SAMPLES.completed.sid);
      await panel.reached('filled');
      await panel.recordingReached('ready');
    });

    it('shows the sample calls, with a server of its own', async () => {
      const { workbench, panel } = vscode();
      await workbench.runCommand('Exotel: Explore Sample Calls');
      await workbench.openFromTree(`Sample call ${SAMPLES.inbound.sid}`, SAMPLES.inbound.sid);
      await panel.reached('filled');
    });

    it('still knows the account after VS Code was closed and opened', async () => {
      const { port } = vscode();
      await vscode().close();
      const again = await VSCodeWindow.open({ home, port, installed: true });
      try {
        await again.workbench.openView('Exotel');
        await again.workbench.contextMenu(again.workbench.treeRow('Account Loopback'), 'Lookup Exotel Call');
        await again.workbench.answer('Call SID', SAMPLES.dualChannel.sid);
        await again.workbench.selectedTab(shortSid(SAMPLES.dualChannel.sid)).waitFor();
        await again.panel.reached('filled');
        assert.ok(sandbox().requests.some(({ path, hadAuthorization }) => hadAuthorization && path.endsWith(SAMPLES.dualChannel.sid)));
      } finally {
        await again.close();
      }
    });
  });
});

/** The folder of the one extension that is installed. */
function installedIn(home: string): string {
  const extensions = extensionsDir(dataDirIn(home));
  const [folder = ''] = readdirSync(extensions).filter((name) => name.startsWith('exotel-call-inspector.'));
  return path.join(extensions, folder);
}

function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/'));
}
