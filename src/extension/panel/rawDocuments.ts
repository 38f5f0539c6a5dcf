/** *Raw JSON*: what came, in a read-only editor, only indented. It lives in memory for as long as its panel is open. */
import * as vscode from 'vscode';
import { indentJson } from '../../call/rawJson';
import type { Resource } from '../../call/request';
import type { AnswerBody } from '../../exotel/client';
import type { CallKey } from '../historyEntries';

const SCHEME = 'exotel-raw';

/** An answer that can be shown, and what HTTP said of it. */
export type RawAnswer = Pick<AnswerBody, 'resource' | 'status'>;

export class RawDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #bodies = new Map<string, string>();
  readonly #answers = new Map<string, readonly RawAnswer[]>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  /** Last: VS Code subscribes to the event above when it registers. */
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** Keeps the latest answers of a call; none forgets it. */
  set(key: CallKey, answers: readonly AnswerBody[]): void {
    for (const resource of this.resources(key)) this.#bodies.delete(uriOf(key, resource).toString());
    this.#answers.set(placeOf(key), answers.map(({ resource, status }) => ({ resource, status })));
    for (const { resource, body } of answers) {
      const uri = uriOf(key, resource);
      this.#bodies.set(uri.toString(), body);
      this.#changed.fire(uri);
    }
  }

  /** The answers that can be shown: the call's details first. */
  answers(key: CallKey): readonly RawAnswer[] {
    return this.#answers.get(placeOf(key)) ?? [];
  }

  /** The resources of {@link answers}. */
  resources(key: CallKey): readonly Resource[] {
    return this.answers(key).map(({ resource }) => resource);
  }

  async show(key: CallKey, resource: Resource): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uriOf(key, resource));
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

function placeOf({ sid, account }: CallKey): string {
  return `/${encodeURIComponent(account)}/${encodeURIComponent(sid)}`;
}

function uriOf(key: CallKey, resource: Resource): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `${placeOf(key)}.${resource}.json` });
}
