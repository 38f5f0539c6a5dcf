/** The panel of a call, inside its webview. */
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import type { DoctorState, PanelState, ReadyRecording, StatePush } from '../../src/shared/protocol';
import type { Workbench } from './workbench';

const FILLED_TIMEOUT_MS = 30_000;

export type Phase = 'loading' | 'filled' | 'failed' | 'cancelled';

export class CallPanel {
  constructor(private readonly workbench: Workbench) {}

  get document(): FrameLocator {
    return this.workbench.webview;
  }

  get main(): Locator {
    return this.document.locator('main');
  }

  /** Waits until the lookup stands like this. */
  async reached(phase: Phase): Promise<void> {
    await this.document.locator(`main[data-phase="${phase}"]`).waitFor({ timeout: FILLED_TIMEOUT_MS });
  }

  /** Waits for the answer or the failure. */
  async lookupEnded(): Promise<'filled' | 'failed'> {
    await this.document.locator('main[data-phase="filled"], main[data-phase="failed"]').waitFor({ timeout: FILLED_TIMEOUT_MS });
    return (await this.main.getAttribute('data-phase')) === 'failed' ? 'failed' : 'filled';
  }

  get headline(): Locator {
    return this.document.getByRole('heading', { level: 1 });
  }

  section(name: 'Timeline' | 'Recording' | 'Findings' | 'All fields' | 'Resources asked'): Locator {
    return this.document.locator(`[aria-label="${name}"]`);
  }

  /** Waits until the recording stands like this: a phase, or the name of a problem. */
  async recordingReached(state: string): Promise<void> {
    await this.document.locator(`[aria-label="Recording"][data-recording="${state}"]`).waitFor({ timeout: FILLED_TIMEOUT_MS });
  }

  get seekBar(): Locator {
    return this.section('Recording').getByRole('slider', { name: 'Seek' });
  }

  /** Waits until the recording can be played, or it is clear that there is none to play. */
  async recordingSettled(): Promise<void> {
    const unsettled = ['unknown', 'idle', 'loading'].map((phase) => `:not([data-recording="${phase}"])`).join('');
    const refused = this.document.locator(`[aria-label="Recording"]${unsettled}:not([data-recording="ready"])`);
    // What is ready for the extension can still turn out to be lost for the page.
    await this.seekBar.and(this.document.locator(':enabled')).or(refused).first().waitFor({ timeout: FILLED_TIMEOUT_MS });
  }

  /** Opens the list of all fields. */
  async openAllFields(): Promise<void> {
    const details = this.document.locator('#all-fields details');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  }

  get audio(): Locator {
    return this.document.locator('audio');
  }

  /** Where the recording is, in seconds. */
  position(): Promise<number> {
    return this.audio.evaluate((audio: HTMLAudioElement) => audio.currentTime);
  }

  /** The page itself, for what a locator cannot do. */
  async frame(): Promise<Frame> {
    const element = await this.document.owner().elementHandle();
    const frame = await element?.contentFrame();
    if (!frame) throw new Error('The panel has no page.');
    return frame;
  }

  /** Hands messages to the extension host as the page's own script would. */
  async post(messages: readonly unknown[]): Promise<void> {
    const outer = (await this.frame()).parentFrame();
    await outer?.evaluate((all) => {
      const post: unknown = Reflect.get(window, '__vscode_post_message__');
      if (typeof post === 'function') for (const message of all) post('onmessage', { message });
    }, messages);
  }

  /** A fact's value, as a person reads it. */
  fact(name: string): Locator {
    return this.document.locator('.facts > div').filter({ has: this.document.getByText(name, { exact: true }) });
  }

  /** Tells the page a state, in the extension host's place. */
  async show(state: PanelState | DoctorState): Promise<void> {
    await this.main.evaluate((_, message) => window.postMessage(message, '*'), { type: 'state', state } satisfies StatePush<PanelState | DoctorState>);
  }

  /** The recording that this panel's extension host has: states that are shown with it are heard. To be called once it is ready. */
  async recordingNow(): Promise<ReadyRecording> {
    const pushed = this.main.evaluate(
      () =>
        new Promise<PanelState>((resolve) => {
          const hear = ({ data }: MessageEvent<StatePush>): void => {
            if (data.type !== 'state' || data.state.lookup.phase !== 'filled') return;
            removeEventListener('message', hear);
            resolve(data.state);
          };
          addEventListener('message', hear);
        }),
    );
    await this.button('Refresh').click();
    const { recording } = await pushed;
    if (recording.phase !== 'ready') throw new Error(`The recording is not ready: ${recording.phase}.`);
    return recording;
  }

  /** Waits until the browser has drawn what it was told. */
  async drawn(): Promise<void> {
    await this.main.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  button(name: string | RegExp): Locator {
    return this.document.getByRole('button', { name });
  }
}
