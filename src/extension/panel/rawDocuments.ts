/** *Raw JSON*: what came, in a read-only editor, only indented, and masked where that is set. It lives in memory for as long as its panel is open. */
import * as vscode from 'vscode';
import type { Call } from '../../call/call';
import type { Resource } from '../../call/request';
import type { AnswerBody } from '../../exotel/client';
import type { CallKey } from '../historyEntries';
import { SECTION } from '../settings';

const SCHEME = 'exotel-raw';

/** An answer that can be shown, and what HTTP said of it. */
export type RawAnswer = Pick<AnswerBody, 'resource' | 'status'>;

interface Body {
  readonly text: string;
  readonly call: Call | undefined;
}

export class RawDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #bodies = new Map<string, Body>();
  readonly #answers = new Map<string, readonly RawAnswer[]>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  /** Last: VS Code subscribes to the event above when it registers. */
  readonly #registrations = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) for (const uri of this.#bodies.keys()) this.#changed.fire(vscode.Uri.parse(uri, true));
    }),
  );

  /** Keeps the latest answers of a call, and the call that was read from them; none forgets it. */
  set(key: CallKey, answers: readonly AnswerBody[], call?: Call): void {
    for (const resource of this.resources(key)) this.#bodies.delete(uriOf(key, resource).toString());
    if (answers.length === 0) this.#answers.delete(placeOf(key));
    else this.#answers.set(placeOf(key), answers.map(({ resource, status }) => ({ resource, status })));
    for (const { resource, body } of answers) {
      const uri = uriOf(key, resource);
      this.#bodies.set(uri.toString(), { text: body, call });
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

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [{ indentJson }, { shownJson }] = await Promise.all([import('../../call/rawJson'), import('../masks')]);
    const body = this.#bodies.get(uri.toString());
    return body === undefined ? NOT_HERE : shownJson(indentJson(body.text), body.call);
  }

  dispose(): void {
    this.#registrations.dispose();
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
