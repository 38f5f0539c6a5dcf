/**
 * Does the main job as a person does it (palette, *Lookup Exotel Call*, a SID, Enter), waits for the filled panel and saves a picture.
 * Argument: JSON of {@link Job}. `npm start -- --shot FILE.png` starts it.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { endOnSignals } from '../host/processes.mjs';
import { sampleWorkspace } from '../host/repository.mjs';
import { messageOf, say } from '../host/say.mjs';
import { isTheme, sampleAccount, themes } from '../host/settings.mjs';
import { SAMPLES } from '../../src/sandbox/samples';
import { VSCodeWindow } from './vscode';

interface Job {
  /** Where the picture goes: an absolute path. */
  readonly file: string;
  readonly theme: string;
  /** Of the window, in pixels. */
  readonly width: number;
  /** The call to look up; absent: the sample call with a recording. */
  readonly sid?: string;
}

async function takePicture({ file, theme, width, sid = SAMPLES.completed.sid }: Job): Promise<void> {
  if (!isTheme(theme)) throw new Error(`There is no theme "${theme}": ${Object.keys(themes).join(', ')}.`);
  if (!(width >= 400 && width <= 4000)) throw new Error('The width of the window is a number of pixels from 400 to 4000.');
  say('Opening VS Code in a headless browser …');
  const window = await VSCodeWindow.open({
    settings: { ...sampleAccount, 'workbench.colorTheme': themes[theme] },
    folder: sampleWorkspace,
    viewport: { width, height: 1000 },
  });
  try {
    say(`Looking up ${sid} …`);
    await window.workbench.runCommand('Lookup Exotel Call');
    await window.workbench.answerNext(sid);
    await window.panel.reached('filled');
    say('Waiting for the recording …');
    await window.panel.recordingSettled();
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
