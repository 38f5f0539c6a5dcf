/** Another extension beside the one under test, in the same extension host: it does what a test orders over a socket. Its folder is made by `other.ts`. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import type { Done, Order } from './other';

const UNDER_TEST = 'exotel-call-inspector.exotel-call-inspector';

export function activate({ extension }: vscode.ExtensionContext): void {
  const { packageJSON }: { readonly packageJSON: { readonly address: string } } = extension;
  const [host = '', port] = packageJSON.address.split(':');
  const socket = connect(Number(port), host);
  createInterface({ input: socket }).on('line', (line) => {
    const order: Order = JSON.parse(line);
    void obey(order).then(
      (value) => tell({ id: order.id, ok: true, text: textOf(value) }),
      (error: unknown) => tell({ id: order.id, ok: false, text: textOf(error) }),
    );
  });
  const tell = (done: Done): void => void socket.write(`${JSON.stringify(done)}\n`);
}

function textOf(value: unknown): string {
  return inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });
}

async function obey({ does, command, args }: Order): Promise<unknown> {
  switch (does) {
    case 'run':
      return vscode.commands.executeCommand(command, ...args);
    case 'look':
      return { exports: await vscode.extensions.getExtension(UNDER_TEST)?.activate(), commands: await vscode.commands.getCommands(true) };
    case 'read':
      return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === command).map((document) => document.getText());
    case 'neglect':
      void vscode.commands.executeCommand(command, ...args);
      return undefined;
    case 'throw':
      vscode.commands.executeCommand(command, ...args).then(undefined, (error: unknown) =>
        setTimeout(() => {
          throw error;
        }),
      );
      return undefined;
    case 'die':
      return process.kill(process.pid, 'SIGKILL');
  }
}
