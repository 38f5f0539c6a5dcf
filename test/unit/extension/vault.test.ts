import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AccountError } from '../../../src/extension/accounts/account';
import type { AccountChange } from '../../../src/extension/accounts/changes';
import { readStore, type StoredAccount, writeStore } from '../../../src/extension/accounts/store';
import { SECRET, SECRET_SET_ASIDE, Vault, type VaultOptions } from '../../../src/extension/accounts/vault';
import { settled } from '../../support/fakeTime';

const account = (id: string, name = id): StoredAccount => ({ id, name, endpoint: { kind: 'region', region: 'mumbai' }, accountSid: id, apiKey: `key-${id}`, apiToken: 'token', recordingHosts: [] });

type Secrets = VaultOptions['secrets'];

/**
 * The secret storage of several windows, as VS Code's is: a window reads what it wrote itself, or what it heard of; what it writes reaches
 * the others later, and in the end every window has what was written last.
 */
class SharedSecrets {
  readonly #windows: { readonly values: Map<string, string>; readonly listeners: Set<(key: string) => void> }[] = [];
  readonly #written = new Map<string, string>();

  constructor(private readonly later: (what: string, run: () => void) => void) {}

  window(): Secrets {
    const values = new Map(this.#written);
    const listeners = new Set<(key: string) => void>();
    const window = { values, listeners };
    this.#windows.push(window);
    return {
      get: (key) => Promise.resolve(values.get(key)),
      store: (key, value) => {
        values.set(key, value);
        for (const listener of listeners) listener(key);
        this.later('flush', () => {
          this.#written.set(key, value);
          for (const each of this.#windows) this.later('tell', () => hear(each, key, this.#written.get(key)));
        });
        return Promise.resolve();
      },
      onDidChange: (listener) => {
        const hears = (key: string): unknown => listener({ key });
        listeners.add(hears);
        return { dispose: () => listeners.delete(hears) };
      },
    };
  }
}

function hear({ values, listeners }: { readonly values: Map<string, string>; readonly listeners: ReadonlySet<(key: string) => void> }, key: string, value = ''): void {
  if (values.get(key) === value) return;
  values.set(key, value);
  for (const listener of listeners) listener(key);
}

function vaultOf(secrets: Secrets, overrides: Partial<VaultOptions> = {}): Vault {
  return new Vault({ secrets, onChange: () => undefined, onError: (error) => assert.fail(String(error)), ...overrides });
}

const idsOf = async (vault: Vault): Promise<readonly string[]> => (await vault.read()).accounts.map(({ id }) => id).toSorted();

describe('The accounts of several windows', () => {
  const change = fc.oneof(
    fc.constantFrom('a', 'b', 'c', 'd').map<AccountChange>((id) => ({ kind: 'add', account: account(id) })),
    fc.constantFrom('x', 'y', 'z').map<AccountChange>((id) => ({ kind: 'remove', id })),
    fc.record({ id: fc.constantFrom('k', 'l'), name: fc.constantFrom('one', 'two') }).map<AccountChange>(({ id, name }) => ({ kind: 'update', id, change: { name } })),
    fc.record({ id: fc.constantFrom('k', 'l'), key: fc.constantFrom('key-1', 'key-2') }).map<AccountChange>(({ id, key }) => ({ kind: 'update', id, change: { apiKey: key } })),
  );

  it('lose nothing that any of them changes at the same moment as others, in whatever order it reaches them, and end up the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.record({ window: fc.integer({ min: 0, max: 2 }), change }), { minLength: 1, maxLength: 6 }), async (scheduler, changes) => {
        const shared = new SharedSecrets((what, run) => void scheduler.schedule(Promise.resolve(), what).then(run));
        const first = shared.window();
        await first.store(SECRET, writeStore(['k', 'l', 'x', 'y', 'z'].map((id) => account(id)), [['earlier', 1]]));
        await scheduler.waitAll();
        const windows = [first, shared.window(), shared.window()].map((secrets) => vaultOf(secrets));
        for (const { window, change: wanted } of changes) void scheduler.schedule(Promise.resolve(), 'change').then(() => windows[window]?.write(() => wanted));
        for (await settled(); scheduler.count() > 0; await settled()) await scheduler.waitAll();
        const [one, ...others] = await Promise.all(windows.map(async (each) => (await each.read()).accounts));
        assert.ok(one !== undefined);
        for (const other of others) assert.deepEqual(other, one, 'every window has the same');
        for (const { change: made } of changes) {
          if (made.kind === 'add') assert.ok(one.some(({ id }) => id === made.account.id), `${made.account.id} was added`);
          if (made.kind === 'remove') assert.ok(one.every(({ id }) => id !== made.id), `${made.id} was removed`);
        }
        for (const id of ['k', 'l']) {
          const now = one.find((each) => each.id === id);
          const names = changes.flatMap(({ change: made }) => (made.kind === 'update' && made.id === id && made.change.name !== undefined ? [made.change.name] : []));
          const keys = changes.flatMap(({ change: made }) => (made.kind === 'update' && made.id === id && made.change.apiKey !== undefined ? [made.change.apiKey] : []));
          assert.ok(now !== undefined && (names.length === 0 ? now.name === id : names.includes(now.name)), `the name of ${id}`);
          assert.ok(keys.length === 0 ? now.apiKey === `key-${id}` : keys.includes(now.apiKey), `the key of ${id}`);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('do not bring back what another window removed after it knew of it', async () => {
    const queue: (() => void)[] = [];
    const deliver = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        next();
        await settled();
      }
    };
    const shared = new SharedSecrets((_what, run) => queue.push(run));
    const [one, other] = [vaultOf(shared.window()), vaultOf(shared.window())];
    await one.write(() => ({ kind: 'add', account: account('a') }));
    await deliver();
    await other.write(() => ({ kind: 'remove', id: 'a' }));
    await deliver();
    assert.deepEqual([await idsOf(one), await idsOf(other)], [[], []]);
  });

  it('are one account where two windows added the same at once, and two where they are not the same', async () => {
    const queue: (() => void)[] = [];
    const shared = new SharedSecrets((_what, run) => queue.push(run));
    const [one, other] = [vaultOf(shared.window()), vaultOf(shared.window())];
    await one.write(() => ({ kind: 'add', account: account('a', 'One') }));
    await one.write(() => ({ kind: 'add', account: account('b', 'Here') }));
    await other.write(() => ({ kind: 'add', account: account('a', 'Other') }));
    await other.write(() => ({ kind: 'add', account: { ...account('b', 'There'), endpoint: { kind: 'region', region: 'singapore' } } }));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      next();
      await settled();
    }
    assert.deepEqual(await idsOf(one), ['a', 'b', 'b-2']);
    assert.deepEqual(await idsOf(other), ['a', 'b', 'b-2']);
  });
});

describe('The secret storage of a bad day', () => {
  const stored = writeStore([account('a')]);

  function secretsOf(overrides: Partial<Secrets>): Secrets & { readonly kept: Map<string, string> } {
    const kept = new Map([[SECRET, stored]]);
    return {
      kept,
      get: (key) => Promise.resolve(kept.get(key)),
      store: (key, value) => Promise.resolve(void kept.set(key, value)),
      onDidChange: () => ({ dispose: () => undefined }),
      ...overrides,
    };
  }

  const isKind =
    (kind: AccountError['kind']) =>
    (error: unknown): boolean =>
      error instanceof AccountError && error.kind === kind;

  for (const [how, fail] of [
    ['rejects', () => Promise.reject(new Error('locked'))],
    [
      'throws',
      () => {
        throw new Error('locked');
      },
    ],
  ] as const) {
    it(`is said to be unreadable where it ${how}, and nothing is written over what it holds`, async () => {
      let stores = 0;
      const vault = vaultOf(secretsOf({ get: fail, store: () => Promise.resolve(void (stores += 1)) }));
      await assert.rejects(vault.read(), isKind('secretsUnavailable'));
      await assert.rejects(vault.write(() => ({ kind: 'add', account: account('b') })), isKind('secretsUnavailable'));
      assert.equal(stores, 0);
    });

    it(`is said to be unwritable where it ${how}; what was to be written is not made later, unless it is asked for again`, async () => {
      let isLocked = true;
      const secrets = secretsOf({});
      const { store } = secrets;
      const vault = vaultOf({ ...secrets, store: (key, value) => (isLocked ? fail() : store(key, value)) });
      await assert.rejects(vault.write(() => ({ kind: 'add', account: account('lost') })), isKind('secretsUnavailable'));
      isLocked = false;
      await vault.write(() => ({ kind: 'add', account: account('b') }));
      assert.deepEqual(await idsOf(vault), ['a', 'b']);
    });
  }

  it('that never answers is said after a moment, can be given up at once, and is heard of when it answers after all', async () => {
    let answer = (_text: string): void => undefined;
    const secrets = secretsOf({ get: () => new Promise<string>((resolve) => (answer = resolve)) });
    let changes = 0;
    const vault = vaultOf(secrets, { patienceMs: 20, onChange: () => (changes += 1) });
    await assert.rejects(vault.read(), isKind('secretsPending'));
    const given = new AbortController();
    const read = vault.read(given.signal);
    given.abort();
    await assert.rejects(read, { name: 'AbortError' });
    assert.equal(changes, 0);
    const reading = vault.read();
    answer(stored);
    assert.deepEqual((await reading).accounts.map(({ id }) => id), ['a']);
    await settled();
    const late = vault.read();
    await assert.rejects(late, isKind('secretsPending'));
    answer(stored);
    await settled();
    assert.equal(changes, 0, 'the first one that came late is still waited for');
  });

  it('is read once for all who ask in one turn, or in the turn in which it answers, and anew after that and after each change', async () => {
    let asked = 0;
    const secrets = secretsOf({});
    const { get } = secrets;
    const vault = vaultOf({
      ...secrets,
      get: (key) => {
        asked += 1;
        return get(key);
      },
    });
    await Promise.all([vault.read(), vault.read()]);
    await vault.read();
    assert.equal(asked, 1);
    await settled();
    await vault.read();
    assert.equal(asked, 2);
    await vault.write(() => ({ kind: 'add', account: account('b') }));
    assert.deepEqual(await idsOf(vault), ['a', 'b']);
    const before = vault.read();
    await vault.write(() => ({ kind: 'add', account: account('c') }));
    assert.deepEqual((await before).accounts.map(({ id }) => id), ['a', 'b']);
    assert.deepEqual(await idsOf(vault), ['a', 'b', 'c'], 'what was read before a change is nobody’s after it');
  });

  it('that takes its time to write makes the change in the end, and tells', async () => {
    let open = (): void => undefined;
    const secrets = secretsOf({});
    const gate = new Promise<void>((resolve) => (open = resolve));
    const told = new Promise<void>((resolve) => {
      const vault = vaultOf({ ...secrets, store: async (key, value) => gate.then(() => secrets.store(key, value)) }, { patienceMs: 20, onChange: resolve });
      void assert.rejects(vault.write(() => ({ kind: 'add', account: account('b') })), isKind('secretsPending')).then(open);
    });
    await told;
    assert.deepEqual(readStore(secrets.kept.get(SECRET)).accounts.map(({ id }) => id), ['a', 'b']);
  });

  it('that holds what cannot be read keeps it aside before anything is written, and what was kept aside before as well', async () => {
    const secrets = secretsOf({});
    const vault = vaultOf(secrets);
    for (const text of ['{"version":2,"accounts":{}}', 'no JSON', '{"version":1,"accounts":[5]}', '[]', 'no JSON']) {
      secrets.kept.set(SECRET, text);
      await vault.write(() => ({ kind: 'add', account: account('b') }));
      assert.deepEqual(await idsOf(vault), ['b']);
    }
    assert.deepEqual(JSON.parse(secrets.kept.get(SECRET_SET_ASIDE) ?? ''), ['[5]', '[]', 'no JSON']);
    secrets.kept.set(SECRET_SET_ASIDE, 'as an earlier version kept it');
    secrets.kept.set(SECRET, 'broken');
    await vault.write(() => ({ kind: 'remove', id: 'a' }));
    assert.deepEqual(JSON.parse(secrets.kept.get(SECRET_SET_ASIDE) ?? ''), ['as an earlier version kept it', 'broken']);
  });

  it('is left as it is where what cannot be read cannot be kept aside', async () => {
    const secrets = secretsOf({});
    const { store } = secrets;
    secrets.kept.set(SECRET, 'broken');
    const vault = vaultOf({ ...secrets, store: (key, value) => (key === SECRET_SET_ASIDE ? Promise.reject(new Error('full')) : store(key, value)) });
    await assert.rejects(vault.write(() => ({ kind: 'add', account: account('b') })), isKind('secretsUnavailable'));
    assert.equal(secrets.kept.get(SECRET), 'broken');
  });
});
