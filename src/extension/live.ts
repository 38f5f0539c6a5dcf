/** The calls of this window that are asked for by themselves, and the item in the status bar that tells of them. */
import * as vscode from 'vscode';
import type { CallAnswer } from '../exotel/client';
import { ApiError } from '../exotel/errors';
import type { Pace } from '../exotel/pacing';
import type { Watch, WatchOptions } from '../exotel/watch';
import type { Time } from './clocks';
import type { CallKey } from './historyEntries';
import { liveLine, type LiveStanding, statusText } from './liveText';
import type { Log } from './log';
import { settings, SECTION, timeFormat } from './settings';

/** What the panel of a call gives for its being watched. */
export interface LivePanel extends Pick<WatchOptions<CallAnswer>, 'ask' | 'onChange' | 'sentenceOf'> {
  readonly key: CallKey;
  readonly isVisible: boolean;
  readonly reveal: () => void;
}

/** A call that is watched, or would be if its panel could be seen. */
export interface LiveCall extends LiveStanding {
  readonly key: CallKey;
  readonly reveal: () => void;
  readonly stop: () => void;
}

export class LiveCalls implements vscode.Disposable {
  readonly #watches = new Map<Watch<CallAnswer>, LivePanel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #item = vscode.window.createStatusBarItem('exotel.live', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  /** Fires when a call began or ceased to be watched, and at each poll. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly pace: Pace,
    private readonly time: Time,
    private readonly log: Log,
  ) {
    this.#item.name = 'Exotel: Live Calls';
    this.#item.command = 'exotel.showLiveCalls';
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.live.enabled`)) this.#enable();
    });
  }

  /** The calls that are being watched, and those that wait for their panel to be seen. */
  get calls(): readonly LiveCall[] {
    return [...this.#watches].flatMap(([watch, { key, reveal }]) => {
      const { live, isOn } = watch;
      const stop = (): void => watch.stop('You stopped the live updates. Refresh goes on.');
      return 'nextAt' in live ? [{ key, live, isOn, reveal, stop }] : [];
    });
  }

  /** A watch for the call of a panel, as `create` makes it, which has nothing to do yet. To be given back by {@link release}. */
  watch(panel: LivePanel, create: (options: WatchOptions<CallAnswer>) => Watch<CallAnswer>): Watch<CallAnswer> {
    const watch = create({
      account: panel.key.account,
      pace: this.pace,
      ask: async (signal, permit) => {
        try {
          return await panel.ask(signal, permit);
        } catch (error) {
          if (!(error instanceof ApiError)) this.log.error('A live update failed', error);
          throw error;
        }
      },
      now: this.time.now,
      elapsed: this.time.elapsed,
      setTimer: this.time.setTimer,
      onChange: (answer) => {
        panel.onChange(answer);
        this.#tell();
      },
      sentenceOf: panel.sentenceOf,
      isVisible: panel.isVisible,
      isEnabled: settings.watchesCalls,
    });
    this.#watches.set(watch, panel);
    return watch;
  }

  /** Ends a watch with its panel. */
  release(watch: Watch<CallAnswer>): void {
    watch.dispose();
    this.#watches.delete(watch);
    this.#tell();
  }

  dispose(): void {
    for (const watch of this.#watches.keys()) watch.dispose();
    this.#watches.clear();
    this.#subscription.dispose();
    this.#item.dispose();
    this.#changed.dispose();
  }

  #enable(): void {
    const { watchesCalls } = settings;
    for (const watch of this.#watches.keys()) watch.setEnabled(watchesCalls);
  }

  #tell(): void {
    const { calls } = this;
    const text = statusText(calls);
    if (text === undefined) {
      this.#item.hide();
    } else {
      const tooltip = [...calls.map((call) => liveLine(call, timeFormat())), 'Click to show one of them, or to stop watching it.'].join('\n');
      this.#item.text = `$(pulse) ${text}`;
      this.#item.tooltip = tooltip;
      this.#item.accessibilityInformation = { label: `${text}. ${tooltip}`, role: 'button' };
      this.#item.show();
    }
    this.#changed.fire();
  }
}
