import assert from 'node:assert/strict';
import { liveLine, type LiveStanding, statusText } from '../../../src/extension/liveText';

const FORMAT = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };
const nextAt = Date.UTC(2026, 10, 24, 6, 33, 4, 250);
const key = { sid: 'b8f15e62c40a4d39967de1a8057fc2bx' };

const watching: LiveStanding = { key, live: { phase: 'watching', nextAt }, isOn: true };
const settling: LiveStanding = { key, live: { phase: 'settling', nextAt }, isOn: true };
const waiting: LiveStanding = { key, live: { phase: 'waiting', nextAt, sentence: 'The connection broke off.' }, isOn: true };
const hidden: LiveStanding = { ...watching, isOn: false };

describe('the status bar on live calls', () => {
  it('counts the calls that are asked for by themselves, and is away while there are none', () => {
    assert.equal(statusText([]), undefined);
    assert.equal(statusText([hidden]), undefined);
    assert.equal(statusText([watching, hidden]), 'Exotel: 1 call live');
    assert.equal(statusText([watching, waiting, settling]), 'Exotel: 2 calls live');
  });

  it('does not call a call live that is over', () => {
    assert.equal(statusText([settling, hidden]), 'Exotel: 1 call settling');
    assert.equal(statusText([settling, settling]), 'Exotel: 2 calls settling');
  });

  it('says how it stands with each call, and every time with its zone', () => {
    assert.equal(liveLine(watching, FORMAT), 'b8f15e62…c2bx: live');
    assert.equal(liveLine(hidden, FORMAT), 'b8f15e62…c2bx: waits until its panel can be seen');
    assert.match(liveLine(settling, FORMAT), /: over, its late values are asked for at 12:03:04 \S+$/);
    assert.match(liveLine(waiting, FORMAT), /: waits until 12:03:04 [^.]+\. The connection broke off\.$/);
  });
});
