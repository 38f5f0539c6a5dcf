/** The input of *Lookup Exotel Call*: a quick pick that says at every key what Enter would do. */
import * as vscode from 'vscode';
import { withoutCredentials } from '../call/redact';
import type { Account } from './accounts/account';
import { type KnownCall, type LookupRow, lookupRows } from './lookupRows';
import { withoutIcons } from './toast';

export interface PickOptions {
  readonly text: string;
  /** The account that will be asked; undefined where there is none at all. */
  readonly account: Account | undefined;
  readonly canSwitch: boolean;
  readonly known: readonly KnownCall[];
}

export type Picked =
  | { readonly kind: 'sid'; readonly sid: string }
  | { readonly kind: 'addAccount' | 'exploreSamples' | 'switchAccount'; readonly text: string };

interface RowItem extends vscode.QuickPickItem {
  readonly row: LookupRow;
}

/** Shows the input once; undefined when it was closed. */
export async function pickCall({ text, account, canSwitch, known }: PickOptions): Promise<Picked | undefined> {
  const pick = vscode.window.createQuickPick<RowItem>();
  keepOrder(pick);
  pick.title = account === undefined ? 'Lookup Exotel Call' : `Lookup Exotel Call in ${account.name}`;
  pick.placeholder = 'Call SID, or text with one in it';
  pick.ignoreFocusOut = true;
  pick.buttons = canSwitch ? [SWITCH] : [];
  pick.value = withoutCredentials(text);
  const show = (): void => {
    const { rows, active } = lookupRows(pick.value, known, account !== undefined);
    pick.items = rows.map(itemOf);
    const item = active === undefined ? undefined : pick.items[active];
    pick.activeItems = item === undefined ? [] : [item];
  };
  show();
  const listeners: vscode.Disposable[] = [pick];
  try {
    return await new Promise<Picked | undefined>((resolve) => {
      listeners.push(
        pick.onDidChangeValue((value) => {
          const clean = withoutCredentials(value);
          if (clean !== value) pick.value = clean;
          show();
        }),
        pick.onDidAccept(() => {
          const picked = pickedFrom(pick.selectedItems[0]?.row, pick.value);
          if (picked !== undefined) resolve(picked);
        }),
        pick.onDidTriggerButton(() => resolve({ kind: 'switchAccount', text: pick.value })),
        pick.onDidHide(() => resolve(undefined)),
      );
      pick.show();
    });
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

const SWITCH: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('arrow-swap'), tooltip: 'Change Account' };

/** Rows stand in the order given: VS Code knows this property, its published types do not; where it is unknown nothing is lost but the order. */
function keepOrder(pick: vscode.QuickPick<RowItem>): void {
  Object.assign(pick, { sortByLabel: false });
}

function pickedFrom(row: LookupRow | undefined, text: string): Picked | undefined {
  switch (row?.kind) {
    case 'lookUp':
      return { kind: 'sid', sid: row.sid };
    case 'known':
      return { kind: 'sid', sid: row.call.sid };
    case 'addAccount':
    case 'exploreSamples':
      return { kind: row.kind, text };
    case 'reason':
    case 'heading':
    case undefined:
      return undefined;
  }
}

/** Rows are chosen by {@link lookupRows}, not by VS Code's own filter. */
function itemOf(row: LookupRow): RowItem {
  switch (row.kind) {
    case 'lookUp':
      return { row, alwaysShow: true, label: `Look up ${row.sid}`, iconPath: new vscode.ThemeIcon('search') };
    case 'reason':
      return { row, alwaysShow: true, label: withoutIcons(row.reason), iconPath: new vscode.ThemeIcon('info') };
    case 'heading':
      return { row, label: row.label, kind: vscode.QuickPickItemKind.Separator };
    case 'known':
      return {
        row,
        alwaysShow: true,
        label: row.call.label,
        description: withoutIcons(row.call.description),
        iconPath: new vscode.ThemeIcon(row.call.icon),
      };
    case 'addAccount':
      return {
        row,
        alwaysShow: true,
        label: 'Add Account…',
        detail: 'Needs the account SID, an API key and its token',
        iconPath: new vscode.ThemeIcon('add'),
      };
    case 'exploreSamples':
      return {
        row,
        alwaysShow: true,
        label: 'Explore Sample Calls',
        detail: 'A small Exotel on this machine, with calls of every kind',
        iconPath: new vscode.ThemeIcon('beaker'),
      };
  }
}
