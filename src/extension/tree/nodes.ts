/** What stands in the Exotel view: accounts, calls, and lines that say something. */
import * as vscode from 'vscode';
import type { SampleCall } from '../../sandbox/server';
import { resourceName } from '../../call/request';
import { outcomeOf, type Severity } from '../../call/status';
import { shortSid } from '../../call/sid';
import { formatInstant, formatRelative, wholeSecond, type TimeFormat } from '../../call/time';
import { type Account, accountIcon, regionLabel, SAMPLE } from '../accounts/account';
import type { CallKey, HistoryEntry } from '../historyEntries';

/** An account; its calls are below it. */
export class AccountNode {
  readonly kind = 'account';

  constructor(
    readonly account: Account,
    readonly isActive: boolean,
  ) {}
}

/** A call that was looked up. */
export class CallNode {
  readonly kind = 'call';

  constructor(readonly entry: HistoryEntry) {}

  get key(): CallKey {
    return { sid: this.entry.sid, account: this.entry.account };
  }
}

/** A call of a sample account that was not looked up yet. */
export class SampleCallNode {
  readonly kind = 'sampleCall';

  constructor(
    readonly sample: SampleCall,
    readonly account: string,
  ) {}

  get key(): CallKey {
    return { sid: this.sample.sid, account: this.account };
  }
}

/** A line that says something, with a command where there is something to do. */
export class MessageNode {
  readonly kind = 'message';

  constructor(
    readonly label: string,
    readonly detail: string,
    readonly icon: 'info' | 'warning' | 'error' | 'ellipsis',
    readonly command?: vscode.Command,
  ) {}
}

export type Node = AccountNode | CallNode | SampleCallNode | MessageNode;

/** True for a line of the view: what VS Code hands to a command of its menus. */
export function isNode(value: unknown): value is Node {
  return [AccountNode, CallNode, SampleCallNode, MessageNode].some((kind) => value instanceof kind);
}

/** How a node looks. */
export function treeItem(node: Node, now: number, format: TimeFormat): vscode.TreeItem {
  switch (node.kind) {
    case 'account':
      return accountItem(node);
    case 'call':
      return callItem(node, now, format);
    case 'sampleCall':
      return sampleCallItem(node);
    case 'message':
      return messageItem(node);
  }
}

function accountItem({ account, isActive }: AccountNode): vscode.TreeItem {
  const region = regionLabel(account);
  const item = new vscode.TreeItem(account.name, isSpecial(account) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.id = account.id;
  item.iconPath = new vscode.ThemeIcon(accountIcon(account));
  item.description = isActive ? `${region} · active` : region;
  item.contextValue = `account.${account.kind}${isActive ? '.active' : ''}`;
  item.tooltip = plainTooltip([
    ['', account.name],
    ['Lives at', region],
    ...(account.kind === 'kept' ? ([['Account SID', account.accountSid]] as const) : []),
    ...(account.kind === 'kept' && account.resource !== undefined ? ([['Asked', `${resourceName(account.resource)} alone`]] as const) : []),
    ['Id for keybindings', account.id],
    ...(isActive ? ([['', 'Lookups in this workspace use this account.']] as const) : []),
  ]);
  item.accessibilityInformation = { label: `Account ${account.name}, ${region}${isActive ? ', active' : ''}` };
  return item;
}

/** True for the sample accounts that are there for one thing each: they wait until they are looked for. */
function isSpecial(account: Account): boolean {
  return account.kind === 'sample' && account.id !== SAMPLE.id;
}

function callItem({ entry, key }: CallNode, now: number, format: TimeFormat): vscode.TreeItem {
  const outcome = outcomeOf(entry);
  const when = formatRelative(entry.lookedUpAt, now, format.locale);
  const parts = [...(entry.pinned ? ['pinned'] : []), ...(entry.party === undefined ? [] : [entry.party]), when];
  const item = callLike(key, outcome.icon, outcome.severity);
  item.description = parts.join(' · ');
  item.contextValue = entry.pinned ? 'call.pinned' : 'call';
  item.tooltip = plainTooltip([
    ['', outcome.label],
    ['Call SID', entry.sid],
    ...(entry.party === undefined ? [] : ([['With', entry.party]] as const)),
    ...(entry.direction === undefined ? [] : ([['Direction', entry.direction]] as const)),
    ...(entry.startedAt === undefined ? [] : ([['Started', formatInstant(entry.startedAt, format)]] as const)),
    ['Looked up', formatInstant(wholeSecond(entry.lookedUpAt), format)],
    ...(entry.pinned ? ([['', 'Pinned']] as const) : []),
  ]);
  item.accessibilityInformation = { label: [`Call ${entry.sid}`, outcome.label, ...parts].join(', ') };
  return item;
}

function sampleCallItem({ sample, key }: SampleCallNode): vscode.TreeItem {
  const item = callLike(key, 'circle-outline', undefined);
  item.description = sample.title;
  item.contextValue = 'sampleCall';
  item.tooltip = plainTooltip([
    ['', sample.title],
    ['Call SID', sample.sid],
    ['', 'A sample call, not looked up yet.'],
  ]);
  item.accessibilityInformation = { label: `Sample call ${sample.sid}, ${sample.title}` };
  return item;
}

function callLike(key: CallKey, icon: string, severity: Severity | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(shortSid(key.sid));
  item.id = `${key.account}/${key.sid}`;
  item.iconPath = new vscode.ThemeIcon(icon, severity && new vscode.ThemeColor(COLOURS[severity]));
  item.command = { command: 'exotel.openCall', title: 'Open', arguments: [key] };
  return item;
}

const COLOURS: Readonly<Record<Severity, string>> = {
  ok: 'charts.green',
  info: 'charts.blue',
  warning: 'list.warningForeground',
  error: 'list.errorForeground',
};

function messageItem({ label, detail, icon, command }: MessageNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = plainTooltip([['', detail]]);
  item.accessibilityInformation = { label: `${label}. ${detail}` };
  item.contextValue = 'message';
  if (command !== undefined) item.command = command;
  return item;
}

/** Lines of `what: value`; values come from elsewhere and are never read as Markdown. */
function plainTooltip(lines: readonly (readonly [what: string, value: string])[]): string {
  return lines.map(([what, value]) => (what === '' ? value : `${what}: ${value}`)).join('\n');
}
