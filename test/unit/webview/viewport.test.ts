import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { canZoomIn, instantAt, LEAST_VIEW_MS, panned, readableInstant, revealing, wheelAct, within, zoomed, zoomedAround, zoomedTo, type View } from '../../../src/webview/viewport';

const range = { from: 0, to: 10_000 };
const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6 * Math.max(1, Math.abs(other));

describe('zooming the timeline', () => {
  it('keeps the instant under the pointer where it is', () => {
    assert.deepEqual(zoomed(undefined, range, 2, 2500), { from: 1250, to: 6250 });
    assert.deepEqual(zoomed({ from: 1250, to: 6250 }, range, 0.5, 2500), undefined);
  });

  it('by keyboard brings the part that has the focus to the middle, as far as the timeline goes', () => {
    assert.deepEqual(zoomedAround(undefined, range, 2, { from: 100, to: 300 }), { from: 0, to: 5000 });
    assert.deepEqual(zoomedAround({ from: 0, to: 5000 }, range, 2, { from: 4000, to: 4400 }), { from: 2950, to: 5450 });
  });

  it('by keyboard stays where it is on a part that is longer than what is drawn', () => {
    assert.deepEqual(zoomedAround({ from: 6000, to: 8000 }, range, 2, { from: 0, to: 9000 }), { from: 6500, to: 7500 });
  });

  it('to a part shows it whole, with a little before and after it', () => {
    assert.deepEqual(zoomedTo({ from: 4000, to: 5000 }, range), { from: 3920, to: 5080 });
    assert.equal(zoomedTo(range, range), undefined);
  });

  it('ends where times are no finer', () => {
    assert.ok(canZoomIn(undefined, range));
    const closest = zoomed(undefined, range, 1e9, 5000);
    assert.ok(closest !== undefined && near(closest.to - closest.from, LEAST_VIEW_MS));
    assert.ok(!canZoomIn(closest, range));
  });

  it('shows all of a call that grows, as long as nobody zoomed, and else stays where it was', () => {
    const grown = { from: 0, to: 20_000 };
    assert.deepEqual(within(undefined, grown), grown);
    assert.deepEqual(within({ from: 1000, to: 3000 }, grown), { from: 1000, to: 3000 });
  });

  it('falls back on what there is when the call turns out shorter', () => {
    assert.deepEqual(within({ from: 9000, to: 10_000 }, { from: 0, to: 5000 }), { from: 4000, to: 5000 });
    assert.deepEqual(within({ from: 0, to: 8000 }, { from: 0, to: 5000 }), { from: 0, to: 5000 });
  });

  it('never leaves the timeline, whatever is done', () => {
    const times = fc.integer({ min: -5000, max: 15_000 });
    const part = fc.tuple(times, fc.integer({ min: 0, max: 4000 })).map(([from, length]) => ({ from, to: from + length }));
    const acts = fc.oneof(
      fc.tuple(fc.double({ min: 0.1, max: 10, noNaN: true }), times).map(([factor, about]) => (view: View) => zoomed(view, range, factor, about)),
      fc.tuple(fc.double({ min: 0.1, max: 10, noNaN: true }), part).map(([factor, around]) => (view: View) => zoomedAround(view, range, factor, around)),
      times.map((by) => (view: View) => panned(view, range, by)),
      part.map((to) => () => zoomedTo(to, range)),
      part.map((to) => (view: View) => revealing(view, range, to)),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 12 }), (all) => {
        let view: View;
        for (const act of all) {
          view = act(view);
          const { from, to } = within(view, range);
          assert.ok(from >= range.from && to <= range.to + 1e-6);
          assert.ok(to - from >= LEAST_VIEW_MS - 1e-6);
        }
      }),
    );
  });
});

describe('panning the timeline', () => {
  it('goes as far as the timeline', () => {
    assert.deepEqual(panned({ from: 1000, to: 3000 }, range, 500), { from: 1500, to: 3500 });
    assert.deepEqual(panned({ from: 1000, to: 3000 }, range, -5000), { from: 0, to: 2000 });
    assert.deepEqual(panned({ from: 1000, to: 3000 }, range, 50_000), { from: 8000, to: 10_000 });
  });

  it('brings a part into view that the arrow keys went to', () => {
    const view = { from: 4000, to: 5000 };
    assert.deepEqual(revealing(view, range, { from: 4100, to: 4200 }), view);
    assert.deepEqual(revealing(view, range, { from: 1000, to: 1100 }), { from: 920, to: 1920 });
    assert.deepEqual(revealing(view, range, { from: 7000, to: 7100 }), { from: 6180, to: 7180 });
  });

  it('shows where a part begins that is longer than what is drawn', () => {
    assert.deepEqual(revealing({ from: 4000, to: 5000 }, range, { from: 6000, to: 9000 }), { from: 5920, to: 6920 });
  });
});

describe('the wheel over the timeline', () => {
  const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };

  it('scrolls the page, zoomed or not', () => {
    assert.equal(wheelAct({ ...wheel, deltaY: 100 }, false), undefined);
    assert.equal(wheelAct({ ...wheel, deltaY: 100 }, true), undefined);
    assert.equal(wheelAct({ ...wheel, deltaX: 3, deltaY: 100 }, true), undefined);
  });

  it('zooms with Ctrl and with Cmd, closer when it is turned away', () => {
    for (const key of [{ ctrlKey: true }, { metaKey: true }]) {
      const act = wheelAct({ ...wheel, ...key, deltaY: -100 }, false);
      assert.ok(act?.kind === 'zoom' && act.factor > 1.2 && act.factor < 1.5);
    }
    const back = wheelAct({ ...wheel, ctrlKey: true, deltaY: 3, deltaMode: 1 }, true);
    assert.ok(back?.kind === 'zoom' && back.factor < 1);
  });

  it('pans to the side and with Shift, but only what is zoomed', () => {
    assert.deepEqual(wheelAct({ ...wheel, deltaX: 40, deltaY: 3 }, true), { kind: 'pan', by: 40 });
    assert.deepEqual(wheelAct({ ...wheel, deltaY: -100, shiftKey: true }, true), { kind: 'pan', by: -100 });
    assert.equal(wheelAct({ ...wheel, deltaX: 40 }, false), undefined);
  });
});

describe('the time at the pointer', () => {
  it('is that of the place', () => {
    assert.equal(instantAt(400, { from: 1000, to: 3000 }, 800), 2000);
    assert.equal(instantAt(400, { from: 1000, to: 3000 }, 0), 1000);
  });

  it('is as exact as can be pointed at', () => {
    assert.equal(readableInstant(12_345, { from: 0, to: 3_600_000 }, 800), 12_000);
    assert.equal(readableInstant(12_345, { from: 0, to: 60_000 }, 800), 12_300);
    assert.equal(readableInstant(12_345.6, { from: 0, to: 500 }, 800), 12_346);
  });
});
