import assert from 'node:assert/strict';
import { chartAct } from '../../../src/webview/chart-keys';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('the keys on the timeline', () => {
  it('zoom, fit, pan, select and lead to the table', () => {
    const kinds = ['+', '-', '0', 'z', 'Enter', ' ', 'Escape', 't', 'ArrowLeft'].map((key) => chartAct({ ...plain, key })?.kind);
    assert.deepEqual(kinds, ['zoom', 'zoom', 'fit', 'zoomToPart', 'select', 'select', 'dismiss', 'table', 'move']);
    assert.equal(chartAct({ ...plain, key: 'ArrowLeft', shiftKey: true })?.kind, 'pan');
  });

  it('zoom whether or not Shift is needed for a plus sign, and with Caps Lock on', () => {
    assert.deepEqual(chartAct({ ...plain, key: '+', shiftKey: true }), chartAct({ ...plain, key: '=' }));
    assert.equal(chartAct({ ...plain, key: 'T' })?.kind, 'table');
  });

  it('leave the editor’s own shortcuts alone', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) assert.equal(chartAct({ ...plain, ...held, key: '0' }), undefined);
    assert.equal(chartAct({ ...plain, key: 'x' }), undefined);
  });
});
