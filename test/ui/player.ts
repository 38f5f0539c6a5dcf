/** The player of a call's recording, as a person steers and hears it. */
import assert from 'node:assert/strict';
import type { JSHandle, Locator } from 'playwright-core';
import type { CallPanel } from './call-panel';
import { assertSoon } from './soon';

/** Well above what silence measures, well below what the recordings of the tests do. */
export const AUDIBLE = 0.01;

/** How loud it is just now, left and right, as amplitudes up to 1. */
export type Loudness = readonly [left: number, right: number];

/** A pair of ears in the page: they hear what comes out of the player at the moment they are asked. */
type Ears = JSHandle<{ readonly loudness: () => [number, number] }>;

export class Player {
  constructor(private readonly panel: CallPanel) {}

  get section(): Locator {
    return this.panel.section('Recording');
  }

  get seekBar(): Locator {
    return this.panel.seekBar;
  }

  button(name: string | RegExp): Locator {
    return this.section.getByRole('button', { name, exact: true });
  }

  /** Waits until it can be played. */
  async ready(): Promise<void> {
    await this.panel.recordingReached('ready');
    await this.seekBar.and(this.panel.document.locator(':enabled')).waitFor();
  }

  async play(): Promise<void> {
    await this.button('Play').click();
    await this.button('Pause').waitFor();
  }

  async pause(): Promise<void> {
    await this.button('Pause').click();
    await this.button('Play').waitFor();
  }

  get isPaused(): Promise<boolean> {
    return this.panel.audio.evaluate((audio: HTMLAudioElement) => audio.paused);
  }

  /** Seconds. */
  get length(): Promise<number> {
    return this.panel.audio.evaluate((audio: HTMLAudioElement) => audio.duration);
  }

  position(): Promise<number> {
    return this.panel.position();
  }

  /** Moves the slider, to a position in seconds. */
  async seek(to: number): Promise<void> {
    await this.seekBar.fill(String(to));
  }

  /** Clicks the slider, at a share of its length. */
  async clickAt(share: number): Promise<void> {
    const { width, height } = (await this.seekBar.boundingBox()) ?? { width: 0, height: 0 };
    await this.seekBar.click({ position: { x: width * share, y: height / 2 } });
  }

  /** Presses a key where the keyboard steers the player. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.seekBar.press(key);
  }

  /** Fails unless it goes on playing by itself. */
  async goesOn(): Promise<void> {
    const before = await this.position();
    await assertSoon(async () => (await this.position()) > before + 0.3);
  }

