/**
 * The extension host's side of one recording, in a process of its own so that its memory and its main thread are its own: fetched, measured, and served to
 * whoever asks for it. Argument: JSON of {@link HostJob}. Tells its parent {@link FromHost}, and ends when told to.
 */
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import type { Credentials } from '../../src/exotel/account';
import { type Analyst, createAnalyst } from '../../src/recording/analyst';
import { transferRecording } from '../../src/recording/fetch';
import { formatOf, HEAD_BYTES } from '../../src/recording/format';
import { MediaServer } from '../../src/recording/mediaServer';
import { StoredRecording } from '../../src/recording/stored';
import { instant } from './front';
import { watchProcess } from './memory';

export interface HostJob {
  readonly url: string;
  readonly credentials: Credentials;
  /** Where the recording is put, or is already. */
  readonly file: string;
  /** `play`: all that there is to do. `fetch`: fetched and no more. `measure`: the levels of a file that is here. */
  readonly work: 'play' | 'fetch' | 'measure';
  /** The origin of the page that may hear it. */
  readonly page: string;
}

export type FromHost =
  /** The recording can be heard there. */
  | { readonly kind: 'heard'; readonly url: string; readonly bytes: number }
  | ({ readonly kind: 'done' } & HostFigures);

export interface HostFigures {
  /** See `instant`; absent where nothing was decoded. */
  readonly firstLevelsAt?: number;
  /** From the start to the last of the levels, or of the bytes, in milliseconds. */
  readonly tookMs: number;
  /** How late the main thread was, in milliseconds. */
  readonly latest: number;
  readonly late99: number;
  readonly grownMegabytes?: number;
}

const DIST = path.resolve('dist');
const DECODING = { workerFile: path.join(DIST, 'soundWorker.js'), decoderFile: path.join(DIST, 'mpg123-decoder.min.js') };
const never = new AbortController().signal;
/** The timer by which the thread is watched. */
const RESOLUTION_MS = 1;
const NO_ANALYST: Analyst = { open: () => undefined, warm: () => undefined, dispose: () => undefined };

async function play({ url, credentials, file, work, page }: HostJob): Promise<void> {
  const isDecoded = work === 'play';
  // As in an extension that has looked the call up.
  await (await fetch(new URL('/', url))).text();
  const server = new MediaServer();
  const port = await server.start();
  const grown = watchProcess('self');
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const analyst = isDecoded ? createAnalyst(DECODING) : NO_ANALYST;
  const recording = new StoredRecording({
    path: file,
    analyst,
    transfer: (plan) => transferRecording({ url, credentials, allowedHosts: [], fetch, now: Date.now, ...plan }),
    freshen: (standing) => Promise.resolve(standing),
    claim: () => Promise.resolve(undefined),
  });
  loop.enable();
  const began = performance.now();
  recording.start();
  await until(recording, () => recording.isPlayable);
  const rendition = recording.rendition();
  if (rendition !== undefined) tell({ kind: 'heard', url: `http://127.0.0.1:${String(port)}${server.serve(rendition, page).path}`, bytes: rendition.size ?? 0 });
  const firstLevelsAt = isDecoded ? await takeLevels(recording) : undefined;
  await until(recording, () => recording.transfer.kind === 'whole');
  tellFigures(performance.now() - began, loop, grown(), firstLevelsAt);
}

/** The levels of what is here, all of it. */
async function measure({ file }: HostJob): Promise<void> {
  const grown = watchProcess('self');
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  const began = performance.now();
  const { size } = statSync(file);
  const format = formatOf(await headOf(file));
  const recording = format && createAnalyst(DECODING).open({ path: file, size, isSettled: true, reach: () => size, wait: () => Promise.resolve(size), onGrowth: () => () => undefined }, format);
  if (recording === undefined) throw new Error('The recording cannot be measured.');
  const firstLevelsAt = await takeLevels(recording);
  tellFigures(performance.now() - began, loop, grown(), firstLevelsAt);
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    return (await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)).buffer;
  } finally {
    await handle.close();
  }
}

function tellFigures(tookMs: number, loop: IntervalHistogram, grownMegabytes: number | undefined, firstLevelsAt: number | undefined): void {
  loop.disable();
  const lateness = { latest: loop.max / 1e6 - RESOLUTION_MS, late99: loop.percentile(99) / 1e6 - RESOLUTION_MS };
  tell({ kind: 'done', tookMs, ...lateness, ...(firstLevelsAt === undefined ? {} : { firstLevelsAt }), ...(grownMegabytes === undefined ? {} : { grownMegabytes }) });
}

/** Takes all levels, and gives when the first of them came. */
async function takeLevels(recording: Pick<StoredRecording, 'levels'>): Promise<number | undefined> {
  let firstAt: number | undefined;
  for (let from = 0; ; ) {
    const { peaks, isWhole } = await recording.levels(from, never);
    firstAt ??= instant();
    from += peaks[0]?.length ?? 0;
    if (isWhole) return firstAt;
  }
}

function until(recording: StoredRecording, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = recording.onChange(() => look());
    const look = (): void => {
      if (!isSo()) return;
      stop();
      resolve();
    };
    look();
  });
}

function tell(message: FromHost): void {
  process.send?.(message);
}

if (process.argv[2] !== undefined) {
  process.once('message', () => process.exit(0));
  const job: HostJob = JSON.parse(process.argv[2]);
  void (job.work === 'measure' ? measure(job) : play(job));
}
