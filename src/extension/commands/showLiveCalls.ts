/** The calls that are watched: one to be shown, or to be watched no longer. */
import * as vscode from 'vscode';
import { shortSid } from '../../call/sid';
import type { LiveCall, LiveCalls } from '../live';
import { liveSentence } from '../liveText';
import type { Command } from '../parts';
import { timeFormat } from '../settings';
import { withoutIcons } from '../toast';

interface LiveItem extends vscode.QuickPickItem {
  readonly call: LiveCall;
}

const STOP: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: 'Stop Watching' };

export const showLiveCalls: Command = async ({ live }) => {
  if (live.calls.length > 0) await choose(live);
  else vscode.window.setStatusBarMessage('No call is watched: an active call is, while its panel can be seen', 4000);
};

/** Ends when the list is closed. */
async function choose(live: LiveCalls): Promise<void> {
  const pick = vscode.window.createQuickPick<LiveItem>();
  pick.title = 'Live Calls';
  pick.placeholder = 'Choose a call to show it';
  pick.keepScrollPosition = true;
  const list = (): void => {
    const active = pick.activeItems[0]?.call.key;
    pick.items = live.calls.map(itemOf);
    const stillThere = pick.items.filter(({ call }) => call.key === active);
    if (stillThere.length > 0) pick.activeItems = stillThere;
    if (pick.items.length === 0) pick.hide();
  };
  const listeners = vscode.Disposable.from(
    live.onDidChange(list),
    pick.onDidTriggerItemButton(({ item }) => item.call.stop()),
    pick.onDidAccept(() => {
      const [selected] = pick.selectedItems;
      if (selected === undefined) return;
      selected.call.reveal();
      pick.hide();
    }),
  );
  list();
  await new Promise<void>((resolve) => {
    pick.onDidHide(() => resolve());
    pick.show();
  });
  listeners.dispose();
  pick.dispose();
}

function itemOf(call: LiveCall): LiveItem {
  return { call, label: shortSid(call.key.sid), detail: withoutIcons(liveSentence(call, timeFormat())), iconPath: new vscode.ThemeIcon('pulse'), buttons: [STOP] };
}
