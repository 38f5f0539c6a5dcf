/** The extension host's side without a VS Code around it: levels, memory, and how long its main thread is held up; `ffmpeg` beside it. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { end, listenTo, run, start } from '../host/processes.mjs';
import { root } from '../host/repository.mjs';
import { say } from '../host/say.mjs';
import type { Front } from './front';
import type { FromHost, HostFigures, HostJob } from './hostSide';
import type { BenchRecording } from './recordings';
import { type Figure, type Floor, median } from './table';

const FFMPEG_TIMEOUT_MS = 120_000;
const HOST_TIMEOUT_MS = 120_000;
const PAGE = 'vscode-webview://bench';

export interface HostPart {
  readonly figures: readonly Figure[];
  readonly hasFfmpeg: boolean;
  /** Milliseconds to the full waveform, one for each run, by the names of recordings. */
  readonly waveforms: ReadonlyMap<string, readonly number[]>;
}

export async function measureHost(front: Front, recordings: readonly BenchRecording[], runs: number, folder: string): Promise<HostPart> {
  const hasFfmpeg = (await run('ffmpeg', ['-version'], { timeoutMs: FFMPEG_TIMEOUT_MS })).ok;
  const waveforms = new Map<string, readonly number[]>();
  const figures: Figure[] = [];
  for (const recording of recordings) {
    const rounds: Round[] = [];
    for (let index = 0; index < runs; index += 1) rounds.push(await measureOnce(front, recording, path.join(folder, 'fetched'), hasFfmpeg));
    waveforms.set(recording.name, rounds.map(({ measured }) => measured.tookMs));
    figures.push(...figuresOf(recording, rounds, hasFfmpeg));
    say(`${recording.name}: done`);
  }
  return { figures, waveforms, hasFfmpeg };
}

/** One run. Times of `ffmpeg` in milliseconds, of the file and of its address. */
interface Round {
  readonly ffmpegMs: number;
  readonly ffmpegFetchingMs: number;
  readonly measured: HostFigures;
  readonly played: HostFigures;
  readonly firstBytesAt: number;
  readonly fetched: HostFigures;
}

async function measureOnce(front: Front, recording: BenchRecording, file: string, hasFfmpeg: boolean): Promise<Round> {
  const { credentials } = front;
  const ffmpegMs = hasFfmpeg ? await timeFfmpeg(recording.file) : Number.NaN;
  const measured = await runHost({ url: '', credentials, file: recording.file, work: 'measure', page: PAGE });
  const ffmpegFetchingMs = hasFfmpeg ? await timeFfmpeg(front.offer(recording)) : Number.NaN;
  const played = await runHost({ url: front.offer(recording), credentials, file, work: 'play', page: PAGE });
  const { firstBytesAt } = front;
  await rm(file);
  const fetched = await runHost({ url: front.offer(recording), credentials, file, work: 'fetch', page: PAGE });
  await rm(file);
  return { ffmpegMs, ffmpegFetchingMs, measured, played, firstBytesAt, fetched };
}

async function timeFfmpeg(input: string): Promise<number> {
  const began = performance.now();
  const { ok, output } = await run('ffmpeg', ['-v', 'error', '-i', input, '-f', 'null', '-'], { timeoutMs: FFMPEG_TIMEOUT_MS });
  if (!ok) throw new Error(`ffmpeg could not decode ${path.basename(input)}:\n${output}`);
  return performance.now() - began;
}

async function runHost(job: HostJob): Promise<HostFigures> {
  const child = start(process.execPath, [path.join(root, 'out', 'bench', 'hostSide.js'), JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const { output, ended } = listenTo(child);
  const late = setTimeout(() => void end(child), HOST_TIMEOUT_MS);
  let heard: Promise<void> = Promise.resolve();
  try {
    const figures = await new Promise<HostFigures>((resolve, reject) => {
      child.on('message', (message: FromHost) => {
        if (message.kind === 'done') resolve(message);
        else heard = hear(message).catch(reject);
      });
      void ended.then((how) => reject(new Error(`The host’s side ended (${how}):\n${output()}`)));
    });
    await heard;
    return figures;
  } finally {
    clearTimeout(late);
    await end(child);
  }
}

/** What a page does that plays the beginning and then goes to 90 %: a little of each, so that serving is part of what is measured. */
async function hear({ url, bytes }: Extract<FromHost, { kind: 'heard' }>): Promise<void> {
  for (const from of [0, Math.floor(bytes * 0.9)]) {
    const response = await fetch(url, { headers: { Origin: PAGE, Range: `bytes=${String(from)}-${String(Math.min(bytes, from + HEARD_BYTES) - 1)}` } });
    await response.arrayBuffer();
  }
}

/** About what an element takes before it plays. */
const HEARD_BYTES = 262_144;

function figuresOf({ name: subject }: BenchRecording, rounds: readonly Round[], hasFfmpeg: boolean): readonly Figure[] {
  const of = (value: (round: Round) => number | undefined): readonly number[] => rounds.map((round) => value(round) ?? Number.NaN);
  const ffmpeg = (values: readonly number[]): Floor => ({ name: 'ffmpeg', values, ...(hasFfmpeg ? {} : { missing: 'ffmpeg is missing' }) });
  const fetched = (value: (figures: HostFigures) => number | undefined): Floor => ({ name: 'fetched only', values: of((round) => value(round.fetched)) });
  const timed = (what: string, values: readonly number[]): Pick<Figure, 'subject' | 'what' | 'unit' | 'values'> => ({ subject, what, unit: 'ms', values });
  return [
    { ...timed('host: first bytes to first levels', of(({ played, firstBytesAt }) => played.firstLevelsAt && played.firstLevelsAt - firstBytesAt)), target: { value: 300 } },
    { ...timed('host: full waveform, of a file that is here', of(({ measured }) => measured.tookMs)), floor: ffmpeg(of(({ ffmpegMs }) => ffmpegMs)), target: { ratio: 2.5 } },
    { ...timed('host: full waveform, fetched meanwhile', of(({ played }) => played.tookMs)), floor: ffmpeg(of(({ ffmpegFetchingMs }) => ffmpegFetchingMs)), target: { ratio: 2.5 } },
    { subject, what: 'host: growth of its process', unit: 'MB', values: of(({ played }) => played.grownMegabytes), floor: fetched((figures) => figures.grownMegabytes), target: { value: 100 } },
    {
      ...timed('host: main thread late, at most', of(({ played }) => played.latest)),
      note: `99 % within ${median(of(({ played }) => played.late99)).toFixed(1)} ms; a file that is here ${median(of(({ measured }) => measured.latest)).toFixed(1)} ms`,
      floor: fetched((figures) => figures.latest),
      target: { value: 10 },
    },
  ];
}
