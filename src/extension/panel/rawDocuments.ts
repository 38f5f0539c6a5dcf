/** *Raw JSON*: what came, in a read-only editor, only indented. It lives in memory for as long as its panel is open. */
import * as vscode from 'vscode';
import { indentJson } from '../../call/rawJson';
import type { CallKey } from '../historyEntries';

const SCHEME = 'exotel-raw';

export class RawDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #bodies = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  /** Last: VS Code subscribes to the event above when it registers. */
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** Keeps the latest answer of a call; undefined forgets it. */
  set(key: CallKey, body: string | undefined): void {
    const uri = uriOf(key);
    if (body === undefined) this.#bodies.delete(uri.toString());
    else {
      this.#bodies.set(uri.toString(), body);
      this.#changed.fire(uri);
    }
  }

  has(key: CallKey): boolean {
    return this.#bodies.has(uriOf(key).toString());
  }

  async show(key: CallKey): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uriOf(key));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const body = this.#bodies.get(uri.toString());
    return body === undefined ? NOT_HERE : indentJson(body);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

const NOT_HERE = '"The answer is kept only while the panel of its call is open, and not over a restart. Look the call up again."\n';

function uriOf({ sid, account }: CallKey): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(account)}/${encodeURIComponent(sid)}.json` });
}
