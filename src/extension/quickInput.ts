/** One question at a time: a box or a list with steps, a back button, and focus that may wander without anything being lost. */
import * as vscode from 'vscode';
import { withoutCredentials } from '../call/redact';
import { withoutIcons } from './toast';

/** What became of a question. */
export type Move<T> = { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'closed' };

export interface Framing {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly hasBack?: boolean;
}

export interface TextQuestion extends Framing {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isSecret?: boolean;
  /** A pasted request with keys in it is what this box is for. */
  readonly takesCredentials?: boolean;
  /** What is wrong with the trimmed text; undefined when it will do. */
  readonly problemOf: (text: string) => string | undefined;
  /** Called with what is in the box when it is left by the back button, so that it is there again later. */
  readonly onLeave?: (text: string) => void;
}

/** Asks for a text, trimmed. Credentials pasted where they do not belong are taken out of the box at once. */
export function askText(question: TextQuestion): Promise<Move<string>> {
  const box = vscode.window.createInputBox();
  frame(box, question);
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.password = question.isSecret ?? false;
  box.value = question.value ?? '';
  return untilSettled(box, (settle) => {
    const onAccept = box.onDidAccept(() => {
      const text = box.value.trim();
      const problem = question.problemOf(text);
      if (problem === undefined) settle({ kind: 'answer', value: text });
      else box.validationMessage = problem;
    });
    const onChange = box.onDidChangeValue((value) => {
      const clean = question.takesCredentials === true ? value : withoutCredentials(value);
      box.validationMessage = clean === value ? undefined : CREDENTIALS_REMOVED;
      if (clean !== value) box.value = clean;
    });
    const onButton = box.onDidTriggerButton(() => {
      question.onLeave?.(box.value.trim());
      settle({ kind: 'back' });
    });
    return vscode.Disposable.from(onAccept, onChange, onButton);
  });
}

const CREDENTIALS_REMOVED =
  'A key and token stood in what you pasted: they were taken out. “Paste URL or cURL…” in Add Account takes them.';

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  /** Absent: a line to read, which cannot be chosen. */
  readonly value?: T;
}

export interface ChoiceQuestion<T> extends Framing {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  readonly active?: T;
}

interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly choice: Choice<T>;
}

/** Asks for one of a list. */
export function askChoice<T>(question: ChoiceQuestion<T>): Promise<Move<T>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  frame(pick, question);
  pick.placeholder = question.placeholder;
  pick.matchOnDetail = true;
  pick.items = question.choices.map(itemOf);
  const preferred =
    pick.items.find(({ choice }) => choice.value !== undefined && choice.value === question.active) ??
    pick.items.find(({ choice }) => choice.value !== undefined);
  pick.activeItems = preferred === undefined ? [] : [preferred];
  return untilSettled(pick, (settle) => {
    const onAccept = pick.onDidAccept(() => {
      const value = pick.selectedItems[0]?.choice.value;
      if (value !== undefined) settle({ kind: 'answer', value });
    });
    return vscode.Disposable.from(
      onAccept,
      keepCredentialsOut(pick),
      pick.onDidTriggerButton(() => settle({ kind: 'back' })),
    );
  });
}

function itemOf<T>(choice: Choice<T>): ChoiceItem<T> {
  const { label, description, detail, icon } = choice;
  return {
    label: withoutIcons(label),
    choice,
    alwaysShow: choice.value === undefined,
    ...(description === undefined ? {} : { description: withoutIcons(description) }),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
  };
}

/** Shows that something takes a while, with a way to stop it: *back* when it was stopped or failed. */
export async function busy<T>(
  framing: Framing & { readonly placeholder: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Move<T>> {
  const pick = vscode.window.createQuickPick();
  frame(pick, framing);
  pick.placeholder = framing.placeholder;
  pick.busy = true;
  pick.items = [{ label: 'Stop', detail: 'Go back; nothing that was typed is lost', iconPath: new vscode.ThemeIcon('debug-stop') }];
  const stopped = new AbortController();
  try {
    return await untilSettled<T>(pick, (settle) => {
      void work(stopped.signal).then(
        (value) => settle({ kind: 'answer', value }),
        () => settle({ kind: 'back' }),
      );
      return vscode.Disposable.from(
        keepCredentialsOut(pick),
        pick.onDidAccept(() => settle({ kind: 'back' })),
        pick.onDidTriggerButton(() => settle({ kind: 'back' })),
      );
    });
  } finally {
    stopped.abort();
  }
}

/** A list has a box too, to search in it: a request pasted there by mistake must not stay to be read. */
function keepCredentialsOut(pick: vscode.QuickPick<vscode.QuickPickItem>): vscode.Disposable {
  return pick.onDidChangeValue((value) => {
    const clean = withoutCredentials(value);
    if (clean !== value) pick.value = clean;
  });
}

function frame(input: vscode.QuickInput, { title, step, totalSteps, hasBack }: Framing): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.ignoreFocusOut = true;
  if (hasBack === true && isWithButtons(input)) input.buttons = [vscode.QuickInputButtons.Back];
}

function isWithButtons(input: vscode.QuickInput): input is vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] } {
  return 'buttons' in input;
}

/** Shows an input until it is settled or closed; whatever happens, it is gone afterwards. */
async function untilSettled<T>(input: vscode.QuickInput, listen: (settle: (move: Move<T>) => void) => vscode.Disposable): Promise<Move<T>> {
  const listeners: vscode.Disposable[] = [];
  try {
    return await new Promise((resolve) => {
      listeners.push(
        listen(resolve),
        input.onDidHide(() => resolve({ kind: 'closed' })),
      );
      input.show();
    });
  } finally {
    for (const listener of listeners) listener.dispose();
    input.dispose();
  }
}
