/** Draws one channel's waveform on a canvas. */
import { amplitudeOf, BIN_SECONDS, CLIPPED } from '../../call/levels';
import { PITCH, type Columns } from './columns';
import type { Heard } from './growing';

export interface Look {
  /** CSS colours. */
  readonly wave: string;
  readonly clip: string;
  /** One solid shape, as in high contrast. */
  readonly isFlat: boolean;
  /** Device pixels for a CSS pixel. */
  readonly density: number;
}

/** Lengths in CSS pixels. */
const GAP = 1;
const LEAST = 0.5;
const CLIP = 3;

const PEAKS_ALPHA = 0.5;

/** How high a byte is drawn, from 0 to 1: a little higher than it is loud, so that quiet speech shows. */
const HEIGHTS = Float32Array.from({ length: 256 }, (_, byte) => amplitudeOf(byte) ** 0.6);

/** Draws the columns, each as high as its loudest moment, with how loud it is on the whole denser; a mark at both edges where it clipped. */
export function drawWave(canvas: HTMLCanvasElement, { count, x, from, to }: Columns, { peaks, rms }: Pick<Heard, 'peaks' | 'rms'>, channel: 0 | 1, { wave, clip, isFlat, density }: Look): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const middle = canvas.height / 2;
  const width = Math.max(1, Math.round((PITCH - GAP) * density));
  const known = Math.min(count, to > from ? Math.ceil(((peaks.bins * BIN_SECONDS - from) / (to - from)) * count) : 0);
  const placeOf = (index: number): number => Math.round((x + index * PITCH) * density);
  const draw = (bytes: Uint8Array): void => {
    for (let index = 0; index < known; index++) {
      const half = Math.max(LEAST * density, (HEIGHTS[bytes[index] ?? 0] ?? 0) * (middle - density));
      context.fillRect(placeOf(index), middle - half, width, half * 2);
    }
  };
  const loudest = peaks.columns(channel, from, to, count);
  context.fillStyle = wave;
  context.globalAlpha = isFlat ? 1 : PEAKS_ALPHA;
  draw(loudest);
  context.globalAlpha = 1;
  draw(rms.columns(channel, from, to, count));
  context.fillStyle = clip;
  for (let index = 0; index < known; index++) {
    if (loudest[index] !== CLIPPED) continue;
    context.fillRect(placeOf(index), 0, width, CLIP * density);
    context.fillRect(placeOf(index), canvas.height - CLIP * density, width, CLIP * density);
  }
}
