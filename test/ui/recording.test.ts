import assert from 'node:assert/strict';
import { sampleAccount } from '../host/settings.mjs';
import { SAMPLES } from '../../src/sandbox/samples';
import { withWindow } from './vscode';

/** Well above what silence measures, well below what the sample recordings do. */
const AUDIBLE = 0.01;

describe('The recording player', () => {
  const vscode = withWindow({ settings: sampleAccount });

  it('plays: its time goes on and sound comes out', async () => {
    const { panel } = vscode();
    await vscode().lookUp(SAMPLES.completed.sid);
    await panel.recordingReached('ready');
    await panel.button('Play').click();
    await panel.playedTo(0.5);
    assert.ok((await panel.loudness()) > AUDIBLE);
  });

  it('pauses', async () => {
    const { panel } = vscode();
    await panel.button('Pause').click();
    await panel.button('Play').waitFor();
    assert.ok(await panel.audio.evaluate((audio: HTMLAudioElement) => audio.paused));
  });

  it('seeks to where the person clicks, and goes on from there with sound', async () => {
    const { panel } = vscode();
    const { width, height } = (await panel.seekBar.boundingBox()) ?? { width: 0, height: 0 };
    await panel.seekBar.click({ position: { x: width / 2, y: height / 2 } });
    const duration = await panel.audio.evaluate((audio: HTMLAudioElement) => audio.duration);
    const sought = await panel.position();
    assert.ok(Math.abs(sought - duration / 2) < duration / 20, `${sought} of ${duration}`);
    await panel.button('Play').click();
    await panel.playedTo(sought + 0.5);
    assert.ok((await panel.loudness()) > AUDIBLE);
    await panel.button('Pause').click();
  });

  it('moves by keys', async () => {
    const { page, panel } = vscode();
    await panel.seekBar.focus();
    await page.keyboard.press('Home');
    assert.equal(await panel.position(), 0);
    await page.keyboard.press('ArrowRight');
    assert.ok((await panel.position()) > 0);
  });

  for (const [name, problem] of [
    ['zeroLength', 'none'],
    ['recordingProcessing', 'processing'],
    ['recordingExpired', 'expired'],
    ['recordingGone', 'gone'],
    ['recordingRefused', 'refused'],
    ['recordingNotAudio', 'notAudio'],
    ['recordingLarge', 'tooLarge'],
  ] as const) {
    it(`says so when it cannot be played: ${problem}`, async () => {
      await vscode().lookUp(SAMPLES[name].sid);
      await vscode().panel.recordingReached(problem);
    });
  }
});
