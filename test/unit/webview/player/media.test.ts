import assert from 'node:assert/strict';
import { bytesOf, lengthOf, mediaProblem, seekText, speedAfter, totalText } from '../../../../src/webview/player/media';

describe('the length of a recording', () => {
  it('is what was read of it when the file does not say', () => {
    const buffered = { length: 1, end: () => 42 };
    assert.equal(lengthOf({ duration: 171, buffered }), 171);
    assert.equal(lengthOf({ duration: Number.POSITIVE_INFINITY, buffered }), 42);
    assert.equal(lengthOf({ duration: Number.NaN, buffered: { length: 0, end: () => 0 } }), 0);
  });

  it('stands beside the position, on the screen and aloud', () => {
    assert.equal(seekText(63, 171), '1 minute 3 seconds of 2 minutes 51 seconds');
    assert.equal(totalText(171), '/ 2:51');
    assert.equal(totalText(undefined), '/ –:––');
  });
});

describe('the bytes that the host hands over', () => {
  it('are taken as array or as buffer, a part of a larger buffer included', () => {
    const whole = new Uint8Array([0, 1, 2, 3, 4]);
    assert.deepEqual(bytesOf(whole.subarray(1, 4)), new Uint8Array([1, 2, 3]));
    assert.deepEqual(bytesOf(whole.buffer), whole);
    assert.deepEqual(bytesOf(new DataView(whole.buffer, 3)), new Uint8Array([3, 4]));
  });

  it('are refused when they are no bytes', () => {
    for (const sent of [undefined, null, 'audio', [1, 2], { 0: 1 }]) assert.equal(bytesOf(sent), undefined);
  });
});

describe('a recording that cannot be played', () => {
  it('is named by its format, and the way out with it', () => {
    assert.match(mediaProblem(4, 'ADPCM WAV').sentence, /ADPCM WAV.*no decoder.*Download/);
    assert.match(mediaProblem(3, 'MP3').sentence, /broke off/);
  });
});

describe('the speed', () => {
  it('goes step by step, and stays at its ends', () => {
    assert.deepEqual([speedAfter(1, 1), speedAfter(1, -1), speedAfter(0.5, -1), speedAfter(3, 1)], [1.25, 0.75, 0.5, 3]);
  });
});
