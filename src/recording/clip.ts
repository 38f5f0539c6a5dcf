/** A stretch of a recording as a file of its own. */
import type { Seconds } from '../call/call';
import type { Rendition } from './rendition';
import { SAMPLE_BYTES, type SoundFacts } from './sound';
import { WAV_HEADER_BYTES, wavHeader } from './wav';

/** The frames between two positions of a WAV rendition, under a header of their own. */
export async function* clipOf(
  rendition: Rendition,
  { sampleRate, channels, frames }: SoundFacts,
  { from, to }: { readonly from: Seconds; readonly to: Seconds },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const frameBytes = channels * SAMPLE_BYTES;
  const first = Math.min(frames, Math.max(0, Math.round(from * sampleRate)));
  const last = Math.min(frames, Math.max(first, Math.round(to * sampleRate)));
  yield wavHeader({ sampleRate, channels, frames: last - first });
  yield* rendition.read(WAV_HEADER_BYTES + first * frameBytes, WAV_HEADER_BYTES + last * frameBytes, signal);
}
