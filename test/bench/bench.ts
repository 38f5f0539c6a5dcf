/**
 * Measures the recording player against its floors, and prints one table. Argument: JSON of {@link Job}. `npm run bench` starts it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endOnSignals } from '../host/processes.mjs';
import { root, temporaryFolder } from '../host/repository.mjs';
import { messageOf, say } from '../host/say.mjs';
import { startSandbox } from '../../src/sandbox/server';
import { Front } from './front';
import { measureHost } from './hostPart';
import { makeRecordings } from './recordings';
import { tableOf } from './table';
import { measureWindow } from './windowPart';

interface Job {
  /** How often each figure is taken. */
  readonly runs: number;
  /** Words of the names of recordings to measure; absent: all. */
  readonly grep?: string;
  readonly parts: readonly string[];
}

async function bench({ runs, grep = '', parts }: Job): Promise<void> {
  const folder = temporaryFolder();
  say('Making recordings …');
  const recordings = makeRecordings(folder).filter(({ name }) => name.includes(grep));
  if (recordings.length === 0) throw new Error(`No recording’s name has “${grep}” in it.`);
  const sandbox = await startSandbox({ requestsPerMinute: 10_000 });
  const front = await Front.start(sandbox);
  try {
    say('Measuring the extension host’s side …');
    const host = parts.includes('host') ? await measureHost(front, recordings, runs, folder) : undefined;
    say('Measuring in a window …');
    const inWindow = parts.includes('window') ? await measureWindow(front, recordings, runs, host) : [];
    const figures = [...(host?.figures ?? []), ...inWindow];
    const order = recordings.map(({ name }) => name);
    const text = [
      `${new Date().toISOString().slice(0, 10)}, medians of ${String(runs)} runs on ${String(os.availableParallelism())} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}), load ${os.loadavg()[0]?.toFixed(1) ?? '?'} at the end.`,
      ...(host?.hasFfmpeg === false ? ['`ffmpeg` is missing, and with it the floor of decoding: on Debian and Ubuntu `apt-get install ffmpeg`.'] : []),
      '',
      tableOf(figures.toSorted((one, other) => order.indexOf(one.recording) - order.indexOf(other.recording))),
    ].join('\n');
    const file = path.join(root, 'out', 'bench', 'figures.md');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    say(`\n${text}\nSaved ${path.relative(root, file)}`);
  } finally {
    front.stop();
    await sandbox.stop();
  }
}

endOnSignals({ exitCode: 1 });
bench(JSON.parse(process.argv[2] ?? '{}')).then(
  () => process.exit(0),
  (error: unknown) => {
    say(messageOf(error));
    process.exit(1);
  },
);
