import assert from 'node:assert/strict';
import { clockText, positionText, spokenTime } from '../../../src/call/position';

describe('positions in a recording', () => {
  it('read as a clock', () => {
    assert.equal(clockText(0), '0:00');
    assert.equal(clockText(49.9), '0:49');
    assert.equal(clockText(171), '2:51');
    assert.equal(clockText(3771), '1:02:51');
    assert.equal(clockText(Number.NaN), '0:00');
    assert.equal(clockText(Number.POSITIVE_INFINITY), '0:00');
  });

  it('are read aloud in words', () => {
    assert.equal(spokenTime(0), '0 seconds');
    assert.equal(spokenTime(63), '1 minute 3 seconds');
    assert.equal(spokenTime(3600), '1 hour');
    assert.equal(spokenTime(7321), '2 hours 2 minutes 1 second');
  });

  it('are copied with the call’s whole SID', () => {
    const sid = '5f0c2ab19d3e47768c41b0a7d9e3631k';
    assert.equal(positionText(sid, 65.9), `${sid} @ 01:05`);
    assert.equal(positionText(sid, 0), `${sid} @ 00:00`);
    assert.equal(positionText(sid, 3599.99), `${sid} @ 59:59`);
    assert.equal(positionText(sid, 3771), `${sid} @ 1:02:51`);
  });
});
