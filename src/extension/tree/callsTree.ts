/** The Exotel view: accounts, under each its calls. What cannot be read is a line that says so; nothing is ever blank. */
import * as vscode from 'vscode';
import type { TimeFormat } from '../../call/time';
import { accountRemedy } from '../accounts/account';
import type { AccountList, Accounts } from '../accounts/accounts';
import type { SampleServer } from '../accounts/sample';
import type { History, HistoryTroubles } from '../history';
import { pinnedFirst } from '../historyEntries';
import type { Log } from '../log';
import { shownEntries } from '../masking';
import { SAMPLE_ACCOUNT, SECTION, timeFormat } from '../settings';
import { AccountNode, CallNode, MessageNode, type Node, SampleCallNode, treeItem } from './nodes';
import { Readings } from './readings';

const VIEW = 'exotel.calls';
/** `none` or `some`, once accounts were read: the welcome must not flash before that. */
const ACCOUNTS = 'exotel.accounts';
const REFRESH_TIMES_EVERY_MS = 60_000;
/** Of each account: thousands of lines would hold the window up at every change, and nobody reads them. */
const LISTED_CALLS = 50;
const MORE_CALLS = 200;

export interface TreeParts {
  readonly accounts: Accounts;
  readonly history: History;
  readonly sample: SampleServer;
  readonly log: Log;
}

export class CallsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<AccountNode | undefined>();
  readonly #readings = new Readings<Node>();
  /** As VS Code has them, by their accounts' ids. */
  #accounts: ReadonlyMap<string, AccountNode> = new Map();
  /** How many calls are listed of accounts of which somebody wanted more. */
  readonly #listed = new Map<string, number>();
  readonly #subscriptions: vscode.Disposable;
  #clock: NodeJS.Timeout | undefined;
  /** Of the lines listed last: it is the same for all of them, and dear to find out. */
  #format: TimeFormat | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly parts: TreeParts) {
    const view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      view,
      view.onDidChangeVisibility(({ visible }) => this.#keepTimes(visible)),
      parts.accounts.onDidChange(() => this.refresh()),
      parts.history.onDidChange((account) => this.#listCallsAnew(account)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION) && !change.affectsConfiguration(SAMPLE_ACCOUNT)) this.refresh();
      }),
    );
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Lists more of an account's calls. */
  showMore(node: AccountNode): void {
    this.#listed.set(node.account.id, this.#listedOf(node) + MORE_CALLS);
    this.#listCallsAnew(node.account.id);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    this.#readings.end(node);
    this.#format ??= timeFormat();
    return treeItem(node, Date.now(), this.#format);
  }

  async getChildren(node?: Node): Promise<Node[] | undefined> {
    this.#format = undefined;
    if (node === undefined) return this.#latestRoots();
    return node.kind === 'account' ? this.#readings.read(node, () => this.#callsOf(node)) : undefined;
  }

  dispose(): void {
    this.#keepTimes(false);
    this.#subscriptions.dispose();
  }

  /** Of one account, or of all. Not before VS Code has taken over a reading that just ended, for which it needs the rest of this turn. */
  #listCallsAnew(account: string | undefined): void {
    setImmediate(() => {
      const node = account === undefined ? undefined : this.#accounts.get(account);
      if (node === undefined || !this.#readings.takesIn(node)) this.#changed.fire(node);
    });
  }

  async #latestRoots(): Promise<Node[] | undefined> {
    const roots = await this.#readings.read(undefined, () => this.#roots());
    if (roots !== undefined) this.#accounts = new Map(roots.filter((node) => node.kind === 'account').map((node) => [node.account.id, node]));
    return roots;
  }

  async #roots(): Promise<Node[]> {
    const list = await this.parts.accounts.list();
    if (list.trouble !== undefined) this.parts.log.error('Accounts could not be read', list.trouble);
    const accounts = list.accounts.map((account) => new AccountNode(account, account.id === list.active?.id));
    const roots = [...troublesOf(list), ...(accounts.length === 0 ? [] : noticesOf(this.parts.history.troubles)), ...accounts];
    await vscode.commands.executeCommand('setContext', ACCOUNTS, roots.length === 0 ? 'none' : 'some');
    return roots;
  }

  async #callsOf(node: AccountNode): Promise<Node[]> {
    const { account } = node;
    try {
      const { entries: all } = await this.parts.history.read();
      const entries = pinnedFirst(all.filter((entry) => entry.account === account.id));
      const samples = account.kind === 'sample' ? await this.parts.sample.callsBesides(account.id, entries) : [];
      const listed = this.#listedOf(node);
      const shown = await shownEntries(entries.slice(0, listed));
      const nodes = [...shown.map((entry) => new CallNode(entry)), ...moreCalls(node, entries.length - listed), ...samples.map((sample) => new SampleCallNode(sample, account.id))];
      return nodes.length === 0 ? [noCalls(node)] : nodes;
    } catch (error) {
      this.parts.log.error('The list of recent calls could not be read', error);
      return [new MessageNode('Recent calls cannot be read', `${messageOf(error)} Click to try again.`, 'error', RETRY)];
    }
  }

  #listedOf({ account }: AccountNode): number {
    return this.#listed.get(account.id) ?? LISTED_CALLS;
  }

  /** "2 min ago" grows old while it is looked at. */
  #keepTimes(isVisible: boolean): void {
    clearInterval(this.#clock);
    this.#clock = isVisible ? setInterval(() => this.refresh(), REFRESH_TIMES_EVERY_MS) : undefined;
  }
}

