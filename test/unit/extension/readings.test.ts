import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { Readings } from '../../../src/extension/tree/readings';

const ACCOUNT = 'account';

/**
 * What VS Code 1.100 does with the calls below one account: it registers them by their ids, below the account as that was when it asked,
 * and lets go of those below the account as it is now when it asks again or takes the account anew.
 */
class View {
  readonly #ids = new Set<string>();
  #account: { below: readonly string[] } = { below: [] };

  constructor(
    private readonly readings: Readings<string>,
    private readonly stored: () => Promise<readonly string[]>,
  ) {}

  get shown(): readonly string[] {
    return this.#account.below;
  }

  async ask(): Promise<void> {
    const account = this.#account;
    this.#letGo();
    const lines = (await this.readings.read(ACCOUNT, this.stored)) ?? [];
    for (const id of lines) {
      if (this.#ids.has(id)) throw new Error(`Element with id ${id} is already registered`);
      this.#ids.add(id);
    }
    if (lines.length > 0) account.below = lines;
  }

  /** The calls changed: the account is taken anew. What is below it is asked for in a later turn. */
  takeAnew(): void {
    this.#letGo();
    this.readings.end(ACCOUNT);
    this.#account = { below: [] };
  }

  #letGo(): void {
    for (const id of this.#account.below) this.#ids.delete(id);
    this.#account.below = [];
  }
}

describe('The calls below an account in the view', () => {
  it('are all there, as they are now, in whatever order they are read, changed and asked for', async () => {
    const steps = fc.array(fc.constantFrom('ask', 'change', 'late', 'goOn'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const readings = new Readings<string>();
        const ends: Promise<void>[] = [];
        /** What others do next: a file that is read, the window that asks. */
        const pending: (() => void)[] = [];
        let calls: readonly string[] = ['call 0'];
        const view = new View(readings, async () => {
          const read = calls;
          await new Promise<void>((resolve) => pending.push(resolve));
          return read;
        });
        const ask = (): void => void ends.push(view.ask());
        const takeAnew = (): void => {
          view.takeAnew();
          pending.push(ask);
        };
        const change = (): void => {
          calls = [`call ${String(calls.length)}`, ...calls];
          if (!readings.takesIn(ACCOUNT)) takeAnew();
        };
        // What changes soon after another change is heard of late, whatever is being read by then.
        const take = { ask, change, late: takeAnew, goOn: () => pending.shift()?.() };
        for (const step of ['ask', ...all] as const) {
          take[step]();
          // VS Code asks, and hears of changes, in turns of their own.
          await nextTurn();
        }
        while (pending.length > 0) {
          take.goOn();
          await nextTurn();
        }
        await Promise.all(ends);
        assert.deepEqual(view.shown, calls);
      }),
    );
  });

  it('are read again where they change meanwhile: who asked is not told of what was', async () => {
    const readings = new Readings<string>();
    const read = ['before', 'after'];
    const below = (): Promise<string | undefined> => {
      if (read.length === 2) assert.ok(readings.takesIn(ACCOUNT));
      return Promise.resolve(read.shift());
    };
    assert.equal(await readings.read(ACCOUNT, below), 'after');
    assert.ok(!readings.takesIn(ACCOUNT), 'a change after the reading is for the view to ask about');
  });

  it('can be asked for again after they could not be read', async () => {
    const readings = new Readings<string>();
    await assert.rejects(readings.read(ACCOUNT, () => Promise.reject(new Error('locked'))), { message: 'locked' });
    assert.ok(!readings.takesIn(ACCOUNT));
    assert.equal(await readings.read(ACCOUNT, () => Promise.resolve('calls')), 'calls');
  });
});
