import type { Seconds } from '../../src/call/call';
import { BIN_SECONDS, CLIPPED, levelByte, type Levels } from '../../src/call/levels';

/** A stretch of one channel at one level: seconds, and dBFS. */
export interface Sounding {
  readonly from: Seconds;
  readonly to: Seconds;
  readonly level: number;
  readonly clips?: boolean;
}

/** The byte of a level in dBFS. */
export function byteOf(level: number): number {
  return levelByte(10 ** (level / 20));
}

/** Levels of a recording of `length` seconds: digital silence but for these stretches, by channel. Peaks are as high as the mean. */
export function levelsOf(length: Seconds, ...channels: readonly (readonly Sounding[])[]): Levels {
  const bins = (seconds: Seconds): number => Math.round(seconds / BIN_SECONDS);
  const filled = (soundings: readonly Sounding[], byte: (sounding: Sounding) => number): Uint8Array => {
    const bytes = new Uint8Array(bins(length));
    for (const sounding of soundings) bytes.fill(byte(sounding), bins(sounding.from), bins(sounding.to));
    return bytes;
  };
  return {
    peaks: channels.map((soundings) => filled(soundings, ({ level, clips }) => (clips === true ? CLIPPED : byteOf(level)))),
    rms: channels.map((soundings) => filled(soundings, ({ level }) => byteOf(level))),
    isWhole: true,
  };
}

/** Speech at the level that telephony aims at. */
export function talk(from: Seconds, to: Seconds): Sounding {
  return { from, to, level: -26 };
}
