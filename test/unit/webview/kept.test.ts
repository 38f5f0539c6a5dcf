import assert from 'node:assert/strict';
import { readKept } from '../../../src/webview/host';

describe('what the page keeps over Reload Window', () => {
  it('brings the call and the position back', () => {
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: 49.2 }), { sid: 'c5797dcb', account: 'a1', position: 49.2 });
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1' }), { sid: 'c5797dcb', account: 'a1' });
  });

  it('brings back how it was played, and by how much the recording was moved', () => {
    const kept = { sid: 'c5797dcb', account: 'a1', position: 1, shift: -1.2, speed: 1.5, volume: 0, skipsSilence: true };
    assert.deepEqual(readKept(kept), kept);
  });

  it('plays as usual where a kept number is none that the player has', () => {
    for (const odd of [{ speed: 0 }, { speed: 100 }, { volume: 2 }, { volume: -1 }, { shift: Number.NaN }, { shift: 1e9 }, { skipsSilence: 'yes' }]) assert.deepEqual(readKept({ sid: 's', account: 'a', ...odd }), { sid: 's', account: 'a' });
  });

  it('does not break the page when it is something else', () => {
    for (const kept of [undefined, null, 'text', {}, { sid: 1, account: 'a1' }, { sid: 'c5797dcb' }]) assert.equal(readKept(kept), undefined);
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: 'far' }), { sid: 'c5797dcb', account: 'a1' });
    assert.deepEqual(readKept({ sid: 'c5797dcb', account: 'a1', position: Number.NaN }), { sid: 'c5797dcb', account: 'a1' });
  });
});
