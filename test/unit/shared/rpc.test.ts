import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { connect, isAmount, isPlace, noArguments, oneOf, oneText, RpcError, serve, several, textUpTo, type Connection, type Listen, type Post } from '../../../src/shared/rpc';

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

function fieldsOf(message: unknown): Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null ? Object.fromEntries(['type', 'caller', 'id', 'method', 'args'].map((name) => [name, Reflect.get(message, name)])) : {};
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
        await serve<Methods>(service, (answer) => sent.push(answer), ignored)({ type: 'call', caller: 0.5, id: 1, method, args });
        assert.deepEqual(sent, [{ type: 'answer', id: 1, err: 'unknownMethod' }]);
      }),
      { numRuns: 200 },
    );
  });

  it('happen once, however often their message comes', async () => {
    const called: string[] = [];
    const sent: unknown[] = [];
    const take = serve<Methods>({ ...service, greet: oneText(10, (name) => (called.push(name), name)) }, (answer) => sent.push(answer), ignored);
    const [first, second] = [1, 2].map((id) => ({ type: 'call', caller: 0.5, id, method: 'greet', args: ['Asha'] }));
    for (const message of [first, second, first, second, first]) await take(message);
    assert.deepEqual(called, ['Asha', 'Asha']);
    assert.equal(sent.length, 2);
  });

  it('begin again at one with each page that is loaded, and those of the page before stay heard', async () => {
    const called: number[] = [];
    const take = serve<Methods>({ ...service, bytes: noArguments(() => (called.push(1), new Uint8Array())) }, ignored, ignored);
    const posted: unknown[] = [];
    for (let page = 0; page < 3; page += 1) {
      const connection = connect<Methods>((message) => void posted.push(structuredClone(message)), () => () => undefined);
      for (let count = 0; count < 2; count += 1) connection.call('bytes').catch(ignored);
      connection.dispose();
    }
    for (const message of [...posted, ...posted]) await take(message);
    assert.equal(called.length, 6);
  });

  it('are made of whatever a page sends only where it is a call that was not heard, of a method that is served, with what that takes', async () => {
    interface Everything {
      none(): void;
      text(text: string): void;
      word(word: 'v2' | 'legs'): void;
      piece(id: string, at: number): void;
      clip(from: number, to: number): void;
    }
    const called: (readonly unknown[])[] = [];
    const note = (method: string) => (...args: readonly unknown[]): void => void called.push([method, ...args]);
    const served = { none: noArguments(note('none')), text: oneText(5, note('text')), word: oneOf(['v2', 'legs'], note('word')), piece: several<[string, number], void>([textUpTo(5), isPlace], note('piece')), clip: several<[number, number], void>([isAmount, isAmount], note('clip')) };
    const isAmong = (method: unknown, args: readonly unknown[]): boolean => {
      const [one, two] = args;
      const isText = typeof one === 'string' && one.length <= 5;
      const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < Infinity;
      if (method === 'none') return args.length === 0;
      if (method === 'text') return args.length === 1 && isText;
      if (method === 'word') return args.length === 1 && (one === 'v2' || one === 'legs');
      if (method === 'piece') return args.length === 2 && isText && isCount(two) && two <= Number.MAX_SAFE_INTEGER && two % 1 === 0;
      return method === 'clip' && args.length === 2 && isCount(one) && isCount(two);
    };
    const odd = fc.oneof(fc.anything({ maxDepth: 1 }), fc.constantFrom('', 'v2', 'legs', 'sixsix', 0, -0, 1, -1, 0.5, 2 ** 53, Infinity, -Infinity, NaN, '1', ['v2'], { length: 1 }, null, undefined, true));
    const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: usual, weight: 12 }, odd);
    const message = fc.record(
      {
        type: mostly(fc.constant('call')),
        caller: mostly(fc.constantFrom(0.25, 0.5)),
        id: mostly(fc.integer({ min: -1, max: 6 })),
        method: mostly(fc.constantFrom('none', 'text', 'word', 'piece', 'clip', 'toString', 'constructor', '__proto__', 'NONE', '')),
        args: mostly(fc.array(odd, { maxLength: 3 })),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ arbitrary: message, weight: 9 }, odd), { maxLength: 12 }), async (messages) => {
        called.length = 0;
        const take = serve<Everything>(served, ignored, (method, error) => assert.fail(`${method}: ${String(error)}`));
        const last = new Map<number, number>();
        const expected: (readonly unknown[])[] = [];
        for (const each of messages) {
          await take(each);
          const { type, caller, id, method, args } = fieldsOf(each);
          if (type !== 'call' || typeof caller !== 'number' || !Number.isFinite(caller) || !Number.isSafeInteger(id) || typeof method !== 'string' || !Array.isArray(args)) continue;
          if (Number(id) <= (last.get(caller) ?? 0)) continue;
          last.set(caller, Number(id));
          if (isAmong(method, args)) expected.push([method, ...(args as readonly unknown[])]);
        }
        assert.deepEqual(called, expected);
      }),
      { numRuns: 500 },
    );
  });

  it('do not break the host when the panel is closed before the answer', async () => {
    const throwing = (): never => {
      throw new Error('Webview is disposed');
    };
    await serve<Methods>(service, throwing, ignored)({ type: 'call', caller: 0.5, id: 1, method: 'bytes', args: [] });
    await serve<Methods>(service, () => Promise.reject(new Error('disposed')), ignored)({ type: 'call', caller: 0.5, id: 2, method: 'bytes', args: [] });
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