const RETRY: vscode.Command = { command: 'exotel.refreshView', title: 'Try Again' };

function moreCalls(node: AccountNode, count: number): readonly MessageNode[] {
  if (count <= 0) return [];
  const more: vscode.Command = { command: 'exotel.showMoreCalls', title: 'Show More Calls', arguments: [node] };
  const label = count > MORE_CALLS ? `Show ${String(MORE_CALLS)} More of ${String(count)}` : `Show ${String(count)} More`;
  return [new MessageNode(label, 'Calls of this account that were looked up earlier. Click to list them.', 'ellipsis', more)];
}

function noCalls(node: AccountNode): MessageNode {
  const lookUp: vscode.Command = { command: 'exotel.lookupCall', title: 'Lookup Exotel Call', arguments: [node] };
  return new MessageNode('No calls yet', 'Click to look up a call by its SID.', 'info', lookUp);
}

function troublesOf({ isBroken, trouble }: AccountList): readonly MessageNode[] {
  if (trouble !== undefined) {
    const label = trouble.kind === 'secretsPending' ? 'Waiting for the system’s keyring' : 'Accounts cannot be read';
    return [new MessageNode(label, `${trouble.message} ${accountRemedy(trouble)} Click to try again.`, 'error', RETRY)];
  }
  if (!isBroken) return [];
  const detail =
    'What is stored for accounts cannot be read, in whole or in part. Add the missing account again: what is there now is then kept aside in the secret storage.';
  return [
    new MessageNode('Some stored accounts cannot be read', `${detail} Click to add an account.`, 'warning', {
      command: 'exotel.addAccount',
      title: 'Add Account',
    }),
  ];
}

function noticesOf({ setAside, unwritten }: HistoryTroubles): readonly MessageNode[] {
  const notices: MessageNode[] = [];
  if (setAside !== undefined) {
    const open: vscode.Command = { command: 'vscode.open', title: 'Open', arguments: [setAside] };
    const detail = `The list of calls was damaged. It was set aside as ${setAside.fsPath}, and a new one begun. Click to open it.`;
    notices.push(new MessageNode('Earlier calls could not be read', detail, 'warning', open));
  }
  if (unwritten !== undefined) notices.push(new MessageNode('The last change of this list is lost', `${unwritten} Click to try again.`, 'warning', RETRY));
  return notices;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The reason is unknown.';
}
