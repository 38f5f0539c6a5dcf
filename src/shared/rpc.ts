/**
 * Calls across a pair of `postMessage` ends: each request has an id, each answer is `{ok}` or `{err}` under that id.
 * The caller trusts the serving side; the serving side trusts nobody. Knows neither DOM nor Node.
 */

/** A method's arguments. */
export type Arguments<M> = M extends (...args: infer A) => unknown ? A : never;
type Result<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Why a call gave no result: no such method, arguments that the method does not take, a failure while it ran, the other end gone. */
export type RpcFailure = 'unknownMethod' | 'badArguments' | 'failed' | 'closed';

/** A call that gave no result. The message is for developers; it never carries what the other side threw. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly kind: RpcFailure,
    method: string,
  ) {
    super(`${method}: ${kind}`);
  }
}

interface Request {
  readonly type: 'call';
  /** Tells the life of a calling end from every other: a page that is loaded anew counts from 1 again. */
  readonly caller: number;
  /** Counts up. */
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Answer =
  | { readonly type: 'answer'; readonly id: number; readonly ok: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly err: RpcFailure };

/** Hands a message to the other end. May throw, or give a promise that rejects, once that end is gone. */
export type Post = (message: unknown) => unknown;

/** Registers a listener for messages from the other end; gives back the function that ends it. */
export type Listen = (listener: (message: unknown) => void) => () => void;

export interface Connection<Methods> {
  /** Calls a method at the other end. Rejects with {@link RpcError} and nothing else. */
  readonly call: <K extends keyof Methods & string>(method: K, ...args: Arguments<Methods[K]>) => Promise<Result<Methods[K]>>;
  /** Stops listening and rejects every call still waiting, so that nobody waits for ever. */
  dispose(): void;
}

/** The calling end. */
export function connect<Methods>(post: Post, listen: Listen): Connection<Methods> {
  const caller = Math.random();
  const waiting = new Map<number, { method: string; resolve: (value: unknown) => void; reject: (error: RpcError) => void }>();
  let lastId = 0;
  let closed = false;

  const settle = (answer: Answer): void => {
    const call = waiting.get(answer.id);
    if (call === undefined) return;
    waiting.delete(answer.id);
    if ('err' in answer) call.reject(new RpcError(answer.err, call.method));
    else call.resolve(answer.ok);
  };
  const unlisten = listen((message) => {
    if (isAnswer(message)) settle(message);
  });

  function call<K extends keyof Methods & string>(method: K, ...args: Arguments<Methods[K]>): Promise<Result<Methods[K]>>;
  async function call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    if (closed) throw new RpcError('closed', method);
    const id = ++lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { method, resolve, reject });
    });
    send(post, { type: 'call', caller, id, method, args } satisfies Request, () => settle({ type: 'answer', id, err: 'closed' }));
    return answer;
  }

  return {
    call,
    dispose() {
      closed = true;
      unlisten();
      for (const id of waiting.keys()) settle({ type: 'answer', id, err: 'closed' });
    },
  };
}

/** One method as it is served: arguments come as the caller sent them, whatever their shape. */
export interface Served<M> {
  /** The arguments, when the method takes them; undefined refuses the call. */
  readonly read: (args: readonly unknown[]) => Arguments<M> | undefined;
  readonly run: (...args: Arguments<M>) => Result<M> | Promise<Result<M>>;
}

/** Every method of an interface, with its reader: the allow-list. */
export type Service<Methods> = { readonly [K in keyof Methods]: Served<Methods[K]> };

/** The same without the interface: what a message from outside is held against. */
interface Entry {
  read(args: readonly unknown[]): readonly unknown[] | undefined;
  run(...args: readonly unknown[]): unknown;
}

/** Hears what a method threw, for the log; none of it crosses to the caller. */
export type OnFailure = (method: string, error: unknown) => void;

/**
 * The serving end: gives a function that takes each message as it comes. It never throws and never rejects: a message that is no
 * call, or that was heard before, is ignored; an unknown method, refused arguments and a failure are each answered by their kind alone.
 */
