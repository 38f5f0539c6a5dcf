import assert from 'node:assert/strict';
import { readKept } from '../../../src/webview/host';

describe('what the page keeps over Reload Window', () => {
  it('brings the call and the position back', () => {
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: 49.2 }), { sid: 'c5797dcb', account: 'a1', position: 49.2 });
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1' }), { sid: 'c5797dcb', account: 'a1' });
  });

  it('does not break the page when it is something else', () => {
    for (const kept of [undefined, null, 'text', {}, { sid: 1, account: 'a1' }, { sid: 'c5797dcb' }]) assert.equal(readKept(kept), undefined);
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: 'far' }), { sid: 'c5797dcb', account: 'a1' });
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: Number.NaN }), { sid: 'c5797dcb', account: 'a1' });
  });
});
