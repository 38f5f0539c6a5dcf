import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Latest } from '../../../src/extension/panel/latest';

interface Panel {
  readonly latest: Latest<number, string>;
  /** What was shown, one after the other. */
  readonly shown: readonly string[];
}

function panel(onShow: (what: string) => void = () => undefined): Panel {
  const shown: string[] = [];
  const show = (what: string): string => {
    onShow(what);
    shown.push(what);
    return what;
  };
  const latest = new Latest<number, string>(
    { answered: (answer) => Promise.resolve(show(String(answer))), failed: (error) => show(`failure ${String(error)}`), cancelled: () => show('cancelled') },
    'over',
  );
  return { latest, shown };
}

describe('Lookups that race', () => {
  it('show what came of the one that was asked last and of none before it, in whatever order they come; all who asked are told what is shown', async () => {
    const lookups = fc.array(fc.record({ fails: fc.boolean(), hearsAbort: fc.boolean() }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), lookups, async (scheduler, all) => {
        let last = '';
        const { latest, shown } = panel((what) => assert.equal(what, last));
        const ends: Promise<string>[] = [];
        for (const [index, { fails, hearsAbort }] of all.entries()) {
          const ask = async (): Promise<void> => {
            await scheduler.schedule(Promise.resolve(), `ask ${String(index)}`);
            last = fails ? `failure ${String(index)}` : String(index);
            const question = async (signal: AbortSignal): Promise<number> => {
              await scheduler.schedule(Promise.resolve(), `answer ${String(index)}`);
              if (hearsAbort) signal.throwIfAborted();
              return fails ? Promise.reject(index) : index;
            };
            ends.push(latest.ask(question));
          };
          void ask();
        }
        await scheduler.waitAll();
        const told = await Promise.all(ends);
        assert.equal(shown.at(-1), last);
        for (const end of told) assert.ok(shown.includes(end), end);
      }),
    );
  });

  it('end at once for a panel that is closed, which is asked nothing any more and shows nothing', async () => {
    const { latest, shown } = panel();
    let asked = 0;
    const end = latest.ask(async (signal) => {
      asked += 1;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return 1;
    });
    latest.dispose();
    assert.equal(await end, 'over');
    assert.equal(await latest.ask(() => Promise.resolve((asked += 1))), 'over');
    assert.deepEqual([asked, shown], [1, []]);
  });

  it('are cancelled by hand without a failure', async () => {
    const { latest, shown } = panel();
    const end = latest.ask((signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
    latest.cancel();
    assert.deepEqual([await end, shown], ['cancelled', ['cancelled']]);
  });
});