export function serve<Methods>(service: Service<Methods>, post: Post, onFailure: OnFailure): (message: unknown) => Promise<void>;
export function serve(service: Readonly<Record<string, Entry>>, post: Post, onFailure: OnFailure): (message: unknown) => Promise<void> {
  const isNew = createMemory();
  return async (message) => {
    if (!isRequest(message) || !isNew(message)) return;
    const { id, method, args } = message;
    const entry = Object.hasOwn(service, method) ? service[method] : undefined;
    const result: { ok: unknown } | { err: RpcFailure } = entry === undefined ? { err: 'unknownMethod' } : await run(entry, method, args, onFailure);
    send(post, { type: 'answer', id, ...result } satisfies Answer, () => undefined);
  };
}

/** More lives than a page has. */
const MAX_CALLERS = 1000;

/** Tells a request from one that was heard before: each caller counts up. */
function createMemory(): (request: Request) => boolean {
  const heard = new Map<number, number>();
  return ({ caller, id }) => {
    if (id <= (heard.get(caller) ?? 0)) return false;
    heard.set(caller, id);
    const [oldest] = heard.keys();
    if (heard.size > MAX_CALLERS && oldest !== undefined) heard.delete(oldest);
    return true;
  };
}

async function run(entry: Entry, method: string, args: readonly unknown[], onFailure: OnFailure): Promise<{ ok: unknown } | { err: RpcFailure }> {
  try {
    const read = entry.read(args);
    return read === undefined ? { err: 'badArguments' } : { ok: await entry.run(...read) };
  } catch (error) {
    onFailure(method, error);
    return { err: 'failed' };
  }
}

/** A method without arguments. */
export function noArguments<R>(run: () => R): { read(args: readonly unknown[]): [] | undefined; run(): R } {
  return { read: (args) => (args.length === 0 ? [] : undefined), run };
}

/** What a method takes, argument by argument: each gives false for what it is not. */
type Takes<A extends readonly unknown[]> = { readonly [K in keyof A]: (value: unknown) => value is A[K] };

/** A method of several arguments, each of which has to be what it takes. */
export function several<A extends readonly unknown[], R>(takes: Takes<A>, run: (...args: A) => R): { read(args: readonly unknown[]): A | undefined; run(...args: A): R } {
  const isTaken = (args: readonly unknown[]): args is A => args.length === takes.length && takes.every((isRight, index) => isRight(args[index]));
  return { read: (args) => (isTaken(args) ? args : undefined), run };
}

/** A text of at most so many UTF-16 units. */
export function textUpTo(maxLength: number): (value: unknown) => value is string {
  return (value): value is string => typeof value === 'string' && value.length <= maxLength;
}

/** A number that counts something, or measures it: finite, and not below zero. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** A place in a list or in a file. */
export function isPlace(value: unknown): value is number {
  return isAmount(value) && Number.isSafeInteger(value);
}

/** A method of one text of at most so many UTF-16 units. */
export function oneText<R>(maxLength: number, run: (text: string) => R): { read(args: readonly unknown[]): [string] | undefined; run(text: string): R } {
  const read = (args: readonly unknown[]): [string] | undefined => {
    const [text] = args;
    return args.length === 1 && typeof text === 'string' && text.length <= maxLength ? [text] : undefined;
  };
  return { read, run };
}

/** A method of one word out of a list. */
export function oneOf<T extends string, R>(words: readonly T[], run: (word: T) => R): { read(args: readonly unknown[]): [T] | undefined; run(word: T): R } {
  const read = (args: readonly unknown[]): [T] | undefined => {
    const word = args.length === 1 ? words.find((each) => each === args[0]) : undefined;
    return word === undefined ? undefined : [word];
  };
  return { read, run };
}

/** Posts without ever throwing or leaving a rejection behind: the other end may be gone by now. */
function send(post: Post, message: unknown, onGone: () => void): void {
  void (async () => {
    try {
      await post(message);
    } catch {
      onGone();
    }
  })();
}

function isRequest(message: unknown): message is Request {
  return (
    isRecord(message) &&
    message['type'] === 'call' &&
    Number.isFinite(message['caller']) &&
    Number.isSafeInteger(message['id']) &&
    typeof message['method'] === 'string' &&
    Array.isArray(message['args'])
  );
}

const FAILURES: readonly unknown[] = ['unknownMethod', 'badArguments', 'failed', 'closed'] satisfies readonly RpcFailure[];

function isAnswer(message: unknown): message is Answer {
  if (!isRecord(message) || message['type'] !== 'answer' || !Number.isSafeInteger(message['id'])) return false;
  return !('err' in message) || FAILURES.includes(message['err']);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
