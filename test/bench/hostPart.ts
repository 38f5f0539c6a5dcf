/** The extension host's side without a VS Code around it: levels, memory, and how long its main thread is held up; `ffmpeg` beside it. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { end, listenTo, run, start } from '../host/processes.mjs';
import { root } from '../host/repository.mjs';
import { say } from '../host/say.mjs';
import type { Front } from './front';
import type { FromHost, HostFigures, HostJob } from './hostSide';
import type { BenchRecording } from './recordings';
import { type Figure, median } from './table';

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
    waveforms.set(recording.name, rounds.map((round) => round.decoded.tookMs));
    figures.push(...figuresOf(recording, rounds, hasFfmpeg));
    say(`${recording.name}: done`);
  }
  return { figures, waveforms, hasFfmpeg };
}

interface Round {
  readonly ffmpegMs: number;
  readonly decoded: HostFigures;
  readonly firstBytesAt: number;
  readonly fetched: HostFigures;
}

async function measureOnce(front: Front, recording: BenchRecording, file: string, hasFfmpeg: boolean): Promise<Round> {
  const job = (isDecoded: boolean): HostJob => ({ url: front.offer(recording), credentials: front.credentials, file, isDecoded, page: PAGE });
  const ffmpegMs = hasFfmpeg ? await timeFfmpeg(recording) : Number.NaN;
  const decoded = await runHost(job(true));
  const { firstBytesAt } = front;
  return { ffmpegMs, decoded, firstBytesAt, fetched: await runHost(job(false)) };
}

async function timeFfmpeg({ file }: BenchRecording): Promise<number> {
  const began = performance.now();
  const { ok, output } = await run('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-'], { timeoutMs: FFMPEG_TIMEOUT_MS });
  if (!ok) throw new Error(`ffmpeg could not decode ${path.basename(file)}:\n${output}`);
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
    await rm(job.file, { force: true });
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

function figuresOf({ name: recording }: BenchRecording, rounds: readonly Round[], hasFfmpeg: boolean): readonly Figure[] {
  const of = (value: (round: Round) => number | undefined): readonly number[] => rounds.map((round) => value(round) ?? Number.NaN);
  const ffmpeg = { name: 'ffmpeg', values: of((round) => round.ffmpegMs), ...(hasFfmpeg ? {} : { missing: 'ffmpeg is missing' }) };
  const fetching = median(of(({ fetched }) => fetched.tookMs));
  const late99 = of(({ decoded }) => decoded.late99);
  return [
    { recording, what: 'host: first levels after the first bytes', unit: 'ms', values: of(({ decoded, firstBytesAt }) => decoded.firstLevelsAt && decoded.firstLevelsAt - firstBytesAt), target: { value: 300 } },
    { recording, what: 'host: full waveform', unit: 'ms', values: of(({ decoded }) => decoded.tookMs), note: `fetching alone ${fetching.toFixed(0)} ms`, floor: ffmpeg, target: { ratio: 2.5 } },
    {
      recording,
      what: 'host: growth of its process',
      unit: 'MB',
      values: of(({ decoded }) => decoded.grownMegabytes),
      floor: { name: 'only fetched', values: of(({ fetched }) => fetched.grownMegabytes) },
      target: { value: 100 },
    },
    {
      recording,
      what: 'host: main thread late, at most',
      unit: 'ms',
      values: of(({ decoded }) => decoded.latest),
      note: `99 % within ${Math.max(...late99).toFixed(1)} ms`,
      floor: { name: 'only fetched', values: of(({ fetched }) => fetched.latest) },
      target: { value: 10 },
    },
  ];
}
