import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { connect, noArguments, oneOf, oneText, RpcError, serve, type Connection, type Listen, type Post } from '../../../src/shared/rpc';

interface Methods {
  greet(name: string): string;
  pick(colour: 'red' | 'blue'): void;
  bytes(): Uint8Array;
  fail(): void;
  never(): void;
}

/** What a page that keeps to no interface could ask. */
interface Anything {
  [method: string]: (...args: unknown[]) => unknown;
}

const ignored = (): void => undefined;

/** Two ends that hand each other structured clones, as `postMessage` does. */
function ends(): { caller: { post: Post; listen: Listen }; server: { post: Post; receive: (message: unknown) => void; onCall: (take: (message: unknown) => void) => void } } {
  let takeCall: (message: unknown) => void = () => undefined;
  const listeners = new Set<(message: unknown) => void>();
  const receive = (message: unknown): void => listeners.forEach((listener) => listener(structuredClone(message)));
  return {
    caller: {
      post: (message) => takeCall(structuredClone(message)),
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    server: { post: receive, receive, onCall: (take) => (takeCall = take) },
  };
}

const service = {
  greet: oneText(10, (name) => `Hello, ${name}`),
  pick: oneOf(['red', 'blue'], () => undefined),
  bytes: noArguments(() => new Uint8Array([1, 2, 3])),
  fail: noArguments(() => {
    throw new Error('token abc123 was refused');
  }),
  never: noArguments(() => new Promise<void>(() => undefined)),
};

function pair(): { page: Connection<Methods>; hostile: Connection<Anything>; failures: unknown[]; receive: (message: unknown) => void } {
  const { caller, server } = ends();
  const failures: unknown[] = [];
  const take = serve<Methods>(service, server.post, (_, error) => failures.push(error));
  server.onCall((message) => void take(message));
  return { page: connect<Methods>(caller.post, caller.listen), hostile: connect<Anything>(caller.post, caller.listen), failures, receive: server.receive };
}

const rejectsWith = (kind: string) => (error: unknown) => error instanceof RpcError && error.kind === kind;

describe('calls between the page and the extension host', () => {
  it('give each caller its own answer, however they overlap', async () => {
    const { page } = pair();
    const answers = await Promise.all([page.call('greet', 'Asha'), page.call('bytes'), page.call('greet', 'Ravi')]);
    assert.deepEqual(answers, ['Hello, Asha', new Uint8Array([1, 2, 3]), 'Hello, Ravi']);
  });

  it('tell the page that a method failed, the log what was thrown, and the page nothing of it', async () => {
    const { page, failures } = pair();
    await assert.rejects(page.call('fail'), (error: Error) => rejectsWith('failed')(error) && !error.message.includes('abc123'));
    assert.match(String(failures[0]), /abc123/);
  });

  it('refuse arguments that the method does not take', async () => {
    const { hostile } = pair();
    await assert.rejects(hostile.call('greet', 'more than ten letters'), rejectsWith('badArguments'));
    await assert.rejects(hostile.call('greet', 7), rejectsWith('badArguments'));
    await assert.rejects(hostile.call('greet'), rejectsWith('badArguments'));
    await assert.rejects(hostile.call('pick', 'green'), rejectsWith('badArguments'));
    await assert.rejects(hostile.call('bytes', 'extra'), rejectsWith('badArguments'));
  });

  it('reach no method that is not served, inherited ones least of all', async () => {
    const { hostile } = pair();
    for (const name of ['open', 'toString', 'constructor', '__proto__', 'hasOwnProperty'])
      await assert.rejects(hostile.call(name), rejectsWith('unknownMethod'));
  });

  it('leave nobody waiting when the panel goes away', async () => {
    const { page } = pair();
    const waiting = page.call('never');
    page.dispose();
    await assert.rejects(waiting, rejectsWith('closed'));
    await assert.rejects(page.call('bytes'), rejectsWith('closed'));
  });

  it('leave nobody waiting when the message cannot be sent', async () => {
    const page = connect<Methods>(() => Promise.reject(new Error('gone')), () => () => undefined);
    await assert.rejects(page.call('bytes'), rejectsWith('closed'));
  });

  it('survive any message from a hostile page, and answer none that is no call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (message) => {
        const sent: unknown[] = [];
        await serve<Methods>(service, (answer) => sent.push(answer), ignored)(message);
        assert.deepEqual(sent, []);
      }),
      { numRuns: 200 },
    );
  });

  it('survive any method name and any arguments', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.array(fc.anything()), async (method, args) => {
        fc.pre(!Object.hasOwn(service, method));
        const sent: unknown[] = [];
        await serve<Methods>(service, (answer) => sent.push(answer), ignored)({ type: 'call', id: 1, method, args });
        assert.deepEqual(sent, [{ type: 'answer', id: 1, err: 'unknownMethod' }]);
      }),
      { numRuns: 200 },
    );
  });

  it('do not break the host when the panel is closed before the answer', async () => {
    const throwing = (): never => {
      throw new Error('Webview is disposed');
    };
    await serve<Methods>(service, throwing, ignored)({ type: 'call', id: 1, method: 'bytes', args: [] });
    await serve<Methods>(service, () => Promise.reject(new Error('disposed')), ignored)({ type: 'call', id: 2, method: 'bytes', args: [] });
  });

  it('ignore answers nobody asked for', async () => {
    const { page, receive } = pair();
    const answer = page.call('greet', 'Asha');
    receive({ type: 'answer', id: 99, ok: 'stray' });
    receive({ type: 'answer', id: 'one', ok: 'stray' });
    receive({ type: 'state', state: {} });
    receive(null);
    assert.equal(await answer, 'Hello, Asha');
  });
});
