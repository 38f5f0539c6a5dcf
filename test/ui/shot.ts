/**
 * Does the main job as a person does it (palette, *Lookup Exotel Call*, a SID, Enter), waits for the filled panel and saves a picture.
 * Argument: JSON of {@link Job}. `npm start -- --shot FILE.png` starts it.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { endOnSignals } from '../host/processes.mjs';
import { sampleWorkspace } from '../host/repository.mjs';
import { messageOf, say } from '../host/say.mjs';
import { sampleAccount } from '../host/settings.mjs';
import { isSampleId, SAMPLE, SAMPLE_ACCOUNTS } from '../../src/extension/accounts/account';
import { samplesOf } from '../../src/sandbox/samples';
import { VSCodeWindow } from './vscode';
import { type Theme, THEMES } from './workbench';

interface Job {
  /** Where the picture goes: an absolute path. */
  readonly file: string;
  readonly theme: string;
  /** Of the window, in pixels. */
  readonly width: number;
  /** The id of the sample account to ask; absent: the one with nearly every call. */
  readonly account?: string;
  /** The call to look up; absent: the account's first, which has a recording. */
  readonly sid?: string;
}

/** From this width on there is room for the view beside the panel. */
const WIDE = 900;

function isTheme(name: string): name is Theme {
  return Object.hasOwn(THEMES, name);
}

async function takePicture({ file, theme, width, account = SAMPLE.id, sid }: Job): Promise<void> {
  if (!isTheme(theme)) throw new Error(`There is no theme "${theme}", only ${Object.keys(THEMES).join(', ')}.`);
  if (!(width >= 400 && width <= 4000)) throw new Error('The width of the window is a number of pixels from 400 to 4000.');
  if (!isSampleId(account)) throw new Error(`There is no sample account "${account}", only ${SAMPLE_ACCOUNTS.map(({ id }) => id).join(', ')}.`);
  const { name } = SAMPLE_ACCOUNTS.find(({ id }) => id === account) ?? SAMPLE;
  const call = sid ?? samplesOf(account)[0]?.sid ?? '';
  say('Opening VS Code in a headless browser …');
  const window = await VSCodeWindow.open({
    settings: sampleAccount,
    folder: sampleWorkspace,
    viewport: { width, height: 1000 },
  });
  try {
    const { workbench, panel } = window;
    await workbench.useTheme(theme);
    if (width >= WIDE) await workbench.openView('Exotel');
    else await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    if (account !== SAMPLE.id) {
      await workbench.runCommand('Exotel: Set Active Account');
      await workbench.pick(name);
    }
    say(`Looking up ${call} …`);
    await window.lookUp(call);
    if ((await panel.lookupEnded()) === 'failed') throw new Error(`The lookup failed: ${await panel.headline.innerText()}`);
    say('Waiting for the recording …');
    await panel.recordingSettled();
    mkdirSync(path.dirname(file), { recursive: true });
    await window.page.screenshot({ path: file });
    say(`Saved ${file}`);
  } catch (error) {
    await window.keepEvidence('shot');
    throw error;
  } finally {
    await window.close();
  }
}

endOnSignals({ exitCode: 1 });
takePicture(JSON.parse(process.argv[2] ?? '{}')).catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 1;
});
