import assert from 'node:assert/strict';
import { NOT_WATCHED, watched, type Cure, type Glimpse, type Watch } from '../../../../src/webview/player/watch';

/** Looks every half second; gives what was done when, in milliseconds, and the watch at the end. */
function lookFor(milliseconds: number, glimpse: (at: number) => Partial<Glimpse> = () => ({})) {
  let watch: Watch = NOT_WATCHED;
  const cures: [number, Cure][] = [];
  for (let at = 500; at <= milliseconds; at += 500) {
    const seen = watched(watch, { at, isDue: true, sign: '1.00/0', received: 0, isHostOnIt: false, ...glimpse(at) });
    watch = seen.watch;
    if (seen.cure !== 'none') cures.push([at, seen.cure]);
  }
  return { watch, cures };
}

describe('a sound that hangs', () => {
  it('is noticed after three seconds, set again, and then opened anew after longer and longer waits', () => {
    const { watch, cures } = lookFor(30_000);
    assert.deepEqual(cures, [
      [3500, 'again'],
      [8500, 'anew'],
      [15_500, 'anew'],
      [24_500, 'anew'],
    ]);
    assert.equal(watch.isWaiting, true);
  });

  it('is none as long as the position moves', () => {
    const { watch, cures } = lookFor(30_000, (at) => ({ sign: `${at}/0` }));
    assert.deepEqual(cures, []);
    assert.equal(watch.isWaiting, false);
  });

  it('is none while it is paused', () => {
    assert.deepEqual(lookFor(30_000, () => ({ isDue: false })).cures, []);
  });

  it('is told of, but left to the download that is still bringing bytes, or to the host that is on it', () => {
    for (const glimpse of [(at: number) => ({ received: at }), () => ({ isHostOnIt: true })]) {
      const { watch, cures } = lookFor(30_000, glimpse);
      assert.deepEqual(cures, []);
      assert.equal(watch.isWaiting, true);
    }
  });

  it('is helped at once the next time, once it got on', () => {
    const { cures } = lookFor(11_000, (at) => ({ sign: at < 8000 ? 'before' : 'after' }));
    assert.deepEqual(cures, [
      [3500, 'again'],
      [11_000, 'again'],
    ]);
  });
});
