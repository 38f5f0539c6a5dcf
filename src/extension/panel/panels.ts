/** The open panels: one for each call of each account, also over *Reload Window*. */
import * as v from 'valibot';
import * as vscode from 'vscode';
import { shortSid } from '../../call/sid';
import { type CallKey, callKeySchema, isSameCall } from '../historyEntries';
import type { CallPanel, LookupEnd, LookupWay, PanelParts } from './callPanel';
import { pageHtml } from './html';

const VIEW_TYPE = 'exotel.call';

export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Set<CallPanel>();
  readonly #dist: vscode.Uri;
  readonly #registration = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);

  constructor(private readonly parts: PanelParts) {
    this.#dist = vscode.Uri.joinPath(parts.extensionUri, 'dist');
  }

  /** The panel that has the focus. */
  get active(): CallPanel | undefined {
    return [...this.#open].find(({ isActive }) => isActive);
  }

  find(key: CallKey): CallPanel | undefined {
    return [...this.#open].find((panel) => isSameCall(panel.key, key));
  }

  /** Opens the call's panel beside the editor, or brings it forward, and looks the call up. */
  async lookUp(key: CallKey, way?: LookupWay): Promise<LookupEnd> {
    const { CallPanel } = await import('./callPanel');
    const open = this.find(key);
    open?.reveal();
    return (open ?? this.#create(key, CallPanel)).lookUp(way);
  }

  /** Asks again for a call whose panel is open, without bringing it forward; opens it where it is not. */
  refresh(key: CallKey): Promise<LookupEnd> {
    return this.find(key)?.lookUp() ?? this.lookUp(key);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const read = v.safeParse(callKeySchema, state);
    const { CallPanel } = await import('./callPanel');
    if (!read.success || this.find(read.output) !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.#options();
    this.#adopt(read.output, panel, CallPanel).lookUpIfNeeded();
  }

  dispose(): void {
    this.#registration.dispose();
    for (const panel of this.#open) panel.dispose();
  }

  #create(key: CallKey, Made: typeof CallPanel): CallPanel {
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, shortSid(key.sid), this.#column(), {
      ...this.#options(),
      retainContextWhenHidden: true,
      enableFindWidget: true,
    });
    return this.#adopt(key, panel, Made);
  }

  #adopt(key: CallKey, panel: vscode.WebviewPanel, Made: typeof CallPanel): CallPanel {
    const adopted: CallPanel = new Made(key, panel, this.parts, () => this.#pauseOthers(adopted));
    this.#open.add(adopted);
    adopted.onDidClose(() => this.#open.delete(adopted));
    void this.#fill(adopted, panel.webview);
    return adopted;
  }

  /** The page's policy names where it hears recordings: it can be written once that is known, and not be changed later. */
  async #fill(adopted: CallPanel, webview: vscode.Webview): Promise<void> {
    const media = await this.parts.media.lease();
    if (!adopted.hear(media)) return;
    webview.html = pageHtml(webview, this.#dist, 'call', media.origins);
  }

  /** One recording is heard at a time. */
  #pauseOthers(playing: CallPanel): void {
    for (const panel of this.#open) if (panel !== playing) panel.pause();
  }

  /** With the other calls; else beside the editor; where nothing is open there is nothing to be beside of. */
  #column(): vscode.ViewColumn {
    const withOthers = [...this.#open].at(-1)?.viewColumn;
    if (withOthers !== undefined) return withOthers;
    return vscode.window.tabGroups.activeTabGroup.tabs.length === 0 ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#dist] };
  }
}
