/**
 * What the bench does inside pages. Each function is sent there whole, so it uses nothing but its argument; the player and the page with a plain `<audio>` are
 * worked by the same controls, `.play` and `.seek`. Moments are those of `instant`.
 */

export interface Acted {
  /** From the act until the sound goes on from where it should, in milliseconds. */
  readonly took: number;
  readonly soundAt: number;
  /** When the waveform first showed, where it is waited for. */
  readonly waveAt: number;
}

export interface Act {
  /** `seek`: to a share of the length, and plays on. */
  readonly kind: 'play' | 'seek';
  readonly to: number;
  /** Waits for the waveform as well. */
  readonly isDrawn: boolean;
}

/** Clicks or seeks, and waits until the position goes on from there. Throws where it does not within a minute. */
export async function act({ kind, to, isDrawn }: Act): Promise<Acted> {
  const PATIENCE_MS = 60_000;
  const now = (): number => performance.timeOrigin + performance.now();
  const audio = document.querySelector('audio');
  const button = document.querySelector<HTMLButtonElement>('.play');
  const seek = document.querySelector<HTMLInputElement>('.seek');
  if (audio === null || button === null || seek === null) throw new Error('There is no player.');
  const began = now();
  let isThere = kind === 'play';
  let from = audio.currentTime;
  if (kind === 'play') button.click();
  else {
    audio.addEventListener('seeked', () => (isThere = true), { once: true });
    seek.value = String(Number(seek.max) * to);
    from = seek.valueAsNumber;
    seek.dispatchEvent(new Event('input', { bubbles: true }));
  }
  let soundAt = Number.NaN;
  let waveAt = Number.NaN;
  for (;;) {
    if (Number.isNaN(soundAt) && isThere && !audio.paused && !audio.seeking && audio.currentTime > from) soundAt = now();
    if (Number.isNaN(waveAt) && document.querySelector('.wave canvas') !== null) waveAt = now();
    if (!Number.isNaN(soundAt) && (!isDrawn || !Number.isNaN(waveAt))) return { took: soundAt - began, soundAt, waveAt };
    if (now() - began > PATIENCE_MS) throw new Error(`The sound did not go on after ${kind}: at ${String(audio.currentTime)} s, ready ${String(audio.readyState)}, paused ${String(audio.paused)}, seeking ${String(audio.seeking)}, from ${String(from)}, heard of its end ${String(isThere)}.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Waits until all of the recording came, its waveform is whole, and the player has not opened it anew for half a second, as it does when the length turns out another. */
export async function settle(): Promise<void> {
  const CALM_MS = 500;
  const PATIENCE_MS = 60_000;
  const isBusy = (): boolean => document.querySelector('.ring-of-bytes, .to-come, .wave.is-empty, .seek:disabled') !== null || (document.querySelector('audio')?.readyState ?? 0) < 2;
  const began = performance.now();
  for (let busyAt = began; performance.now() - busyAt < CALM_MS; ) {
    if (isBusy()) busyAt = performance.now();
    if (performance.now() - began > PATIENCE_MS) throw new Error('The recording did not come whole.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Pauses, and goes back to the beginning. */
export async function rewind(): Promise<void> {
  const audio = document.querySelector('audio');
  const seek = document.querySelector<HTMLInputElement>('.seek');
  if (audio === null || seek === null) throw new Error('There is no player.');
  if (!audio.paused) document.querySelector<HTMLButtonElement>('.play')?.click();
  const sought = new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
  seek.value = '0';
  seek.dispatchEvent(new Event('input', { bubbles: true }));
  await sought;
  if (audio.currentTime !== 0 || !audio.paused) throw new Error('The player did not go back to the beginning.');
}

export interface Listening {
  /** Where to seek to, in seconds. */
  readonly to: number;
  /** The tones of the seconds of a round, in Hz; a round in seconds; how much later than it second 0 begins. */
  readonly tones: readonly number[];
  readonly round: number;
  readonly delay: number;
}

/** Seeks, plays on, and listens for the next third second to begin: how far from there the position is that the element claims, in seconds. */
export async function listen({ to, tones, round, delay }: Listening): Promise<number> {
  const LISTENED_MS = 8000;
  const SAMPLE_RATE = 8000;
  /** What was on its way out before the seek is still heard for a moment. */
  const STALE_MS = 200;
  /** What comes after silence begins as well. */
  const NOTHING_YET = -1;
  const audio = document.querySelector('audio');
  const seek = document.querySelector<HTMLInputElement>('.seek');
  if (audio === null || seek === null) throw new Error('There is no player.');
  const sought = new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
  seek.value = String(to);
  seek.dispatchEvent(new Event('input', { bubbles: true }));
  await sought;
  const context = new AudioContext({ sampleRate: SAMPLE_RATE });
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 256;
  const stream: unknown = Reflect.get(audio, 'captureStream').call(audio);
  if (!(stream instanceof MediaStream)) throw new Error('The sound cannot be listened to.');
  const source = context.createMediaStreamSource(stream);
  const left = context.createChannelSplitter(2);
  source.connect(left);
  left.connect(analyser, 0);
  const samples = new Float32Array(analyser.fftSize);
  const powerOf = (frequency: number): number => {
    const turn = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
    let [last, before] = [0, 0];
    for (const sample of samples) [last, before] = [sample + turn * last - before, last];
    return last * last + before * before - turn * last * before;
  };
  /** The second that is heard, of its round; undefined for silence and noise. */
  const secondHeard = (): number | undefined => {
    analyser.getFloatTimeDomainData(samples);
    const all = samples.reduce((sum, sample) => sum + sample * sample, 0);
    const powers = tones.map(powerOf);
    const loudest = Math.max(...powers);
    return all > 0.5 && (loudest * 2) / (all * samples.length) > 0.5 ? powers.indexOf(loudest) : undefined;
  };
  try {
    await new Promise((resolve) => setTimeout(resolve, STALE_MS));
    let before = NOTHING_YET;
    for (const end = performance.now() + LISTENED_MS; performance.now() < end; ) {
      const second = secondHeard();
      if (second !== undefined && second % 3 === 0 && second !== before) {
        const begins = delay + second;
        return audio.currentTime - (begins + Math.round((audio.currentTime - begins) / round) * round);
      }
      before = second ?? before;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('No tone was heard.');
  } finally {
    await context.close();
  }
}

export interface FramesOf {
  readonly address: string;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Where frames begin, in bytes, and the end of the last. */
  readonly offsets: readonly number[];
  /** Of one frame of one channel. */
  readonly samples: number;
}

/** Decodes an MP3 by WebCodecs to a peak for each 50 ms and channel: in milliseconds, fetching included; undefined where this browser has no such decoder. */
export async function decodeByWebCodecs({ address, sampleRate, channels, offsets, samples }: FramesOf): Promise<number | undefined> {
  const MOST_QUEUED = 64;
  const config = { codec: 'mp3', sampleRate, numberOfChannels: channels };
  if (typeof AudioDecoder === 'undefined' || (await AudioDecoder.isConfigSupported(config)).supported !== true) return undefined;
  const began = performance.now();
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const binFrames = Math.round(sampleRate * 0.05);
  const peaks = Array.from({ length: channels }, () => new Float32Array(Math.ceil((offsets.length * samples) / binFrames)));
  const plane = new Float32Array(8192);
  let at = 0;
  let problem: unknown;
  const decoder = new AudioDecoder({
    output: (data) => {
      for (let channel = 0; channel < channels; channel += 1) {
        const view = plane.subarray(0, data.numberOfFrames);
        data.copyTo(view, { planeIndex: channel, format: 'f32-planar' });
        const lane = peaks[channel] ?? plane;
        for (let frame = 0; frame < view.length; frame += 1) {
          const bin = Math.floor((at + frame) / binFrames);
          const size = Math.abs(view[frame] ?? 0);
          if (size > (lane[bin] ?? 1)) lane[bin] = size;
        }
      }
      at += data.numberOfFrames;
      data.close();
    },
    error: (error) => (problem = error),
  });
  decoder.configure(config);
  for (let frame = 0; frame + 1 < offsets.length; frame += 1) {
    const timestamp = Math.round((frame * samples * 1e6) / sampleRate);
    decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp, data: bytes.subarray(offsets[frame], offsets[frame + 1]) }));
    if (decoder.decodeQueueSize > MOST_QUEUED) await new Promise((resolve) => decoder.addEventListener('dequeue', resolve, { once: true }));
  }
  await decoder.flush();
  decoder.close();
  if (problem !== undefined) throw problem;
  if (at === 0) throw new Error('WebCodecs decoded nothing.');
  return performance.now() - began;
}
