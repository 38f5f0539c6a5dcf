import assert from 'node:assert/strict';
import { amplitudeOf, CLIPPED } from '../../../src/call/levels';
import { LevelMeter } from '../../../src/recording/meter';

const RATE = 8000;
const BIN = 160;

/** The bins of a sound of these samples on one channel, measured in pieces of this length. */
function bins(samples: readonly number[], pieceLength = samples.length): { readonly peaks: readonly number[]; readonly rms: readonly number[] } {
  const meter = new LevelMeter(RATE, 1, 1);
  const channel = Float32Array.from(samples);
  for (let at = 0; at < samples.length; at += pieceLength) meter.add([channel], at, Math.min(samples.length, at + pieceLength));
  meter.end();
  const { peaks, rms } = meter.take();
  return { peaks: [...(peaks[0] ?? [])], rms: [...(rms[0] ?? [])] };
}

const tone = (amplitude: number, frames: number): readonly number[] => Array.from({ length: frames }, (_, frame) => amplitude * Math.sin((2 * Math.PI * frame) / 16 + 0.1));

describe('levels are those of the sound', () => {
  it('a tone has its amplitude as peak and 0.707 of it as root mean square', () => {
    const { peaks, rms } = bins(tone(0.5, BIN * 3));
    for (const byte of peaks) assert.ok(Math.abs(amplitudeOf(byte) - 0.5) < 0.02);
    for (const byte of rms) assert.ok(Math.abs(amplitudeOf(byte) - 0.3536) < 0.01);
    assert.equal(peaks.length, 3);
  });

  it('silence is zero, and the last bin may be short', () => {
    assert.deepEqual(bins(Array.from({ length: BIN + 1 }, () => 0)), { peaks: [0, 0], rms: [0, 0] });
  });

  it('the same comes out in whatever pieces the sound came in', () => {
    const samples = [...tone(0.8, 1000), ...tone(1.2, 1000)];
    for (const pieceLength of [1, 33, 160, 999]) assert.deepEqual(bins(samples, pieceLength), bins(samples));
  });

  it('bins keep to the clock where their length is no whole number of samples', () => {
    const meter = new LevelMeter(11_025, 1, 1);
    meter.add([new Float32Array(11_025 * 60)], 0, 11_025 * 60);
    assert.equal(meter.waiting, 3000);
  });

  it('three samples at full scale in a row are clipping, two are not', () => {
    const quiet = Array.from({ length: 20 }, () => 0.1);
    assert.notEqual(bins([...quiet, 1, 1, ...quiet, -1, -1]).peaks[0], CLIPPED);
    assert.equal(bins([...quiet, 1, -1, 1, ...quiet]).peaks[0], CLIPPED);
  });

  it('clipping across the edge of a bin is seen', () => {
    const before = Array.from({ length: BIN - 2 }, () => 0);
    assert.deepEqual(bins([...before, 1, 1, 1, 0]).peaks.map((byte) => byte === CLIPPED), [false, true]);
  });
});
