/** The panel of a call, inside its webview. */
import type { FrameLocator, Locator } from 'playwright-core';
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

  section(name: 'Timeline' | 'Recording' | 'Findings' | 'All fields'): Locator {
    return this.document.locator(`[aria-label="${name}"]`);
  }

  /** Waits until the recording stands like this: a phase, or the name of a problem. */
  async recordingReached(state: string): Promise<void> {
    await this.document.locator(`[aria-label="Recording"][data-recording="${state}"]`).waitFor({ timeout: FILLED_TIMEOUT_MS });
  }

  /** Waits until the recording is ready, or it is clear that there is none to play. */
  async recordingSettled(): Promise<void> {
    const unsettled = ['unknown', 'idle', 'loading'].map((phase) => `:not([data-recording="${phase}"])`).join('');
    await this.document.locator(`[aria-label="Recording"]${unsettled}`).waitFor({ timeout: FILLED_TIMEOUT_MS });
  }

  button(name: string | RegExp): Locator {
    return this.document.getByRole('button', { name });
  }
}
