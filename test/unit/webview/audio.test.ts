import assert from 'node:assert/strict';
import { actOf, bytesOf, lengthOf, mediaProblem, seekText, totalText } from '../../../src/webview/audio';

describe('the keys of the player', () => {
  it('play, skip, seek and change the volume wherever the focus is in it', () => {
    assert.deepEqual(actOf(' ', 'elsewhere'), { kind: 'toggle' });
    assert.deepEqual(actOf('k', 'button'), { kind: 'toggle' });
    assert.deepEqual(actOf('ArrowLeft', 'elsewhere'), { kind: 'skip', by: -5 });
    assert.deepEqual(actOf('ArrowRight', 'button'), { kind: 'skip', by: 5 });
    assert.deepEqual(actOf('Home', 'elsewhere'), { kind: 'seek', to: 'start' });
    assert.deepEqual(actOf('End', 'elsewhere'), { kind: 'seek', to: 'end' });
    assert.deepEqual(actOf('ArrowUp', 'volume'), { kind: 'volume', by: 0.1 });
    assert.equal(actOf('x', 'elsewhere'), undefined);
  });

  it('leave a focused control the keys that it needs itself', () => {
    assert.equal(actOf(' ', 'button'), undefined);
    assert.equal(actOf('ArrowLeft', 'volume'), undefined);
    assert.equal(actOf('Home', 'volume'), undefined);
    for (const key of ['ArrowUp', 'ArrowDown', ' ', 'k', 'Home']) assert.equal(actOf(key, 'choice'), undefined);
  });
});

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
