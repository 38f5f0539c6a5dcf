/** The extension under test, inside the extension host that runs the suite. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeptAccount } from '../../src/extension/accounts/account';
import type { ForTests } from '../../src/extension/extension';
import type { LookedUp } from '../../src/extension/panel/callPanel';
import type { CallsTree } from '../../src/extension/tree/callsTree';
import type { Node } from '../../src/extension/tree/nodes';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/server';
import { useSandbox } from '../support/sandbox';

const ID = 'exotel-call-inspector.exotel-call-inspector';

function extension(): vscode.Extension<ForTests | undefined> {
  const found = vscode.extensions.getExtension<ForTests | undefined>(ID);
  assert.ok(found, 'the extension is not installed');
  return found;
}

/** The parts of package.json that the suite holds against what is there. */
export interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly scope?: string; readonly default?: unknown; readonly description?: string; readonly markdownDescription?: string }
        >
      >;
    };
  };
}

export function manifest(): Manifest {
  const { packageJSON }: { readonly packageJSON: Manifest } = extension();
  return packageJSON;
}

/** What the extension gives to tests, and to nobody else. */
export async function parts(): Promise<ForTests> {
  const given = await extension().activate();
  assert.ok(given, 'the extension does not know that it is being tested');
  return given;
}

export interface Scene extends ForTests {
  readonly sandbox: Sandbox;
  readonly account: KeptAccount;
}

/** An account of a sandbox of its own for each test; all of it, panels and calls included, is gone afterwards. */
export function useScene(options: SandboxOptions = {}): () => Scene {
  const sandbox = useSandbox(options);
  let scene: Scene | undefined;
  beforeEach(async () => {
    const given = await parts();
    scene = { ...given, sandbox: sandbox(), account: await given.accounts.add({ ...sandbox().credentials, name: 'Loopback' }) };
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scene?.history.clear();
    await removeAccounts();
    scene = undefined;
  });
  return () => {
    assert.ok(scene, 'no test is running');
    return scene;
  };
}

export async function removeAccounts(): Promise<void> {
  const { accounts } = await parts();
  for (const { id } of (await accounts.list()).accounts) await accounts.remove(id);
}

export async function lookUp(argument: { readonly sid: string; readonly account?: string }): Promise<LookedUp> {
  return vscode.commands.executeCommand<LookedUp>('exotel.lookupCall', argument);
}

/** The panels of calls, as tabs. */
export function callTabs(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('exotel.call'));
}

/** Waits until so many panels of calls are tabs: VS Code tells of tabs a moment after they are there. */
export async function callTabsOnce(count: number): Promise<readonly vscode.Tab[]> {
  return until(`${String(count)} panels`, () => (callTabs().length === count ? callTabs() : undefined));
}

/** Waits until a look finds something: for what VS Code tells no event of. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>, timeoutMs = 10_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < deadline, `${what}: not within ${String(timeoutMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is below a line of the view, or its outermost lines. VS Code reads the view too: a reading that it begins meanwhile is the latest, and ours has no result. */
export function below(tree: CallsTree, node?: Node): Promise<readonly Node[]> {
  return until('the view is read', () => tree.getChildren(node));
}

/** Takes what a command's questions offer first, and gives what the command gives then. */
export async function accepted(command: Thenable<unknown>): Promise<unknown> {
  const ended = Promise.resolve(command).then((result) => ({ result }));
  const { result } = await until('the command ended', async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return Promise.race([ended, new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined))]);
  });
  return result;
}

/** The next time an event fires. */
export function next<T>(event: vscode.Event<T>): Promise<T> {
  return new Promise((resolve) => {
    const listener = event((value) => {
      listener.dispose();
      resolve(value);
    });
  });
}