  /** Fails unless sound comes out within five seconds. */
  async isHeard(): Promise<void> {
    const loudest = await this.panel.audio.evaluate(async (audio: HTMLAudioElement, audible) => {
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context);
      context.createMediaStreamSource(Reflect.get(audio, 'captureStream').call(audio)).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let most = 0;
      for (const end = performance.now() + 5000; performance.now() < end && most <= audible; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        analyser.getFloatTimeDomainData(samples);
        most = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), most);
      }
      await context.close();
      return most;
    }, AUDIBLE);
    assert.ok(loudest > AUDIBLE, `no more than ${String(loudest)}`);
  }

  /** Where it is within so many seconds of a position; a key or a click has an effect within a moment. */
  async isAt(position: number, within = 0.05): Promise<void> {
    await assertSoon(async () => Math.abs((await this.position()) - position) <= within);
  }

  /** Takes an entry of the menu of what is used rarely. */
  async more(entry: string): Promise<void> {
    await this.button('More of the recording').click();
    await this.section.getByRole('menuitem', { name: entry }).click();
  }

  /** The section's own words for how the recording gets on. */
  says(text: string | RegExp): Promise<void> {
    return this.section.getByText(text).first().waitFor();
  }

  /**
   * While it plays: the position that the player shows when the tone of a second sets in, minus that second, as near to zero as two looks
   * at it leave open. Zero: it plays what it says. `tones`: those of all seconds, in Hz, again and again; in the second before, another one
   * is heard, or none. `offset`: where they begin anew, in seconds.
   */
  async offAt(second: number, tones: readonly number[], offset = 0): Promise<number> {
    const start = offset + second - 0.35;
    const at = await this.panel.audio.evaluateHandle(async (audio: HTMLAudioElement, [wanted, frequencies, sought]: readonly [number, readonly number[], number]) => {
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, { fftSize: 2048 });
      context.createMediaStreamSource(Reflect.get(audio, 'captureStream').call(audio)).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const power = (frequency: number): number => {
        const turn = 2 * Math.cos((2 * Math.PI * frequency) / context.sampleRate);
        let [last, before] = [0, 0];
        for (const sample of samples) [last, before] = [sample + turn * last - before, last];
        return (2 * (last * last + before * before - turn * last * before)) / samples.length;
      };
      const heard = (): number | undefined => {
        analyser.getFloatTimeDomainData(samples);
        const all = samples.reduce((sum, sample) => sum + sample * sample, 0);
        const powers = frequencies.map(power);
        const loudest = Math.max(...powers);
        return loudest > 0.2 * all && all > 1 ? powers.indexOf(loudest) : undefined;
      };
      const listen = async (): Promise<readonly [notYet: number, heard: number]> => {
        let notYet = Infinity;
        for (const end = performance.now() + 5000; performance.now() < end; ) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          const { currentTime } = audio;
          if (heard() === wanted && !audio.seeking) return [Math.min(notYet, currentTime), currentTime];
          if (!audio.seeking && Math.abs(currentTime - sought) < 1) notYet = currentTime;
        }
        throw new Error(`The tone of second ${String(wanted)} was not heard; ${String(heard())} was, at ${String(audio.currentTime)}.`);
      };
      return { position: listen().finally(() => void context.close()) };
    }, [second, tones, start] as const);
    await this.seek(start);
    const [notYet, heard] = await at.evaluate(({ position }) => position);
    const due = offset + second;
    return Math.max(0, notYet - due) + Math.min(0, heard - due);
  }

  /** Puts ears behind all that the player does with the sound. To be called before the first side is muted. */
  async listenBehind(): Promise<Ears> {
    return this.panel.audio.evaluateHandle(() => {
      const silence = (): [number, number] => [0, 0];
      const ears = { loudness: silence };
      const name: string = 'connect';
      const connect: (this: AudioNode, ...to: readonly unknown[]) => unknown = Reflect.get(AudioNode.prototype, name);
      const listenTo = (node: AudioNode): void => {
          const splitter = new ChannelSplitterNode(node.context, { numberOfOutputs: 2 });
          const analysers = [new AnalyserNode(node.context), new AnalyserNode(node.context)] as const;
          node.connect(splitter);
          analysers.forEach((analyser, channel) => splitter.connect(analyser, channel));
          const loudest = (analyser: AnalyserNode): number => {
            const samples = new Float32Array(analyser.fftSize);
            analyser.getFloatTimeDomainData(samples);
            return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
          };
          ears.loudness = () => [loudest(analysers[0]), loudest(analysers[1])];
      };
      Reflect.set(AudioNode.prototype, name, function (this: AudioNode, ...to: unknown[]): unknown {
        if (to[0] instanceof AudioDestinationNode) {
          Reflect.set(AudioNode.prototype, name, connect);
          listenTo(this);
        }
        return Reflect.apply(connect, this, to);
      });
      return ears;
    });
  }
}

/** Waits until the left is heard or not heard for a while, and the right as well. */
export async function assertHeard(ears: Ears, [left, right]: readonly [left: boolean, right: boolean]): Promise<void> {
  const most = async (): Promise<Loudness> =>
    ears.evaluate(async (here) => {
      const loudest: [number, number] = [0, 0];
      for (const end = performance.now() + 300; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const [one, other] = here.loudness();
        loudest[0] = Math.max(loudest[0], one);
        loudest[1] = Math.max(loudest[1], other);
      }
      return loudest;
    });
  await assertSoon(async () => {
    const [one, other] = await most();
    return one > AUDIBLE === left && other > AUDIBLE === right;
  });
}

/** Fails when a position is farther from what was to be than that, in seconds. */
export function assertNear(actual: number, expected: number, within: number): void {
  assert.ok(Math.abs(actual - expected) <= within, `${actual.toFixed(3)} rather than ${expected.toFixed(3)} ± ${String(within)}`);
}

/** Whether there are two canvases with something drawn on each. Runs in the page. */
export function areBothDrawn(canvases: readonly Element[]): boolean {
  const isDrawn = (canvas: Element): boolean => {
    if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0 || canvas.height === 0) return false;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((value, index) => index % 4 === 3 && value > 0) === true;
  };
  return canvases.length === 2 && canvases.every(isDrawn);
}
