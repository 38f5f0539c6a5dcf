import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createMp3 } from '../../src/sandbox/mp3';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples';
import { temporaryFolder } from '../host/repository.mjs';
import { MP3S, readMp3 } from '../support/audioFiles';
import { useSandbox } from '../support/sandbox';
import { accessibilityProblems } from './accessibility';
import { addAccount } from './accounts';
import { assertHeard, assertNear, Player } from './player';
import { misplacedInPlayer } from './player-layout';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

const { dualChannel } = SAMPLES;

describe('The controls of the recording player', () => {
  const sandbox = useSandbox();
  const vscode = withWindow({ viewport: { width: 1400, height: 1000 } });
  const player = () => new Player(vscode().panel);
  const plot = (lane: 0 | 1) => player().section.locator('.wave-plot').nth(lane);
  const part = (key: string) => vscode().panel.section('Timeline').locator(`[data-part="${key}"]`);
  const isPressed = (name: string | RegExp) => player().button(name).getAttribute('aria-pressed');
  const said = (text: string | RegExp) => vscode().panel.document.getByRole('status').filter({ hasText: text }).waitFor();

  async function open(name: SampleName): Promise<void> {
    await vscode().lookUp(SAMPLES[name].sid);
    await player().ready();
  }

  /** The box of what can be seen. */
  async function boxOf(locator: ReturnType<typeof plot>) {
    const box = await locator.boundingBox();
    assert.ok(box);
    return box;
  }

  before('a recording of two channels is there', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    await vscode().workbench.runCommand('View: Close Primary Side Bar');
    await open('dualChannel');
    await player().section.getByText('Longest silence', { exact: true }).waitFor();
  });

  describe('by keyboard', () => {
    it('play and pause', async () => {
      for (const [key, isPaused] of [['Space', false], ['k', true], ['k', false], ['Space', true]] as const) {
        await player().press(key);
        await assertSoon(async () => (await player().isPaused) === isPaused);
      }
    });

    it('go on and back by five seconds, to the start and to the end', async () => {
      const length = await player().length;
      for (const [key, position] of [['Home', 0], ['ArrowRight', 5], ['ArrowRight', 10], ['ArrowLeft', 5], ['End', length], ['Home', 0]] as const) {
        await player().press(key);
        await player().isAt(position);
      }
    });

    it('go to the next and the previous span of the timeline', async () => {
      await player().press('Home', 'Shift+ArrowRight');
      const next = await player().position();
      assert.ok(next > 0, String(next));
      await player().press('Shift+ArrowLeft');
      assert.ok((await player().position()) < next);
    });

    it('change the speed from half to threefold, with the pitch kept', async () => {
      const speed = () => vscode().panel.audio.evaluate((audio: HTMLAudioElement) => [audio.playbackRate, audio.preservesPitch]);
      await player().press('.', '.');
      assert.deepEqual(await speed(), [1.5, true]);
      await player().press(...Array.from({ length: 9 }, () => '.'));
      assert.deepEqual(await speed(), [3, true]);
      await player().press(...Array.from({ length: 12 }, () => ','));
      assert.deepEqual(await speed(), [0.5, true]);
      await player().section.getByRole('combobox', { name: 'Speed' }).selectOption('1×');
      assert.deepEqual(await speed(), [1, true]);
    });

    it('change the volume, and mute', async () => {
      const loudness = () => vscode().panel.audio.evaluate((audio: HTMLAudioElement) => [Math.round(audio.volume * 10) / 10, audio.muted]);
      await player().press('ArrowDown', 'ArrowDown');
      assert.deepEqual(await loudness(), [0.8, false]);
      await player().press('m');
      assert.deepEqual(await loudness(), [0.8, true]);
      await player().button('Unmute').waitFor();
      await player().press('m', 'ArrowUp', 'ArrowUp', 'ArrowUp');
      assert.deepEqual(await loudness(), [1, false]);
    });

    it('go to the next speech of the agent, of the customer and of anyone, and to the one before', async () => {
      await player().press('Home', 'c');
      await player().isAt(2.9, 0.2);
      await said(/^Customer: At 0:02\.[89]|^Customer: At 0:03/);
      await player().press('a');
      await player().isAt(5.4, 0.2);
      await player().press('c', 'Shift+A');
      await player().isAt(5.4, 0.2);
      await player().press('Shift+C');
      await player().isAt(2.9, 0.2);
      await player().press('n');
      await player().isAt(5.4, 0.2);
    });

    it('mark a stretch, play it again and again, and clear it', async () => {
      await player().seek(3);
      await player().press('[');
      await player().seek(3.6);
      await player().press(']', 'l');
      await player().button(/^Set A, now at 0:03\.0/).waitFor();
      await player().button(/^Set B, now at 0:03\.6/).waitFor();
      assert.equal(await isPressed('Loop A to B'), 'true');
      await player().press('Space');
      await assertSoon(async () => (await player().position()) > 3.4);
      await assertSoon(async () => (await player().position()) < 3.3);
      assert.equal(await player().isPaused, false);
      assertNear(await player().position(), 3.3, 0.4);
      await player().press('Space', 'l', 'x');
      await player().button('Set A').waitFor();
      assert.equal(await player().button('Clear A and B').isDisabled(), true);
    });

    it('skip silence: playing goes on with the next words', async () => {
      await player().press('s');
      assert.equal(await isPressed('Skip silence'), 'true');
      await player().seek(10.9);
      const jump = vscode().panel.audio.evaluate(async (audio: HTMLAudioElement) => {
        let [largest, before] = [0, audio.currentTime];
        for (const end = performance.now() + 4000; performance.now() < end && audio.currentTime < 12.6; before = audio.currentTime) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          largest = Math.max(largest, audio.currentTime - before);
        }
        return largest;
      });
      await player().press('Space');
      assert.ok((await jump) > 0.3, String(await jump));
      await player().press('Space', 's');
      assert.equal(await isPressed('Skip silence'), 'false');
    });

    it('copy where it is, with the call', async () => {
      await player().seek(24.5);
      await player().press('p');
      await assertSoon(async () => (await vscode().clipboard()) === `${dualChannel.sid} @ 00:24`);
    });

    it('are on a sheet, which Escape closes; the focus is back where it was', async () => {
      const { page, panel } = vscode();
      await player().press('?');
      const sheet = panel.document.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await sheet.getByText('Next speech of the customer').waitFor();
      assert.deepEqual(await accessibilityProblems(panel), []);
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      await player().seekBar.and(panel.document.locator(':focus')).waitFor();
    });

    it('steer the player from the timeline as well', async () => {
      await part('call/conversation').focus();
      await vscode().page.keyboard.press('k');
      await assertSoon(async () => !(await player().isPaused));
      await vscode().page.keyboard.press('k');
      await assertSoon(async () => player().isPaused);
    });
  });

  describe('on the axis of the timeline', () => {
    const middleOf = async (): Promise<{ readonly x: number; readonly width: number }> => {
      const { x, width } = await boxOf(part('call/conversation').locator('.bar'));
      return { x: x + width / 2, width };
    };

    it('draw both channels, the agent’s on the left one', async () => {
      assert.deepEqual(await player().section.locator('.wave-label').evaluateAll((labels) => labels.map((label) => (label.textContent ?? '').trim())), ['Agentleft channel', 'Customerright channel']);
    });

    it('go to where the waveform is clicked, right under the conversation', async () => {
      const { page } = vscode();
      const { x } = await middleOf();
      const lane = await boxOf(plot(0));
      await page.mouse.click(x, lane.y + lane.height / 2);
      await player().isAt((await player().length) / 2, 0.3);
      const head = await boxOf(plot(0).locator('.playhead'));
      assertNear(head.x + head.width / 2, x, 2);
    });

    it('play where a span of the timeline is clicked, to its end', async () => {
      const { page } = vscode();
      const { x, y, width, height } = await boxOf(part('call/conversation').locator('.bar'));
      await page.mouse.click(x + width * 0.97, y + height / 2);
      await assertSoon(async () => !(await player().isPaused));
      assertNear((await player().position()) / (await player().length), 0.97, 0.03);
      await assertSoon(async () => player().isPaused);
      assertNear(await player().position(), await player().length, 0.5);
      await page.keyboard.press('Escape');
    });

    it('go to where the timeline is clicked beside its spans', async () => {
      const { page } = vscode();
      const { x } = await middleOf();
      const ruler = await boxOf(vscode().panel.section('Timeline').locator('.axis > svg').first());
      await page.mouse.click(x, ruler.y + ruler.height / 2);
      await player().isAt((await player().length) / 2, 0.3);
    });

    it('mark what is dragged over, which can be saved as a WAV of just that', async () => {
      const { page, workbench } = vscode();
      const { x, width } = await middleOf();
      const lane = await boxOf(plot(1));
      await page.mouse.move(x, lane.y + lane.height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 4, lane.y + lane.height / 2, { steps: 5 });
      await page.mouse.up();
      await player().button(/^Set A, now at/).waitFor();
      const [from, to] = await Promise.all([/^Set A, now at/, /^Set B, now at/].map(async (name) => secondsIn((await player().button(name).getAttribute('aria-label')) ?? '')));
      assertNear(from ?? 0, 18, 0.5);
      assertNear(to ?? 0, 27, 0.5);
      await player().more('Save Clip…');
      await workbench.question('Save Clip').waitFor();
      assert.match(await workbench.quickInputBox.inputValue(), new RegExp(`${dualChannel.sid}_0m1[78]s-0m2[67]s\\.wav$`));
      const file = await saved('Save Clip', 'clip.wav');
      assertNear((file.length - 44) / (8000 * 2 * 2), (to ?? 0) - (from ?? 0), 0.11);
      assert.equal(file.toString('latin1', 0, 4), 'RIFF');
      assert.equal(file.readUInt16LE(22), 2);
      await player().press('x');
    });

    it('can be moved along the timeline by a handle, and put back', async () => {
      const handle = player().section.getByRole('slider', { name: 'Move the recording along the timeline' });
      await handle.press('ArrowRight');
      await player().section.getByText('moved by +0.1 s').waitFor();
      await handle.press('Home');
      await player().section.getByText('aligned to the call, derived').waitFor();
    });
  });

  describe('for accounts that have the customer on the left', () => {
    const names = (): Promise<readonly string[]> => player().section.locator('.wave-name').allTextContents();

    it('swap the sides, for every call of the account', async () => {
      const swap = () => player().section.getByRole('button', { name: 'Swap channels' }).first();
      await swap().click();
      await assertSoon(async () => (await names()).join() === 'Customer,Agent');
      await open('customerSilent');
      assert.deepEqual(await names(), ['Customer', 'Agent']);
      await swap().click();
      await assertSoon(async () => (await names()).join() === 'Agent,Customer');
    });
  });

  describe('for one side and for all', () => {
    it('mute the agent alone, the customer alone, or both', async () => {
      const undo = sandbox().fail({ kind: 'answer', on: 'recordings', status: 200, body: readMp3(MP3S.cbr16kStereo) });
      await open('retries');
      undo();
      const ears = await player().listenBehind();
      await player().press('1', 'Space');
      await assertHeard(ears, [false, true]);
      await player().press('2');
      await assertHeard(ears, [false, false]);
      await player().press('1');
      await assertHeard(ears, [true, false]);
      await player().press('2');
      await assertHeard(ears, [true, true]);
      await player().press('Space');
    });

    it('save all of a recording as it came, under the name of its call', async () => {
      const { workbench } = vscode();
      await open('completed');
      await player().more('Download…');
      await workbench.question('Download Recording').waitFor();
      assert.ok((await workbench.quickInputBox.inputValue()).endsWith(`/${SAMPLES.completed.sid}.mp3`));
      const recording = createMp3(48);
      assert.ok((await saved('Download Recording', 'call.mp3')).equals(Buffer.concat([...recording.read(0, recording.size)])));
    });
  });

  describe('with what is measured', () => {
    for (const [name, finding] of [
      ['customerSilent', 'Customer channel is silent throughout'],
      ['recordingSilent', 'The recording is silent throughout'],
      ['recordingClipping', 'The agent’s channel clips'],
      ['recordingShorter', /The recording is measured as .* shorter than/],
    ] as const) {
      it(`tell of a recording that is odd: ${name}`, async () => {
        await open(name);
        await vscode().panel.section('Findings').getByText(finding).waitFor();
      });
    }

    it('tell of nothing where nothing is odd', async () => {
      await open('dualChannel');
      await player().section.getByText('Longest silence', { exact: true }).waitFor();
      await vscode().panel.section('Findings').getByText('Nothing in this record contradicts itself.').waitFor();
    });
  });

  describe('look right', () => {
    const height = async (): Promise<number> => (await boxOf(player().section.locator('.player'))).height;

    for (const [theme, width] of [
      ['dark', 1400],
      ['light', 420],
      ['hc-dark', 420],
      ['hc-light', 1400],
    ] as const) {
      it(`in the theme ${theme}, ${String(width)} pixels wide: ready, failed and on the way, and as high in each`, async () => {
        const { page, panel, workbench } = vscode();
        await workbench.useTheme(theme);
        await page.setViewportSize({ width, height: 1000 });
        await open('dualChannel');
        await assertSoon(async () => (await player().section.evaluate(misplacedInPlayer)).length === 0);
        assert.deepEqual(await accessibilityProblems(panel), []);
        const ready = await height();
        await vscode().lookUp(SAMPLES.recordingRefused.sid);
        await panel.recordingReached('refused');
        assert.deepEqual(await accessibilityProblems(panel), []);
        assert.deepEqual(await player().section.evaluate(misplacedInPlayer), []);
        assert.equal(await height(), ready);
        const undo = sandbox().fail({ kind: 'silent', on: 'recordings' });
        await vscode().lookUp(SAMPLES.transfer.sid);
        await panel.recordingReached('loading');
        assert.equal(await height(), ready);
        undo();
        await workbench.runCommand('View: Close Editor');
      });
    }
  });

  /** Takes a place of one's own in the dialog, and gives what is in that file once it is there. */
  async function saved(title: string, name: string): Promise<Buffer> {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'there.txt'), '');
    await vscode().workbench.saveAs(title, path.join(folder, name));
    await vscode().workbench.statusBar.getByText(`Saved ${name}`).waitFor();
    return readFileSync(path.join(folder, name));
  }
});

/** `Set A, now at 0:18.3`: 18.3. */
function secondsIn(label: string): number {
  const [, minutes = '', seconds = ''] = /(\d+):(\d+(?:\.\d+)?)$/.exec(label) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
